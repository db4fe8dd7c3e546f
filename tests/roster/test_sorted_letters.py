"""Letters of the Register that somebody sorted without the names."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from include.roster.book import Book, make_book
from include.roster.grid import Cell, Grid
from include.roster.published import PublishedBook
from include.roster.roster import Tabs
from tests.roster.made import TODAY, as_written, book, people, person, record, session, texts

NAMES = ["Ann Lee", "Bob Kim", "Cy Dee", "Di Oh", "Eve Pi", "Flo Q"]
WHO = ["012345", "024", "135", "01"]
SESSIONS = [
    record(week, *(person(NAMES[int(one)], account=one) for one in who))
    for week, who in enumerate(WHO)
]
ROSTER = people(*NAMES)
BEFORE = book(SESSIONS, ROSTER)
ALL = [session(week) for week in range(4)]
Rows = list[list[Cell]]


def register() -> tuple[Grid, Rows]:
    """The tab as it was written, and its rows of members."""
    assert BEFORE.register
    tab = as_written(BEFORE.register)
    rows = [list(row) for row in tab.rows]
    return Grid(tab.columns, rows), [row for row in rows if row[1] in NAMES]


def again(tab: Grid, before: Book = BEFORE) -> Book:
    full = Tabs(people=ROSTER, register=tab)
    assert before.published is not None
    kept = PublishedBook.from_bytes(before.published.to_bytes())
    return make_book(SESSIONS, full, published=kept, today=TODAY)


def order(tab: Grid, rows: Rows, sessions: list[str], places: list[int]) -> None:
    """Give these letters of each row to the row at its new place."""
    for one in sessions:
        at = tab.columns[one]
        letters = [rows[place][at] for place in places]
        for row, letter in zip(rows, letters, strict=True):
            row[at] = letter


BACKWARDS = [5, 4, 3, 2, 1, 0]
SORTED: dict[str, Callable[[Grid, Rows], None]] = {
    "all, from the last to the first": lambda tab, rows: order(tab, rows, ALL, BACKWARDS),
    "one session": lambda tab, rows: order(tab, rows, ALL[1:2], [1, 0, 3, 2, 5, 4]),
    "two rows": lambda tab, rows: order(tab, rows, ALL, [1, 0, 2, 3, 4, 5]),
    "three rows": lambda tab, rows: order(tab, rows, ALL, [0, 1, 3, 4, 2, 5]),
}


@pytest.mark.parametrize("sort", SORTED.values(), ids=SORTED)
def test_sorted_letters_are_nobodys_corrections(sort: Callable[[Grid, Rows], None]) -> None:
    tab, rows = register()
    sort(tab, rows)
    of = again(tab)
    assert of.corrections.rows == ()
    assert of.register == BEFORE.register
    assert texts(of).count("sorted without the names, so they are written anew") == 1


def test_letters_sorted_with_the_rows_of_the_class_are_written_anew() -> None:
    tab, _ = register()
    rows = [row for row in tab.rows if isinstance(row, list)]
    order(tab, rows, ALL, [*range(1, len(rows)), 0])
    of = again(tab)
    assert of.corrections.rows == ()
    assert of.register is not None
    assert of.register.keep == frozenset()
    assert of.register == BEFORE.register


def test_one_letter_typed_before_the_sorting_is_asked_for_again() -> None:
    roster = [f"{one} {two}" for one in ("Ann", "Bob", "Cy") for two in ("Lee", "Kim", "Roy", "Oh")]
    sessions = [record(0, *(person(one, account=one) for one in roster[::2])), record(1)]
    before = book(sessions, people(*roster))
    assert before.register
    tab = as_written(before.register)
    rows = [list(row) for row in tab.rows]
    of_members = [row for row in rows if row[1] in roster]
    at = tab.columns[session(0)]
    of_members[0][at] = "R"
    order(tab, of_members, [session(0)], list(range(12))[::-1])
    full = Tabs(people=people(*roster), register=Grid(tab.columns, rows))
    of = make_book(sessions, full, published=before.published, today=TODAY)
    assert of.corrections.rows == ()
    assert "If you had typed one there, type it again." in texts(of)


TYPED: dict[str, list[tuple[int, int, str]]] = {
    "two in one session": [(0, 2, "P"), (1, 2, "A")],
    "all that were missing": [(1, 1, "R"), (3, 1, "R"), (5, 1, "R")],
    "more came than stayed away": [(1, 1, "P"), (3, 1, "P"), (5, 1, "P"), (0, 1, "A")],
    "one in each of two sessions": [(0, 2, "P"), (1, 1, "P")],
    "two of one member, one of another": [(0, 2, "P"), (2, 2, "R"), (1, 1, "P")],
}


@pytest.mark.parametrize("typed", TYPED.values(), ids=TYPED)
def test_letters_that_were_typed_are_corrections(typed: list[tuple[int, int, str]]) -> None:
    tab, rows = register()
    for row, week, letter in typed:
        assert rows[row][tab.columns[session(week)]] != letter
        rows[row][tab.columns[session(week)]] = letter
    of = again(tab)
    assert len(of.corrections.rows) == len(typed)
    assert "sorted without the names" not in texts(of)


TWICE: dict[str, Callable[[Grid, Rows], None]] = {
    "two and two of one session": lambda tab, rows: order(tab, rows, ALL[1:2], [1, 0, 3, 2, 4, 5]),
    "two rows": lambda tab, rows: order(tab, rows, ALL, [1, 0, 2, 3, 4, 5]),
}


@pytest.mark.parametrize("typed", TWICE.values(), ids=TWICE)
def test_letters_that_are_typed_again_are_corrections(typed: Callable[[Grid, Rows], None]) -> None:
    tab, rows = register()
    typed(tab, rows)
    first = again(tab)
    assert first.corrections.rows == ()
    between = again(register()[0], first)
    second = again(tab, between)
    assert len(second.corrections.rows) == 4
    assert "sorted without the names" not in texts(second)
    assert second.register is not None
    letters = {row.key: row.values[2:6] for row in second.register.rows if row.kind == "member"}
    assert letters == {str(row[0]): tuple(row[2:6]) for row in rows}


def test_many_letters_that_are_sorted_again_are_nobodys_corrections() -> None:
    tab, rows = register()
    order(tab, rows, ALL, BACKWARDS)
    second = again(tab, again(tab))
    assert second.corrections.rows == ()
    assert second.register == BEFORE.register
