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
NOTHING = [
    "0",
    "000",
    "null",
    "NULL",
    " None ",
    "undefined",
    "NaN",
    "n/a",
    "(null)",
    "nil",
    "-",
    "--",
]
NOTHING += ["\u200b", "\u2060-", "\u3164", "n\u200bull", "\uff10", "Ｎｕｌｌ", "\u2800"]
NEVER = [0, False, True, [], {}, ["a"], {"a": "b"}, 1.5, 0.0]
NO_ADDRESSES = ["@", " @ ", "@example.org", "ann@", "\u200b@\u3164", "-@-", "null@null", "ann at b"]


def people(rows: list[dict[str, Any]]) -> int:
    staged = "".join(json.dumps(staged_row(row)) + "\n" for row in rows)
    counted, _ = take_attendance(facts(), [io.BytesIO(staged.encode())])
    return len(counted.people)


def five_with(field: str, value: Any) -> list[dict[str, Any]]:
    """Five people at the same time, one field the same for all."""
    return [
        minutes(f"Person {number}", 0, 60, user_id=str(number + 1)) | {field: value}
        for number in range(5)
    ]


@pytest.mark.parametrize("value", [*NEVER, *NOTHING, None, "", " ", "\u00a0"], ids=ascii)
@pytest.mark.parametrize("field", IDS)
def test_an_id_that_is_none_joins_nobody(field: str, value: Any) -> None:
    assert people(five_with(field, value)) == 5


@pytest.mark.parametrize("value", [*NEVER, *NOTHING, 7, None, "", " ", *NO_ADDRESSES], ids=ascii)
def test_an_address_that_is_none_joins_nobody(value: Any) -> None:
    assert people(five_with("user_email", value)) == 5


@pytest.mark.parametrize("field", IDS)
@pytest.mark.parametrize("value", ["a", 7, "7", "0a", "null1", "_0zA-", "愛"])
def test_an_id_joins(field: str, value: Any) -> None:
    assert people(five_with(field, value)) == 1


@pytest.mark.parametrize("value", ["a@b", "0@example.org", "null@example.org", "愛@例え.jp"])
def test_an_address_joins(value: str) -> None:
    assert people(five_with("user_email", value)) == 1


@pytest.mark.parametrize("value", [*NEVER, 7, None, "", " "], ids=repr)
def test_a_name_that_is_none_joins_nobody(value: Any) -> None:
    assert people(five_with("name", value)) == 5


@pytest.mark.parametrize("value", [*NEVER, *NOTHING, None, "", " "], ids=ascii)
def test_a_connection_without_a_number_is_no_connection(value: Any) -> None:
    row = minutes("iPhone", 0, 60) | {"user_id": value}
    assert people([row, row]) == 2


@pytest.mark.parametrize("value", NEVER, ids=repr)
@pytest.mark.parametrize("field", [*IDS, "user_id", "bo_mtg_id", "user_email", "name"])
def test_what_cannot_be_is_said(field: str, value: Any) -> None:
    assert unusable({"name": "Ada", field: value}) == [field]


@pytest.mark.parametrize("value", NOTHING, ids=ascii)
@pytest.mark.parametrize("field", [*IDS, "user_id", "bo_mtg_id", "user_email"])
def test_a_word_for_nothing_is_said(field: str, value: str) -> None:
    assert unusable({"name": value, field: value}) == [field]


@pytest.mark.parametrize("row", [{}, minutes("Ada", 0, 60), {"id": None, "user_email": " "}])
def test_what_zoom_sends_is_not_said(row: dict[str, Any]) -> None:
    assert unusable(row) == []
