"""What the answers about a meeting mean, checked by the types of the meeting's own fields."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from pydantic import TypeAdapter, ValidationError

from include.meeting.fields import (
    DAYS,
    Address,
    ClassTime,
    FolderName,
    MeetingId,
    Name,
    Schedule,
    SpreadsheetId,
    Timezone,
    Title,
)
from include.setup.asking import needed

DOUBTFUL = {"UTC", "UCT", "Universal", "Zulu", "GMT"}
"""The zones of machines on which nobody has set one."""


def guessed_zone(etc: Path = Path("/etc")) -> str:
    """Return the IANA name of this machine's zone: TZ, else that of its files, else UTC."""
    named = [os.environ.get("TZ", "").removeprefix(":"), str((etc / "localtime").resolve())]
    with suppress(OSError):
        named.append((etc / "timezone").read_text().strip())
    names = [name.rpartition("zoneinfo/")[2] for name in named]
    return next((name for name in names if name in available_timezones()), "UTC")


def is_doubtful(zone: str) -> bool:
    """Tell whether a machine may be set to this zone without anybody's living in it."""
    return zone.rpartition("/")[2] in DOUBTFUL


def zones_like(text: str) -> list[str]:
    """Return the zone of this name, else those of a place: ``sydney`` is in Australia."""
    zones, begun = available_timezones(), text.lower().replace(" ", "_")
    if text in zones or not begun:
        return [text]
    whole = [one for one in zones if one.lower() == begun]
    return whole or sorted(one for one in zones if one.rpartition("/")[2].lower().startswith(begun))


FORM = "Please type day(s) and time, such as: Sunday 20:30, or: Mon, Wed 7:30 pm."

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


# Each function takes an answer without blanks around it, returns the field as a file has it, and
# raises ValueError with a sentence about what is wrong.


def title(answer: str) -> str:
    """Return what people call the meeting."""
    return str(_checked(Title, needed(answer)))


def name(answer: str) -> str:
    """Return the name of the file and the Dag."""
    return str(_checked(Name, answer))


def name_for(title: str) -> str:
    """Return a name that is like a title."""
    plain = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "_", plain)
    return re.sub(r"^[^a-z]+", "", words)[:50].strip("_") or "meeting"


def meeting_id(answer: str) -> int:
    """Return the number, also out of a link for joining or a line of an invitation."""
    if "zoom" in answer and "/" in answer:
        found = re.search(r"/(?:j|w|s|join|start|meeting)/(\d{9,11})\b", answer)
        if not found:
            raise ValueError("This link has no meeting number in it. Zoom shows it under Meetings.")
        answer = found[1]
    return int(_checked(MeetingId, re.sub(r"(?i)^meeting id:?\s*", "", answer)))


def timezone(answer: str) -> str:
    """Return the zone's IANA name; a place is enough if there is one zone of that place."""
    like = zones_like(answer)
    if len(like) > 1:
        raise ValueError(f"Please type the whole name: {' or '.join(like[:5])}.")
    return str(_checked(Timezone, like[0] if like else answer))


def schedule(answer: str) -> str | dict[str, Any]:
    """Return when the Dag runs: days and a time, or a cron line as it is."""
    if len(answer.split()) == 5 and re.match(r"[\d*]", answer):
        return str(_checked(Schedule, answer))
    return weekly(answer).fields


def schedule_after(ends: Weekly, answer: str) -> str | dict[str, Any]:
    """Return when the Dag runs; of a cron line it is not known whether that is after the end."""
    runs = schedule(answer)
    if isinstance(runs, dict) and weekly(answer).is_just_before(ends):
        text = f"That is before the end, {ends}: each would be reported on by the run after it."
        raise ValueError(text)
    return runs


def class_time(answer: str) -> str | None:
    """Return the hours that count; None for all."""
    hours = re.sub(r"\s*[-–]\s*", "-", answer.strip("\"'"))
    return str(_checked(ClassTime, hours)) if hours else None


def publish_to(answer: str) -> dict[str, str]:
    """Return the spreadsheet or the folder."""
    if "/spreadsheets/" in answer or re.fullmatch(r"[A-Za-z0-9_-]{40,}", answer):
        return {"spreadsheet": str(_checked(SpreadsheetId, answer))}
    return {"folder": str(_checked(FolderName, needed(answer)))}


def notify(answer: str) -> list[str]:
    """Return the addresses, of which there may be none."""
    return [str(_checked(Address, part)) for part in re.split(r"[,;\s]+", answer) if part]


def _checked(kind: Any, answer: str) -> Any:
    try:
        return TypeAdapter(kind).validate_python(answer)
    except ValidationError as error:
        said = error.errors()[0]["msg"].removeprefix("Value error, ")
        raise ValueError(f"{said[0].upper()}{said[1:]}.") from None
