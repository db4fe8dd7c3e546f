"""The tab Names: whom an answer may mean that is not applied, or not any more."""

from __future__ import annotations

import pytest

from include.attendance.results import SessionPerson
from include.roster.grid import Cell, ErrorCell
from tests.roster.made import (
    NAMES,
    answers,
    book,
    grid,
    letters,
    people,
    person,
    record,
    session,
    texts,
    values_of,
)

Row = dict[str, Cell]
Who = str | None


BOB = person("Bob Lee")

# an answer that speaks of no member, for how long it holds, and the letters of who becomes one
NO_MEMBER: dict[str, tuple[str, str, str]] = {
    "a visitor": ("a visitor", "always", "– – ? ?"),
    "always, not said": ("a visitor", "", "– – ? ?"),
    "not a person": ("not a person", "always", "– – ? ?"),
    "for one session": ("a visitor", "this session", "– – P P"),
}


@pytest.mark.parametrize("account", ["", "z"], ids=["guest", "account"])
@pytest.mark.parametrize(("who", "long", "expected"), NO_MEMBER.values(), ids=NO_MEMBER)
def test_a_visitor_who_becomes_a_member_is_not_missing(
    who: str, long: str, expected: str, account: str
) -> None:
    zoe = person("Zoe Park", account=account or ())
    sessions = [record(week, BOB, zoe) for week in range(4)]
    said = answers(book(sessions[:2], people("Bob Lee")), {"Zoe Park": {"who": who, "for": long}})
    before = book(sessions, people("Bob Lee"), names=said)
    assert "says that this is no member" not in texts(before)
    roster = people("Bob Lee", {"name": "Zoe Park", "from": "2026-10-18"})
    of = book(sessions, roster, names=said)
    assert letters(of, "Zoe Park") == expected
    assert ("Names, row 3: the answer says that this is no member" in texts(of)) == (
        "?" in expected
    )
    cleared = book(sessions, roster, names=answers(before, {}))
    assert letters(cleared, "Zoe Park") == "– – P P"


# what somebody typed, of which something cannot be read, and the letters of Ann Lee and Tim Roy
PARTLY: dict[str, tuple[Row, str]] = {
    "the second is no full name": ({"who": "Ann Lee", "and": "Tim"}, "? ?"),
    "the second is nobody's": ({"who": "Ann Lee", "and": "Zoe Park"}, "? A"),
    "with not a person": ({"who": "Ann Lee", "and": "not a person"}, "? A"),
    "only the second": ({"and": "Ann Lee"}, "? A"),
    "two in the first": ({"who": "Ann Lee, Tim Roy"}, "? ?"),
    "an error beside": ({"who": "Ann Lee", "and": ErrorCell("#REF!")}, "? ?"),
    "an error": ({"who": ErrorCell("#REF!")}, "? ?"),
    "a formula that is a text": ({"who": "=Ann"}, "? A"),
    "too long": ({"who": "Ann Lee, " + "who sat with her sister " * 10}, "? A"),
    "a short form": ({"who": "Timothy"}, "A ?"),
    "nobody's name": ({"who": "Zoe Park"}, "A A"),
}


@pytest.mark.parametrize(("said", "expected"), PARTLY.values(), ids=PARTLY)
def test_whom_a_line_may_mean_is_not_missing_for_what_cannot_be_read(
    said: Row, expected: str
) -> None:
    sessions = [record(0, BOB, person("Mumsy"))]
    roster = people("Ann Lee", "Bob Lee", "Tim Roy")
    of = book(sessions, roster, names=answers(book(sessions, roster), {"Mumsy": said}))
    assert f"{letters(of, 'Ann Lee')} {letters(of, 'Tim Roy')}" == expected
    assert "Names, row 3: " in texts(of)


def test_whom_an_unread_answer_may_mean_beside_a_member_is_not_missing() -> None:
    sessions = [record(0, BOB, person("Mumsy", account="a"))]
    roster = people("Ann Lee", "Bob Lee", "Tim Roy")
    said = answers(book(sessions, roster), {"Mumsy": {"who": "Ann Lee", "and": "Tim"}})
    sessions.append(record(1, BOB, person("Ann Lee", account="a")))
    of = book(sessions, roster, names=said)
    assert [letters(of, name) for name in ("Ann Lee", "Tim Roy")] == ["P P", "? A"]


# what is seen once two accounts of one name have been answered, and the letters of Ann and Carl
LINKED: dict[str, tuple[list[SessionPerson], str, str]] = {
    "each with the link": (
        [
            person("Kim", account="a1", registrant="r"),
            person("Kim", account="a2", registrant="r"),
        ],
        "P A P A",
        "A P A P",
    ),
    "the link alone": (
        [person("Kim", account=["a1", "a2"], registrant="r"), person("Kim", registrant="r")],
        "P A ? ?",
        "A P ? ?",
    ),
}


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize(("more", "ann", "carl"), LINKED.values(), ids=LINKED)
def test_two_answers_and_a_link_later(
    more: list[SessionPerson], ann: str, carl: str, backwards: bool
) -> None:
    accounts = ["a1", "a2"]
    sessions = [record(week, BOB, person("Kim", account=one)) for week, one in enumerate(accounts)]
    roster = people("Ann Lee", "Bob Lee", "Carl Roy")
    before = book(sessions, roster)
    assert before.names
    lines = [values_of(before.names, row.key) for row in before.names.rows]
    said: list[Row] = [
        {
            "key": str(line["key"]),
            "name": "Kim",
            "who": "Ann Lee" if line["session"] == session(0) else "Carl Roy",
        }
        for line in lines[:: -1 if backwards else 1]
    ]
    sessions += [record(week, BOB, one) for week, one in enumerate(more, 2)]
    of = book(sessions, roster, names=grid(NAMES, *said))
    assert (letters(of, "Ann Lee"), letters(of, "Carl Roy")) == (ann, carl)
    assert of.names
    open_ = [row for row in of.names.rows if row.kind == "open"]
    looks = [values_of(of.names, row.key)["looks_like"] for row in open_]
    assert looks == ["Ann Lee: the answer may mean them · Carl Roy: the answer may mean them"] * (
        "?" in ann
    )


@pytest.mark.parametrize(
    "garbled", [{"and": ErrorCell("#REF!")}, {"who": "=A1"}, {"and": "Tim R0y of Kent"}]
)
def test_an_account_of_two_stays_perhaps_both_while_the_answer_cannot_be_read(garbled: Row) -> None:
    ann_and_tim = {"who": "Ann Lee", "and": "Tim Roy"}
    sessions = [
        record(0, BOB, person("The iPad of two", account="a")),
        record(1, BOB, person("Annie L", account="a")),
    ]
    roster = people("Ann Lee", "Tim Roy", "Bob Lee")
    first = book(sessions, roster)
    before = book(sessions, roster, names=answers(first, {"The iPad of two": ann_and_tim}))
    assert letters(before, "Tim Roy") == "P P"
    said = answers(first, {"The iPad of two": ann_and_tim | garbled})
    of = book(sessions, roster, published=before.published, names=said)
    assert letters(of, "Tim Roy") == "? ?"


@pytest.mark.parametrize("unclear", ["allways", ErrorCell("#REF!")])
@pytest.mark.parametrize("account", ["", "a"], ids=["guest", "account"])
def test_an_answer_that_is_perhaps_for_always_may_mean_its_members(
    account: str, unclear: Cell
) -> None:
    sessions = [record(week, BOB, person("Annie L", account=account or ())) for week in range(2)]
    roster = people("Ann Lee", "Bob Lee", "Tim Roy")
    ann_and_tim: Row = {"who": "Ann Lee", "and": "Tim Roy", "for": unclear}
    said = answers(book(sessions, roster), {"Annie L": ann_and_tim})
    of = book(sessions, roster, names=said)
    assert [letters(of, name) for name in ("Ann Lee", "Tim Roy")] == ["? P", "? P"]
    assert "Until then the answer holds for this session." in texts(of)


def test_an_account_is_perhaps_theirs_for_whom_it_was_answered_perhaps_for_always() -> None:
    sessions = [record(0, BOB, person("Mumsy", account="a"))]
    roster = people("Ann Lee", "Bob Lee", "Tim Roy")
    ann_and_tim: Row = {"who": "Ann Lee", "and": "Tim Roy", "for": "allways"}
    said = answers(book(sessions, roster), {"Mumsy": ann_and_tim})
    of = book([*sessions, record(1, BOB, person("Granny", account="a"))], roster, names=said)
    assert [letters(of, name) for name in ("Ann Lee", "Tim Roy")] == ["P ?", "P ?"]
