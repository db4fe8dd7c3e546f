from __future__ import annotations

from pathlib import Path

import pytest

from include.attendance.results import REPORT_FIELDS
from include.meeting import Meeting
from include.sheets.columns import COLUMNS
from tests.meeting.files import TEXT, read_text

ADVICE = "must be a list of columns, each once, out of: name, total_duration, "


def test_a_meeting_can_choose_from_all_columns_that_there_are(tmp_path: Path) -> None:
    (choir,), _ = read_text(tmp_path, TEXT)
    assert choir.columns == tuple(COLUMNS)


def test_every_field_of_a_report_has_a_column() -> None:
    assert tuple(COLUMNS) == REPORT_FIELDS


def test_columns_are_chosen_and_ordered(tmp_path: Path) -> None:
    (choir,), mistakes = read_text(tmp_path, f"{TEXT}columns: [total_duration, name]\n")
    assert mistakes == []
    assert choir.columns == ("total_duration", "name")
    assert Meeting.model_validate(choir.model_dump(mode="json")) == choir


@pytest.mark.parametrize(
    "value", ["name", "[]", "[name, hours]", "[name, name]", "[[name]]", "{a: b}"]
)
def test_what_is_no_list_of_columns(tmp_path: Path, value: str) -> None:
    good, (mistake,) = read_text(tmp_path, f"{TEXT}columns: {value}\n")
    assert good == []
    assert mistake.startswith("choir.yaml, line 7, field `columns`: ")
    assert ADVICE in mistake
