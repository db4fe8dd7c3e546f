"""Which breakout rows without identifiers belong to the identified person of the same name.

Zoom often leaves the identifiers out of the rows of a breakout room. Such a row adjoins one of its
person's: one begins within HANDOVER of the other's end. The rules of counting (docs/counting.md)
say why.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import NamedTuple

import pandas as pd

from include.attendance.overlaps import Occupied

HANDOVER = 30  # seconds between a row of a breakout room and the row before or after it


class _Row(NamedTuple):
    """`place` tells the order of joining."""

    place: int
    joined: int
    left: int
    end_less_tolerance: int
    breakout: bool


_TIMES = list(_Row._fields[1:])

_Moments = list[tuple[int, _Row]]
"""The moments at which rows begin, or end, in order; and these rows."""


def handed_over(asking: pd.DataFrame, theirs: pd.DataFrame) -> pd.DataFrame:
    """Return the asking rows that are their namesake's: each adjoins one of the namesake's rows.

    One of the two is of a breakout room, and they do not clash. Rows that are handed over are the
    namesake's from then on: a person may go from room to room.

    :param asking: rows without identifiers, with `namesake`, their times and `breakout`.
    :param theirs: the rows of the namesakes.
    """
    asking = asking.assign(namesake=asking["namesake"].astype("int64"))
    if not (asking["breakout"].any() or theirs["breakout"].any()):
        return asking[:0]
    namesakes = _beside(asking, theirs)
    asking_rows = _by_namesake(asking[asking["namesake"].isin(namesakes)])
    own_rows = _by_namesake(theirs[theirs["namesake"].isin(namesakes)])
    handed = (
        row.place
        for namesake, own in own_rows.items()
        for row in _reached(own, asking_rows[namesake])
    )
    return asking.loc[sorted(handed)]


def _beside(asking: pd.DataFrame, theirs: pd.DataFrame) -> set[int]:
    """Return the namesakes of rows that begin about when one of theirs ends, or the other way."""
    begins, ends = (_moments(theirs, edge) for edge in ("joined", "left"))
    times = asking[["namesake", "joined", "left"]].itertuples(index=False, name=None)
    return {
        namesake
        for namesake, joined, left in times
        if _is_near(ends[namesake], joined) or _is_near(begins[namesake], left)
    }


def _moments(rows: pd.DataFrame, edge: str) -> dict[int, list[int]]:
    """Return when the rows of each namesake begin, or end, in order."""
    found = defaultdict(list)
    rows = rows.sort_values(edge)
    for namesake, moment in zip(rows["namesake"].tolist(), rows[edge].tolist(), strict=True):
        found[namesake].append(moment)
    return found


def _is_near(times: list[int], moment: int) -> bool:
    position = bisect_left(times, moment - HANDOVER)
    return position < len(times) and times[position] <= moment + HANDOVER


def _by_namesake(rows: pd.DataFrame) -> dict[int, list[_Row]]:
    found = defaultdict(list)
    times = rows[_TIMES].itertuples(name=None)
    for namesake, row in zip(rows["namesake"].tolist(), map(_Row._make, times), strict=True):
        found[namesake].append(row)
    return found


def _reached(own: list[_Row], asking: list[_Row]) -> Iterator[_Row]:
    """Yield the asking rows reached from a person's own rows, and then from those reached."""
    if not any(row.breakout for row in (*own, *asking)):
        return
    occupied, edges = Occupied(), _Edges(asking)
    beside = set(edges.beside(own))
    for row in own if beside else ():
        occupied.extend(row.joined, row.end_less_tolerance)
    while beside:
        reached = [
            row
            for row in sorted(beside)
            if occupied.add_if_free([(row.joined, row.end_less_tolerance)])
        ]
        yield from reached
        beside = set(edges.beside(reached))


class _Edges:
    """The beginnings and ends of rows. A row that was found is removed: it fits then or never."""

    def __init__(self, rows: Iterable[_Row]) -> None:
        rows = list(rows)
        self.times: dict[tuple[str, bool], _Moments] = {
            (edge, breakout): sorted(
                (getattr(row, edge), row) for row in rows if row.breakout == breakout
            )
            for edge in ("joined", "left")
            for breakout in (False, True)
        }

    def beside(self, rows: Iterable[_Row]) -> Iterator[_Row]:
        """Remove and yield the rows that begin when one of these ends, or end when it begins."""
        for row in rows:
            # A breakout row may lie beside any row, another row only beside a breakout row.
            for breakout in {True, not row.breakout}:
                yield from _within(self.times["joined", breakout], row.left)
                yield from _within(self.times["left", breakout], row.joined)


def _within(times: _Moments, moment: int) -> list[_Row]:
    """Remove and return those within HANDOVER of a moment."""
    first = bisect_left(times, moment - HANDOVER, key=itemgetter(0))
    last = bisect_right(times, moment + HANDOVER, key=itemgetter(0))
    found = [row for _, row in times[first:last]]
    del times[first:last]
    return found
