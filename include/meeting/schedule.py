"""When a meeting's Dag runs: a cron line, or days of the week and a time."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from croniter import croniter
from croniter.croniter import CroniterError

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
