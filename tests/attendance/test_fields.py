"""What Zoom does not document is missing: it never makes one person of many."""

from __future__ import annotations

import io
import json
from collections import Counter
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

MISSING = [*NEVER, *NOTHING, None, "", " ", "\u00a0"]


def people(rows: list[dict[str, Any]]) -> list[str]:
    """The names of those who were counted."""
    staged = "".join(json.dumps(staged_row(row)) + "\n" for row in rows)
    counted, _ = take_attendance(facts(), [io.BytesIO(staged.encode())])
    return counted.people["name"].tolist()


def people_with(field: str, values: list[Any]) -> list[int]:
    """How many are counted of five who were there at one time, for each value of their field."""
    rows = [
        minutes(f"{number}: person {person}", 0, 60, user_id=f"{number}{person}") | {field: value}
        for number, value in enumerate(values)
        for person in range(5)
    ]
    counted = Counter(name.partition(":")[0] for name in people(rows))
    return [counted[str(number)] for number in range(len(values))]


@pytest.mark.parametrize("field", IDS)
def test_an_id_that_is_none_joins_nobody(field: str) -> None:
    assert people_with(field, MISSING) == [5] * len(MISSING)


def test_an_address_that_is_none_joins_nobody() -> None:
    values = [*MISSING, 7, *NO_ADDRESSES]
    assert people_with("user_email", values) == [5] * len(values)


@pytest.mark.parametrize("field", IDS)
def test_an_id_joins(field: str) -> None:
    values = ["a", 7, "8", "0a", "null1", "_0zA-", "愛"]
    assert people_with(field, values) == [1] * len(values)


@pytest.mark.parametrize("field", IDS)
def test_an_id_is_the_same_as_number_and_as_text(field: str) -> None:
    rows = [minutes("Ada", 0, 30) | {field: 7}, minutes("Ben", 40, 60) | {field: "7"}]
    assert len(people(rows)) == 1


def test_an_address_joins() -> None:
    values = ["a@b", "0@example.org", "null@example.org", "愛@例え.jp"]
    assert people_with("user_email", values) == [1] * len(values)


@pytest.mark.parametrize("value", [*NEVER, 7, None, "", " "], ids=repr)
def test_a_name_that_is_none_joins_nobody(value: Any) -> None:
    rows = [minutes("", 0, 60, user_id=str(number + 1)) | {"name": value} for number in range(5)]
    assert len(people(rows)) == 5


def test_a_connection_without_a_number_is_no_connection() -> None:
    rows = [minutes(f"iPhone {n}", 0, 60) | {"user_id": value} for n, value in enumerate(MISSING)]
    assert len(people(rows * 2)) == 2 * len(MISSING)


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
