"""A row that cannot be counted matters unless its person is surely counted by another."""

from __future__ import annotations

import pytest

from tests.attendance.made_rows import Row, attendance, minutes


def broken(name: str, **fields: str) -> Row:
    return {**minutes(name, 0, 60, **fields), "join_time": ""}


ANN = minutes("Ann Lee", 0, 60, id="ann", user_email="ann@example.org")
IPHONE = minutes("iPhone", 0, 60)


@pytest.mark.parametrize(
    ("rows", "counted"),
    [
        ([ANN, broken("Ann Lee", id="ann")], True),
        ([ANN, broken("Annie", participant_user_id="ann")], True),
        ([ANN, broken("Somebody", user_email="Ann@Example.org")], True),
        ([ANN, broken("ann  lee")], True),
        ([minutes("Ann Lee", 0, 60), broken("Ann Lee")], True),
        ([IPHONE, broken("iPhone", id="cleo", user_email="cleo@example.org")], False),
        ([ANN, broken("Ann Lee", id="another")], False),
        ([minutes("Ann Lee", 0, 60), broken("Ann Lee", id="ann")], False),
        ([IPHONE, broken("iPhone")], False),
        ([ANN, minutes("Ann Lee", 0, 60, id="another"), broken("Ann Lee")], False),
        ([ANN, broken("")], False),
        ([ANN, {**minutes("Bo", 0, 60), "status": "in_waiting_room"}, broken("Bo")], False),
        ([broken("Ann Lee", id="ann")], False),
    ],
)
def test_whose_it_is(rows: list[Row], counted: bool) -> None:
    for sent in (rows, rows[::-1]):
        (rejected,) = attendance(sent).rejected
        assert rejected.counted is counted


def test_a_name_is_nobodys_alone_where_another_account_shows_it_in_a_row_not_counted() -> None:
    rows = [ANN, broken("Ann Lee"), broken("Ann Lee", id="another")]
    for sent in (rows, rows[::-1]):
        assert [row.counted for row in attendance(sent).rejected] == [False, False]


def test_equal_rows_of_which_one_is_counted_come_in_one_order() -> None:
    rows = [ANN, broken("Ann Lee", id="ann"), broken("Ann Lee", id="another")]
    for sent in (rows, rows[::-1]):
        assert [row.counted for row in attendance(sent).rejected] == [False, True]
