"""What is known about a session before anybody is counted: when it was, and when it counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

Window = tuple[datetime, datetime]


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
    twice is read generously, from the first to the second time; so is one that it skips.
    Raises ValueError when `class_time` is not of that form.
    """
    first, last = _hours(class_time)
    zone = ZoneInfo(timezone)
    today = session_start.astimezone(zone).date()
    days = (today, today - timedelta(days=1), today + timedelta(days=1))
    windows = [_window(day, first, last, zone) for day in days]
    # Shared time; negative, it is the gap between the two.
    return max(windows, key=lambda it: min(it[1], session_end) - max(it[0], session_start))


def _hours(class_time: str) -> tuple[time, time]:
    form = re.fullmatch(r"(\d\d?):(\d\d) ?- ?(\d\d?):(\d\d)", class_time)
    try:
        numbers = [int(number) for number in form.groups()] if form else []
        first, last = time(*numbers[:2]), time(*numbers[2:])
    except ValueError:  # 24:00 is 00:00
        first = last = time()
    if first == last:
        raise ValueError(f"class time {class_time!r}: write two local hours, like 19:30-21:30")
    return first, last


def _window(day: date, first: time, last: time, zone: ZoneInfo) -> Window:
    last_day = day if first < last else day + timedelta(days=1)
    return min(_moments(day, first, zone)), max(_moments(last_day, last, zone))


def _moments(day: date, hour: time, zone: ZoneInfo) -> list[datetime]:
    """The moments at which the clock shows this hour: two when it is set back (or forward)."""
    local = datetime.combine(day, hour, tzinfo=zone)
    return [local.replace(fold=fold).astimezone(UTC) for fold in (0, 1)]
