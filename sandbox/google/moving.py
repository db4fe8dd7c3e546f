"""Rows and columns that are inserted, deleted or moved, and what that does to a span of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Resource = dict[str, Any]
Span = tuple[int, int | None]
BOUNDS = {
    "ROWS": ("startRowIndex", "endRowIndex"),
    "COLUMNS": ("startColumnIndex", "endColumnIndex"),
}


@dataclass(frozen=True, slots=True)
class Insertion:
    """`count` new lines before the line `at`; what they lie inside of grows."""

    dimension: str
    at: int
    count: int

    def span(self, start: int, end: int | None) -> Span | None:
        if start >= self.at:
            return start + self.count, end and end + self.count
        return start, end + self.count if end is not None and end > self.at else end


@dataclass(frozen=True, slots=True)
class Deletion:
    """The lines from `start` to `end`."""

    dimension: str
    start: int
    end: int

    def span(self, start: int, end: int | None) -> Span | None:
        left = self._left(start), None if end is None else self._left(end)
        return None if left[0] == left[1] else left

    def _left(self, bound: int) -> int:
        return min(bound, max(self.start, bound - (self.end - self.start)))


@dataclass(frozen=True, slots=True)
class Move:
    """The lines from `start` to `end` go before the line `before`, counted as it was."""

    dimension: str
    start: int
    end: int
    before: int

    def span(self, start: int, end: int | None) -> Span | None:
        count = self.end - self.start
        target = self.before if self.before <= self.start else self.before - count
        if self.start <= start and end is not None and end <= self.end:
            return start + target - self.start, end + target - self.start
        left = Deletion(self.dimension, self.start, self.end).span(start, end)
        return left and Insertion(self.dimension, target, count).span(*left)


Change = Insertion | Deletion | Move


def position(change: Change, line: int) -> int | None:
    """Where a line is afterwards; None when it is gone."""
    span = change.span(line, line + 1)
    return span and span[0]


def moved_range(change: Change, area: Resource) -> Resource | None:
    """A GridRange afterwards; None when nothing of it is left. Open bounds stay open."""
    first, last = BOUNDS[change.dimension]
    span = change.span(area.get(first, 0), area.get(last))
    if span is None:
        return None
    bounds = {first: span[0], last: span[1]}
    return area | {name: value for name, value in bounds.items() if name in area}
