"""How long and when each person was in the window of a session, and the letter that this gives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from include.attendance.overlaps import seconds_added
from include.attendance.people import union
from include.attendance.results import Interval
from include.roster.record import AttendanceRecord, Rule

_SECONDS = ["joined", "left", "start", "end"]

SEEN_ELSEWHERE = 120
"""Seconds that two presences may overlap and still be one person's, by a reconnect. It limits
suggestions only; counting has a tolerance of its own.
"""


@dataclass(frozen=True, slots=True)
class Presence:
    """How long and when somebody was in the window of a session, in seconds since 1970.

    :param first: when they were first seen in it; ``last``: until when. None if they were seen
        outside of it only.
    """

    seconds: int
    first: int | None
    last: int | None


def open_parts(record: AttendanceRecord) -> tuple[Interval, ...]:
    """Return when a session was open in its class time, by part, in seconds since 1970.

    So closing early makes nobody leave early, opening late nobody late, and no gap counts. All is
    counted of a session outside its class time: somebody had it published all the same.
    """
    opened = record.opened or ((_seconds(record.start), _seconds(record.end)),)
    first, last = map(_seconds, record.class_time or (record.start, record.end))
    inside = [(max(start, first), min(end, last)) for start, end in opened]
    return union((start, end) for start, end in inside if start < end) or union(opened)


def shared_parts(record: AttendanceRecord) -> tuple[Interval, ...]:
    """Return the open parts in which more than one person was; all of them if there is none.

    A host's test, or a click on the link after the class, makes nobody late, early or short.
    """
    parts = open_parts(record)
    if len(parts) == 1:
        return parts
    return tuple(part for part in parts if _people_in(part, record) > 1) or parts


def _people_in(part: Interval, record: AttendanceRecord) -> int:
    start, end = part
    return sum(
        any(joined < end and start < left for joined, left in person.intervals)
        for person in record.people
    )


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def span(parts: Sequence[Interval]) -> Interval:
    """Return from when to when these parts are."""
    return parts[0][0], parts[-1][1]


def letter_of_presence(presence: Presence, parts: Sequence[Interval], rule: Rule) -> str:
    """Return P (came), L (late), E (left early), LE or S (too short). Equality counts for them.

    :param parts: as `shared_parts` returns them.
    """
    start, end = span(parts)
    opened = sum(until - since for since, until in parts)
    if presence.seconds * 100 < rule.present_from * opened or presence.first is None:
        return "S"
    late = rule.late_after is not None and presence.first > start + rule.late_after
    last = presence.last or start
    early = rule.early_before is not None and last < end - rule.early_before
    return "LE" if late and early else "L" if late else "E" if early else "P"


def presences(
    intervals: Iterable[tuple[int, str, Interval]], windows: Sequence[Interval]
) -> dict[tuple[int, str], Presence]:
    """Return the union of the intervals inside the window, by session's place and person.

    :param intervals: the session's place, whose they are, and one interval.
    """
    table = _in_windows(intervals, windows)
    joined, left, whose = table["joined"], table["left"], ["session", "who"]
    group = table.groupby(whose, sort=False).ngroup()
    inside = left > joined
    found = table.assign(
        seconds=seconds_added(joined, left, group),
        first=joined.where(inside),
        last=left.where(inside),
    )
    found = found.groupby(whose, sort=False).agg(
        seconds=("seconds", "sum"), first=("first", "min"), last=("last", "max")
    )
    rows = zip(found["seconds"], found["first"], found["last"], strict=True)
    return {key: _presence(*row) for key, row in zip(found.index, rows, strict=True)}


def _in_windows(
    intervals: Iterable[tuple[int, str, Interval]], windows: Sequence[Interval]
) -> pd.DataFrame:
    """The intervals, each cut to its session's window: session, who, joined, left, start, end.

    All but ``who`` int64: the session's place, and seconds since 1970.
    """
    rows = [(at, who, *interval, *windows[at]) for at, who, interval in intervals]
    table = pd.DataFrame(rows, columns=["session", "who", *_SECONDS])
    table = table.astype(dict.fromkeys(["session", *_SECONDS], "int64"))
    table = table.sort_values(["session", "who", "joined"])
    start, end = table["start"], table["end"]
    return table.assign(
        joined=table["joined"].clip(start, end), left=table["left"].clip(start, end)
    )


def _presence(seconds: int, first: float, last: float) -> Presence:
    if pd.isna(first):
        return Presence(seconds, None, None)
    return Presence(seconds, int(first), int(last))


def overlapping(some: Iterable[Interval], others: Iterable[Interval]) -> bool:
    """Whether somebody was there at the same time as another, beyond what a reconnect takes."""
    return any(
        min(end, until) - max(start, begin) > SEEN_ELSEWHERE
        for start, end in some
        for begin, until in others
    )
