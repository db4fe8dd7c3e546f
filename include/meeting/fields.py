"""The fields of a meeting: what each accepts, and how to fix what it does not."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, timedelta
from functools import cache
from typing import Annotated, Any
from zoneinfo import available_timezones

from croniter import croniter
from croniter.croniter import CroniterError
from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer

from include.attendance.names import FILLERS
from include.attendance.results import REPORT_FIELDS

JOINERS = "\u200c\u200d"
"""Invisible, but they join what is visible: Persian words, an emoji of a family."""


def one_line(text: str) -> str:
    """Return the text; raises ValueError with the first character that is invisible."""
    for place, sign in enumerate(text, 1):
        if not _shows(sign) and sign not in JOINERS:
            raise ValueError(
                f"use one line of text in which everything shows: character {place} is "
                f"{_named(sign)}. Remove it, or type a plain space there"
            )
    if not any(unicodedata.category(sign)[0] in "LNPS" for sign in text):
        raise ValueError("nothing of it shows. Write a text")
    return text


def _shows(sign: str) -> bool:
    return sign.isprintable() and sign not in FILLERS


def _named(sign: str) -> str:
    """Name a character as Unicode does: ``U+00A0 (no-break space)``."""
    name = unicodedata.name(sign, "").lower()
    return f"U+{ord(sign):04X} ({name})" if name else f"U+{ord(sign):04X}"


DAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")

FORM = 'use {day: Sunday, time: "23:00"}, or a cron line of five fields, such as "0 23 * * SUN"'


def cron_of(value: Any) -> str:
    """Return the cron line of a schedule; raises ValueError if it has none, or never runs."""
    if isinstance(value, dict):
        return _weekly(value)
    # R is random, and H is hashed with a word that Airflow does not give.
    if not isinstance(value, str) or len(value.split()) != 5 or re.search(r"(?i)\b[RH]\b", value):
        raise ValueError(FORM)
    if not croniter.is_valid(value):
        raise ValueError(FORM)
    if not _runs(value):
        raise ValueError("there is no such day, so it would never run. Use another day or month")
    return value


def _weekly(value: dict[str, Any]) -> str:
    if value.keys() != {"day", "time"}:
        raise ValueError(FORM)
    days = value["day"] if value["day"] and isinstance(value["day"], list) else [value["day"]]
    time = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", str(value["time"]), re.ASCII)
    if not time:
        raise ValueError('the time must be hours and minutes, such as "23:00"')
    return f"{int(time[2])} {int(time[1])} * * {','.join(map(_day, days))}"


def _day(name: Any) -> str:
    if str(name).lower() not in DAYS:
        raise ValueError("the day must be a day of the week in English, such as Sunday")
    return str(name).upper()[:3]


def _runs(cron: str) -> bool:
    try:
        croniter(cron, datetime(2026, 1, 1)).get_next(datetime)  # noqa: DTZ001  (days only)
    except CroniterError:
        return False
    return True


# A new field stays out of the default: reports already published have no room for it.
DEFAULT_REPORT_FIELDS = ("name", "total_duration", "join_time", "leave_time", "user_email", "id")
"""The columns of a report whose meeting names none."""

NAME = r"[a-z][a-z0-9_]{0,49}"


def _name(text: str) -> str:
    if not re.fullmatch(NAME, text):
        raise ValueError("use small letters, digits and _ only, such as bible_study")
    return text


def _meeting_id(value: Any) -> int:
    """Read a number, also as Zoom shows it and people copy it: 987 6543 2101."""
    if not re.fullmatch(r"[1-9](?:[\s-]*[0-9]){8,10}", str(value)):
        raise ValueError("use the meeting's number of 9 to 11 digits, such as 987 6543 2101")
    return int(re.sub(r"[\s-]", "", str(value)))


_timezones = cache(available_timezones)
"""It reads a whole folder each time, and every meeting asks."""


def _timezone(text: str) -> str:
    if text not in _timezones():
        raise ValueError("use a name from the IANA list, such as Australia/Sydney")
    return text


def _class_time(text: str) -> str:
    """Read two hours of a day, however long the dash between them is."""
    clock = r"([01]?\d|2[0-3]):([0-5]\d)"
    found = re.fullmatch(rf"{clock}\s*[-\u2010-\u2015\u2212]\s*{clock}", text, re.ASCII)
    first, last = (f"{found[n]:0>2}:{found[n + 1]}" for n in (1, 3)) if found else ("", "")
    if first == last:
        raise ValueError('use from-to in local time, such as "19:30-21:30"')
    return f"{first}-{last}"


def _address(text: str) -> str:
    part = r'[^\s@,;:<>()"\\]+'
    if not text.isascii() or not re.fullmatch(rf"{part}@{part}\.{part}", text):
        raise ValueError("use e-mail addresses alone, such as office@example.org")
    return text


def _each_once(addresses: tuple[str, ...]) -> tuple[str, ...]:
    """Mail goes to the same person whatever the case of the letters."""
    return tuple({address.casefold(): address for address in addresses}.values())


def _spreadsheet(text: str) -> str:
    """Take the id out of a whole address."""
    before = r"(?:(?:https?://)?docs\.google\.com/(?:a/[^/]+/)?spreadsheets/(?:u/\d+/)?d/)?"
    found = re.fullmatch(rf"{before}([A-Za-z0-9_-]{{20,}})(?:[/?#].*)?", text)
    if found:
        return found[1]
    if "/folders/" in text:
        raise ValueError("this is a folder. Write `folder: <its name>`")
    raise ValueError("use the spreadsheet's address, or its id: what stands between /d/ and /edit")


def _columns(names: Any) -> tuple[str, ...]:
    known = (
        isinstance(names, list | tuple) and names and all(name in REPORT_FIELDS for name in names)
    )
    if not known or len(set(names)) < len(names):
        raise ValueError(
            f"must be a list of columns, each once, out of: {', '.join(REPORT_FIELDS)}"
        )
    return tuple(names)


def _folder(text: str) -> str:
    if "/" in text and "google.com" in text:
        raise ValueError("use the folder's name, not its address")
    return text


def _duration(value: Any) -> timedelta:
    if isinstance(value, timedelta):
        return value
    found = re.fullmatch(r"([1-9][0-9]{0,2}) (hour|minute)s?", str(value))
    if not found:
        raise ValueError('use whole hours or minutes, such as "3 hours" or "10 minutes"')
    return timedelta(**{f"{found[2]}s": int(found[1])})


def _duration_text(value: timedelta) -> str:
    hours, rest = divmod(value, timedelta(hours=1))
    return f"{value // timedelta(minutes=1)} minutes" if rest else f"{hours} hours"


def _percent(value: Any) -> int:
    found = re.fullmatch(r"([1-9][0-9]?|100) ?%?", str(value), re.ASCII)
    if not found:
        raise ValueError("use a whole number of percent from 1 to 100, such as 50 %")
    return int(found[1])


Name = Annotated[str, AfterValidator(_name)]
Title = Annotated[str, Field(max_length=80), AfterValidator(one_line)]
MeetingId = Annotated[int, BeforeValidator(_meeting_id)]
Timezone = Annotated[str, AfterValidator(_timezone)]
Schedule = Annotated[str, BeforeValidator(cron_of)]
ClassTime = Annotated[str, AfterValidator(_class_time)]
FolderName = Annotated[str, AfterValidator(one_line), AfterValidator(_folder)]
SpreadsheetId = Annotated[str, AfterValidator(_spreadsheet)]
Columns = Annotated[tuple[str, ...], BeforeValidator(_columns)]
Address = Annotated[str, AfterValidator(_address)]
Addresses = Annotated[tuple[Address, ...], AfterValidator(_each_once)]
Duration = Annotated[
    timedelta, BeforeValidator(_duration), PlainSerializer(_duration_text, when_used="json")
]
Percent = Annotated[int, BeforeValidator(_percent)]
