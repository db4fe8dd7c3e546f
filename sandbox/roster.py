"""A roster as an office types it: the Bible study in four classes, and what to say of them.

Typed into the book by a person, as into Google Sheets: from row 3 on, below the headings.
"""

from __future__ import annotations

from collections.abc import Iterable

from sandbox.google import GoogleState
from sandbox.google.person import Person
from sandbox.zoom import World
from sandbox.zoom.people import Person as Invited
from sandbox.zoom.people import cast, shares_name
from sandbox.zoom.series import BIBLE_STUDY
from sandbox.zoom.session import Session

CLASSES = ("Seekers", "Youth", "Choir", "Elders")
LEADERS = {"Youth": "lea.youth@example.org", "Choir": "lou.choir@example.org"}
EACH = 11

COUPLE = ("Sunny Brightwater", "Max Brightwater")
THEIR_SCREEN = "🌻 Sunny 🌻"
"""How the screen calls itself that they share."""

FIRST_ROW = 3
LONG_AGO = "2026-01-01"


def type_roster(google: GoogleState, book: str, world: World) -> None:
    """Fill People, Classes, Names and Corrections of the book, a spreadsheet's id."""
    person = Person(google, book)
    sessions = [one for one in world.sessions(BIBLE_STUDY.number) if not one.plan.stray]
    person.pastes("Classes", "A3", [[one, LEADERS.get(one, "")] for one in CLASSES])
    person.pastes("People", "A3", _members())
    person.pastes("Corrections", "A3", list(_corrections(sessions)))
    for row, (name, *_) in enumerate(google.read_cells(book, "'Names'!C3:C200"), FIRST_ROW):
        if name == THEIR_SCREEN:
            person.types("Names", f"D{row}", COUPLE[0])
            person.types("Names", f"E{row}", COUPLE[1])


def _members() -> list[list[str]]:
    """Lines of People: those with accounts, one under a former name, two of one name, a couple."""
    namesakes = [one for one in cast(BIBLE_STUDY) if one.identified and shares_name(one)]
    renamed, *others = _others()
    lines = [[one.name, CLASSES[place % 4], "", LONG_AGO] for place, one in enumerate(others)]
    lines += [[one.name, "Elders", one.email, LONG_AGO] for one in namesakes]
    lines += [["Robin Formername", "Choir", renamed.email, LONG_AGO]]
    lines += [[name, "Seekers", "", LONG_AGO] for name in COUPLE]
    return lines


def _others() -> list[Invited]:
    """Those who are known by an account or an address, and whose names are their own."""
    known = (one for one in cast(BIBLE_STUDY) if one.identified and not shares_name(one))
    return list(known)[: EACH * len(CLASSES)]


def _corrections(sessions: list[Session]) -> Iterable[list[str]]:
    """A class's holiday in an earlier week, and somebody's apologies for the newest."""
    newest, before = sessions[-1], sessions[-2]
    holiday = str(before.plan.day)
    yield ["Choir", holiday, holiday, "–", "Concert"]
    rows = [row for instance in newest.instances for row in instance.rows]
    seen = {row["user_email"] for row in rows}
    away = next(one for one in _others() if one.email not in seen)
    yield [away.name, str(newest.plan.day), "", "X", "Ill"]
