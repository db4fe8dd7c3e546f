"""The hidden ids of the lines of People: which line an id belongs to, and new ones."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import date

from include.roster.grid import Grid, Line
from include.roster.published import PublishedBook
from include.roster.spelling.names import full_name

_ID = re.compile(r"(\d{8})\.[0-9a-f]{10}")

_SAYING = ("name", "classes", "emails")


def member_id(appeared: date, label: str) -> str:
    """Return the hidden id of a line that appeared on a day."""
    return f"{appeared:%Y%m%d}.{hashlib.sha256(label.encode()).hexdigest()[:10]}"


def _is_id(text: str) -> bool:
    try:
        date.fromisoformat(text[:8])
    except ValueError:
        return False
    return bool(_ID.fullmatch(text))


def _name(line: Line) -> str:
    return line.shown("name")


class MemberIds:
    """Gives each line of People its hidden id: its own, or a new one.

    A line that was copied, or filled down, has the id of another or one that was never given.

    :ivar there: the ids in lines that say anything, though it may be an error.
    """

    def __init__(self, grid: Grid | None, today: date, published: PublishedBook | None) -> None:
        self.today = today
        self.given = published.in_people if published else {}
        last = published.row_texts.get("people", {}) if published else {}
        lines = [line for line in grid or () if _is_id(line.shown("id"))]
        self.taken = {line.shown("id") for line in lines}
        self.there = frozenset(line.shown("id") for line in lines if line.has_any(*_SAYING))
        self.rows: dict[str, int] = {}
        self._keep(line for line in lines if _name(line) in last.get(line.shown("id"), {}).values())
        self._keep(line for line in lines if _name(line) in self.given.get(line.shown("id"), ()))
        self._keep(line for line in lines if _name(line))

    def _keep(self, lines: Iterable[Line]) -> None:
        """Leave an id to the first of these lines, if no other has it."""
        for line in lines:
            self.rows.setdefault(line.shown("id"), line.row)

    def of(self, line: Line, name: str) -> str:
        """Return the id of a line with this name."""
        id_ = line.shown("id")
        if self.rows.get(id_) == line.row and (not self.given or id_ in self.given):
            return id_
        labels = (f"{full_name(name)}:{number}" for number in range(1, 10**6))
        ids = (member_id(self.today, label) for label in labels)
        new = next(id_ for id_ in ids if id_ not in self.taken)
        self.taken.add(new)
        return new
