"""A row that people have hidden hides the same person in the next report, and nobody else."""

from __future__ import annotations

import pytest

from sandbox.both import Sandbox
from sandbox.google import GoogleState
from sandbox.zoom.rows import Row
from tests.pipeline.edited import Edited
from tests.pipeline.reports import backwards, person
from tests.pipeline.runs import SPREADSHEET

TABLE = 6
ONE, TWO, THREE, FOUR, FIVE = (person(f"Person {number}") for number in range(1, 6))


@pytest.fixture
def edited(empty_sandbox: Sandbox, google: GoogleState) -> Edited:
    """A report of three people, in which the second is hidden."""
    edited = Edited(empty_sandbox, SPREADSHEET, [ONE, THREE, FIVE])
    hide(edited, TABLE + 1)
    return edited


def hide(edited: Edited, row: int) -> None:
    where = {"sheetId": edited.tab.id, "dimension": "ROWS", "startIndex": row, "endIndex": row + 1}
    hidden = {"range": where, "properties": {"hiddenByUser": True}, "fields": "hiddenByUser"}
    edited.do(updateDimensionProperties=hidden)


def hidden_names(edited: Edited, shown: list[list[str]]) -> list[str]:
    rows = [row for row, line in edited.tab.rows.items() if line.get("hiddenByUser")]
    return [shown[row][0] if row < len(shown) and shown[row] else "" for row in sorted(rows)]


@pytest.mark.parametrize(
    ("later", "hidden"),
    [
        ([ONE, TWO, THREE, FIVE], ["Person 3"]),
        ([ONE, THREE, FOUR, FIVE], ["Person 3"]),
        ([THREE, FIVE], ["Person 3"]),
        ([ONE, FIVE], []),
        ([ONE, TWO, FIVE], []),
        ([ONE, TWO, FOUR, FIVE], []),
        ([TWO, FOUR], []),
        ([TWO], []),
        ([ONE, TWO, THREE, FIVE, backwards("Gus")], ["Person 3"]),
    ],
)
def test_it_goes_along_with_its_person(edited: Edited, later: list[Row], hidden: list[str]) -> None:
    shown = edited.publish(later)
    names = sorted(row["name"] for row in later if row["join_time"] < row["leave_time"])
    assert [row[0] for row in shown[TABLE : TABLE + len(names)]] == names
    assert hidden_names(edited, shown) == hidden


def test_a_remark_keeps_its_person_beside_a_hidden_row_whose_person_is_gone(
    edited: Edited,
) -> None:
    edited.type(TABLE + 2, 7, "paid")
    shown = edited.publish([ONE, TWO, FOUR, FIVE])
    assert [row[0] for row in shown if row[7:]] == ["Person 5"]
    assert hidden_names(edited, shown) == []


def test_a_height_goes_along_with_its_person_though_nobody_has_written_there(
    empty_sandbox: Sandbox, google: GoogleState
) -> None:
    """As comments do, of which the reading of cells tells nothing."""
    edited = Edited(empty_sandbox, SPREADSHEET, [ONE, THREE, FIVE])
    where = {"sheetId": edited.tab.id, "dimension": "ROWS", "startIndex": 7, "endIndex": 8}
    high = {"range": where, "properties": {"pixelSize": 60}, "fields": "pixelSize"}
    edited.do(updateDimensionProperties=high)
    shown = edited.publish([ONE, TWO, THREE, FIVE])
    heights = {row: line.get("pixelSize") for row, line in edited.tab.rows.items()}
    assert [shown[row][0] for row, height in heights.items() if height == 60] == ["Person 3"]


def test_all_rows_may_go_where_nothing_is_left_below_them(edited: Edited) -> None:
    rows = edited.tab.grid["rowCount"]
    edited.rearrange({"deleteDimension": ("ROWS", len(edited.report.rows), rows)})
    shown = edited.publish([])
    assert len(shown) == TABLE


def test_a_hidden_row_below_the_report_hides_nobody_who_comes(edited: Edited) -> None:
    hide(edited, TABLE + 3)
    shown = edited.publish([ONE, TWO, THREE, FOUR, FIVE])
    assert hidden_names(edited, shown) == ["Person 3", ""]
