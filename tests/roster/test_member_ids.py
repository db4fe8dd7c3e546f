"""A line of People that was copied or filled down is somebody new; the id stays with its name."""

from __future__ import annotations

import pytest

from include.roster.book import Book
from include.roster.grid import Cell, Grid
from include.roster.published import PublishedBook
from tests.roster.made import as_written, book, letters, people, person, record, session

BOB = person("Bob Kim")
WEEKS = [record(0, BOB, person("Ann Lee")), record(1, BOB), record(2, BOB)]
Line = dict[str, Cell]
ANN, CY = "20260930.0123456789", "20260930.0123456790"


def line(name: str, id_: str) -> Line:
    return {"name": name, "id": id_, "from": None}


def before() -> Book:
    return book(WEEKS, people(line("Ann Lee", ANN), "Bob Kim"))


def after(*lines: Line, register: Grid | None = None) -> Book:
    first = before()
    assert first.published
    copy = PublishedBook.from_bytes(first.published.to_bytes())
    bob: Line = {"name": "Bob Kim", "id": first.people.ids[4]}
    tabs = {"register": register} if register else {}
    return book(WEEKS, people(*lines, bob), published=copy, **tabs)


COPIES: dict[str, list[Line]] = {
    "above": [line("Cy New", ANN), line("Ann Lee", ANN)],
    "below": [line("Ann Lee", ANN), line("Cy New", ANN)],
    "filled down": [line("Ann Lee", ANN), line("Cy New", CY)],
    "no name yet": [line("", ANN), line("Ann Lee", ANN), line("Cy New", ANN)],
}


@pytest.mark.parametrize("lines", COPIES.values(), ids=COPIES)
def test_the_copy_is_new_today_and_the_other_keeps_the_letters(lines: list[Line]) -> None:
    of = after(*lines)
    assert letters(of, "Ann Lee") == "P A A"
    assert letters(of, "Cy New") == "– – –"
    (new,) = of.people.ids.values()
    assert new.startswith("20261130.")


def test_a_letter_typed_over_goes_to_the_one_whose_row_it_is() -> None:
    table = before().register
    assert table
    register = as_written(table)
    for row in register.rows:
        if row[1] == "Ann Lee":
            assert isinstance(row, list)
            row[register.columns[session(1)]] = "R"
    of = after(*COPIES["above"], register=register)
    assert letters(of, "Ann Lee") == "P R A"
    assert letters(of, "Cy New") == "– – –"


def test_a_line_that_comes_back_has_its_id_still() -> None:
    first = after()
    assert first.published
    copy = PublishedBook.from_bytes(first.published.to_bytes())
    again = book(WEEKS, people(line("Ann Lee", ANN), "Bob Kim"), published=copy)
    assert 3 not in again.people.ids
