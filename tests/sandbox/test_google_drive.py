"""Drive of the sandbox, and who may open what, through the official clients."""

from __future__ import annotations

import urllib.error
import urllib.request
from typing import Any

from googleapiclient.errors import HttpError

from sandbox.google.discovery import methods
from sandbox.google.endpoints import ANSWERS
from sandbox.google.files import FOLDER, SPREADSHEET
from sandbox.google.seed import (
    MY_DRIVE_FOLDER,
    PRIVATE_SPREADSHEET,
    REPORTS_FOLDER,
    SHARED_SPREADSHEET,
)
from tests.sandbox.google_book import DRIVES, SEARCH, Google, add_sheet, refused

NEW = {"name": "report", "mimeType": SPREADSHEET, "parents": [REPORTS_FOLDER]}


def status(request: Any) -> int | None:
    try:
        request.execute()
    except HttpError as refusal:
        return refusal.status_code
    return None


def test_a_new_spreadsheet_is_empty_and_has_a_link(google: Google) -> None:
    made = google.files.create(body=NEW, fields="id,webViewLink", **DRIVES).execute()
    link = f"{google.url}/spreadsheets/d/{made['id']}/edit"
    grid = {"rowCount": 1000, "columnCount": 26}
    sheet = {"sheetId": 0, "title": "Sheet1", "index": 0, "sheetType": "GRID"}
    book = google.spreadsheets.get(spreadsheetId=made["id"]).execute()
    assert (made["webViewLink"], book["spreadsheetUrl"]) == (link, link)
    assert book["properties"]["timeZone"] == "Etc/GMT"
    assert book["sheets"] == [{"properties": {**sheet, "gridProperties": grid}}]


def test_files_that_cannot_be_made(google: Google) -> None:
    wrong = {
        "unknown field": ({"nmae": "report"}, 400),
        "wrong type": ({"name": 7}, 400),
        "another kind": ({"mimeType": "text/csv"}, 501),
        "a star": ({"starred": True}, 501),
        "two parents": ({"parents": [REPORTS_FOLDER, MY_DRIVE_FOLDER]}, 400),
        "no such parent": ({"parents": ["nobody"]}, 404),
        "a parent that is no folder": ({"parents": [SHARED_SPREADSHEET]}, 400),
        "a long property": ({"properties": {"key": "x" * 122}}, 400),
    }
    said = {
        what: status(google.files.create(body=NEW | change, **DRIVES))
        for what, (change, _) in wrong.items()
    }
    assert said == {what: code for what, (_, code) in wrong.items()}
    assert google.found("name = 'report'") == []


def test_a_service_account_owns_no_storage(google: Google) -> None:
    for parents in ([MY_DRIVE_FOLDER], ["root"], []):
        error = refused(google.files.create(body=NEW | {"parents": parents}, **DRIVES))
        assert (error["code"], error["reason"]) == (403, "storageQuotaExceeded"), parents
        assert error["domain"] == "usageLimits", parents
        assert error["message"].startswith("Service Accounts do not have storage quota.")


def test_what_is_not_shared_cannot_be_opened(google: Google) -> None:
    files = (SHARED_SPREADSHEET, PRIVATE_SPREADSHEET, "nobody")
    opened = [status(google.spreadsheets.get(spreadsheetId=file)) for file in files]
    found = [status(google.files.get(fileId=file, **DRIVES)) for file in files]
    assert (opened, found) == ([None, 403, 404], [None, 404, 404])
    error = {"code": 404, "message": "File not found: nobody.", "domain": "global"}
    error |= {"reason": "notFound", "location": "fileId", "locationType": "parameter"}
    assert refused(google.files.get(fileId="nobody", **DRIVES)) == error


def test_who_may_only_read_changes_nothing(google: Google) -> None:
    for file in (SHARED_SPREADSHEET, REPORTS_FOLDER):
        google.state.files[file].editable = False
    asked = google.files.get(fileId=REPORTS_FOLDER, fields="capabilities(canAddChildren)", **DRIVES)
    assert asked.execute() == {"capabilities": {"canAddChildren": False}}
    changes = {
        "create": google.files.create(body=NEW, **DRIVES),
        "update": google.files.update(fileId=SHARED_SPREADSHEET, body={"trashed": True}, **DRIVES),
        "batchUpdate": google.batch(SHARED_SPREADSHEET, add_sheet(title="Mine")),
    }
    said = {what: status(request) for what, request in changes.items()}
    assert said == dict.fromkeys(changes, 403)
    assert not google.state.files[SHARED_SPREADSHEET].trashed


def test_shared_drives_need_their_flags(google: Google) -> None:
    report = google.create("report")
    assert status(google.files.get(fileId=report)) == 404
    assert status(google.files.create(body=NEW)) == 404
    q = "name = 'report'"
    flags = refused(google.files.list(q=q, **SEARCH | {"supportsAllDrives": False}))
    assert (flags["code"], flags["location"]) == (400, "includeItemsFromAllDrives")
    assert status(google.files.list(q=q, **SEARCH | {"corpora": "user"})) == 501


def test_searches(google: Google) -> None:
    google.create("report", properties={"week": "47"})
    google.create("It's")
    google.create("a\\b")
    google.state.add_spreadsheet("Ours", MY_DRIVE_FOLDER)
    answers = {
        "name = 'It\\'s'": ["It's"],
        "name='a\\\\b' and trashed = false": ["a\\b"],
        "name = 'It\\'s' and trashed = true": [],
        "properties has { key='week' and value='47' }": ["report"],
        f"properties has {{key='week' and value='48'}} and mimeType = '{SPREADSHEET}'": [],
        f"name = 'Doubles' and mimeType = '{FOLDER}'": ["Doubles", "Doubles"],
        "name = 'Ours'": ["Ours"],
        "name = 'Salaries'": [],
    }
    assert {q: google.found(q) for q in answers} == answers
    wrong = dict.fromkeys(["name = 'a", "name = 'It's'"], 400)
    wrong |= dict.fromkeys(["name", "nmae = 'a'", "name = 'a' or name = 'b'", "trashed = 1"], 501)
    wrong |= dict.fromkeys(["name = 'a' name = 'b'", "name = 'a' and "], 501)
    assert {q: status(google.files.list(q=q, **SEARCH)) for q in wrong} == wrong


def test_the_trash_is_searched_unless_excluded(google: Google) -> None:
    report = google.create("report")
    google.files.update(fileId=report, body={"trashed": True}, **DRIVES).execute()
    folder = google.state.add_folder("folder", REPORTS_FOLDER, trashed=True)
    google.create("report", parents=[folder])
    assert google.found("name = 'report'") == ["report", "report"]
    assert google.found("name = 'report' and trashed = false") == []


def test_pages_are_followed_to_their_end(google: Google) -> None:
    for _ in range(5):
        google.create("week")
    fields = "nextPageToken,files(name)"
    request = google.files.list(q="name = 'week'", pageSize=2, fields=fields, **SEARCH)
    pages = []
    while request:
        page = request.execute()
        pages.append(page)
        request = google.files.list_next(request, page)
    assert [len(page["files"]) for page in pages] == [2, 2, 1]
    token = pages[0]["nextPageToken"]
    other = google.files.list(q="name = 'report'", pageToken=token, **SEARCH)
    assert refused(other)["location"] == "pageToken"


def test_default_replies_and_masks(google: Google) -> None:
    q = "name = 'Attendance'"
    file = {"kind": "drive#file", "id": SHARED_SPREADSHEET, "name": "Attendance"}
    listed = {"kind": "drive#fileList", "incompleteSearch": False}
    assert google.files.list(q=q, **SEARCH).execute() == listed | {
        "files": [file | {"mimeType": SPREADSHEET}]
    }
    asked = google.files.get(fileId=SHARED_SPREADSHEET, fields="name,trashed").execute()
    assert asked == {"name": "Attendance", "trashed": False}
    error = refused(google.files.get(fileId=SHARED_SPREADSHEET, fields="nmae"))
    assert (error["code"], error["message"]) == (400, "Invalid field selection nmae")
    assert (error["reason"], error["location"]) == ("invalidParameter", "fields")


def sent(url: str, verb: str = "GET") -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, method=verb)) as answer:
            return answer.status
    except urllib.error.HTTPError as refusal:
        return refusal.code


def test_every_other_method_is_501(google: Google) -> None:
    others = [one for api in ("sheets", "drive") for one in methods(api) if one.id not in ANSWERS]
    said = {
        one.id: sent(google.url + one.path.replace("{", "").replace("}", ""), one.verb)
        for one in others
    }
    assert len(said) > 60
    assert said == dict.fromkeys(said, 501)


def test_query_parameters_are_checked(google: Google) -> None:
    url = f"{google.url}/v4/spreadsheets/{SHARED_SPREADSHEET}"
    answers = {
        "alt=json&prettyPrint=true": 200,
        "frobnicate=1": 400,
        "includeGridData=maybe": 400,
        "alt=csv": 400,
        "includeGridData=true": 501,
        "ranges=Notes": 501,
    }
    assert {query: sent(f"{url}?{query}") for query in answers} == answers
