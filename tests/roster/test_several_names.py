"""Several names where one is expected: in Zoom, in Corrections, in Names."""

from __future__ import annotations

import pytest

from include.attendance.results import SessionPerson
from include.roster.grid import Cell, Grid
from tests.roster.made import answers, book, letters, people, person, record
from tests.roster.test_corrections import BOB, IDS, KEPT, LINES, ROSTER, SESSIONS

MEMBERS = ("Ann Lee", "Robert Roy", "Zed Zulu")
ZED = person("Zed Zulu")
Row = dict[str, Cell]

# what Zoom shows beside Zed, and the letters of Ann and Robert
COUPLES: dict[str, tuple[SessionPerson, str]] = {
    "a comma": (person("Ann, Robert"), "? ?"),
    "a comma, short": (person("Annie, Bob"), "? ?"),
    "three": (person("Ann, Bob, Tim"), "? ?"),
    "on her account": (person("Ann, Robert", account="a"), "P ?"),
    "on her account, a comma only turns it round": (person("Lee, Ann", account="a"), "P A"),
    "one of another family": (person("Lee, Robert"), "A A"),
}


@pytest.mark.parametrize(("seen", "expected"), COUPLES.values(), ids=COUPLES)
def test_a_comma_between_first_names_says_two_people(seen: SessionPerson, expected: str) -> None:
    weeks = [record(0, ZED, person("Ann Lee", account="a")), record(1, ZED, seen)]
    of = book(weeks, people(*MEMBERS))
    newest = [letters(of, name).split()[1] for name in MEMBERS[:2]]
    assert " ".join(newest) == expected


@pytest.mark.parametrize("who", ["Ann + Bob", "Ann & Bob", "Ann Lee and Bob", "Ann, Bob"])
def test_a_second_name_typed_into_a_line_is_asked_about(who: str) -> None:
    """It was Ann's; it may be Bob's as well now, or that of others."""
    (line,) = LINES.rows
    at = LINES.columns["who"]
    tab = Grid(LINES.columns, [[who if place == at else cell for place, cell in enumerate(line)]])
    of = book(SESSIONS, people(*KEPT), corrections=tab)
    assert letters(of, "Ann Lee") == "A ? A"
    assert any(one.text.startswith("Corrections, row 3: ") for one in of.this_week)


def test_a_couple_that_is_one_line_of_people_keeps_its_corrections() -> None:
    couple = people({"name": "Ann & Tim Lee-Roy", "id": IDS[3]}, "Bob Kim")
    (line,) = LINES.rows
    at = LINES.columns["who"]
    tab = Grid(
        LINES.columns, [["Ann & Tim Lee" if one == at else cell for one, cell in enumerate(line)]]
    )
    assert letters(book(SESSIONS, couple, corrections=tab), "Ann & Tim Lee-Roy") == "A R A"


# what is typed under "Who is it?" for a name that looks like nobody; the letters of Ann and Cy
ANSWERS: dict[str, tuple[Row, str]] = {
    "nothing": ({}, "A A"),
    "a question mark": ({"who": "?"}, "A A"),
    "somebody who is no member": ({"who": "Zoe Park"}, "A A"),
    "a first name": ({"who": "Ann"}, "? A"),
    "everybody": ({"who": "everybody"}, "? ?"),
    "all": ({"who": "All"}, "? ?"),
    "the class": ({"who": "youth"}, "? ?"),
    "everybody beside one": ({"who": "Cy Dee", "and": "everyone"}, "? ?"),
    "two with a comma": ({"who": "Ann, Cy"}, "? ?"),
}


@pytest.mark.parametrize(("said", "expected"), ANSWERS.values(), ids=ANSWERS)
def test_whom_an_answer_may_mean_that_cannot_be_read(said: Row, expected: str) -> None:
    here = [record(0, BOB, person("Xaver"))]
    names = answers(book(here, ROSTER), {"Xaver": said})
    of = book(here, ROSTER, names=names)
    assert [letters(of, name) for name in ("Ann Lee", "Cy Dee")] == expected.split()
