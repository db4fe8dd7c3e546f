"""? against A: an absence is printed only when every other explanation is excluded."""

from __future__ import annotations

import pytest

from include.attendance.seen import PersonSeen
from include.roster.grid import Cell, ErrorCell
from tests.roster.made import (
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
    values_of,
)

BOB = person("Bob Kim")
ANN_ACCOUNT = person("Ann Lee", account="a")
Row = dict[str, Cell]

# what is in the sessions beside Bob Kim, and the letters of Ann Lee
SEEN: dict[str, tuple[list[list[PersonSeen]], str]] = {
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
def test_names_that_nobody_has_explained(weeks: list[list[PersonSeen]], expected: str) -> None:
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


ANN_MAIL = "ann@x.org"
TIM = "Tim Lee"

# what is seen on Ann Lee's e-mail address, in People, and the letter of another member
ON_ANNS: dict[str, tuple[tuple[str, ...], str, str]] = {
    "a couple": (("Ann & Tim Lee",), TIM, "?"),
    "both whole names": (("Ann Lee & Tim Lee",), TIM, "?"),
    "the family": (("Lee family",), TIM, "?"),
    "in brackets": (("Ann Lee (and Tim)",), TIM, "?"),
    "the other's name": (("Tim Lee",), TIM, "?"),
    "passed on": (("Tim Lee", "Ann Lee"), TIM, "?"),
    "another's first name": (("Tim",), TIM, "?"),
    "her own name": (("Ann Lee",), TIM, "A"),
    "no member's name": (("Mumsy",), TIM, "A"),
    "her short name": (("Annie",), "Annie Fox", "A"),
    "her first name, another's too": (("Ann",), "Ann Fox", "A"),
    "her name, another's is a part of it": (("Ann Lee",), "Lee", "A"),
    "one letter": (("Ann Lee",), "Anne Lee", "A"),
}


@pytest.mark.parametrize(("names", "other", "expected"), ON_ANNS.values(), ids=ON_ANNS)
def test_who_may_be_there_beside_a_member_is_not_missing(
    names: tuple[str, ...], other: str, expected: str
) -> None:
    sessions = [record(0, BOB, person(*names, email=ANN_MAIL))]
    roster = people({"name": "Ann Lee", "emails": ANN_MAIL}, "Bob Kim", other)
    of = book(sessions, roster)
    assert (letters(of, "Ann Lee"), letters(of, other)) == ("P", expected)
    assert of.names
    shown = [values_of(of.names, row.key)["looks_like"] for row in of.names.rows]
    assert [str(looks).startswith(other) for looks in shown] == [True] * (expected == "?")


# the answers to "Ann Lee & Tim Lee", and the letters of both
COUPLE: dict[str, tuple[Row, str]] = {
    "both": ({"who": "Ann Lee", "and": "Tim Lee"}, "P P"),
    "one and a visitor": ({"who": "Ann Lee", "and": "a visitor"}, "P A"),
    "the other forgotten": ({"who": "Ann Lee"}, "P ?"),
}


@pytest.mark.parametrize("known", ["", "typed before", "typed after"])
@pytest.mark.parametrize(("said", "expected"), COUPLE.values(), ids=COUPLE)
def test_a_couple_on_the_account_of_one(said: Row, expected: str, known: str) -> None:
    sessions = [record(week, BOB, person("Ann Lee & Tim Lee", email=ANN_MAIL)) for week in (0, 1)]
    ann: Row = {"name": "Ann Lee", "emails": ANN_MAIL}
    plain = people("Ann Lee", "Bob Kim", "Tim Lee")
    with_mail = people(ann, "Bob Kim", "Tim Lee")
    before = book(sessions, with_mail if known == "typed before" else plain)
    names = answers(before, {"Ann Lee & Tim Lee": said})
    of = book(sessions, with_mail if known else plain, names=names)
    for week in (0, 1):
        both = [letters(of, name).split()[week] for name in ("Ann Lee", "Tim Lee")]
        assert " ".join(both) == expected
    assert of.names
    (row,) = of.names.rows
    looks = values_of(of.names, row.key)["looks_like"]
    assert looks == ("Tim Lee: the whole name is in it" if "?" in expected else None)


def test_a_couple_on_an_account_that_one_had_alone() -> None:
    couple = person("Ann & Tim Lee", account="a")
    sessions = [record(0, BOB, ANN_ACCOUNT), record(1, BOB, couple), record(2, BOB, couple)]
    roster = people("Ann Lee", "Bob Kim", "Tim Lee")
    of = book(sessions, roster)
    assert [letters(of, name) for name in ("Ann Lee", "Tim Lee")] == ["P P P", "A ? ?"]
    assert "1 name waits for an answer in Names." in texts(of)
    said = answers(of, {"Ann & Tim Lee": {"who": "Ann Lee", "and": "Tim Lee"}})
    of = book(sessions, roster, names=said)
    assert [letters(of, name) for name in ("Ann Lee", "Tim Lee")] == ["P P P", "A P P"]
    assert "in Names" not in texts(of)


MUMSY = person("Mumsy")

# sessions, the answer to Mumsy after how many of them, and the letters of Ann Lee
THEIRS: dict[str, tuple[list[list[PersonSeen]], Row, int, str]] = {
    "by e-mail, then a guest": (
        [[person("Mumsy", email=ANN_MAIL)], [MUMSY], []],
        {},
        1,
        "P ? A",
    ),
    "answered, then twice at once": (
        [[MUMSY], [MUMSY, person("Mumsy", number=2)], []],
        {"who": "Ann Lee"},
        1,
        "P ? A",
    ),
    "two accounts answered, then a guest": (
        [[person("Mumsy", account="a")], [person("Mumsy", account="b")], [MUMSY]],
        {"who": "Ann Lee"},
        2,
        "P P ?",
    ),
    "answered for one session": (
        [[MUMSY], [MUMSY]],
        {"who": "Ann Lee", "for": "this session"},
        2,
        "? P",
    ),
    "an e-mail that is not in People": (
        [[person("Ann Lee", email="a@y.org")], [person("Mumsy", email="a@y.org")], []],
        {},
        1,
        "P ? A",
    ),
    "a visitor's": ([[MUMSY], []], {"who": "a visitor"}, 1, "A A"),
}


@pytest.mark.parametrize(("weeks", "said", "after", "expected"), THEIRS.values(), ids=THEIRS)
def test_a_name_that_was_theirs_makes_nobody_missing(
    weeks: list[list[PersonSeen]], said: Row, after: int, expected: str
) -> None:
    sessions = [record(week, BOB, *persons) for week, persons in enumerate(weeks)]
    roster = people({"name": "Ann Lee", "emails": ANN_MAIL}, "Bob Kim")
    names = answers(book(sessions[:after], roster), {"Mumsy": said})
    of = book(sessions, roster, names=names)
    assert letters(of, "Ann Lee") == expected
