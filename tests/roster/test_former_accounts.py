"""An account is one person's only if it is by People as it is and by what stood there before."""

from __future__ import annotations

import pytest

from include.attendance.results import SessionPerson
from include.roster.book import Book
from include.roster.grid import Cell
from include.roster.published import PublishedBook
from tests.roster.made import book, letters, people, person, record

ZED = person("Zed Zorn")
Line = dict[str, Cell]


def edited(weeks: list[list[SessionPerson]], *runs: list[Line]) -> Book:
    """The book after runs with these lines in People; a line keeps its hidden id by its place."""
    kept = [record(week, ZED, *here) for week, here in enumerate(weeks)]
    of, ids = book(kept, people(*runs[0])), list[str]()
    ids = [of.people.ids[row] for row in sorted(of.people.ids)]
    for lines in (*runs, runs[-1]):
        copy = of.published and PublishedBook.from_bytes(of.published.to_bytes())
        known = [{**line, "id": id_} for line, id_ in zip(lines, ids, strict=False)]
        of = book(kept, people(*known, *lines[len(ids) :]), published=copy)
    return of


FOX = "fox@x.org"
BO, ANN, OTHER = {"name": "Bo Fox"}, {"name": "Ann Fox"}, {"name": "Zed Zorn"}
BO_AT, ANN_AT = {**BO, "emails": FOX}, {**ANN, "emails": FOX}
COUPLE = [
    [person("Bo Fox", account="c", email=FOX)],
    [person("Ann Fox", account="c", email=FOX)],
    [person("iPad", account="c")],
]
FAMILY = [
    [person("Fox family", account="c", email=FOX)],
    [person("Ann Fox", account="c")],
    [person("iPad", account="c")],
]
THREE = [
    [person("Tim Kim", account="a")],
    [person("Ann Lee", account="a")],
    [person("iPad", account="a")],
]
LEE, ROY, TIM, XU = ({"name": name} for name in ("Ann Lee", "Ann Roy", "Tim Kim", "Xu Poe"))

Runs = list[list[Line]]
OF_TWO: dict[str, tuple[list[list[SessionPerson]], Runs, dict[str, str]]] = {
    "cleared in one's line": (
        COUPLE,
        [[BO_AT, ANN, OTHER], [BO, ANN, OTHER]],
        {"Bo Fox": "P A ?", "Ann Fox": "A P ?"},
    ),
    "cleared in the other's": (
        COUPLE,
        [[BO, ANN_AT, OTHER], [BO, ANN, OTHER]],
        {"Bo Fox": "P A ?", "Ann Fox": "A P ?"},
    ),
    "left with one of two": (
        FAMILY,
        [[BO_AT, ANN_AT, OTHER], [BO_AT, ANN, OTHER]],
        {"Bo Fox": "P A ?", "Ann Fox": "? P ?"},
    ),
    "names alone": (
        THREE,
        [[LEE, TIM, OTHER], [ROY, TIM, OTHER], [ROY, XU, OTHER, TIM]],
        {"Tim Kim": "P ? ?", "Ann Roy": "A ? ?"},
    ),
}


@pytest.mark.parametrize(("weeks", "runs", "expected"), OF_TWO.values(), ids=OF_TWO)
def test_the_account_of_two_is_nobodys(
    weeks: list[list[SessionPerson]], runs: Runs, expected: dict[str, str]
) -> None:
    of = edited(weeks, *runs)
    assert {name: letters(of, name) for name in expected} == expected


IPAD = person("iPad", account="a")
OF_ONE: dict[str, tuple[list[list[SessionPerson]], Runs, dict[str, str]]] = {
    "an address of two, left with one": (
        [[person("iPad", account="a", email=FOX)], [IPAD]],
        [[BO_AT, ANN_AT, OTHER], [BO, ANN_AT, OTHER]],
        {"Ann Fox": "P P"},
    ),
    "a line typed over, its name typed anew": (
        [[person("Ann Lee", account="a")], [IPAD]],
        [[LEE, OTHER], [XU, OTHER, LEE]],
        {"Ann Lee": "P P"},
    ),
}


@pytest.mark.parametrize(("weeks", "runs", "expected"), OF_ONE.values(), ids=OF_ONE)
def test_the_account_of_one_is_theirs(
    weeks: list[list[SessionPerson]], runs: Runs, expected: dict[str, str]
) -> None:
    of = edited(weeks, *runs)
    assert {name: letters(of, name) for name in expected} == expected
