"""The same time on some days of each week, as people type it: ``Sundays at 20:30``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from include.meeting.fields import DAYS

FORM = "Please type day(s) and time, such as: Sunday 20:30, or: Mon, Wed 7:30 pm."

CLOCK = r"(\d{1,2})(?:[:.](\d\d))?\s*(?:([ap])\.?m\.?)?"
"""An hour, its minutes if any, and the half of the day if that is said: ``7``, ``30``, ``p``."""

DASH = r"[-\u2010-\u2015\u2212]"

WITHOUT_MEANING = {"at", "on", "and", "every"}

DAY = 24 * 60
WEEK = 7 * DAY
JUST_BEFORE = 3 * 60


@dataclass(frozen=True)
class Weekly:
    """The same time on some days of each week.

    :param days: their places in the week, which begins on Sunday.
    :param minute: of the day.
    """

    days: tuple[int, ...]
    minute: int

    def later(self, minutes: int) -> Weekly:
        """Return it so many minutes later, on the next day if need be."""
        days, minute = divmod(self.minute + minutes, DAY)
        return Weekly(tuple(sorted((day + days) % 7 for day in self.days)), minute)

    def is_just_before(self, ends: Weekly) -> bool:
        """Tell whether it is no more than three hours before one of those times."""
        early = {(end - time) % WEEK for end in ends._minutes for time in self._minutes}
        return 0 < min(early - {0}, default=0) <= JUST_BEFORE

    @property
    def _minutes(self) -> list[int]:
        """The minutes of the week."""
        return [day * DAY + self.minute for day in self.days]

    @property
    def fields(self) -> dict[str, str | list[str]]:
        """The schedule in a meeting's file."""
        names = [DAYS[day].capitalize() for day in self.days]
        return {"day": names if names[1:] else names[0], "time": _clock(self.minute)}

    def __str__(self) -> str:
        *first, last = (f"{DAYS[day].capitalize()}s" for day in self.days)
        days = f"{', '.join(first)} and {last}" if first else last
        return f"{'every day' if len(self.days) == 7 else days} at {_clock(self.minute)}"


def weekly(text: str) -> Weekly:
    """Read such as ``Sundays at 20:30`` or ``Mon-Fri 7:30 pm``; raises ValueError."""
    found = re.fullmatch(rf"(.*?)\b{CLOCK}", text.strip().lower())
    if not found or not (found[3] or found[4]):
        raise ValueError(FORM)
    return Weekly(tuple(sorted(set(_days(found[1])))), _minute(found[2], found[3], found[4]))


def in_24_hours(text: str) -> str:
    """Return ``19:30`` for ``7:30 pm`` or ``19.30``; anything else as it is.

    Raises ValueError for an hour that is none.
    """
    found = re.fullmatch(CLOCK, text.strip().lower())
    if not found or not (found[2] or found[3]):
        return text
    return f"{found[1]}:{found[2]}" if not found[3] else _clock(_minute(*found.groups()))


def _days(text: str) -> Iterable[int]:
    words = re.findall(r"\w+|-", re.sub(DASH, "-", text))
    match [word for word in words if word not in WITHOUT_MEANING]:
        case [first, "-" | "to", last]:
            begin = _day(first)
            return [day % 7 for day in range(begin, begin + (_day(last) - begin) % 7 + 1)]
        case ["day" | "daily"]:
            return range(7)
        case ["weekday" | "weekdays"]:
            return range(1, 6)
        case [_, *_] as days:
            return map(_day, days)
    raise ValueError(FORM)


def _day(word: str) -> int:
    for place, day in enumerate(DAYS):
        if len(word) > 2 and day.startswith(word.removesuffix("s")):
            return place
    raise ValueError(FORM)


def _minute(hour: str, minute: str | None, half: str | None) -> int:
    hours, minutes = int(hour), int(minute or 0)
    if minutes > 59 or hours > 23 or (half and not 1 <= hours <= 12):
        raise ValueError(FORM)
    if half:
        hours = hours % 12 + (12 if half == "p" else 0)
    return hours * 60 + minutes


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
