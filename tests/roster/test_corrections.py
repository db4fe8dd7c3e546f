"""Lines of Corrections that the pipeline wrote, and what people make of them."""

from __future__ import annotations

import pytest

from include.roster.book import Book, make_book
from include.roster.grid import Cell, Grid
from include.roster.roster import Tabs
from tests.roster.made import (
    TODAY,
    as_written,
    book,
    classes,
    day,
    letters,
    people,
    person,
    record,
    session,
    texts,
)

Row = dict[str, Cell]

BOB = person("Bob Kim")
SESSIONS = [record(week, BOB) for week in range(3)]
ROSTER = people("Ann Lee", "Bob Kim", "Cy Dee")
IDS = book(SESSIONS, ROSTER).people.ids


def typed_over(of: Book, name: str, week: int, typed: Cell) -> Grid:
    """The Register as it was written, a letter typed over."""
    assert of.register
    tab = as_written(of.register)
    rows = [list(row) for row in tab.rows]
    for row in rows:
        if row[tab.columns["name"]] == name:
            row[tab.columns[session(week)]] = typed
    return Grid(tab.columns, rows)


def again(before: Book, roster: Grid, register: Grid, **tabs: Grid) -> Book:
    assert before.published is not None
    full = Tabs(people=roster, register=register, **tabs)
    return make_book(SESSIONS, full, published=before.published, today=TODAY)


def lines_after_ann_was_in_the_room() -> Grid:
    """Corrections after somebody typed R over Ann's letter of week 1."""
    before = book(SESSIONS, ROSTER)
    of = again(before, ROSTER, typed_over(before, "Ann Lee", 1, "R"))
    return as_written(of.corrections)


LINES = lines_after_ann_was_in_the_room()
KEPT = [{"name": "Ann Lee", "id": IDS[3]}, "Bob Kim", {"name": "Cy Dee", "id": IDS[5]}]

# what somebody types into the line, and the letters of Ann and Cy
RETYPED: dict[str, tuple[Row, str, str]] = {
    "nothing": ({}, "A R A", "A A A"),
    "another member": ({"who": "Cy Dee"}, "A A A", "A R A"),
    "everybody": ({"who": "everybody"}, "A R A", "A R A"),
    "the class": ({"who": "Youth", "letter": "–"}, "A – A", "A – A"),
    "another day": ({"from": day(2), "until": day(2)}, "A A R", "A A A"),
    "from and until": ({"from": day(0), "until": day(2)}, "R R R", "A A A"),
    "another letter": ({"letter": "x"}, "A X A", "A A A"),
    "another member misspelt": ({"who": "Cy Deee"}, "A ? A", "A ? A"),
    "nobody we know": ({"who": "Zoe Park"}, "A ? A", "A A A"),
    "everybody misspelt": ({"who": "evrybody"}, "A ? A", "A ? A"),
    "who is cleared": ({"who": None}, "A ? A", "A A A"),
    "from is cleared": ({"from": None, "until": None}, "A R A", "A A A"),
}


@pytest.mark.parametrize(("typed", "ann", "cy"), RETYPED.values(), ids=RETYPED)
def test_a_line_says_what_is_typed_in_it_now(typed: Row, ann: str, cy: str) -> None:
    (line,) = LINES.rows
    at = {LINES.columns[key]: cell for key, cell in typed.items()}
    tab = Grid(LINES.columns, [[at.get(place, cell) for place, cell in enumerate(line)]])
    of = book(SESSIONS, people(*KEPT), corrections=tab)
    assert (letters(of, "Ann Lee"), letters(of, "Cy Dee")) == (ann, cy)
    assert ("Corrections, row 3: " in texts(of)) == ("?" in ann)


# who, and members of whom anybody may be meant; the last was seen
ANYBODY = {
    "a class misspelt": ("Yuth", ["Ann Lee", "Ruth Roy"]),
    "a class with its word": ("class Youth", ["Ann Lee", "Claus Young"]),
    "all classes": ("All classes", ["Ann Lee", "Sally Lasse"]),
    "a class and a member": ("Youth, Carl Roy", ["Ann Lee", "Carl Roy"]),
    "a short form": ("Bob", ["Robert Roy", "Bob Kim"]),
    "a family": ("The Lees", ["Ann Lee", "Tim Lee"]),
    "a short name": ("Al Lee", ["Bo Lee", "Cy Fox"]),
    "two members": ("Ann + Bob", ["Ann Lee", "Bob Kim"]),
    "a class like a member": ("Yvonne Rai", ["Ann Lee", "Yvonne Roy"]),
}


@pytest.mark.parametrize(("who", "members"), ANYBODY.values(), ids=ANYBODY)
def test_nobody_is_absent_whom_a_line_may_mean(who: str, members: list[str]) -> None:
    tab = Grid({"who": 0, "from": 1, "letter": 2, "until": 3}, [[who, day(0), "X"]])
    here = [record(0, person("Zed Zulu"))]
    of = book(
        here, people(*members, "Zed Zulu"), corrections=tab, classes=classes("Youth", "Yvonne R")
    )
    assert [letters(of, name) for name in members] == ["?"] * len(members)


def test_what_is_nearly_a_name_means_nobody_else() -> None:
    tab = Grid({"who": 0, "from": 1, "letter": 2, "until": 3}, [["Cy Deee", day(0), "X"]])
    of = book(SESSIONS[:1], ROSTER, corrections=tab)
    assert [letters(of, name) for name in ("Ann Lee", "Cy Dee")] == ["A", "?"]


@pytest.mark.parametrize("who", ["all", "Everyone", "everybody"])
def test_everybody_has_three_words(who: str) -> None:
    tab = Grid({"who": 0, "from": 1, "letter": 2, "until": 3}, [[who, day(0), "X"]])
    roster = people("Ann Lee", "Eve Ryan", "Sally Roy", "Bob Kim")
    of = book(SESSIONS[:1], roster, corrections=tab)
    assert [letters(of, name) for name in ("Ann Lee", "Eve Ryan", "Sally Roy")] == ["X", "X", "X"]
    assert "Corrections" not in texts(of)


def test_the_line_of_a_member_who_has_gone_makes_nobody_uncertain() -> None:
    of = book(SESSIONS, people("Bob Kim", "Cy Dee"), corrections=LINES)
    assert letters(of, "Cy Dee") == "A A A"
    assert "Corrections" not in texts(of)


def test_a_member_renamed_altogether_is_asked_about() -> None:
    roster = people({"name": "Zoe Park", "id": IDS[3]}, "Bob Kim", "Cy Dee")
    of = book(SESSIONS, roster, corrections=LINES)
    assert [letters(of, name) for name in ("Zoe Park", "Cy Dee")] == ["A ? A", "A A A"]
    assert "Corrections, row 3: “Ann Lee” is not in People" in texts(of)


def test_a_letter_typed_over_outlives_a_change_of_class() -> None:
    before = book(SESSIONS, ROSTER)
    moved = people({"name": "Ann Lee", "id": IDS[3], "classes": "Choir"}, *KEPT[1:])
    of = again(before, moved, typed_over(before, "Ann Lee", 1, "R"))
    assert letters(of, "Ann Lee") == "? R ?"
    (line,) = of.corrections.rows
    assert line.values[:5] == ("Ann Lee", line.values[1], line.values[2], "R", None)


@pytest.mark.parametrize("typed", ["r", "R", " r "])
def test_a_letter_may_be_typed_in_small(typed: str) -> None:
    before = book(SESSIONS, ROSTER)
    of = again(before, ROSTER, typed_over(before, "Ann Lee", 1, typed))
    assert letters(of, "Ann Lee") == "A R A"
    assert [row.values[3] for row in of.corrections.rows] == ["R"]
    assert of.register
    assert of.register.keep == frozenset()


def test_the_same_letter_in_small_is_no_correction() -> None:
    before = book(SESSIONS, ROSTER)
    assert again(before, ROSTER, typed_over(before, "Ann Lee", 1, "a")).corrections.rows == ()


# of a member and of the class or everybody on one day: Ann, who was not seen, and Bob, who was
TYPED_OVER: Row = {"who": "Ann Lee", "until": day(0), "session": session(0)}
"""A line that a letter typed over in the Register has left."""

NARROWEST: dict[str, tuple[list[Row], str, str]] = {
    "she is excused, everybody was in the room": (
        [{"who": "Ann Lee", "letter": "X"}, {"who": "everybody", "letter": "R"}],
        "X",
        "R",
    ),
    "she is excused, the class did not meet": (
        [{"who": "Ann Lee", "letter": "X"}, {"who": "Youth", "letter": "–"}],
        "–",
        "–",
    ),
    "she was in the room, and is excused that month": (
        [
            {"who": "Ann Lee", "letter": "R"},
            {"who": "Ann Lee", "from": "2026-10-01", "until": "2026-10-30", "letter": "X"},
        ],
        "R",
        "P",
    ),
    "she was in the room, and on a second thought not": (
        [{"who": "Ann Lee", "letter": "R"}, {"who": "Ann Lee", "letter": "X"}],
        "X",
        "P",
    ),
    "she was typed to be in the room, and excuses herself late": (
        [{**TYPED_OVER, "letter": "R"}, {"who": "Ann Lee", "letter": "X"}],
        "R",
        "P",
    ),
    "she was typed to be in the room, and then to be excused": (
        [{**TYPED_OVER, "letter": "R"}, {**TYPED_OVER, "letter": "X"}],
        "X",
        "P",
    ),
    "the class met": ([{"who": "Youth", "letter": "A"}], "A", "P"),
}


@pytest.mark.parametrize(("lines", "ann", "bob"), NARROWEST.values(), ids=NARROWEST)
def test_the_narrowest_line_counts(lines: list[Row], ann: str, bob: str) -> None:
    dated = [{"from": day(0), **line} for line in lines]
    columns = {key: at for at, key in enumerate(("who", "from", "until", "letter", "session"))}
    tab = Grid(columns, [[line.get(key) for key in columns] for line in dated])
    of = book(SESSIONS[:1], ROSTER, corrections=tab, classes=classes("Youth"))
    assert (letters(of, "Ann Lee"), letters(of, "Bob Kim")) == (ann, bob)


def test_a_class_said_to_have_met_makes_nobody_absent_who_may_have_been_there() -> None:
    tab = Grid({"who": 0, "from": 1, "letter": 2, "until": 3}, [["Youth", day(0), "A"]])
    here = [record(0, person("Annie L")), record(1, BOB, incomplete=("No report.",))]
    of = book(here, ROSTER, corrections=tab)
    assert [letters(of, name)[0] for name in ("Ann Lee", "Cy Dee")] == ["?", "A"]


def test_two_letters_typed_for_a_member_of_two_classes_are_asked_about() -> None:
    both = people({"name": "Ann Lee", "classes": "Youth, Choir"}, "Bob Kim")
    before = book(SESSIONS, both)
    assert before.register
    tab = as_written(before.register)
    rows, at = [list(row) for row in tab.rows], tab.columns[session(1)]
    anns = [row for row in rows if row[1] == "Ann Lee"]
    anns[0][at], anns[1][at] = "R", "X"
    of = again(before, both, Grid(tab.columns, rows))
    assert of.register
    assert of.corrections.rows == ()
    assert letters(of, "Ann Lee").split()[1] == "?"
    assert len(of.register.keep) == texts(of).count("another letter in their row") == 2
    anns[1][at] = "R"
    assert letters(again(of, both, Grid(tab.columns, rows)), "Ann Lee").split()[1] == "R"
