"""? against A: an absence is printed only when every other explanation is excluded."""

from __future__ import annotations

import pytest

from include.attendance.results import SessionPerson
from include.roster.grid import Cell, ErrorCell
from tests.roster.made import (
    book,
    classes,
    corrections,
    day,
    letters,
    people,
    person,
    record,
)

BOB = person("Bob Kim")
ANN_ACCOUNT = person("Ann Lee", account="a")
Row = dict[str, Cell]

# what is in the sessions beside Bob Kim, and the letters of Ann Lee
SEEN: dict[str, tuple[list[list[SessionPerson]], str]] = {
    "nobody else": ([[]], "A"),
    "a stranger": ([[person("Zoe Park")]], "A"),
    "short form and initial": ([[person("Annie L")]], "?"),
    "first name": ([[person("Ann")]], "?"),
    "first name and initial": ([[person("Ann L.")]], "?"),
    "initial and family name": ([[person("A Lee")]], "?"),
    "family name": ([[person("Lee")]], "?"),
    "the family": ([[person("Lee family")]], "?"),
    "one letter": ([[person("Ann Leee")]], "?"),
    "another order": ([[person("Lee Ann")]], "?"),
    "her device": ([[person("Ann's iPad")]], "?"),
    "a device in Spanish": ([[person("iPhone de Ann")]], "?"),
    "a device in German": ([[person("iPhone von Ann")]], "?"),
    "a device before a name": ([[person("iPad Ann")]], "?"),
    "a device with a name in brackets": ([[person("iPad (Ann Lee)")]], "?"),
    "with a title": ([[person("Dr Ann Lee")]], "?"),
    "the first name of another": ([[person("Ann Smith")]], "A"),
    "two letters": ([[person("Dan Leo")]], "A"),
    "other initial": ([[person("Annie K")]], "A"),
    "namesakes in the session": ([[person("Ann Lee"), person("Ann Lee", number=2)]], "?"),
    "seen herself": ([[person("Ann Lee"), person("Annie L")]], "P"),
    "seen herself, once alone": (
        [[person("Ann Lee"), person("Annie L")], [person("Annie L")]],
        "P ?",
    ),
    "only in another session": ([[person("Annie L")], []], "? A"),
    "a device, never had one": ([[person("iPhone")]], "A"),
    "a device, had one before": (
        [[person("iPad", account="a"), ANN_ACCOUNT][:1], [ANN_ACCOUNT], [person("iPhone")]],
        "P P ?",
    ),
    "a device before hers": (
        [[person("iPhone")], [person("iPad", account="a")], [ANN_ACCOUNT]],
        "A P P",
    ),
    "had one, no device now": ([[person("iPad", account="a")], [ANN_ACCOUNT], []], "P P A"),
    "had one, hers is explained": (
        [[person("iPad", account="a")], [ANN_ACCOUNT], [person("iPad", account="b")]],
        "P P ?",
    ),
    "a masked number, had a device": (
        [[person("iPad", account="a")], [ANN_ACCOUNT], [person("+61 4** 123")]],
        "P P ?",
    ),
    "a bot": ([[person("Otter.ai Notetaker")]], "A"),
    "no name at all, never had one": ([[person(account="x")]], "A"),
}


@pytest.mark.parametrize(("weeks", "expected"), SEEN.values(), ids=SEEN)
def test_names_that_nobody_has_explained(weeks: list[list[SessionPerson]], expected: str) -> None:
    sessions = [record(week, BOB, *persons) for week, persons in enumerate(weeks)]
    assert letters(book(sessions, people("Ann Lee", "Bob Kim")), "Ann Lee") == expected


def test_only_those_who_had_a_device_before_are_asked_about() -> None:
    sessions = [
        record(0, BOB, ANN_ACCOUNT),
        record(1, BOB, person("iPad", account="a")),
        record(2, BOB, person("iPhone")),
    ]
    of = book(sessions, people("Ann Lee", "Bob Kim", "Cy Dee"))
    assert [letters(of, name) for name in ("Ann Lee", "Cy Dee")] == ["P P ?", "A A A"]


def test_an_incomplete_session_makes_nobody_absent() -> None:
    sessions = [record(0, BOB, incomplete=("Zoom has no report.",)), record(1, BOB)]
    of = book(sessions, people("Ann Lee", "Bob Kim"))
    assert [letters(of, name) for name in ("Ann Lee", "Bob Kim")] == ["? A", "P P"]


MET: dict[str, tuple[list[Row], str]] = {
    "nobody said": ([], "?"),
    "said for her": ([{"who": "Ann Lee", "from": day(0), "letter": "A"}], "A"),
    "another was in the room": ([{"who": "Cy Dee", "from": day(0), "letter": "R"}], "A"),
    "another is excused": ([{"who": "Cy Dee", "from": day(0), "letter": "X"}], "?"),
    "she is excused": ([{"who": "Ann Lee", "from": day(0), "letter": "X"}], "X"),
    "the class did not meet": ([{"who": "Youth", "from": day(0), "letter": "–"}], "–"),
    "the class is said to be missing": ([{"who": "Youth", "from": day(0), "letter": "A"}], "A"),
    "said for another day": ([{"who": "Youth", "from": day(1), "letter": "A"}], "?"),
    "another class": ([{"who": "Choir", "from": day(0), "letter": "A"}], "?"),
    "everybody asked": ([{"who": "everybody", "from": day(0), "letter": "?"}], "?"),
}


@pytest.mark.parametrize(("lines", "expected"), MET.values(), ids=MET)
def test_nobody_of_the_class_was_seen(lines: list[Row], expected: str) -> None:
    roster = people("Ann Lee", "Cy Dee", {"name": "Bob Kim", "classes": "Choir"})
    of = book([record(0, BOB)], roster, corrections=corrections(*lines))
    assert letters(of, "Ann Lee") == expected


def test_a_class_has_met_if_one_of_it_came_who_was_a_member_by_then() -> None:
    later: Row = {"name": "Cy Dee", "from": "2026-11-01"}
    choir: Row = {"name": "Bob Kim", "classes": "Choir"}
    of = book([record(0, BOB, person("Cy Dee"))], people("Ann Lee", later, choir))
    assert letters(of, "Ann Lee") == "?"


# lines of Corrections that cannot be read, and the letters of Ann Lee in two sessions
UNREAD: dict[str, tuple[Row, str]] = {
    "who is misspelt": ({"who": "Ann Leee", "from": day(0), "letter": "X"}, "? A"),
    "who is an error": ({"who": ErrorCell("#REF!"), "from": day(0), "letter": "X"}, "? A"),
    "who is missing": ({"from": day(0), "letter": "X"}, "? A"),
    "who is somebody else": ({"who": "Cy Deeee", "from": day(0), "letter": "X"}, "A A"),
    "another's unread date": ({"who": "Cy Dee", "from": "soon", "letter": "X"}, "A A"),
    "from is no date": ({"who": "Ann Lee", "from": "soon", "letter": "X"}, "? ?"),
    "from has two readings": ({"who": "Ann Lee", "from": "4/10/2026", "letter": "X"}, "? ?"),
    "from is impossible": ({"who": "Ann Lee", "from": "31.2.2026", "letter": "X"}, "? ?"),
    "from is missing": ({"who": "Ann Lee", "letter": "X"}, "? ?"),
    "until is no date": ({"who": "Ann Lee", "from": day(1), "until": "x", "letter": "X"}, "A ?"),
    "until before from": (
        {"who": "Ann Lee", "from": day(1), "until": day(0), "letter": "X"},
        "? ?",
    ),
    "no such letter": ({"who": "Ann Lee", "from": day(0), "letter": "sick"}, "? A"),
    "no letter": ({"who": "Ann Lee", "from": day(0)}, "? A"),
    "the class, no letter": ({"who": "Youth", "from": day(0), "letter": "hols"}, "? A"),
}


@pytest.mark.parametrize(("line", "expected"), UNREAD.values(), ids=UNREAD)
def test_nobody_becomes_absent_by_what_cannot_be_read(line: Row, expected: str) -> None:
    sessions = [record(0, BOB), record(1, BOB)]
    tab = corrections(line)
    of = book(sessions, people("Ann Lee", "Bob Kim", "Cy Dee"), corrections=tab)
    assert letters(of, "Ann Lee") == expected
    said = [one.text for one in of.this_week if one.text.startswith("Corrections, row 3: ")]
    assert len(said) >= 1


PEOPLE_UNREAD: dict[str, tuple[Row, str]] = {
    "class misspelt": ({"classes": "Yuoth"}, "? ?"),
    "one class of two": ({"classes": "Youth, Yuoth"}, "? ?"),
    "class an error": ({"classes": "#N/A"}, "? ?"),
    "e-mail without @": ({"emails": "ann at x.org"}, "? ?"),
    "from in words": ({"from": "always"}, "– –"),
    "until before from": ({"from": "2026-11-02", "until": "2026-11-01"}, "– –"),
}


@pytest.mark.parametrize(("fields", "expected"), PEOPLE_UNREAD.values(), ids=PEOPLE_UNREAD)
def test_nobody_becomes_absent_by_their_line(fields: Row, expected: str) -> None:
    sessions = [record(0, BOB), record(1, BOB)]
    roster = people({"name": "Ann Lee", **fields}, "Bob Kim")
    of = book(sessions, roster, classes=classes("Youth"))
    assert letters(of, "Ann Lee") == expected
    assert any(one.text.startswith("People, row 3: ") for one in of.this_week)


@pytest.mark.parametrize(("email", "expected"), [("", "? ?"), ("poly@x.org", "A A")])
def test_a_member_whom_no_name_can_match_is_missing_only_by_an_address(
    email: str, expected: str
) -> None:
    sessions = [record(0, BOB), record(1, BOB, person("Poly"))]
    of = book(sessions, people({"name": "Poly", "emails": email}, "Bob Kim"))
    assert letters(of, "Poly") == expected


BOTH: Row = {"name": "Ann Lee", "classes": "Youth, Choir"}


def test_who_is_in_two_classes_may_have_come_for_the_other() -> None:
    """The choir meets every second week."""
    choir: list[Row] = [{"name": name, "classes": "Choir"} for name in ("Tim Fox", "Uma Gil")]
    sessions = [record(week, person("Ann Lee"), BOB) for week in range(4)]
    sessions[2] = record(2, person("Ann Lee"), BOB, person("Uma Gil"))
    of = book(sessions, people(BOTH, "Bob Kim", *choir))
    assert letters(of, "Tim Fox") == "? ? A ?"
    in_the_room = corrections({"who": "Ann Lee", "from": day(0), "letter": "R"})
    roster = people(BOTH, "Bob Kim", *choir)
    of = book([record(0, person("Uma Gil"))], roster, corrections=in_the_room)
    assert letters(of, "Bob Kim") == "?"


def test_a_class_whose_members_are_all_in_two_met_if_one_of_them_came() -> None:
    later: Row = {"name": "Tim Fox", "classes": "Choir", "from": day(1)}
    uma: Row = {"name": "Uma Gil", "classes": "Youth, Choir"}
    of = book([record(0, person("Ann Lee"))], people(BOTH, uma, later))
    assert letters(of, "Uma Gil") == "A"
