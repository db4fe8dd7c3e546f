"""Which instances of a meeting are one session, when it was, and which of its hours count.

Standard library only: the steps that need no attendance import no pandas.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

GAP = timedelta(minutes=15)
"""A host who drops out and reopens makes a new instance of the same session."""

Window = tuple[datetime, datetime]


@dataclass(frozen=True)
class HeldInstance:
    """One time the meeting was open.

    :param start: aware UTC; ``end`` as well.
    :param participants: Zoom's ``participants_count``: connections, not people. None if unknown.
    :param alone: Zoom's numbers fit one person alone, who may have come more than once.
    :param ended: False if Zoom does not tell when; ``end`` is the start then.
    """

    uuid: str
    start: datetime
    end: datetime
    participants: int | None
    alone: bool = False
    ended: bool = True


@dataclass(frozen=True)
class Session:
    """One gathering: instances whose gaps are at most GAP, oldest first."""

    instances: tuple[HeldInstance, ...]

    @property
    def uuid(self) -> str:
        """The first instance's UUID, by which the session is known."""
        return self.instances[0].uuid

    @property
    def start(self) -> datetime:
        """When the first instance began, aware UTC."""
        return self.instances[0].start

    @property
    def end(self) -> datetime:
        """When the session ended, aware UTC: the latest end of its instances."""
        return max(instance.end for instance in self.instances)

    @property
    def ended(self) -> bool:
        """False if Zoom does not tell when one of the instances ended."""
        return all(instance.ended for instance in self.instances)


def join_instances(instances: Iterable[HeldInstance]) -> list[Session]:
    """Return the sessions that these instances of one meeting make up, oldest first."""
    sessions: list[Session] = []
    for instance in sorted(instances, key=lambda held: held.start):
        if sessions and instance.start - sessions[-1].end <= GAP:
            sessions[-1] = Session((*sessions[-1].instances, instance))
        else:
            sessions.append(Session((instance,)))
    return sessions


@dataclass(frozen=True)
class SessionFacts:
    """One session, its times aware; `class_time` is None when all of it counts.

    Raises ValueError for a naive time, or a session or class that ends before it starts.
    """

    meeting: str
    topic: str
    timezone: str  # IANA name
    start: datetime
    end: datetime
    class_time: Window | None = None

    def __post_init__(self) -> None:
        for start, end in ((self.start, self.end), self.counted):
            if start.utcoffset() is None or end.utcoffset() is None:
                raise ValueError(f"session of meeting {self.meeting}: a time without an offset")
            if end < start:
                raise ValueError(f"session of meeting {self.meeting}: ends before it starts")

    @property
    def counted(self) -> Window:
        """The class time if there is one, else the session itself: presence lies inside."""
        return self.class_time or (self.start, self.end)


def class_window(
    class_time: str, timezone: str, session_start: datetime, session_end: datetime
) -> Window:
    """The class that a session held, in UTC, from local hours such as "19:30-21:30".

    It is the class of the session's local date, or of the day before or after when the session
    shares more time with that one or, sharing none, lies nearer to it: a class may cross midnight
    ("22:00-00:30"), and a host may open just before or after it. An hour that the clock shows
    twice is read generously, from the first to the second time; so is one that it skips, and the
    window then has room for the class's whole length by the clock.
    Raises ValueError when `class_time` is not of that form.
    """
    return classes(class_time, timezone, session_start, session_end)[0].window


class ClassHours(NamedTuple):
    """A class: its local day, and when it is. A night that skips midnight has it begin before."""

    day: date
    window: Window


def classes(
    class_time: str, timezone: str, session_start: datetime, session_end: datetime
) -> list[ClassHours]:
    """The classes of a session's local date, and of the day before and after.

    The one that shares the most time with the session comes first; of equals that of its date.
    """
    first, last = _hours(class_time)
    zone = ZoneInfo(timezone)
    today = session_start.astimezone(zone).date()
    days = (today, today - timedelta(days=1), today + timedelta(days=1))
    found = [ClassHours(day, _window(day, first, last, zone)) for day in days]
    session = session_start, session_end
    return sorted(found, key=lambda one: shared(session, one.window), reverse=True)


def shared(one: Window, other: Window) -> timedelta:
    """The time that two windows share; negative, it is the gap between them."""
    return min(one[1], other[1]) - max(one[0], other[0])


def _hours(class_time: str) -> tuple[time, time]:
    form = re.fullmatch(r"(\d\d?):(\d\d) ?- ?(\d\d?):(\d\d)", class_time)
    try:
        numbers = [int(number) for number in form.groups()] if form else [0, 0, 0, 0]
        first, last = time(numbers[0], numbers[1]), time(numbers[2], numbers[3])
    except ValueError:  # 24:00 is 00:00
        first = last = time()
    if first == last:
        raise ValueError(f"class time {class_time!r}: write two local hours, like 19:30-21:30")
    return first, last


def _window(day: date, first: time, last: time, zone: ZoneInfo) -> Window:
    last_day = day if first < last else day + timedelta(days=1)
    starts, ends = _moments(day, first, zone), _moments(last_day, last, zone)
    # On a night that skips an hour, people begin and end by the clock, or keep the class's length.
    length = datetime.combine(last_day, last) - datetime.combine(day, first)
    return min(starts), max(*ends, *(start + length for start in starts))


def _moments(day: date, hour: time, zone: ZoneInfo) -> list[datetime]:
    """The moments at which the clock shows this hour: two when it is set back (or forward)."""
    local = datetime.combine(day, hour, tzinfo=zone)
    return [local.replace(fold=fold).astimezone(UTC) for fold in (0, 1)]
