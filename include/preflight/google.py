"""What the pipeline needs of Google for one meeting, tried without leaving anything behind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from google_workspace.calls import send
from google_workspace.errors import (
    GoogleApiDisabled,
    GoogleError,
    GoogleFewScopes,
    GoogleNotFound,
)
from google_workspace.hooks import DriveHook, SheetsHook
from google_workspace.http_errors import google_errors
from include.meeting import Folder, Meeting
from include.pipeline.drive.book_file import Spreadsheet
from include.pipeline.drive.keyed_files import folder_id_named
from include.pipeline.failures import OWNERS
from include.preflight.lines import Line, carried_out, not_ok, ok
from include.roster.members.classes import read_classes

TRACE = "zoom_attendance_preflight"
NO_SPREADSHEET = "0" * 44


def google_lines(meeting: Meeting) -> Iterator[Line]:
    """Yield a line for each check of what the reports are published to."""
    target = meeting.publish_to
    if isinstance(target, Folder):
        yield carried_out("Google Sheets", _reach_sheets)
        yield carried_out("Folder", lambda: _check_folder(target.folder))
    else:
        yield carried_out("Reading the spreadsheet", lambda: _read(target.spreadsheet))
        yield carried_out("Writing to the spreadsheet", lambda: _write(target.spreadsheet))
        yield carried_out("Leaders", lambda: _check_leaders(meeting, target.spreadsheet))


def _reach_sheets() -> Line:
    """Ask for a spreadsheet that does not exist: with API and scopes in order, Google says so."""
    with google_errors():
        hook = SheetsHook()
        get = hook.get_conn().spreadsheets().get(spreadsheetId=NO_SPREADSHEET)
        with suppress(GoogleNotFound):
            send(get, hook.num_retries)
    return ok("Google Sheets: it accepts the login.")


def _check_folder(name: str) -> Line:
    with google_errors():
        hook = DriveHook()
        folder_id = folder_id_named(hook, name)
        fields = "driveId,capabilities(canAddChildren)"
        get = hook.get_conn().files().get
        folder = send(
            get(fileId=folder_id, fields=fields, supportsAllDrives=True), hook.num_retries
        )
    if not folder["capabilities"]["canAddChildren"]:
        return not_ok(
            f"Folder {name!r}: the service account may only read it. Give it the role Content "
            "manager, on the shared drive or on the folder."
        )
    if not folder.get("driveId") and not hook.extras.get("subject"):
        return not_ok(f"Folder {name!r}: it lies in no shared drive. {OWNERS}")
    return ok(f"Folder {name!r}: found once, and new files can be made in it.")


def _read(spreadsheet_id: str) -> Line:
    with google_errors():
        hook = SheetsHook()
        get = hook.get_conn().spreadsheets().get
        found = send(
            get(spreadsheetId=spreadsheet_id, fields="properties(title)"), hook.num_retries
        )
    return ok(f"Reading the spreadsheet: it is called {found['properties']['title']!r}.")


def _write(spreadsheet_id: str) -> Line:
    """Create metadata that nobody sees and delete it in the same call, which is all or nothing."""
    metadata = {
        "metadataKey": TRACE,
        "visibility": "DOCUMENT",
        "location": {"spreadsheet": True},
    }
    lookup = {"developerMetadataLookup": {"metadataKey": TRACE}}
    requests = [
        {"createDeveloperMetadata": {"developerMetadata": metadata}},
        {"deleteDeveloperMetadata": {"dataFilter": lookup}},
    ]
    with google_errors():
        hook = SheetsHook()
        update = hook.get_conn().spreadsheets().batchUpdate
        send(update(spreadsheetId=spreadsheet_id, body={"requests": requests}), hook.num_retries)
    return ok("Writing to the spreadsheet: Google allows it.")


def _check_leaders(meeting: Meeting, spreadsheet_id: str) -> Line:
    """Try Drive, without which leaders of classes cannot be let in: of no account without them."""
    try:
        _reach_drive()
    except (GoogleFewScopes, GoogleApiDisabled) as error:
        if _are_named(meeting, spreadsheet_id):
            raise
        return ok(
            "Leaders: off, as Google Drive is closed to the connection. Reports and book do not "
            f"need it. Before you name leaders in Classes: {error}"
        )
    return ok("Leaders: Google Drive accepts the login, so the book may name leaders of classes.")


def _reach_drive() -> None:
    """Ask for a file that does not exist."""
    with google_errors():
        hook = DriveHook()
        get = hook.get_conn().files().get(fileId=NO_SPREADSHEET, fields="id")
        with suppress(GoogleNotFound):
            send(get, hook.num_retries)


def _are_named(meeting: Meeting, spreadsheet_id: str) -> bool:
    """Tell whether a class in the book has leaders. A book that cannot be read has none."""
    try:
        with google_errors():
            found = Spreadsheet(SheetsHook(), spreadsheet_id, meeting.name).read()
    except GoogleError:
        return False  # another line says why
    classes = read_classes(found.content.tabs.classes, [])
    return any(one.leaders for one in classes.values())
