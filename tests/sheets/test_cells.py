from __future__ import annotations

from datetime import UTC, datetime

import pytest

from include.sheets.columns import body, header, serials
from include.sheets.requests import LONGEST_TEXT, cell_of


@pytest.mark.parametrize(
    "value", ["=1+1", "+1", "-1", "@x", "007", "'quoted", '"', "TRUE", "🎻", " "]
)
def test_text_is_a_string_whatever_it_looks_like(value: str) -> None:
    assert cell_of(value) == {"userEnteredValue": {"stringValue": value}}


def test_empty_text_is_an_empty_cell() -> None:
    assert cell_of("") == {}


def test_text_longer_than_a_cell_is_cut() -> None:
    assert cell_of("x" * (LONGEST_TEXT + 1)) == cell_of("x" * LONGEST_TEXT)


@pytest.mark.parametrize(
    ("moment", "serial"),
    [
        ("1899-12-30", 0),
        ("1999-01-02", 36162),
        ("2020-01-01", 43831),
        ("2020-01-01 12:00", 43831.5),
        ("2026-06-14 19:30", 46187.8125),
    ],
)
def test_serial_numbers_of_sheets(moment: str, serial: float) -> None:
    by_the_clock = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    table = {"join_time": [int(by_the_clock.timestamp())]}
    assert list(body(table, ["join_time"])) == [[{"userEnteredValue": {"numberValue": serial}}]]


def test_serial_numbers_keep_every_second() -> None:
    start = int(datetime(2026, 6, 14, tzinfo=UTC).timestamp())
    day = range(start, start + 86_400)
    back = [round(serial * 86_400) for serial in serials(day)]
    assert back == list(range(back[0], back[0] + 86_400))


def test_numbers_are_such_that_json_can_hold_them() -> None:
    rows = body({"total_duration": [1.5, 0.01, 2]}, ["total_duration"])
    values = [cell["userEnteredValue"]["numberValue"] for (cell,) in rows]
    assert values == [1.5, 0.01, 2]
    assert {type(value) for value in values} <= {int, float}


def test_table_of_nobody() -> None:
    assert list(body({"name": [], "leave_time": []}, ["name", "leave_time"])) == []


def test_the_fields_choose_and_order_the_columns() -> None:
    table = {"name": ["Ada"], "id": ["7"], "total_duration": [1.5]}
    assert header(["total_duration", "name"]) == [cell_of("Hours"), cell_of("Name")]
    assert list(body(table, ["total_duration", "name"])) == [[cell_of(1.5), cell_of("Ada")]]
