"""What people type: read leniently, never guessed at, and said in words."""

from __future__ import annotations

from datetime import date

import pytest

from include.roster.book import make_book
from include.roster.grid import Cell, CellUnreadable, ErrorCell, Grid, read_tick
from include.roster.members.dates import read_date
from include.roster.published import PublishedBook
from include.roster.roster import Tabs
from tests.roster.made import (
    TODAY,
    answers,
    book,
    classes,
    corrections,
    day,
    letters,
    people,
    person,
    record,
    texts,
)

BOB = person("Bob Kim")
NOV = date(2026, 11, 1)
DAYS: list[tuple[Cell, date]] = [
    (46327, NOV),
    (46327.8125, NOV),
    ("2026-11-01", NOV),
    ("2026-11-01 19:30", NOV),
    ("2026/11/1", NOV),
    ("1.11.2026", NOV),
    ("01. 11. 2026", NOV),
    ("13/11/2026", date(2026, 11, 13)),
    ("11/13/2026", date(2026, 11, 13)),
    ("11/11/2026", date(2026, 11, 11)),
    ("1 Nov 2026", NOV),
    ("Nov 1, 2026", NOV),
    ("November 1st, 2026", NOV),
    ("Sunday, 1 November 2026", NOV),
    ("So., 1. November 2026", NOV),
    ("3. März 2026", date(2026, 3, 3)),
    ("1er novembre 2026", NOV),
    ("1 de noviembre de 2026", NOV),
    ("1 ноября 2026", NOV),
    ("2026年11月1日", NOV),
]
NO_DAYS: list[tuple[Cell, str]] = [
    (2026, "not a date"),
    (20261101, "not a date"),
    (-1, "not a date"),
    (float("inf"), "not a date"),
    ("3/4/2026", "may be 4 March or 3 April"),
    ("31.2.2026", "not a date"),
    ("32/13/2026", "not a date"),
    ("1.11.", "not a date"),
    ("1.11.26", "not a date"),
    ("next Sunday", "not a date"),
    ("Mon 8 Nov 2026", "is a Sunday"),
    ("1 listopad 2026", "not a date"),  # October in one language, November in another
    (True, "not a date"),
    ("#REF!", "error"),
    (ErrorCell("#N/A"), "error"),
    ("=TODAY()", "begins with ="),
    ("1" * 1_000_000, "longer than"),
]


@pytest.mark.parametrize(("cell", "expected"), DAYS)
def test_dates(cell: Cell, expected: date) -> None:
    assert read_date(cell) == expected


@pytest.mark.parametrize(("cell", "said"), NO_DAYS, ids=range(len(NO_DAYS)))
def test_what_is_no_single_day(cell: Cell, said: str) -> None:
    with pytest.raises(CellUnreadable, match=said):
        read_date(cell)


def test_marks() -> None:
    assert [read_tick(cell) for cell in (True, "x", "TRUE", 1, "Yes")] == [True] * 5
    assert [read_tick(cell) for cell in (False, None, "", "no", 0)] == [False] * 5


NAMES: dict[str, tuple[Cell, str]] = {
    "error": (ErrorCell("#REF!"), "the name shows the error #REF!"),
    "error as text": ("#NAME?", "the name shows the error #NAME?"),
    "formula": ("=IMPORTXML(1)", "the name begins with ="),
    "huge": ("A" * 1_000_000, "the name is longer than 200 characters"),
    "missing": ("", "the name is missing"),
    "device": ("iPad", "the name is that of a device"),
}


@pytest.mark.parametrize(("name", "said"), NAMES.values(), ids=NAMES)
def test_a_cell_where_a_name_should_be(name: Cell, said: str) -> None:
    of = book([record(0, BOB)], people("Bob Kim", {"name": name, "classes": "Youth"}))
    assert f"People, row 4: {said}" in texts(of)
    assert letters(of, "Bob Kim") == "P"


def test_names_are_data() -> None:
    names = [
        '"Ann" Lee',
        "Ann 🦊 Lee",
        "'); DROP",
        "Ann\nLee",
        "1234 Lee",
        "<b>Ann</b>",
        "Ann*_Lee",
    ]
    of = book([record(0, *(person(name) for name in names))], people(*names))
    assert of.register
    assert [row.kind for row in of.register.rows].count("member") == len(names)


SAID: dict[str, tuple[list[dict[str, Cell]], str]] = {
    "class": (
        [{"name": "Ann Lee", "classes": "Yuoth"}],
        "People, row 3: class “Yuoth” is not in Classes, did you mean “Youth”?",
    ),
    "a class like none": (
        [{"name": "Ann Lee", "classes": "Zebra"}],
        "People, row 3: class “Zebra” is not in Classes. Choose one of Classes, or add it there.",
    ),
    "a private class": (
        [{"name": "Ann Lee", "classes": "Recovry"}],
        "People, row 3: the class is not in Classes. Choose it from the list.",
    ),
    "two lines": (
        [{"name": "Ann Lee"}, {"name": "Bob Kim"}, {"name": "LEE, Ann"}],
        "People: rows 3 and 5 have one name",
    ),
    "one e-mail": (
        [
            {"name": "Ann Lee", "emails": "a@x.org"},
            {"name": "Bob Kim", "emails": "b@x.org; A@X.org"},
        ],
        "People: rows 3 and 4 have the same e-mail",
    ),
    "no e-mail": (
        [{"name": "Ann Lee", "emails": "ann at x.org"}],
        "People, row 3: an e-mail address is none",
    ),
    "date": (
        [{"name": "Ann Lee", "from": "3/4/2026"}],
        "People, row 3: “from” “3/4/2026” may be 4 March or 3 April. Write it like 2026-03-04.",
    ),
    "impossible date": (
        [{"name": "Ann Lee", "until": "31.2.2026"}],
        "People, row 3: “until” “31.2.2026” is not a date. Write it like 2026-11-30.",
    ),
}
CLASSES = classes("Youth", {"class": "Recovery", "private": True})


@pytest.mark.parametrize(("rows", "said"), SAID.values(), ids=SAID)
def test_what_this_week_says(rows: list[dict[str, Cell]], said: str) -> None:
    of = book([record(0, BOB)], people(*rows), classes=CLASSES)
    assert said in texts(of)


def test_two_lines_for_one_member_make_neither_absent() -> None:
    here = [record(0, BOB, person("Ann Lee")), record(1, BOB, person("iPad", email="ann@x.org"))]
    both = [{"name": "Ann Lee", "emails": "ann@x.org"}, {"name": "Ann Lee", "emails": "ann@x.org"}]
    assert letters(book(here, people("Bob Kim", *both)), "Ann Lee") == "? ?"


def test_an_answer_that_cannot_be_read_makes_nobody_absent() -> None:
    sessions = [record(0, BOB, person("iPhone"))]
    roster = people("Bob Kim", "Ann Lee", "Cy Dee")
    tab = answers(book(sessions, roster), {"iPhone": {"who": "Ann Leee"}})
    of = book(sessions, roster, names=tab)
    assert "Names, row 3: “Ann Leee” is not in People, did you mean “Ann Lee”?" in texts(of)
    assert [letters(of, name) for name in ("Ann Lee", "Cy Dee")] == ["?", "A"]


def test_a_private_name_is_not_read_out_by_a_notice() -> None:
    private = classes("Youth", {"class": "Recovery", "private": True})
    roster = people("Bob Kim", {"name": "Pat Quiet", "classes": "Recovery"})
    tab = corrections({"who": "Pat Quite", "from": day(0), "letter": "X"})
    of = book([record(0, BOB)], roster, classes=private, corrections=tab)
    assert "Corrections, row 3: that name is not in People." in texts(of)
    assert "Pat" not in texts(of)


@pytest.mark.parametrize(
    "tabs",
    [
        Tabs(people=Grid({"classes": 0}, [["Youth"]])),
        Tabs(people=people({"name": ErrorCell("#REF!")}, "=A1")),
        Tabs(people=people("Ann Lee"), classes=Grid({"leaders": 0}, [["lea@x.org"]])),
        Tabs(people=people("Ann Lee"), classes=Grid({"class": 0}, [["Youth"]])),
        Tabs(people=Grid({"name": 0, "emails": 1, "until": 2, "from": 3}, [["Ann Lee"]])),
        Tabs(people=Grid({"name": 0, "classes": 1, "until": 2, "from": 3}, [["Ann Lee"]])),
        Tabs(people=Grid({"name": 0, "classes": 1, "emails": 2, "from": 3}, [["Ann Lee"]])),
        Tabs(people=Grid({"name": 0, "classes": 1, "emails": 2, "until": 3}, [["Ann Lee"]])),
    ],
    ids=[
        *["names gone", "no name readable", "classes gone"],
        *["private gone", "class gone", "emails gone", "until gone", "from gone"],
    ],
)
def test_a_roster_that_cannot_be_read_leaves_the_register_as_it_is(tabs: Tabs) -> None:
    before = PublishedBook({"m": {"s": "P"}})
    of = make_book([record(0, BOB)], tabs, published=before, today=TODAY)
    assert (of.register, of.names, of.totals, of.published) == (None, None, None, before)
    assert "is gone. Bring it back" in texts(of) or "the name shows the error" in texts(of)


def test_moved_inserted_and_missing_columns() -> None:
    moved = Grid(
        {"emails": 3, "name": 1, "classes": 4, "until": 5, "from": 6},
        [[None, "Ann Lee", "a note of theirs", "ann@x.org"], ["x", "Bob Kim"]],
    )
    of = book([record(0, BOB, person("Nana", email="ann@x.org"))], moved)
    assert [letters(of, name) for name in ("Ann Lee", "Bob Kim")] == ["P", "P"]


def test_a_copied_line_gets_an_id_of_its_own() -> None:
    first = book([record(0, BOB)], people("Ann Lee", "Bob Kim"))
    ids = first.people.ids
    rows = [{"name": "Ann Lee", "id": ids[3]}, {"name": "Ann Li", "id": ids[3]}]
    again = book([record(0, BOB)], people(*rows, {"name": "Bob Kim", "id": ids[4]}))
    assert list(again.people.ids) == [4]
    assert again.people.ids[4] != ids[3]


def test_a_sorted_tab_changes_nothing() -> None:
    sessions = [record(0, BOB), record(1, BOB, person("Ann Lee"))]
    ids = book(sessions, people("Ann Lee", "Bob Kim")).people.ids
    rows = [{"name": "Ann Lee", "id": ids[3]}, {"name": "Bob Kim", "id": ids[4]}]
    tab = corrections({"who": "Ann Lee", "from": day(0), "letter": "X"})
    one = book(sessions, people(*rows), corrections=tab)
    other = book(sessions, people(*rows[::-1]), corrections=tab)
    assert one == other


def test_a_renamed_member_keeps_their_letters() -> None:
    sessions = [record(0, BOB, person("Ann Lee", account="a")), record(1, BOB)]
    before = book(sessions, people("Ann Lee", "Bob Kim"))
    ids = before.people.ids
    tab = corrections({"who": "Ann Lee", "from": day(1), "letter": "X", "member": ids[3]})
    rows = [{"name": "Ann Kim", "id": ids[3], "emails": "ann@x.org"}, "Bob Kim"]
    of = book(sessions, people(*rows), corrections=tab, published=before.published)
    assert letters(of, "Ann Kim") == "? X"


@pytest.mark.parametrize("name", ["!!!", "'s", "!!! (Ann)", "Ann (!!!)"])
def test_a_name_of_signs_alone_stops_nothing(name: str) -> None:
    of = book([record(0, person("Zoe u. Ann"), person("Bob Kim"))], people(name, "Bob Kim"))
    assert letters(of, "Bob Kim") == "P"
