"""What people write beside a report stays with its person, or nothing is changed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from googleapiclient.errors import HttpError

from include.pipeline.load import publish
from include.sheets.tab import SPREADSHEET_FIELD_MASK, read_tabs, tab_requests
from sandbox.both import Sandbox
from sandbox.google import GoogleState
from sandbox.zoom.rows import Row, participant_row
from tests.google_calls import BATCH
from tests.pipeline.edited import PINK, Edited
from tests.pipeline.evenings import EVENING, minutes
from tests.pipeline.reports import backwards, person, report, seen
from tests.pipeline.runs import SPREADSHEET

TABLE = 6
BEN, CLEO, EVE = (person(f"{name} Example") for name in ("Ben", "Cleo", "Eve"))
THREE = [BEN, CLEO, EVE]
ADA, DAN = person("Ada Example"), person("Dan Example")
START, END = EVENING, EVENING + minutes(90)
OTHER_BEN = participant_row("Ben Example", START, END, account_id="another")


@pytest.fixture
def edited(empty_sandbox: Sandbox, google: GoogleState) -> Edited:
    edited = Edited(empty_sandbox, SPREADSHEET, THREE)
    for row, name in enumerate(("Ben", "Cleo", "Eve"), TABLE):
        edited.type(row, 7, f"{name} paid")
        edited.write(row, 1, "note", note=f"{name} phoned")
        edited.write(row, 2, "userEnteredFormat.backgroundColorStyle", userEnteredFormat=PINK)
    return edited


def remarks(edited: Edited, rows: list[list[str]]) -> dict[str, tuple[str, Any, bool]]:
    """By the person of the row: remark, note, and whether it is coloured."""
    found = {}
    for at, row in enumerate(rows[TABLE:], TABLE):
        cells = edited.tab.cells.get(at, {})
        pink = cells[2].get("userEnteredFormat", {}).get("backgroundColorStyle")
        found[row[0]] = (row[7] if len(row) > 7 else "", cells[1].get("note"), bool(pink))
    return found


NOTHING = ("", None, False)


def of(name: str) -> tuple[str, str, bool]:
    return (f"{name} paid", f"{name} phoned", True)


@pytest.mark.parametrize(
    "more", [[ADA], [DAN], [ADA, DAN], [person(f"A{number:02}") for number in range(40)]]
)
def test_remarks_go_along_with_their_people(edited: Edited, more: list[Row]) -> None:
    found = remarks(edited, edited.publish([*THREE, *more]))
    new = {row["name"]: NOTHING for row in more}
    assert found == new | {f"{name} Example": of(name) for name in ("Ben", "Cleo", "Eve")}


def test_other_hours_leave_the_remarks_where_they_are(edited: Edited) -> None:
    longer = [person(f"{name} Example", 0, 70) for name in ("Ben", "Cleo", "Eve")]
    found = remarks(edited, edited.publish(longer))
    assert found == {f"{name} Example": of(name) for name in ("Ben", "Cleo", "Eve")}


def test_somebody_without_remark_may_go(edited: Edited) -> None:
    edited.publish([ADA, *THREE])
    found = remarks(edited, edited.publish([DAN, *THREE]))
    new = {"Dan Example": NOTHING}
    assert found == new | {f"{name} Example": of(name) for name in ("Ben", "Cleo", "Eve")}


def test_what_stands_below_goes_down_with_a_longer_table(edited: Edited) -> None:
    edited.type(TABLE + 4, 0, "Thanks to all!")
    shown = edited.publish([ADA, DAN, *THREE, backwards("Gus")])
    assert shown[-1] == ["Thanks to all!"]
    assert shown[TABLE][0] == "Ada Example"
    assert [row[0] for row in shown[TABLE:] if row].count("Thanks to all!") == 1


def test_an_answer_that_is_lost_moves_nothing_twice(edited: Edited, google: GoogleState) -> None:
    google.faults.add("lost-reply", BATCH)
    found = remarks(edited, edited.publish([ADA, *THREE]))
    assert found["Ada Example"] == NOTHING
    assert found["Eve Example"] == of("Eve")


def test_of_two_that_have_read_the_same_only_one_writes(edited: Edited) -> None:
    tabs = read_tabs(edited.read(SPREADSHEET_FIELD_MASK))
    one, other = (
        tab_requests(tabs, report(edited.meeting, [new, *THREE]), blank=False) for new in (ADA, DAN)
    )
    edited.do_all(one)
    with pytest.raises(HttpError, match="already exists"):
        edited.do_all(other)


def guest(name: str, first: float) -> Row:
    return participant_row(name, START + minutes(first), START + minutes(first + 80))


@pytest.mark.parametrize(
    "later",
    [
        [BEN, CLEO],
        [ADA, BEN, EVE],
        [],
        [BEN, EVE, person("Cleo Example") | {"name": "Zoë Example"}],
        [CLEO, EVE, OTHER_BEN],
    ],
    ids=["gone", "exchanged", "nobody", "another order", "another person of that name"],
)
def test_remarks_that_would_be_somebody_elses_stop_it(edited: Edited, later: list[Row]) -> None:
    edited.refuses(report(edited.meeting, later), "beside somebody else.*duplicate it, and delete")


def test_of_two_guests_of_one_name_none_gets_a_remark_of_the_other(
    empty_sandbox: Sandbox, google: GoogleState
) -> None:
    phones = [guest("iPhone", 5), guest("iPhone", 10)]
    edited = Edited(empty_sandbox, SPREADSHEET, phones)
    edited.type(TABLE, 7, "Ada's")
    edited.refuses(report(edited.meeting, [guest("iPhone", 0), *phones]), "has a namesake")
    shown = edited.publish([*phones, ADA])
    assert [row[0] for row in shown if row[7:]] == ["iPhone"]


MOVED = {
    "column before A": {"insertDimension": ("COLUMNS", 0, 1)},
    "addresses deleted": {"deleteDimension": ("COLUMNS", 4, 5)},
    "column moved": {"moveDimension": ("COLUMNS", 4, 5, 0)},
    "row on top": {"insertDimension": ("ROWS", 0, 1)},
    "row between": {"insertDimension": ("ROWS", 7, 8)},
    "row deleted": {"deleteDimension": ("ROWS", 7, 8)},
    "row moved": {"moveDimension": ("ROWS", 6, 7, 9)},
}


@pytest.mark.parametrize("how", MOVED.values(), ids=MOVED)
def test_what_people_have_moved_is_not_written_over(
    edited: Edited, caplog: pytest.LogCaptureFixture, how: dict[str, Any]
) -> None:
    edited.rearrange(how)
    edited.refuses(report(edited.meeting, [ADA, *THREE]), "moved or overwritten.*Version history")
    edited.leaves(report(edited.meeting, THREE), "People have moved or changed cells", caplog)


@pytest.mark.parametrize(
    ("row", "column"), [(0, 0), (5, 1), (TABLE, 0), (TABLE + 1, 1), (TABLE + 2, 4)]
)
def test_what_people_have_typed_over_is_not_written_over(
    edited: Edited, caplog: pytest.LogCaptureFixture, row: int, column: int
) -> None:
    edited.type(row, column, "Benedikt")
    edited.refuses(report(edited.meeting, [ADA, *THREE]), "moved or overwritten.*Version history")
    edited.leaves(report(edited.meeting, THREE), "People have moved or changed cells", caplog)


def test_a_tab_that_was_emptied_is_filled_again(
    empty_sandbox: Sandbox, google: GoogleState
) -> None:
    edited = Edited(empty_sandbox, SPREADSHEET, THREE)
    whole = seen(google, edited.first, edited.report)
    area = {"sheetId": edited.tab.id}
    edited.do(updateCells={"range": area, "rows": [], "fields": "userEnteredValue"})
    assert seen(google, edited.first, edited.report) == []
    publish(edited.meeting, edited.report)
    assert seen(google, edited.first, edited.report) == whole


def test_remarks_beside_a_report_of_another_version_stop_it(edited: Edited) -> None:
    (metadata,) = edited.tab.developer_metadata
    metadata["metadataValue"] = json.dumps({"start": edited.report.start, "rows": 9})
    edited.type(5, 1, "hours")
    edited.refuses(edited.report, "beside somebody else")


def test_a_report_of_an_earlier_version_is_renewed_around_its_remarks(edited: Edited) -> None:
    (metadata,) = edited.tab.developer_metadata
    metadata["metadataValue"] = json.dumps({"start": edited.report.start, "rows": 9})
    found = remarks(edited, edited.publish([ADA, *THREE]))
    assert (found["Ada Example"], found["Cleo Example"]) == (NOTHING, of("Cleo"))
