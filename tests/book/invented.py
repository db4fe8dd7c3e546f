"""An invented year of sessions: who came when, as attendance records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from include.attendance.results import SessionPerson
from include.roster.record import AttendanceRecord

FIRST = date(2026, 3, 1)
MINUTES = 90
LINK = "https://docs.google.com/spreadsheets/d/reports/edit#gid="


def day(week: int) -> date:
    return FIRST + timedelta(weeks=week)


def session_id(week: int) -> str:
    return f"week{week:03d}AAAAAAAAAAAA=="


def person(name: str, start: int, end: int, *, generic: bool = False) -> SessionPerson:
    address = () if generic else (f"{name.split()[0].lower()}@example.org",)
    return SessionPerson(name, name, (name,), address, (), (), ((start, end),), generic)


def record(week: int, came: Mapping[str, float] | Sequence[str]) -> AttendanceRecord:
    """A session in which people were there for a share of its time."""
    start = datetime.combine(day(week), datetime.min.time(), UTC) + timedelta(hours=18)
    end = start + timedelta(minutes=MINUTES)
    first = int(start.timestamp())
    shares = came if isinstance(came, Mapping) else dict.fromkeys(came, 1.0)
    people = [
        person(name, first, first + int(share * MINUTES * 60), generic=name == "iPhone")
        for name, share in shares.items()
    ]
    return AttendanceRecord(
        meeting="bible-hour",
        session=session_id(week),
        title="Sunday classes",
        label=f"{day(week):%Y-%m-%d}",
        timezone="Europe/London",
        start=start,
        end=end,
        link=f"{LINK}{week + 1}",
        people=tuple(people),
    )
