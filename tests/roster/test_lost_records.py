"""A session whose record is gone: who was matched in it is not absent in others for that."""

from __future__ import annotations

from copy import copy

import pytest

from include.attendance.results import SessionPerson
from include.roster.book import Book
from include.roster.grid import Cell, Grid
from include.roster.identity.matched_before import MOST
from include.roster.published import PublishedBook
from tests.roster.made import (
    answers,
    as_written,
    book,
    letters,
    people,
    person,
    record,
    session,
    texts,
)

BOB = person("Bob Kim", account="b")
ANN = person("Ann Lee", account="a")
GRANDMA = person("Grandma", account="a")
IPHONE = person("iPhone")


def after(weeks: list[list[SessionPerson]], *, lost: int, names: Grid | None = None) -> Book:
    """The book after the records of the first weeks are gone, and a few runs later."""
    kept = [record(week, BOB, *here) for week, here in enumerate(weeks)]
    of = book(kept, people("Ann Lee", "Bob Kim"))
    ids = of.people.ids
    roster = people({"name": "Ann Lee", "id": ids[3]}, {"name": "Bob Kim", "id": ids[4]})
    tabs = {"names": names} if names else {}
    for first in (0, 0, lost, lost):
        copy = of.published and PublishedBook.from_bytes(of.published.to_bytes())
        of = book(kept[first:], roster, published=copy, **tabs)
    return of


CASES: dict[str, tuple[list[list[SessionPerson]], str]] = {
    "an account": ([[ANN], [GRANDMA], [GRANDMA]], "? ?"),
    "a name of the account": ([[ANN], [GRANDMA], [person("Grandma")]], "? ?"),
    "a registrant": (
        [[person("Ann Lee", registrant="r")], [person("Grandma", registrant="r")]],
        "?",
    ),
    "a device": ([[person("iPhone", account="a"), ANN], [IPHONE], []], "? A"),
    "nothing of it": ([[ANN], [person("Zoe Park")]], "A"),
    "an account of two": (
        [[ANN], [person("Grandma", account="a")], [person("Bob Kim", account="a")]],
        "? ?",
    ),
}


@pytest.mark.parametrize(("weeks", "expected"), CASES.values(), ids=CASES)
def test_what_it_told_of_others_is_a_question(
    weeks: list[list[SessionPerson]], expected: str
) -> None:
    assert letters(after(weeks, lost=1), "Ann Lee") == expected


WEEKS = [[person("Nana", account="n")], [person("Oma", account="n")], [person("Oma")]]


def of_nana(answer: str) -> Grid:
    kept = [record(week, BOB, *here) for week, here in enumerate(WEEKS)]
    before = book(kept, people("Ann Lee", "Bob Kim"))
    return answers(before, {"Nana": {"who": answer}} if answer else {})


def test_what_an_answer_said_in_it_holds_while_the_answer_stands() -> None:
    of = after(WEEKS, lost=1, names=of_nana("Ann Lee"))
    assert letters(of, "Ann Lee") == "? ?"
    assert of.published
    kept = [record(week, BOB, *here) for week, here in enumerate(WEEKS)][1:]
    ids = of.people.ids
    roster = people({"name": "Ann Lee", "id": ids.get(3)}, {"name": "Bob Kim", "id": ids.get(4)})
    cleared = book(kept, roster, published=of.published, names=of_nana(""))
    assert letters(cleared, "Ann Lee") == "A A"


def test_nothing_of_it_is_kept_in_plain() -> None:
    of = after([[ANN, person("iPad", email="ann@x.org", account="a1b2c3")], [], []], lost=1)
    assert of.published
    assert not {"ann@x.org", "a1b2c3"} & set(of.published.to_bytes().decode().split('"'))


def test_a_letter_typed_for_it_is_named() -> None:
    kept = [record(week, BOB) for week in range(3)]
    roster = people("Ann Lee", "Bob Kim")
    of = book(kept, roster)
    assert of.register
    tab = as_written(of.register)
    rows = [list(row) for row in tab.rows]
    for row in rows:
        if row[1] == "Ann Lee":
            row[tab.columns[session(0)]] = "r"
    typed = Grid(tab.columns, rows)
    for _ in range(3):
        copy = of.published and PublishedBook.from_bytes(of.published.to_bytes())
        assert "“R” was typed" not in texts(book(kept[1:], roster, published=copy, register=tab))
        of = book(kept[1:], roster, published=copy, register=typed)
        assert "Register, row 4: “R” was typed over “A” for a session whose" in texts(of)
        assert of.corrections.rows == ()
    there = book(kept, roster, published=of.published, register=typed)
    assert letters(there, "Ann Lee") == "R A A"


KEPT = [
    record(0, BOB, ANN),
    record(1, BOB, person("Nana", account="a")),
    record(2, BOB, person("Ann Lee")),
]
LINES: dict[str, list[dict[str, Cell]]] = {
    "one line of two": [{"name": "Bob Kim"}],
    "all lines": [],
    "typed anew": [{"name": "Bob Kim"}, {"name": "Ann Lee"}],
}


@pytest.mark.parametrize("lines", LINES.values(), ids=LINES)
def test_the_line_of_somebody_matched_in_it_is_deleted(lines: list[dict[str, Cell]]) -> None:
    of = book(KEPT[:2], people("Ann Lee", "Bob Kim"))
    ann, bob = (of.people.ids[row] for row in (3, 4))
    both = people({"name": "Ann Lee", "id": ann}, {"name": "Bob Kim", "id": bob})
    of = book(KEPT[1:2], both, published=of.published)
    rest = people(*({**line, **({"id": bob} if at == 0 else {})} for at, line in enumerate(lines)))
    for _ in range(3):
        assert of.published
        of = book(KEPT[1:], rest, published=PublishedBook.from_bytes(of.published.to_bytes()))
        assert of.names
        assert "Nana" in [row.values[2] for row in of.names.rows]


def test_what_was_known_without_an_answer_stays_when_it_is_cleared() -> None:
    nana = person("Nana", email="ann@x.org", account="a")
    kept = [record(0, BOB, nana), *(record(week, BOB, person("Nana")) for week in (1, 2))]
    line: dict[str, Cell] = {"name": "Ann Lee", "emails": "ann@x.org"}
    of = book(kept[:2], people(line, "Bob Kim"))
    rows = people({**line, "id": of.people.ids[3]}, {"name": "Bob Kim", "id": of.people.ids[4]})
    for first, said in ((0, "Ann Lee"), (2, "Ann Lee"), (2, "")):
        names = answers(of, {"Nana": {"who": said}} if said else {})
        assert of.published
        copy = PublishedBook.from_bytes(of.published.to_bytes())
        of = book(kept[first:] if first else kept[:2], rows, published=copy, names=names)
    assert letters(of, "Ann Lee") == "?"


def test_a_device_known_without_an_answer_stays_when_it_is_cleared() -> None:
    named = person("iPhone", email="ann@x.org")
    kept = [record(0, BOB, IPHONE), record(1, BOB, named), record(2, BOB, IPHONE)]
    line: dict[str, Cell] = {"name": "Ann Lee", "emails": "ann@x.org"}
    of = book(kept[:2], people(line, "Bob Kim"))
    rows = people({**line, "id": of.people.ids[3]}, {"name": "Bob Kim", "id": of.people.ids[4]})
    for first, last, said in ((0, 2, "Ann Lee"), (2, 3, ""), (2, 3, "")):
        names = answers(of, {"iPhone": {"who": said}} if said else {})
        assert of.published
        copy = PublishedBook.from_bytes(of.published.to_bytes())
        of = book(kept[first:last], rows, published=copy, names=names)
    assert letters(of, "Ann Lee") == "?"


def test_registrants_that_differ_by_session_do_not_grow_without_end() -> None:
    weeks = MOST + 20
    kept = [
        record(week, BOB, person("Ann Lee", account="a", registrant=f"r{week}"))
        for week in range(weeks)
    ]
    kept += [record(weeks, BOB, person("Nana", account="a"))]
    kept += [record(weeks + 1, BOB, person("Oma", registrant=f"r{weeks - 1}"))]
    of = book(kept[:weeks], people("Ann Lee", "Bob Kim"))
    ann, bob = (of.people.ids[row] for row in (3, 4))
    rows = people({"name": "Ann Lee", "id": ann}, {"name": "Bob Kim", "id": bob})
    for _ in range(3):
        assert of.published
        last = PublishedBook.from_bytes(of.published.to_bytes())
        of = book(kept[weeks:], rows, published=last)
    assert letters(of, "Ann Lee") == "? ?", "what was seen last is known"
    assert of.published
    assert len(of.published.matched[ann]) == MOST


def test_an_older_copy_knows_no_days() -> None:
    kept = [record(0, BOB, ANN), record(1, BOB, GRANDMA)]
    of = book(kept, people("Ann Lee", "Bob Kim"))
    assert of.published
    old = copy(of.published)
    old.matched = {
        id_: {digest: value.partition("@")[0] for digest, value in digests.items()}
        for id_, digests in of.published.matched.items()
    }
    rows = people({"name": "Ann Lee", "id": of.people.ids[3]}, "Bob Kim")
    assert letters(book(kept[1:], rows, published=old), "Ann Lee") == "?"
