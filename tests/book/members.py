"""A book that people have filled in: members, classes, an answer, a holiday."""

from __future__ import annotations

import pickle
from functools import cache

from sandbox.google.person import Person
from tests.book.desk import Desk
from tests.book.invented import record
from tests.book.near import Near

NAMES = ["Ann Lee", "Ben Okoro", "Cleo Marsh"]
WEEKS = [
    record(0, NAMES),
    record(1, [*NAMES[:2], "Nobody Known", "Cloe"]),
    record(2, {"Ann Lee": 1, "Ben Okoro": 0.2, "Nobody Known": 1}),
]


def desk_with_members() -> Desk:
    """Three members in two classes, two weeks, two names that nobody has explained."""
    desk = Desk(Near())
    state = desk.google.state
    desk.id, state.spreadsheets, state.files, desk.published, desk.sent = pickle.loads(_filled_in())
    desk.person = Person(state, desk.id)
    return desk


@cache
def _filled_in() -> bytes:
    """What Google and the desk hold then: many tests begin with it."""
    desk = Desk(Near())
    desk.run(WEEKS[:1], 0, fill=True)
    desk.person.pastes("Classes", "A3", [["Youth", "lea@example.org"], ["Adults"]])
    desk.person.pastes("People", "B3", [["Youth"], ["Adults"], ["Adults"]])
    desk.person.types("People", "F4", "plays the organ")
    desk.run(WEEKS[:2], 1)
    desk.person.types("Names", "D3", "a visitor")
    desk.person.pastes("Corrections", "A3", [["Youth", "2026-12-27", "", "–", "holiday"]])
    desk.run(WEEKS[:2], 1)
    state = desk.google.state
    return pickle.dumps((desk.id, state.spreadsheets, state.files, desk.published, desk.sent))
