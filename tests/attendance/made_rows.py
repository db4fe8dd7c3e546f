"""Made-up sessions: rows written down by seconds from the start, staged as extract stages them."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime, timedelta

from include.attendance.attendance import Attendance, take_attendance
from include.attendance.fields import FIELDS
from include.attendance.sessions import SessionFacts, Window

START = datetime(2026, 1, 5, 8, 30, tzinfo=UTC)
HOUR = 3600

Row = dict[str, str]


def at(seconds: int) -> str:
    """A moment of the session as Zoom writes it."""
    return f"{START + timedelta(seconds=seconds):%Y-%m-%dT%H:%M:%SZ}"


def row(name: str, join: int, leave: int | None, **fields: str) -> Row:
    """A participant row; times in seconds from the start."""
    times = {"join_time": at(join), "leave_time": "" if leave is None else at(leave)}
    return {**dict.fromkeys(FIELDS, ""), "name": name, "status": "in_meeting", **times, **fields}


def minutes(name: str, join: int, leave: int | None, **fields: str) -> Row:
    """A participant row; times in minutes from the start."""
    return row(name, join * 60, None if leave is None else leave * 60, **fields)


def facts(
    class_time: Window | None = None, timezone: str = "UTC", length: int = HOUR
) -> SessionFacts:
    end = START + timedelta(seconds=length)
    return SessionFacts("algebra", "Algebra", timezone, START, end, class_time)


def staged(rows: list[Row]) -> io.BytesIO:
    return io.BytesIO("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode())


def attendance(rows: list[Row], **about: object) -> Attendance:
    return take_attendance(facts(**about), [staged(rows)])[0]


def presence(result: Attendance) -> list[tuple[str, int]]:
    """Name as shown and exact seconds of each person, in table order."""
    people = result.people
    return list(zip(people["name"], people["seconds"].tolist(), strict=True))
