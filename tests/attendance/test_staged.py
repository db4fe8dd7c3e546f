"""The staged result comes back as it went."""

from __future__ import annotations

import io

import pandas as pd
import pytest

from include.attendance.attendance import Attendance
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
    back = Attendance.from_json(_written(result))
    assert (back.facts, back.rejected, back.review) == (
        result.facts,
        result.rejected,
        result.review,
    )
    pd.testing.assert_frame_equal(back.people, result.people)
    pd.testing.assert_frame_equal(back.table, result.table)


def test_a_file_cut_short_is_refused() -> None:
    lines = _written(attendance(MANY)).readlines()
    with pytest.raises(ValueError, match="2000 of 2500 people"):
        Attendance.from_json(io.BytesIO(b"".join(lines[:-2])))


def test_a_changed_file_is_refused() -> None:
    written = _written(attendance(MANY)).getvalue().replace(b"Guest 7", b"Guest 8", 1)
    with pytest.raises(ValueError, match="not as it was written"):
        Attendance.from_json(io.BytesIO(written))
