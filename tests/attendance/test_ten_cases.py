"""The ten cases in which counting rows goes wrong: a session of 60 minutes, truth in minutes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.attendance.made_rows import START, Row, attendance, minutes, presence

A = {"id": "a", "participant_user_id": "a", "user_email": "ann@example.org"}
CASES = {
    "rejoin": ([minutes("Ann", 0, 20, **A), minutes("Ann", 25, 60, **A)], [("Ann", 55)]),
    "two devices": ([minutes("Ann", 0, 60, **A), minutes("Ann", 0, 60, **A)], [("Ann", 60)]),
    "late timeout": ([minutes("Ann", 0, 35, **A), minutes("Ann", 30, 60, **A)], [("Ann", 60)]),
    "breakout": (
        [minutes("Ann", 0, 60, **A), minutes("Ann", 20, 40, **A, bo_mtg_id="b1==")],
        [("Ann", 60)],
    ),
    "waiting room": (
        [minutes("Ann", 0, 15, **A, status="in_waiting_room"), minutes("Ann", 15, 60, **A)],
        [("Ann", 45)],
    ),
    "two guests": (
        [minutes("iPhone", 0, 60), minutes("iPhone", 5, 60)],
        [("iPhone", 60), ("iPhone (2)", 55)],
    ),
    "signed out": (
        [minutes("Ann Lee", 0, 30, **A), minutes("Ann Lee", 31, 60)],
        [("Ann Lee", 59)],
    ),
    "renamed": (
        [minutes("Ann Lee", 0, 30, **A), minutes("Ann Lee (Sydney)", 31, 60, **A)],
        [("Ann Lee", 59)],
    ),
    "no leave time": ([minutes("Ann", 0, None, **A)], [("Ann", 60)]),
    "early": ([minutes("Ann", -30, 30, **A)], [("Ann", 30)]),
}


@pytest.mark.parametrize(("rows", "truth"), CASES.values(), ids=CASES)
@pytest.mark.parametrize("graded", [False, True], ids=["session", "class time"])
def test_truth(rows: list[Row], truth: list[tuple[str, int]], graded: bool) -> None:
    window = (START, START + timedelta(hours=1)) if graded else None
    result = attendance(rows, class_time=window)
    assert presence(result) == [(name, 60 * length) for name, length in truth]
    assert result.aside == ()
    assert result.review == ()
