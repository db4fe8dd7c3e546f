"""Whose are the rows of breakout rooms from which Zoom left the identifiers out.

Rows are those of `identity`, in order of joining, times in seconds since 1970.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pandas as pd

from include.attendance.overlaps import Booked

HANDOVER = 30  # seconds between a row of a breakout room and the row before or after it

_Times = list[tuple[int, "_Row"]]


class _Row(NamedTuple):
    """`place` tells the order of joining."""

    place: int
    joined: int
    left: int
    core: int
    breakout: bool


_TIMES = list(_Row._fields[1:])


def handed_over(unknown: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """The unknown rows that are their owner's because they lie beside one of the owner's rows.

    One of the two is of a breakout room: Zoom often leaves the identifiers out there. Rows handed
    over are the owner's from then on: a person may go from room to room.
    """
    mine = unknown[unknown["owner"].notna()]
    mine = mine.assign(owner=mine["owner"].astype("int64"))
    if mine.empty or not rows["breakout"].any():
        return mine[:0]
    used = rows["identified"] & rows["person"].isin(mine["owner"])
    theirs = rows.loc[used, ["person", *_TIMES]]
    owners = _beside(mine, theirs)
    asking = _by_person(mine[mine["owner"].isin(owners)], "owner")
    owned = _by_person(theirs[theirs["person"].isin(owners)], "person")
    handed = (row.place for owner, own in owned.items() for row in _reached(own, asking[owner]))
    return mine.loc[sorted(handed)]


def _beside(mine: pd.DataFrame, theirs: pd.DataFrame) -> set[int]:
    """The owners of rows that end about when one of mine begins, or begin about when it ends."""
    begins, ends = (_moments(theirs, edge) for edge in ("joined", "left"))
    asking = zip(*(mine[column].tolist() for column in ("owner", "joined", "left")), strict=True)
    return {
        owner
        for owner, joined, left in asking
        if _is_near(ends[owner], joined) or _is_near(begins[owner], left)
    }


def _moments(rows: pd.DataFrame, edge: str) -> dict[int, list[int]]:
    """When the rows of each person begin, or end, in order."""
    found = defaultdict(list)
    rows = rows.sort_values(edge)
    for person, moment in zip(rows["person"].tolist(), rows[edge].tolist(), strict=True):
        found[person].append(moment)
    return found


def _is_near(times: list[int], moment: int) -> bool:
    at = bisect_left(times, moment - HANDOVER)
    return at < len(times) and times[at] <= moment + HANDOVER


def _by_person(rows: pd.DataFrame, person: str) -> dict[int, list[_Row]]:
    found = defaultdict(list)
    times = rows[_TIMES].itertuples(name=None)
    for owner, row in zip(rows[person].tolist(), map(_Row._make, times), strict=True):
        found[owner].append(row)
    return found


def _reached(own: list[_Row], asking: list[_Row]) -> Iterator[_Row]:
    """The asking rows that are reached from a person's own rows, and from those reached."""
    if not any(row.breakout for row in (*own, *asking)):
        return
    booked, edges = Booked(), _Edges(asking)
    beside = set(edges.beside(own))
    for row in own if beside else ():
        booked.extend(row.joined, row.core)
    while beside:
        reached = [row for row in sorted(beside) if booked.take([(row.joined, row.core)])]
        yield from reached
        beside = set(edges.beside(reached))


class _Edges:
    """The beginnings and ends of rows; what is found is no longer there.

    A row that did not fit when it was found never will.
    """

    def __init__(self, rows: Iterable[_Row]) -> None:
        rows = list(rows)
        self.times: dict[tuple[str, bool], _Times] = {
            (edge, breakout): sorted(
                (getattr(row, edge), row) for row in rows if row.breakout == breakout
            )
            for edge in ("joined", "left")
            for breakout in (False, True)
        }

    def beside(self, rows: Iterable[_Row]) -> Iterator[_Row]:
        """Remove and give the rows that begin when one of these ends, or end when it begins."""
        for row in rows:
            # A breakout row may lie beside any row, another row only beside a breakout row.
            for breakout in {True, not row.breakout}:
                yield from _within(self.times["joined", breakout], row.left)
                yield from _within(self.times["left", breakout], row.joined)


def _within(times: _Times, moment: int) -> list[_Row]:
    """Remove and give those within HANDOVER of a moment."""
    first = bisect_left(times, moment - HANDOVER, key=lambda one: one[0])
    last = bisect_right(times, moment + HANDOVER, key=lambda one: one[0])
    found = [row for _, row in times[first:last]]
    del times[first:last]
    return found
