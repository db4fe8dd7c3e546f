"""A class's own spreadsheet in which somebody has something already."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sandbox.google import GoogleState
from sandbox.google.person import Person
from tests.pipeline.books import ADA, KeptBook, keep_session, shown
from tests.pipeline.runs import SPREADSHEET, meeting

OWN = "own-sheet-of-the-youth-0000000000000000000001"
ADDRESS = f"https://docs.google.com/spreadsheets/d/{OWN}/edit"
BOOKS = ["This week", "Register"]


@pytest.fixture
def book(google: GoogleState, staging: Path) -> KeptBook:
    """A book whose class Youth has a leader, and an own sheet with one empty tab."""
    google.add_spreadsheet("Youth", id=OWN)
    book = KeptBook(google, meeting(publish_to=SPREADSHEET))
    keep_session(book.choir, [ADA])
    book.run()
    book.enrol(classes=[["Youth", "lea@example.org", "", ADDRESS]])
    return book


def tabs(book: KeptBook) -> list[str]:
    return [sheet.title for sheet in book.google.spreadsheets[OWN].sheets]


THINGS: dict[str, Callable[[Person], object]] = {
    "a word": lambda p: p.types("Sheet1", "C40", "songs for Sunday"),
    "a note": lambda p: p.notes("Sheet1", "A1", "ask Lea"),
}


@pytest.mark.parametrize("leaves", THINGS.values(), ids=THINGS)
def test_somebodys_only_tab_stays(book: KeptBook, leaves: Callable[[Person], object]) -> None:
    leaves(Person(book.google, OWN))
    before = book.google.spreadsheets[OWN].titled("Sheet1")
    assert before is not None
    cells = dict(before.cells)
    book.run()
    assert sorted(tabs(book)) == sorted([*BOOKS, "Sheet1"])
    after = book.google.spreadsheets[OWN].titled("Sheet1")
    assert after is not None
    assert after.cells == cells
    assert ADA in str(shown(book.google, OWN, "Register"))


def test_an_empty_tab_gives_way(book: KeptBook) -> None:
    book.run()
    assert tabs(book) == BOOKS
