"""Our way, as `benchmarks.transform` measures it: a process that imports no more than it needs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd

from include.attendance.attendance import Attendance, take_attendance
from include.attendance.sessions import SessionFacts

START = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
LENGTH = timedelta(hours=2)


def facts(timezone: str) -> SessionFacts:
    """The session that `benchmarks.transform` stages."""
    return SessionFacts("81234567890", "All hands", timezone, START, START + LENGTH)


def attendance(path: Path, timezone: str) -> pd.DataFrame:
    """Presence of each person, identity and overlaps settled."""
    return attendance_of(path, timezone).table


def attendance_of(path: Path, timezone: str) -> Attendance:
    """The whole attendance, with what is to be reviewed."""
    with path.open("rb") as file:
        return take_attendance(facts(timezone), [file])[0]
