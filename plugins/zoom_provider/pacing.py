"""Never more calls in a second than the plan allows, over all processes of a machine.

Zoom counts arrivals. There is one lock file for each call that a second may hold. A call takes a
free file and keeps it until its request has been sent; the file then rests for a second and a
little, however long Zoom takes to answer. So two requests through one file leave at least so far
apart, and the rate is the limit, not the round trip. The operating system frees the file of a
process that dies.

Several machines share a plan by division: each makes files for its own share (`machines`). A
container counts as a machine, for its temporary folder is its own.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TypeVar

from zoom_provider.errors import ZoomUnavailable
from zoom_provider.private_files import open_private, private_folder, translate_os_errors

T = TypeVar("T")

SLOT_REST = 1.05
"""Seconds from one request through a slot to the next: Zoom's second, and a little for a request
that is delayed on its way more than the next one. A greater delay costs a 429 and another try."""

SECONDS_BETWEEN_ATTEMPTS = 0.005
"""Of a process that waits for a lock file."""

LONGEST_WAIT = 900.0
"""Seconds for a turn, the queue included. A slot is seldom held for longer than a moment."""


class Pace:
    """The turns of one kind of call.

    :param name: what the turns are for; processes with the same name share them.
    :param per_second: how many calls any second may hold on this machine.
    :param longest_wait: seconds for a turn.
    """

    def __init__(self, name: str, per_second: int, longest_wait: float = LONGEST_WAIT) -> None:
        # A digest: the account's id stays out of the folder's name.
        self._name = hashlib.sha256(name.encode()).hexdigest()[:16]
        self._per_second = per_second
        self._longest_wait = longest_wait

    @contextmanager
    def turn(self) -> Iterator[Callable[[], None]]:
        """Wait for a slot and hold it until the request has left.

        Yields what the block calls when it has; without that the slot is held to the block's end.
        Raises ZoomRefused if somebody else may have made the lock files or nobody can write them,
        ZoomUnavailable if no turn comes within the longest wait or the disk is full.
        """
        slot = self._take_slot()
        try:
            yield lambda: _release(slot)
        finally:
            _release(slot)

    def _take_slot(self) -> BinaryIO:
        give_up = time.monotonic() + self._longest_wait
        folder = private_folder(f"zoom-pace-{os.geteuid()}", self._name)
        slots = [folder / str(number) for number in range(self._per_second)]
        with translate_os_errors(folder):
            # One process looks for a slot, the others wait until it has one. They do not wait for
            # its rest to end: one after the other they would all wake up too late.
            with _wait_for(lambda: _try_lock(folder / "queue"), give_up):
                slot = _wait_for(lambda: _longest_rested(slots), give_up)
            time.sleep(_rest_left(slot))
            _stamp(slot)
        return slot


def _longest_rested(slots: list[Path]) -> BinaryIO | None:
    """Lock every slot that is not in use, keep the one that may go first."""
    free = [slot for slot in map(_try_lock, slots) if slot]
    free.sort(key=_rest_left)
    for slot in free[1:]:
        slot.close()
    return free[0] if free else None


def _try_lock(path: Path) -> BinaryIO | None:
    """Lock a file; None if another call has it."""
    file = open_private(path)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file


def _wait_for(attempt: Callable[[], T | None], give_up: float) -> T:
    """Repeat the attempt until it returns something, and return that."""
    while (got := attempt()) is None:
        if time.monotonic() >= give_up:
            raise ZoomUnavailable(
                "No turn to call Zoom came: other calls of this machine keep the lock files. "
                "Look for a process of this user that hangs, and end it."
            )
        time.sleep(SECONDS_BETWEEN_ATTEMPTS)
    return got


_releasing = threading.Lock()
"""The thread of a call and the one that has given it up may give back one slot."""


def _release(slot: BinaryIO) -> None:
    with _releasing:
        if not slot.closed:
            # The bytes are there since the turn began: a disk that is full takes them.
            _stamp(slot)
            fcntl.flock(slot, fcntl.LOCK_UN)  # a forked process may hold the file open, too
            slot.close()


def _stamp(slot: BinaryIO) -> None:
    slot.seek(0)
    slot.write(struct.pack("d", time.monotonic()))


def _rest_left(slot: BinaryIO) -> float:
    """Return the seconds until a locked slot may be used."""
    slot.seek(0)
    content = slot.read(8)
    used = struct.unpack("d", content)[0] if len(content) == 8 else float("-inf")
    # A stamp from before a reboot may lie ahead of the clock; it rests once, not for ever.
    return min(max(used + SLOT_REST - time.monotonic(), 0.0), SLOT_REST)
