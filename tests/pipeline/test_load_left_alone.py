"""A report that people have changed stays as it is, and the record is kept all the same."""

from __future__ import annotations

from typing import Any

import pytest

from google_workspace.errors import GoogleRefused
from include.pipeline.extract import extract_session
from include.pipeline.files.attendance_records import KeptRecords
from include.pipeline.files.staging import StagingFolder
from include.pipeline.load import publish_staged
from include.pipeline.task_data import PublishedReport, SessionData
from include.pipeline.transform import take_staged_attendance
from sandbox.both import Sandbox
from sandbox.google import GoogleState
from sandbox.google.spreadsheet import Sheet
from sandbox.zoom.rows import participant_row
from tests.pipeline.evenings import EVENING, hold, minutes, session_of
from tests.pipeline.runs import WHERE, meeting
from zoom_provider.hooks.zoom import ZoomHook

TABLE = 6


def swap_rows(tab: Sheet) -> None:
    tab.cells[TABLE], tab.cells[TABLE + 1] = tab.cells[TABLE + 1], tab.cells[TABLE]


def write_below(tab: Sheet) -> None:
    """A remark beside somebody who is not in the report that comes next."""
    tab.cells[TABLE + 1][8] = {"userEnteredValue": {"stringValue": "paid"}}


@WHERE
@pytest.mark.parametrize("edit", [swap_rows, write_below])
def test_the_record_has_who_came_later(
    empty_sandbox: Sandbox,
    google: GoogleState,
    folder: StagingFolder,
    place: dict[str, Any],
    edit: Any,
) -> None:
    choir, world = meeting(publish_to=place), empty_sandbox.zoom.world
    middle, end = EVENING + minutes(30), EVENING + minutes(90)

    def publish(session: SessionData) -> PublishedReport:
        extract_session(session, ZoomHook(), folder)
        take_staged_attendance(choir, folder)
        return publish_staged(choir, folder)

    first = hold(world, EVENING, middle)
    published = publish(session_of(first))
    sheets = google.spreadsheets[published.spreadsheet_id].sheets
    edit(next(sheet for sheet in sheets if "Choir" in sheet.title))
    before = [sheet.cells for sheet in sheets]
    # Zoom's report of the first part has come to call Ben by another account.
    first.rows[1] = participant_row("Another Ben", EVENING, middle, account_id="other")
    rows = [participant_row(f"{name} Example", middle, end) for name in ("Cleo", "Dan")]
    second = hold(world, middle, end, rows)
    with pytest.raises(GoogleRefused, match="nothing was changed"):
        publish(session_of(first, second))
    assert [sheet.cells for sheet in sheets] == before
    (record,) = KeptRecords(choir).now()
    assert {"Ada Example", "Another Ben", "Cleo Example"} <= {one.shown for one in record.people}
    assert record.link == published.link
