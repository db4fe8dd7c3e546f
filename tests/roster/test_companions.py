"""? against A: names that speak of others beside a member, and names that were a member's."""

from __future__ import annotations

import pytest

from include.attendance.results import SessionPerson
from include.roster.grid import Cell
from tests.roster.made import (
    answers,
    book,
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
THEIRS: dict[str, tuple[list[list[SessionPerson]], Row, int, str]] = {
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
    weeks: list[list[SessionPerson]], said: Row, after: int, expected: str
) -> None:
    sessions = [record(week, BOB, *persons) for week, persons in enumerate(weeks)]
    roster = people({"name": "Ann Lee", "emails": ANN_MAIL}, "Bob Kim")
    names = answers(book(sessions[:after], roster), {"Mumsy": said})
    of = book(sessions, roster, names=names)
    assert letters(of, "Ann Lee") == expected
