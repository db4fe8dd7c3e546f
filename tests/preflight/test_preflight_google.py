"""Each thing that can be wrong at Google, as the line that the administrator reads."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from include.preflight.google import google_lines
from include.setup.google import SHEETS
from sandbox.both import Sandbox
from sandbox.google import GoogleState
from sandbox.google.seed import PRIVATE_SPREADSHEET, REPORTS_FOLDER, SHARED_SPREADSHEET
from tests.google_calls import BATCH, GET, LIST
from tests.pipeline.books import KeptBook
from tests.preflight.conftest import Said, bible_study, complaints
from tests.setup.service_account import key_file

SPREADSHEET = {"spreadsheet": SHARED_SPREADSHEET}


@pytest.fixture
def google(today: Sandbox) -> GoogleState:
    return today.google


def lines_about(place: dict[str, str]) -> list[str]:
    return [str(line) for line in google_lines(bible_study(publish_to=place))]


def content(google: GoogleState) -> str:
    """Everything that Google holds, but when it was last written to."""
    files = [vars(file) | {"modified_time": "", "hidden_lists": 0} for file in google.files]
    books = {key: vars(book) for key, book in google.spreadsheets.items()}
    return json.dumps([files, books], default=vars)


@pytest.mark.parametrize(
    ("place", "fine"),
    [
        (SPREADSHEET, "Reading the spreadsheet: it is called 'Attendance'."),
        ({"folder": "Attendance reports"}, "Google Sheets: it accepts the login."),
    ],
)
def test_all_is_fine_and_nothing_is_left_behind(
    google: GoogleState, place: dict[str, str], fine: str
) -> None:
    before = content(google)
    lines = lines_about(place)
    assert lines[0] == f"OK       {fine}"
    assert complaints(lines) == []
    assert content(google) == before


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ({"folder": "Nowhere"}, ["Folder: .*no folder named 'Nowhere'. Make it in a shared drive"]),
        ({"folder": "Doubles"}, ["Folder: .*2 folders named 'Doubles'. Rename all but one"]),
        ({"folder": "My Drive folder"}, ["Folder 'My Drive folder': it lies in no shared drive."]),
        (
            {"spreadsheet": PRIVATE_SPREADSHEET},
            ["Reading the spreadsheet: .*press Share", "Writing to the spreadsheet: .*as Editor"],
        ),
        (
            {"spreadsheet": "1" * 44},
            ["Reading .*: Google finds no such spreadsheet. Check", "Writing .* no such"],
        ),
    ],
)
def test_place_that_cannot_be_used(
    google: GoogleState, place: dict[str, str], said: list[str]
) -> None:
    found = complaints(lines_about(place))
    assert len(found) == len(said)
    for line, pattern in zip(found, said, strict=True):
        assert re.match(f"NOT OK   {pattern}", line)


def test_folder_that_may_only_be_read(google: GoogleState) -> None:
    google.files[REPORTS_FOLDER].editable = False
    (line,) = complaints(lines_about({"folder": "Attendance reports"}))
    assert "may only read it. Give it the role Content manager" in line


def test_spreadsheet_that_may_only_be_read(google: GoogleState) -> None:
    google.files[SHARED_SPREADSHEET].editable = False
    (line,) = complaints(lines_about(SPREADSHEET))
    assert line.startswith("NOT OK   Writing to the spreadsheet: ")
    assert "as Editor" in line


@pytest.mark.parametrize(
    ("kind", "method", "place", "what", "fix"),
    [
        ("disabled", GET, "folder", "Google Sheets", "Enable 'Google Sheets"),
        ("scopes", GET, "folder", "Google Sheets", "its field 'Scopes'"),
        ("disabled", LIST, "folder", "Folder", "'Google Drive API'"),
        ("scopes", LIST, "folder", "Folder", "https://www.googleapis.com/auth/drive"),
        ("disabled", GET, "tab", "Reading the spreadsheet", "Enable"),
        (
            "scopes",
            BATCH,
            "tab",
            "Writing to the spreadsheet",
            "Scopes",
        ),
    ],
)
def test_api_or_scope_that_is_missing(
    google: GoogleState, kind: str, method: str, place: str, what: str, fix: str
) -> None:
    google.faults.add(kind, method)
    (line,) = complaints(
        lines_about({"folder": "Attendance reports"} if place == "folder" else SPREADSHEET)
    )
    assert line.startswith(f"NOT OK   {what}: ")
    assert fix in line


def test_key_for_spreadsheets_alone_opens_no_folder(
    sandbox: Sandbox, google: GoogleState, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = tmp_path / "key.json"
    key_file(key, sandbox, known=True)
    connection = sandbox.connections["google_cloud_default"]
    extra = {"is_anonymous": False, "keyfile_dict": key.read_text(), "scope": SHEETS}
    changed = connection | {"extra": connection["extra"] | extra}
    monkeypatch.setenv("AIRFLOW_CONN_GOOGLE_CLOUD_DEFAULT", json.dumps(changed))
    assert complaints(lines_about(SPREADSHEET)) == []
    (line,) = complaints(lines_about({"folder": "Attendance reports"}))
    assert line.startswith("NOT OK   Folder: ")
    assert "https://www.googleapis.com/auth/drive" in line


@pytest.mark.parametrize(
    ("kind", "fix"),
    [
        ("scopes", "Put https://www.googleapis.com/auth/spreadsheets (Sheets) and https://"),
        ("disabled", "'Google Drive API'"),
    ],
)
def test_drive_is_needed_once_the_book_names_leaders(
    google: GoogleState, kind: str, fix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIRFLOW__ZOOM_ATTENDANCE__RECORDS_URL", f"file://{tmp_path}")
    closed = {"kind": kind, "method": "drive.files.get"}
    google.faults.add(**closed)
    *_, note = lines_about(SPREADSHEET)
    assert note.startswith("OK       Leaders: off, as Google Drive is closed to the connection.")
    assert fix in note
    book = KeptBook(google, bible_study(publish_to=SPREADSHEET))
    book.run()
    google.faults.add(**closed)
    assert lines_about(SPREADSHEET)[-1] == note
    book.enrol(classes=[["Youth", "lea@example.org"]])
    google.faults.add(**closed)
    (line,) = complaints(lines_about(SPREADSHEET))
    assert line.startswith("NOT OK   Leaders: ")
    assert fix in line
    assert "leaders in the book" in line
    *_, fine = lines_about(SPREADSHEET)
    assert fine.startswith("OK       Leaders: Google Drive accepts the login")


def test_missing_connection(said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AIRFLOW_CONN_GOOGLE_CLOUD_DEFAULT")
    found = complaints(said())
    assert len(found) == 2
    assert all("`google_cloud_default` isn't defined. Make it at" in line for line in found)
