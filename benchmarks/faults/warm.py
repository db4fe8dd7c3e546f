"""Imported once by the process from which the others are forked: what they would all do first."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime, timedelta

from include.attendance.attendance import take_attendance
from include.attendance.fields import staged_row
from include.attendance.sessions import SessionFacts

START = datetime(2026, 6, 14, 9, 30, tzinfo=UTC)


def count_once() -> None:
    """Count a session of nobody's: pandas reads parts of itself only when they are used."""
    row = {"name": "Ann", "join_time": "2026-06-14T09:30:00Z", "leave_time": "2026-06-14T09:40:00Z"}
    staged = io.BytesIO(json.dumps(staged_row(row)).encode())
    facts = SessionFacts("ann", "Ann", "UTC", START, START + timedelta(hours=1), None)
    take_attendance(facts, [staged])
