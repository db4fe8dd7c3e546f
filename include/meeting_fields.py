"""The fields of a meeting: what each accepts, and how to fix what it does not."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cache
from typing import Annotated, Any
from zoneinfo import available_timezones

from croniter import croniter
from pydantic import AfterValidator, BeforeValidator


def _name(text: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,49}", text):
        raise ValueError("use small letters, digits and _ only, such as bible_study")
    return text


def _meeting_id(value: Any) -> int:
    """Read a number, also as Zoom shows it and people copy it: 987 6543 2101."""
    digits = re.sub(r"[\s-]", "", str(value))
    if not re.fullmatch(r"\d{9,11}", digits):
        raise ValueError("use the meeting's number of 9 to 11 digits, such as 987 6543 2101")
    return int(digits)


_timezones = cache(available_timezones)
"""It reads a whole folder each time, and every entry asks."""


def _timezone(text: str) -> str:
    if text not in _timezones():
        raise ValueError("use a name from the IANA list, such as Australia/Sydney")
    return text


def _schedule(text: str) -> str:
    if len(text.split()) != 5 or not croniter.is_valid(text):
        raise ValueError('use a cron line of five fields, such as "0 23 * * SUN"')
    return text


def _class_time(text: str) -> str:
    clock = r"([01]\d|2[0-3]):[0-5]\d"
    if not re.fullmatch(f"{clock}-{clock}", text) or text[:5] == text[6:]:
        raise ValueError('use from-to in local time, such as "19:30-21:30"')
    return text


def _address(text: str) -> str:
    part = r'[^\s@,;:<>()"\\]+'
    if not text.isascii() or not re.fullmatch(rf"{part}@{part}\.{part}", text):
        raise ValueError("use e-mail addresses alone, such as office@example.org")
    return text


def _within(value: Any) -> timedelta:
    found = re.fullmatch(r"([1-9]\d{0,2}) (hour|minute)s?", str(value))
    if not found:
        raise ValueError('use whole hours or minutes, such as "3 hours" or "90 minutes"')
    return timedelta(**{f"{found[2]}s": int(found[1])})


Name = Annotated[str, AfterValidator(_name)]
MeetingId = Annotated[int, BeforeValidator(_meeting_id)]
Timezone = Annotated[str, AfterValidator(_timezone)]
Schedule = Annotated[str, AfterValidator(_schedule)]
ClassTime = Annotated[str, AfterValidator(_class_time)]
Address = Annotated[str, AfterValidator(_address)]
Within = Annotated[timedelta, BeforeValidator(_within)]
