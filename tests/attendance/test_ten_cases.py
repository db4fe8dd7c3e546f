"""Cases in which counting rows goes wrong: a session of 60 minutes, truth in minutes."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations

import pytest

from include.attendance.sessions import Window
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


GUESTS = {
    "beside the account": (
        [minutes("Ann Lee", 0, 10), minutes("Ann Lee", 10, 30), minutes("Ann Lee", 12, 40, **A)],
        [("Ann Lee", 30), ("Ann Lee", 28)],
    ),
    "as a whole": (
        [
            minutes("Ann Lee", 0, 10),
            minutes("Ann Lee", 10, 30),
            minutes("Ann Lee", 30, 60),
            minutes("Ann Lee", 12, 28, **A),
        ],
        [("Ann Lee", 60), ("Ann Lee", 16)],
    ),
    "beside a breakout": (
        [
            minutes("Ann Lee", 0, 20, **A),
            minutes("Ann Lee", 20, 40, bo_mtg_id="b1=="),
            minutes("Ann Lee", 40, 60, **A),
            minutes("Ann Lee", 0, 15),
        ],
        [("Ann Lee", 15), ("Ann Lee", 60)],
    ),
}

Truth = list[tuple[str, int]]
CLASS_TIME = pytest.mark.parametrize(
    "class_time",
    [None, (START, START + timedelta(hours=1))],
    ids=["session", "class time"],
)


@CLASS_TIME
@pytest.mark.parametrize(("rows", "truth"), CASES.values(), ids=CASES)
def test_the_ten_cases(rows: list[Row], truth: Truth, class_time: Window | None) -> None:
    result = attendance(rows, class_time=class_time)
    assert presence(result) == [(name, 60 * length) for name, length in truth]
    assert result.rejected == ()
    assert result.review == ()


def of_group(row: Row, number: int) -> Row:
    """The row as that of other people, who share no name and no identifier with the rest."""
    of_a = {field: f"{number}{row[field]}" for field in A if row[field]}
    return {**row, "name": f"{row['name']} {number:02}", **of_a}


@CLASS_TIME
@pytest.mark.parametrize(("rows", "truth"), GUESTS.values(), ids=GUESTS)
def test_guests_beside_their_namesake(
    rows: list[Row], truth: Truth, class_time: Window | None
) -> None:
    """In each order of their rows, all in one session."""
    orders = list(enumerate(permutations(rows)))
    sent = [of_group(row, number) for number, order in orders for row in order]
    result = attendance(sent, class_time=class_time)
    assert presence(result) == [
        (f"{name} {number:02}", 60 * length) for number, _ in orders for name, length in truth
    ]
    assert sorted((line.kind, line.names) for line in result.review) == [
        ("beside a namesake", (f"Ann Lee {number:02}",)) for number, _ in orders
    ]
