"""What Zoom does not document is missing: it never makes one person of many."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from include.attendance.attendance import take_attendance
from include.attendance.fields import staged_row, unusable
from tests.attendance.made_rows import facts, minutes

IDS = ["registrant_id", "participant_user_id", "id"]
NEVER = [0, False, True, [], {}, ["a"], {"a": "b"}, 1.5, 0.0]


def people(rows: list[dict[str, Any]]) -> int:
    staged = "".join(json.dumps(staged_row(row)) + "\n" for row in rows)
    return len(take_attendance(facts(), [io.BytesIO(staged.encode())]).people)


def five_with(field: str, value: Any) -> list[dict[str, Any]]:
    """Five people at the same time, one field the same for all."""
    return [
        minutes(f"Person {number}", 0, 60, user_id=str(number + 1)) | {field: value}
        for number in range(5)
    ]


@pytest.mark.parametrize("value", [*NEVER, None, "", " ", "\u00a0"], ids=repr)
@pytest.mark.parametrize("field", IDS)
def test_an_id_that_is_none_joins_nobody(field: str, value: Any) -> None:
    assert people(five_with(field, value)) == 5


@pytest.mark.parametrize("value", [*NEVER, 7, None, "", " ", "-", "n/a"], ids=repr)
def test_an_address_that_is_none_joins_nobody(value: Any) -> None:
    assert people(five_with("user_email", value)) == 5


@pytest.mark.parametrize("field", IDS)
@pytest.mark.parametrize("value", ["a", 7])
def test_an_id_joins(field: str, value: Any) -> None:
    assert people(five_with(field, value)) == 1


@pytest.mark.parametrize("value", [*NEVER, 7, None, "", " "], ids=repr)
def test_a_name_that_is_none_joins_nobody(value: Any) -> None:
    assert people(five_with("name", value)) == 5


@pytest.mark.parametrize("value", [*NEVER, None, "", " "], ids=repr)
def test_a_connection_without_a_number_is_no_connection(value: Any) -> None:
    row = minutes("iPhone", 0, 60) | {"user_id": value}
    assert people([row, row]) == 2


@pytest.mark.parametrize("value", NEVER, ids=repr)
@pytest.mark.parametrize("field", [*IDS, "user_id", "bo_mtg_id", "user_email", "name"])
def test_what_cannot_be_is_said(field: str, value: Any) -> None:
    assert unusable({"name": "Ada", field: value}) == [field]


@pytest.mark.parametrize("row", [{}, minutes("Ada", 0, 60), {"id": None, "user_email": " "}])
def test_what_zoom_sends_is_not_said(row: dict[str, Any]) -> None:
    assert unusable(row) == []
