"""What a caller may do who may only read, through the official clients."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from googleapiclient.errors import HttpError

from sandbox.google import GoogleState, create_app
from sandbox.google.clients import drive_client, sheets_client
from sandbox.google.files import SPREADSHEET
from sandbox.google.seed import REPORTS_FOLDER, SHARED_SPREADSHEET
from sandbox.server import serve

ALL = {"supportsAllDrives": True}
RENAME = {"updateSpreadsheetProperties": {"properties": {"title": "Mine"}, "fields": "title"}}


class Google(NamedTuple):
    state: GoogleState
    drive: Any
    spreadsheets: Any


@pytest.fixture
def google() -> Iterator[Google]:
    app = create_app()
    with serve(app) as url:
        spreadsheets = sheets_client(url).spreadsheets()
        yield Google(app.state.google, drive_client(url), spreadsheets)


def capabilities(google: Google, file_id: str) -> dict[str, bool]:
    get = google.drive.files().get
    return get(fileId=file_id, fields="capabilities", **ALL).execute()["capabilities"]


def status(request: Any) -> int:
    with pytest.raises(HttpError) as refused:
        request.execute()
    return refused.value.status_code


@pytest.mark.parametrize("editable", [True, False])
def test_capabilities_follow_the_role(google: Google, editable: bool) -> None:
    for file_id in (REPORTS_FOLDER, SHARED_SPREADSHEET):
        google.state.files[file_id].editable = editable
    folder = {"canEdit": editable, "canAddChildren": editable}
    assert capabilities(google, REPORTS_FOLDER) == folder
    assert capabilities(google, SHARED_SPREADSHEET) == folder | {"canAddChildren": False}


def test_reader_of_a_folder_makes_no_file_in_it(google: Google) -> None:
    google.state.files[REPORTS_FOLDER].editable = False
    body = {"name": "Report", "mimeType": SPREADSHEET, "parents": [REPORTS_FOLDER]}
    assert status(google.drive.files().create(body=body, **ALL)) == 403


def test_reader_of_a_spreadsheet_changes_nothing(google: Google) -> None:
    google.state.files[SHARED_SPREADSHEET].editable = False
    values, cell = google.spreadsheets.values(), {"range": "Notes!A1"}
    permission = {"type": "user", "role": "reader", "emailAddress": "ada@example.org"}
    sheet = {"spreadsheetId": SHARED_SPREADSHEET}
    for request in (
        google.spreadsheets.batchUpdate(**sheet, body={"requests": [RENAME]}),
        values.update(**sheet, **cell, valueInputOption="RAW", body={"values": [["x"]]}),
        values.clear(**sheet, **cell, body={}),
        google.drive.files().update(fileId=SHARED_SPREADSHEET, body={"name": "Mine"}),
        google.drive.permissions().create(fileId=SHARED_SPREADSHEET, body=permission),
    ):
        assert status(request) == 403
    assert values.get(**sheet, **cell).execute()["values"] == [["Notes for the teachers"]]
    assert google.state.files[SHARED_SPREADSHEET].name == "Attendance"
