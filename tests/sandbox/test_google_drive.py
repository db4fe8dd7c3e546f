"""Drive of the sandbox, through the official client."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import pytest
from googleapiclient.errors import HttpError

from sandbox.google import create_app
from sandbox.google.clients import drive_client, sheets_client
from sandbox.google.files import FOLDER, SPREADSHEET
from sandbox.google.seed import (
    MY_DRIVE_FOLDER,
    PRIVATE_SPREADSHEET,
    REPORTS_FOLDER,
    SHARED_DRIVE,
    SHARED_SPREADSHEET,
)
from sandbox.server import serve

ALL = {"supportsAllDrives": True}
SEARCH = {**ALL, "includeItemsFromAllDrives": True}


class Google:
    def __init__(self, url: str, state: Any) -> None:
        self.url, self.state = url, state
        client = drive_client(url)
        self.files, self.permissions = client.files(), client.permissions()

    @cached_property
    def sheets(self) -> Any:
        return sheets_client(self.url).spreadsheets()

    def create(self, name: str, parent: str = REPORTS_FOLDER, **body: Any) -> str:
        body = {"name": name, "mimeType": SPREADSHEET, "parents": [parent], **body}
        return self.files.create(body=body, fields="id", **ALL).execute()["id"]

    def found(self, q: str, **query: Any) -> list[str]:
        page = self.files.list(q=q, fields="files(name)", **(SEARCH | query)).execute()
        return [file["name"] for file in page["files"]]


@pytest.fixture
def google() -> Iterator[Google]:
    app = create_app()
    with serve(app) as url:
        yield Google(url, app.state.google)


def refused(request: Any) -> tuple[int, dict[str, Any]]:
    with pytest.raises(HttpError) as error:
        request.execute()
    body = json.loads(error.value.content)["error"]
    assert body["code"] == error.value.status_code
    return body["code"], body["errors"][0]


def test_a_new_spreadsheet_is_empty_and_has_a_link(google: Google) -> None:
    body = {"name": "zoom_report", "mimeType": SPREADSHEET, "parents": [REPORTS_FOLDER]}
    made = google.files.create(body=body, fields="id,webViewLink", **ALL).execute()
    link = f"{google.url}/spreadsheets/d/{made['id']}/edit"
    assert made["webViewLink"] == link
    book = google.sheets.get(spreadsheetId=made["id"]).execute()
    assert book["spreadsheetUrl"] == link
    assert book["properties"]["timeZone"] == "Etc/GMT"
    (sheet,) = book["sheets"]
    grid = {"rowCount": 1000, "columnCount": 26}
    expected = {"sheetId": 0, "title": "Sheet1", "index": 0, "sheetType": "GRID"}
    assert sheet == {"properties": {**expected, "gridProperties": grid}}


def test_the_first_sheet_can_have_another_id(google: Google) -> None:
    google.state.first_sheet_id = 1234
    book = google.sheets.get(spreadsheetId=google.create("report")).execute()
    assert book["sheets"][0]["properties"]["sheetId"] == 1234


@pytest.mark.parametrize("parents", [[MY_DRIVE_FOLDER], ["root"], []])
def test_a_service_account_owns_no_storage(google: Google, parents: list[str]) -> None:
    body = {"name": "report", "mimeType": SPREADSHEET, "parents": parents}
    status, error = refused(google.files.create(body=body, **ALL))
    assert (status, error["reason"]) == (403, "storageQuotaExceeded")
    assert error["domain"] == "usageLimits"
    assert error["message"].startswith("Service Accounts do not have storage quota.")


def test_spreadsheets_create_is_refused(google: Google) -> None:
    with pytest.raises(HttpError) as error:
        google.sheets.create(body={"properties": {"title": "report"}}).execute()
    expected = {"code": 403, "message": "The caller does not have permission"}
    expected |= {"status": "PERMISSION_DENIED"}
    assert json.loads(error.value.content) == {"error": expected}


@pytest.mark.parametrize(
    ("file_id", "status"), [(PRIVATE_SPREADSHEET, 403), ("nobody", 404), (SHARED_SPREADSHEET, None)]
)
def test_sheets_opens_what_is_shared(google: Google, file_id: str, status: int | None) -> None:
    request = google.sheets.get(spreadsheetId=file_id)
    if status is None:
        assert request.execute()["spreadsheetId"] == file_id
        return
    with pytest.raises(HttpError) as error:
        request.execute()
    assert error.value.status_code == status


@pytest.mark.parametrize("file_id", [PRIVATE_SPREADSHEET, "nobody"])
def test_drive_does_not_know_what_is_not_shared(google: Google, file_id: str) -> None:
    status, error = refused(google.files.get(fileId=file_id, **ALL))
    expected = {"message": f"File not found: {file_id}.", "domain": "global", "reason": "notFound"}
    assert (status, error) == (404, {**expected, "location": "fileId", "locationType": "parameter"})


def test_shared_drives_need_their_flags(google: Google) -> None:
    report = google.create("report")
    assert refused(google.files.get(fileId=report))[0] == 404
    assert refused(google.files.create(body={"mimeType": FOLDER, "parents": [REPORTS_FOLDER]}))[0]
    q = "name = 'report'"
    assert google.found(q) == ["report"]
    assert google.found(q, includeItemsFromAllDrives=False) == []
    assert google.found(q, supportsAllDrives=False, includeItemsFromAllDrives=False) == []
    assert google.found(q, corpora="drive", driveId=SHARED_DRIVE) == ["report"]
    assert google.found("name = 'Attendance'", corpora="drive", driveId=SHARED_DRIVE) == []


QUERIES = [
    ("name = 'It\\'s'", ["It's"]),
    ("name='a\\\\b'", ["a\\b"]),
    ('name = "It\'s"', ["It's"]),
    ("name contains 'two'", ["report two"]),
    ("name contains 'wo'", []),
    ("name != 'It\\'s' and name contains 'a\\\\'", ["a\\b"]),
    ("not name contains 'report' and 'FOLDER' in parents", ["It's", "a\\b"]),
    ("appProperties has { key='week' and value='47' }", ["one report"]),
    ("appProperties has {key='week' and value='48'} or name = 'It\\'s'", ["It's"]),
    ("properties has { key='week' and value='47' }", ["report two"]),
    ("(name = 'one report' or name = 'It\\'s') and trashed = false", ["one report", "It's"]),
    (f"mimeType = '{FOLDER}' and name = 'Doubles'", ["Doubles", "Doubles"]),
    ("modifiedTime > '2000-01-01T00:00:00' and name = 'report two'", ["report two"]),
]


@pytest.mark.parametrize(("q", "names"), QUERIES)
def test_searches(google: Google, q: str, names: list[str]) -> None:
    google.create("one report", appProperties={"week": "47"})
    google.create("report two", properties={"week": "47"})
    google.create("It's")
    google.create("a\\b")
    found = google.found(f"({q.replace('FOLDER', REPORTS_FOLDER)})", orderBy="createdTime")
    assert found == names


@pytest.mark.parametrize(
    "q", ["name", "name = It", "name = 'a", "name ~ 'a'", "'a' in", "nmae = 'a'", "trashed = 1",
          "name = 'a' name = 'b'", "(name = 'a'", "properties has { key='a' }", "trashed = 'true'"],
)  # fmt: skip
def test_queries_that_do_not_parse(google: Google, q: str) -> None:
    status, error = refused(google.files.list(q=q))
    expected = {"message": "Invalid Value", "domain": "global", "reason": "invalid"}
    assert (status, error) == (400, {**expected, "location": "q", "locationType": "parameter"})


def test_the_trash_is_searched_unless_excluded(google: Google) -> None:
    folder = google.create("folder", mimeType=FOLDER)
    google.create("report", folder)
    google.files.update(fileId=folder, body={"trashed": True}, **ALL).execute()
    assert google.found("name = 'report'") == ["report"]
    assert google.found("name = 'report' and trashed = false") == []
    assert google.found("trashed = true", orderBy="name") == ["folder", "report"]


def test_pages_are_followed_to_their_end(google: Google) -> None:
    for number in range(5):
        google.create(f"week {number}")
    q, fields = "name contains 'week'", "nextPageToken,files(name)"
    request = google.files.list(q=q, pageSize=2, orderBy="name desc", fields=fields, **SEARCH)
    pages = []
    while request:
        page = request.execute()
        pages.append([file["name"][-1] for file in page["files"]])
        request = google.files.list_next(request, page)
    assert pages == [["4", "3"], ["2", "1"], ["0"]]


def test_a_page_token_belongs_to_its_search(google: Google) -> None:
    first = google.files.list(q="trashed = false", pageSize=1, **SEARCH).execute()
    token = first["nextPageToken"]
    other = google.files.list(q="trashed = true", pageSize=1, pageToken=token, **SEARCH)
    assert refused(other)[1]["location"] == "pageToken"


def test_default_reply_of_a_search(google: Google) -> None:
    empty = google.files.list(q="name = 'nobody'").execute()
    assert empty == {"kind": "drive#fileList", "incompleteSearch": False, "files": []}
    (file,) = google.files.list(q="name = 'Attendance'").execute()["files"]
    expected = {"kind": "drive#file", "id": SHARED_SPREADSHEET, "name": "Attendance"}
    assert file == {**expected, "mimeType": SPREADSHEET}


def test_masks_of_drive(google: Google) -> None:
    asked = google.files.get(fileId=SHARED_SPREADSHEET, fields="name,trashed").execute()
    assert asked == {"name": "Attendance", "trashed": False}
    status, error = refused(google.files.get(fileId=SHARED_SPREADSHEET, fields="nmae"))
    assert (status, error["message"]) == (400, "Invalid field selection nmae")
    assert (error["reason"], error["location"]) == ("invalidParameter", "fields")


def test_update_moves_by_query_only(google: Google) -> None:
    report = google.create("report")
    other = google.create("other", mimeType=FOLDER)
    status, error = refused(google.files.update(fileId=report, body={"parents": [other]}, **ALL))
    assert (status, error["reason"]) == (403, "fieldNotWritable")
    move = {"addParents": other, "removeParents": REPORTS_FOLDER, "fields": "parents"}
    assert google.files.update(fileId=report, **move, **ALL).execute() == {"parents": [other]}


def test_update_renames_and_changes_properties(google: Google) -> None:
    report = google.create("report", appProperties={"a": "1", "b": "2"})
    body = {"name": "renamed", "appProperties": {"a": None, "c": "3"}}
    fields = "name,appProperties"
    changed = google.files.update(fileId=report, body=body, fields=fields, **ALL).execute()
    assert changed == {"name": "renamed", "appProperties": {"b": "2", "c": "3"}}
    title = google.sheets.get(spreadsheetId=report, fields="properties.title").execute()
    assert title == {"properties": {"title": "renamed"}}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"nmae": "report"}, 400),
        ({"name": 7}, 400),
        ({"starred": True}, 501),
        ({"mimeType": "text/csv"}, 501),
        ({"parents": [REPORTS_FOLDER, MY_DRIVE_FOLDER]}, 400),
        ({"parents": ["nobody"]}, 404),
        ({"appProperties": {"key": "x" * 122}}, 400),
    ],
)
def test_files_that_cannot_be_made(google: Google, body: dict[str, Any], status: int) -> None:
    body = {"mimeType": SPREADSHEET, "parents": [REPORTS_FOLDER], **body}
    assert refused(google.files.create(body=body, **ALL))[0] == status
    assert google.found(f"'{REPORTS_FOLDER}' in parents") == []


def test_other_methods_and_parameters_are_501(google: Google) -> None:
    assert refused(google.files.delete(fileId=SHARED_SPREADSHEET))[0] == 501
    assert refused(google.files.list(spaces="drive"))[0] == 501


def test_the_same_person_again_is_the_same_permission(google: Google) -> None:
    report = google.create("report")
    body = {"type": "user", "role": "reader", "emailAddress": "ann@school.example"}
    silent = {"fileId": report, "body": body, "sendNotificationEmail": False, **ALL}
    first = google.permissions.create(**silent).execute()
    assert first == google.permissions.create(**silent).execute()
    assert first.keys() == {"kind", "id", "type", "role"}
    assert google.state.mails == []
    google.permissions.create(fileId=report, body=body, emailMessage="Hello", **ALL).execute()
    assert google.state.mails == [("ann@school.example", report, "Hello")]
    fields = "permissions(id,emailAddress)"
    listed = google.permissions.list(fileId=report, fields=fields, **ALL).execute()
    assert listed == {"permissions": [{"id": first["id"], "emailAddress": "ann@school.example"}]}


@pytest.mark.parametrize(
    "body",
    [
        {"type": "user", "role": "reader"},
        {"type": "user", "role": "owner", "emailAddress": "ann@school.example"},
        {"type": "friend", "role": "reader", "emailAddress": "ann@school.example"},
    ],
)
def test_permissions_that_cannot_be_given(google: Google, body: dict[str, Any]) -> None:
    assert refused(google.permissions.create(fileId=SHARED_SPREADSHEET, body=body))[0] == 400
