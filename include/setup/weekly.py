"""Days of the week and a time, as people write them, and as a meeting's file has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from include.meeting.schedule import DAYS

FORM = "Please type day(s) and time, such as: Sunday 20:30, or: Mon, Wed 7:30 pm."

WITHOUT_MEANING = {"at", "on", "and", "every"}

DAY = 24 * 60


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

    @property
    def fields(self) -> dict[str, str | list[str]]:
        """The schedule in a meeting's file."""
        names = [DAYS[day].capitalize() for day in self.days]
        return {"day": names if names[1:] else names[0], "time": self._time}

    @property
    def _time(self) -> str:
        return f"{self.minute // 60:02}:{self.minute % 60:02}"

    def __str__(self) -> str:
        *first, last = (f"{DAYS[day].capitalize()}s" for day in self.days)
        days = f"{', '.join(first)} and {last}" if first else last
        return f"{'every day' if len(self.days) == 7 else days} at {self._time}"


def weekly(text: str) -> Weekly:
    """Read such as ``Sundays at 20:30`` or ``Mon, Wed 7:30 pm``; raises ValueError."""
    found = re.fullmatch(r"(.*?)\b(\d{1,2})(?:[:.](\d\d))?\s*([ap]m)?", text.strip().lower())
    if not found or not (found[3] or found[4]):
        raise ValueError(FORM)
    return Weekly(tuple(sorted(set(_days(found[1])))), _minute(found[2], found[3], found[4]))


def _days(text: str) -> Iterator[int]:
    words = [word for word in re.findall(r"\w+", text) if word not in WITHOUT_MEANING]
    if not words:
        raise ValueError(FORM)
    for word in words:
        yield from range(7) if word in {"day", "daily"} else [_day(word)]


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
        hours = hours % 12 + (12 if half == "pm" else 0)
    return hours * 60 + minutes
