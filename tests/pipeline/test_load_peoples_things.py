"""What people do to a report between two publications stays as they left it."""

from __future__ import annotations

import pytest

from google_workspace.errors import GoogleRefused
from include.pipeline.load import publish
from sandbox.both import Sandbox
from sandbox.google import GoogleState
from tests.pipeline.edited import ROWS, Edited
from tests.pipeline.reports import report
from tests.pipeline.runs import FOLDER, SPREADSHEET

PINK = {"red": 1, "green": 0.5, "blue": 0.5}


@pytest.fixture
def edited(empty_sandbox: Sandbox, google: GoogleState) -> Edited:
    """A tab of a shared spreadsheet."""
    return Edited(empty_sandbox, SPREADSHEET)


@pytest.fixture
def edited_file(empty_sandbox: Sandbox, google: GoogleState) -> Edited:
    """A spreadsheet of the report's own."""
    return Edited(empty_sandbox, FOLDER)


def test_notes_on_cells_stay(edited: Edited) -> None:
    for row in (0, 6, 7):
        edited.write(row, 1, "note", note=f"said on the phone {row}")
    edited.publish_fewer()
    notes = [edited.tab.cells[row][1]["note"] for row in (0, 6, 7)]
    assert notes == [f"said on the phone {row}" for row in (0, 6, 7)]


def test_other_columns_stay(edited: Edited) -> None:
    for row in (0, 6, 7):
        edited.write(row, 7, "userEnteredValue", userEnteredValue={"stringValue": f"paid {row}"})
    shown = edited.publish_fewer()
    assert [shown[row][7] for row in (0, 6, 7)] == ["paid 0", "paid 6", "paid 7"]


def test_background_colour_stays(edited: Edited) -> None:
    pink = {"backgroundColorStyle": {"rgbColor": PINK}}
    edited.write(7, 1, "userEnteredFormat.backgroundColorStyle", userEnteredFormat=pink)
    edited.publish_fewer()
    assert (
        edited.tab.cells[7][1]["userEnteredFormat"]["backgroundColorStyle"]
        == pink["backgroundColorStyle"]
    )


def test_changed_widths_stay(edited: Edited) -> None:
    where = {"sheetId": edited.tab.id, "dimension": "COLUMNS", "startIndex": 1, "endIndex": 2}
    width = {"range": where, "properties": {"pixelSize": 400}, "fields": "pixelSize"}
    edited.do(updateDimensionProperties=width)
    edited.publish_fewer()
    assert edited.tab.columns[1]["pixelSize"] == 400


def test_renamed_tab_is_found(edited: Edited) -> None:
    edited.change_tab("title", title="The big evening")
    assert len(edited.publish_fewer()) == 16
    assert [title for title in edited.titles if title != "Notes"] == ["The big evening"]


def test_other_tabs_and_their_order_stay(edited: Edited) -> None:
    edited.do(addSheet={"properties": {"title": "Ours", "index": 0}})
    edited.change_tab("index", index=0)
    before = edited.titles
    edited.publish_fewer()
    assert edited.titles == before
    assert before[0] == "2026-06-14 Choir"


def test_filter_that_hides_people_is_opened_again(edited: Edited) -> None:
    edited.do(clearBasicFilter={"sheetId": edited.tab.id})
    edited.publish_fewer()
    assert edited.tab.basic_filter["range"]["endRowIndex"] == 16


def test_deleted_report_is_made_again_beside_what_people_have(edited_file: Edited) -> None:
    """The first tab of a spreadsheet was removed at the beginning; this one is a person's."""
    edited_file.do(addSheet={"properties": {"title": "Ours"}})
    edited_file.do(deleteSheet={"sheetId": edited_file.tab.id})
    assert len(edited_file.publish_fewer()) == 16
    assert edited_file.titles == ["Ours", "2026-06-14 Choir"]


def test_foreign_tab_with_the_same_id_is_left_alone(edited: Edited) -> None:
    edited.tab.developer_metadata.clear()
    before = dict(edited.tab.cells)
    with pytest.raises(GoogleRefused, match=f"gid={edited.tab.id}.*delete it"):
        publish(edited.meeting, report(edited.meeting, ROWS[:10]))
    assert edited.tab.cells == before
