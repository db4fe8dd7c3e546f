"""The staged result comes back as it went."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest

from include.attendance.attendance import Attendance
from include.attendance.results import REPORT_FIELDS, StagedAttendance
from tests.attendance.made_rows import Row, attendance, facts, minutes

MIXED = [
    minutes('=Ann "🦊"', 0, 20, id="a", user_email="ann@example.org"),
    minutes("Ann\n", 30, 60, id="a"),
    minutes("Ann", 0, 60),
    minutes("", 0, 60),
    minutes("Bo", 9, 3),
    minutes("Cy", 0, 12, status="in_waiting_room"),
]
MANY = [minutes(f"Guest {number}", 0, 60) for number in range(2500)]


def _written(result: Attendance) -> io.BytesIO:
    file = io.BytesIO()
    result.to_json(file)
    file.seek(0)
    return file


@pytest.mark.parametrize("rows", [MIXED, MANY, []], ids=["mixed", "many", "nobody"])
@pytest.mark.parametrize("class_time", [None, (facts().start, facts().end)])
def test_round_trip(rows: list[Row], class_time: tuple | None) -> None:
    result = attendance(rows, class_time=class_time, timezone="Australia/Sydney")
    back = StagedAttendance.from_json(_written(result))
    for field in ("facts", "rejected", "review", "untimed"):
        assert getattr(back, field) == getattr(result, field)
    assert (back.people, back.seconds) == (len(result.people), result.total_seconds)
    table = result.table
    for column in ("id", "name", "user_email", "total_duration"):
        assert back.table[column] == table[column].tolist()
    for column in ("join_time", "leave_time"):
        assert [_clock(seconds) for seconds in back.table[column]] == table[column].tolist()
    assert list(back.table) == list(REPORT_FIELDS)


def _clock(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)


def test_a_file_cut_short_is_refused() -> None:
    lines = _written(attendance(MANY)).readlines()
    with pytest.raises(ValueError, match="2000 of 2500 people"):
        StagedAttendance.from_json(io.BytesIO(b"".join(lines[:-2])))


def test_a_changed_file_is_refused() -> None:
    written = _written(attendance(MANY)).getvalue().replace(b"Guest 7", b"Guest 8", 1)
    with pytest.raises(ValueError, match="not as it was written"):
        StagedAttendance.from_json(io.BytesIO(written))
