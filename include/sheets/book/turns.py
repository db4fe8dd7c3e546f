"""Two writers at once: each write takes the next turn, and Google refuses a turn that is taken.

A turn is developer metadata of the spreadsheet with an id that follows from its number. Whoever
has read turn 7 makes turn 8; if another run has made it since, Google refuses the whole batch. The
last few are kept, so that not even a very slow run finds its turn free again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from include.sheets import requests as ask
from include.sheets.book.reading import TURN, BookRead
from include.sheets.requests import Request

KEPT = 8


def next_turn(read: BookRead, published: str) -> Iterator[Request]:
    """Take the turn after the one that was read, and note what was published."""
    turn = max(read.turns, default=0) + 1
    value = json.dumps({"book": read.key, "turn": turn, "published": published})
    id_ = ask.number_of("turn", read.key, str(turn))
    yield ask.mark({"spreadsheet": True}, TURN, value, id_)
    for old, old_id in sorted(read.turns.items()):
        if old <= turn - KEPT:
            yield ask.delete_mark(old_id)
