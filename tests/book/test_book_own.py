"""A class's own spreadsheet, its address in Classes, and several books in one spreadsheet."""

from __future__ import annotations

import pytest

from include.sheets.book import book_requests, own_requests
from tests.book.desk import Desk
from tests.book.invented import record
from tests.book.near import Near

NAMES = ["Ann Lee", "Ben Okoro", "Cleo Marsh"]
WEEKS = [record(0, NAMES), record(1, NAMES[:2]), record(2, NAMES[1:])]


@pytest.fixture
def desk() -> Desk:
    desk = Desk(Near())
    desk.run(WEEKS[:2], 1, fill=True)
    rows = [["Youth", "lea@example.org", "TRUE"], ["Adults", "max@example.org"]]
    desk.person.pastes("Classes", "A3", rows)
    desk.person.pastes("People", "B3", [["Youth"], ["Adults"], ["Adults"]])
    return desk


def test_leaders_get_their_class_and_nobody_elses(desk: Desk) -> None:
    read = desk.read()
    book = desk.book(read, WEEKS, 2)
    desk.send(desk.requests(read, book))
    shared = str(desk.seen("'Register'!A1:Z30") + desk.seen("'Lists'!D1:Z9"))
    assert "Ann Lee" not in shared
    assert "Ben Okoro" in shared
    own = Desk(desk.google, "bible-hour|Youth")
    own.send(own_requests(own.read(), book.views["Youth"], blank=True))
    tabs = desk.google.state.spreadsheets[own.id].sheets
    assert [tab.title for tab in tabs] == ["This week", "Register"]
    assert own.seen("'Register'!B3:E4") == [
        ["Youth", "", "", ""],
        ["Ann Lee", "?", "P", "P"],
    ]
    assert "Ben" not in str([own.seen(f"'{tab.title}'!A1:Z40") for tab in tabs])
    assert own_requests(own.read(), book.views["Youth"]) == []


def test_the_address_is_written_where_nobody_typed_one(desk: Desk) -> None:
    desk.person.types("Classes", "D4", "https://docs.google.com/spreadsheets/d/theirs")
    made = {"Youth": "https://docs.google.com/spreadsheets/d/made", "Adults": "other"}
    read = desk.read()
    desk.send(desk.requests(read, desk.book(read, WEEKS, 2), own_sheets=made))
    assert desk.seen("'Classes'!D3:D4") == [
        [made["Youth"]],
        ["https://docs.google.com/spreadsheets/d/theirs"],
    ]
    read = desk.read()
    assert desk.requests(read, desk.book(read, WEEKS, 2), own_sheets=made) == []


def test_two_meetings_keep_their_books_in_one_spreadsheet(desk: Desk) -> None:
    other = Desk(desk.google, "choir")
    other.id = desk.id
    other.run(WEEKS[:1], 0)
    desk.run(WEEKS, 2)
    assert other.run(WEEKS[:1], 0) == []
    assert desk.run(WEEKS, 2) == []
    assert other.seen("'Register (2)'!B3:C3") == [["Ann Lee", "P"]]


def test_what_was_published_is_given_back_and_alone_is_a_reason_to_write(desk: Desk) -> None:
    desk.run(WEEKS, 2)
    read = desk.read()
    book = desk.book(read, WEEKS, 2)
    assert book_requests(read, book, published=read.published or "") == []
    desk.send(book_requests(read, book, published="another"))
    assert desk.read().published == "another"


def test_a_class_that_becomes_private_goes_from_every_shared_tab(desk: Desk) -> None:
    desk.person.types("Classes", "C3", "FALSE")
    desk.run(WEEKS[:2], 1)
    assert "Youth" in desk.column("Totals", "D")
    desk.person.types("Classes", "C3", "TRUE")
    desk.person.types("Register", "I4", "sits at the back")
    desk.run(WEEKS[:2], 1)
    tabs = ("This week", "Register", "Names", "Totals")
    shown = {cell for tab in tabs for row in desk.seen(f"'{tab}'!A1:P40") for cell in row}
    assert not [cell for cell in shown if "Youth" in cell or "Ann" in cell]
    assert "sits at the back" in shown
    desk.run([], 1)
    assert len(desk.column("Totals", "D")) == 4, "numbers outlive the records"
