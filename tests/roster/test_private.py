"""A private class stays private, whatever somebody does to Classes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from include.roster.book import Book, make_book
from include.roster.grid import ErrorCell, Grid
from include.roster.published import PublishedBook
from include.roster.roster import Tabs
from tests.roster.made import (
    TODAY,
    answers,
    as_written,
    book,
    classes,
    people,
    person,
    record,
    texts,
)

SESSIONS = [record(week, person("Bob Kim"), person("Pat Quiet")) for week in range(2)]
ROSTER = people("Bob Kim", {"name": "Pat Quiet", "classes": "Recovery"})
CLASSES = classes("Youth", {"class": "Recovery", "private": True, "leaders": "rob@x.org"})
BEFORE = book(SESSIONS, ROSTER, classes=CLASSES)
STAYS = "Classes: a class that was private has no line any more, and is private still. "


def again(tab: Grid | None, roster: Grid | None = ROSTER, *, lost: bool = False) -> Book:
    """The book after somebody has changed Classes; ``lost``: so is the copy of the letters."""
    assert BEFORE.published
    assert BEFORE.register
    copy = None if lost else PublishedBook.from_bytes(BEFORE.published.to_bytes())
    tabs = Tabs(people=roster, classes=tab, register=as_written(BEFORE.register))
    return make_book(SESSIONS, tabs, published=copy, today=TODAY)


def others_see(of: Book) -> str:
    """All that stands in tabs that others see; the ids in People are those of all lines."""
    return repr(replace(of, views={}, published=None))


GONE: dict[str, Grid | None] = {"the tab": None, "all lines": classes()}


@pytest.mark.parametrize("lost", [False, True])
@pytest.mark.parametrize("tab", GONE.values(), ids=GONE)
def test_without_classes_the_register_stays_as_it_is(tab: Grid | None, lost: bool) -> None:
    of = again(tab, lost=lost)
    assert (of.register, of.names, of.totals, of.views) == (None, None, None, {})
    assert texts(of).startswith("Classes: there is no line, and a class was private, or may have")
    assert "Pat" not in others_see(of)
    if not lost:
        assert of.published
        assert BEFORE.published
        assert of.published.to_bytes() == BEFORE.published.to_bytes()


LINES: dict[str, Grid] = {
    "deleted": classes("Youth"),
    "unreadable": classes("Youth", {"class": ErrorCell("#REF!"), "private": True}),
    "renamed": classes("Youth", {"class": "Recovering", "private": True}),
}


@pytest.mark.parametrize("lost", [False, True])
@pytest.mark.parametrize("tab", LINES.values(), ids=LINES)
def test_a_private_class_without_its_line_is_private_still(tab: Grid, lost: bool) -> None:
    of = again(tab, lost=lost)
    assert STAYS in texts(of)
    assert of.register
    assert [row.values[1] for row in of.register.rows if row.kind == "member"] == ["Bob Kim"]
    assert "Recovery" not in others_see(of).replace(repr(STAYS), "")
    assert "Pat" not in others_see(of)
    assert of.published
    assert of.published.private == {"recovery"}, "and in the run after"


def test_the_state_of_an_answer_tells_no_letter_of_a_private_class() -> None:
    kept = [record(0, person("Bob Kim"), person("Quiet P"))]
    asked = book(kept, ROSTER, classes=CLASSES)
    names = answers(asked, {"Quiet P": {"who": "Pat Quiet"}})
    told = book(kept, ROSTER, classes=CLASSES, names=names)
    assert told.names
    (state,) = (row.values[-1] for row in told.names.rows if "Quiet P" in row.values)
    assert state == "changes no letter"


def test_a_class_is_public_when_its_line_says_so() -> None:
    of = again(classes("Youth", "Recovery"))
    assert "Pat Quiet" in others_see(of)
    assert of.published
    assert of.published.private == frozenset()


def test_a_private_class_that_nobody_is_in_is_forgotten() -> None:
    of = again(classes("Youth"), people("Bob Kim"))
    assert STAYS not in texts(of)
    assert of.published
    assert of.published.private == frozenset()


@pytest.mark.parametrize("roster", [None, people()], ids=["the tab", "all lines"])
def test_without_people_nobody_of_a_private_class_is_listed(roster: Grid | None) -> None:
    of = again(CLASSES, roster)
    assert of.register is None
    assert texts(of).startswith("People: there is no line, and there were members of a private")
    assert "Pat" not in others_see(of)


def test_a_new_class_of_people_is_public_where_nothing_was_private() -> None:
    before = book(SESSIONS, people("Bob Kim"))
    assert before.published
    roster = people("Bob Kim", {"name": "Pat Quiet", "classes": "Choir"})
    of = make_book(SESSIONS, Tabs(people=roster), published=before.published, today=TODAY)
    assert of.register
    assert "Choir" in [row.values[1] for row in of.register.rows]


def test_what_was_published_before_there_were_private_classes_is_read() -> None:
    old = PublishedBook.from_bytes(b'{"m": {"s": "P"}}')
    assert (old, old.private) == ({"m": {"s": "P"}}, frozenset())
    assert old.to_bytes() == b'{"m": {"s": "P"}}'


def test_a_private_class_is_no_row_of_letters_in_the_copy() -> None:
    assert BEFORE.published
    assert BEFORE.register
    found = PublishedBook.from_bytes(BEFORE.published.to_bytes())
    assert found.private == {"recovery"}
    assert set(found) == {row.key for row in BEFORE.register.rows if row.kind == "member"}


COMMA = people("Bob Kim", {"name": "Pat Quiet", "classes": "Recovery, Youth"})
WITH_COMMA = classes("Youth", {"class": "Recovery, Youth", "private": True})


def test_a_class_with_a_comma_in_its_name_is_one_class() -> None:
    of = book(SESSIONS, COMMA, classes=WITH_COMMA)
    assert "Pat" not in others_see(of)
    assert "Classes, row 4: the name has a comma" in texts(of)


def test_a_private_class_with_a_comma_stays_private_when_its_line_is_deleted() -> None:
    before = book(SESSIONS, COMMA, classes=WITH_COMMA)
    of = book(SESSIONS, COMMA, classes=classes("Youth"), published=before.published)
    assert "Pat" not in others_see(of)
    assert STAYS in texts(of)


def test_a_member_of_a_class_with_a_comma_and_of_others() -> None:
    tab = classes("Choir", "Kids, 6-9", "Youth")
    roster = people({"name": "Pat Quiet", "classes": "choir; kids,6-9, Youth"}, "Bob Kim")
    of = book(SESSIONS, roster, classes=tab)
    assert of.register
    assert [row.values[1] for row in of.register.rows].count("Pat Quiet") == 3
