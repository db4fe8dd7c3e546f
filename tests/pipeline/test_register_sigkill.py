"""The process of a run gets SIGKILL at every call to Google: the next run finishes what it began.

Google kills it: before a call has changed anything, and when it has but nobody was told.
"""

from __future__ import annotations

import os
import pickle
import shutil
import signal
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from sandbox.google import GoogleState
from sandbox.google.errors import ApiError
from tests.pipeline.books import ADA, BEN, CLASSES, CLEO, KeptBook, keep_session
from tests.pipeline.led import LEA, led, own_sheet, people
from tests.pipeline.test_register_killed import a_book, assert_whole

LONGEST = 120
"""Seconds after which a run hangs."""


class Killer(dict[str, Callable[[], None]]):
    """Kills a process at its call of a number, whatever the method."""

    def __init__(self, number: int, *, applied: bool) -> None:
        super().__init__()
        self.left, self.applied, self.process = number, applied, 0

    def pop(self, _method: str, *_default: Any) -> Callable[[], None] | None:  # type: ignore[override]
        self.left -= 1
        return self._kill if self.left == 0 else None

    def _kill(self) -> None:
        os.kill(self.process, signal.SIGKILL)
        if not self.applied:
            raise ApiError(503, "The service is currently unavailable.")


def to_the_same_start(google: GoogleState, records: Path) -> Callable[[], None]:
    """Return what brings back all that Google and the records hold now."""
    kept = records.with_name("kept")
    shutil.copytree(records, kept)
    before = pickle.dumps((google.spreadsheets, google.files))  # read faster than copied

    def again() -> None:
        google.spreadsheets, google.files = pickle.loads(before)
        google.before = {}
        shutil.rmtree(records)
        shutil.copytree(kept, records)

    return again


def is_killed(book: KeptBook, number: int, *, applied: bool) -> bool:
    """Run in a process of its own; False if it came to its end before that many calls."""
    book.google.before = killer = Killer(number, applied=applied)
    ready, go = os.pipe()
    killer.process = child = os.fork()
    if child == 0:
        try:
            os.read(ready, 1)
            book.run()
            os._exit(0)
        finally:
            os._exit(1)
    os.write(go, b"!")
    status = _ended(child)
    for end in (ready, go):
        os.close(end)
    book.google.before = {}
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def _ended(child: int) -> int:
    until = time.monotonic() + LONGEST
    while (found := os.waitpid(child, os.WNOHANG)) == (0, 0):
        if time.monotonic() > until:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            raise AssertionError("the run hangs")
        time.sleep(0.01)
    return found[1]


def killed_everywhere(
    book: KeptBook, records: Path, check: Callable[[], None], *, applied: bool
) -> int:
    """Kill a run at each of its calls, and let the next one end; returns how many calls it has."""
    again = to_the_same_start(book.google, records)
    for number in count(1):
        again()
        if not is_killed(book, number, applied=applied):
            break
        book.run()
        check()
    return number - 1


@pytest.mark.parametrize("applied", [False, True])
def test_a_run_is_killed_at_each_call(book: KeptBook, staging: Path, applied: bool) -> None:
    """With a new session, a letter typed over, and leaders whose class has no sheet yet."""
    a_book(book).person.types("Classes", "B3", LEA)

    def check() -> None:
        assert_whole(book)
        assert people(book, own_sheet(book)) >= {LEA}
        assert len([one for one in book.google.files if one.properties and not one.is_trashed]) == 2

    records = staging.parent / "records"
    assert killed_everywhere(book, records, check, applied=applied) > 15


@pytest.mark.parametrize("applied", [False, True])
def test_the_run_that_lets_a_leader_out_is_killed_at_each_call(
    book: KeptBook, staging: Path, applied: bool
) -> None:
    youth = own_sheet(led(book))
    keep_session(book.choir, [ADA, BEN], week=1)
    book.person.pastes("Classes", "A3", [["Young people", ""], *CLASSES[1:]])

    def check() -> None:
        assert LEA not in people(book, youth)
        assert book.row(CLEO)

    assert killed_everywhere(book, staging.parent / "records", check, applied=applied) > 5
