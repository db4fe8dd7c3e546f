"""Never more calls in a second than the plan allows, over all processes of a machine.

There is one lock file for each call that a second may hold. A call takes a free file, keeps it
until Zoom has answered, and the file then rests for one second. So two calls through one file reach
Zoom at least a second apart whatever the network does, and no second can hold more calls than
there are files. The operating system frees the file of a process that dies.

Several machines share a plan by division: each makes files for its own share (`machines`). A
container counts as a machine, for its temporary folder is its own.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import struct
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

REST = 1.0
"""Seconds a slot rests after its answer; a little over Zoom's second would gain nothing."""

POLL = 0.005


class Pace:
    """The turns of one kind of call.

    :param name: what the turns are for; processes with the same name share them.
    :param per_second: how many calls any second may hold on this machine.
    """

    def __init__(self, name: str, per_second: int) -> None:
        self._folder = _folder_of(name)
        self._per_second = per_second

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a slot and hold it while the call is under way."""
        slot = self._take_slot()
        try:
            yield
        finally:
            _stamp(slot)
            slot.close()

    def _take_slot(self) -> BinaryIO:
        # One process looks for a slot, the others queue in the kernel.
        with _locked(self._folder / "queue"):
            while (slot := self._longest_rested()) is None:
                time.sleep(POLL)
            time.sleep(_rest_left(slot))
        _stamp(slot)
        return slot

    def _longest_rested(self) -> BinaryIO | None:
        """Lock every slot that is not in use, keep the one that may go first."""
        free = [slot for slot in map(self._try_slot, range(self._per_second)) if slot]
        free.sort(key=_rest_left)
        for slot in free[1:]:
            slot.close()
        return free[0] if free else None

    def _try_slot(self, number: int) -> BinaryIO | None:
        slot = _open(self._folder / str(number))
        try:
            fcntl.flock(slot, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            slot.close()
            return None
        return slot


def _folder_of(name: str) -> Path:
    """Name a folder that only this user's processes share; the account's id stays out of it."""
    digest = hashlib.sha256(name.encode()).hexdigest()[:16]
    folder = Path(tempfile.gettempdir()) / f"zoom-pace-{os.getuid()}" / digest
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _open(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b", buffering=0)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with _open(path) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _stamp(slot: BinaryIO) -> None:
    slot.seek(0)
    slot.write(struct.pack("d", time.monotonic()))


def _rest_left(slot: BinaryIO) -> float:
    """Return the seconds until a locked slot may be used."""
    slot.seek(0)
    content = slot.read(8)
    used = struct.unpack("d", content)[0] if len(content) == 8 else float("-inf")
    # A stamp from before a reboot may lie ahead of the clock; it rests once, not for ever.
    return min(max(used + REST - time.monotonic(), 0.0), REST)
