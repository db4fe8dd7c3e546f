"""Faults of the sandbox's Google, as the official client meets them."""

from __future__ import annotations

import http.client
import json
import urllib.request
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import pytest
from googleapiclient.errors import HttpError

from sandbox.google import create_app
from sandbox.google.clients import drive_client, sheets_client
from sandbox.google.files import SPREADSHEET
from sandbox.google.seed import REPORTS_FOLDER, SHARED_SPREADSHEET
from sandbox.server import serve

BATCH = "sheets.spreadsheets.batchUpdate"
CREATE = {
    "body": {"name": "report", "mimeType": SPREADSHEET, "parents": [REPORTS_FOLDER]},
    "supportsAllDrives": True,
}
FIND = {"q": "name = 'report'", "supportsAllDrives": True, "includeItemsFromAllDrives": True}


class Google:
    def __init__(self, url: str, state: Any) -> None:
        self.url, self.state = url, state
        self.files = drive_client(url).files()

    @cached_property
    def sheets(self) -> Any:
        return sheets_client(self.url).spreadsheets()

    def add_sheet(self, title: str) -> Any:
        body = {"requests": [{"addSheet": {"properties": {"title": title}}}]}
        return self.sheets.batchUpdate(spreadsheetId=SHARED_SPREADSHEET, body=body)

    def titles(self) -> list[str]:
        return [sheet.title for sheet in self.state.spreadsheets[SHARED_SPREADSHEET].sheets]

    def post_once(self, path: str, body: dict[str, Any]) -> http.client.HTTPResponse:
        """A POST that is sent a single time: the official client repeats a lost one by itself."""
        connection = http.client.HTTPConnection(self.url.removeprefix("http://"), timeout=10)
        connection.request("POST", path, json.dumps(body))
        return connection.getresponse()


@pytest.fixture
def google() -> Iterator[Google]:
    app = create_app()
    with serve(app) as url:
        yield Google(url, app.state.google)


@pytest.mark.parametrize(
    ("kind", "status", "name", "message"),
    [
        ("internal", 500, "INTERNAL", "Internal error encountered."),
        ("unavailable", 503, "UNAVAILABLE", "The service is currently unavailable."),
        ("forbidden", 403, "PERMISSION_DENIED", "The caller does not have permission"),
        ("scopes", 403, "PERMISSION_DENIED", "Request had insufficient authentication scopes."),
        ("disabled", 403, "PERMISSION_DENIED", "Google Sheets API has not been used in project"),
        ("missing", 404, "NOT_FOUND", "Requested entity was not found."),
        ("quota", 429, "RESOURCE_EXHAUSTED", "Quota exceeded for quota metric 'Write requests'"),
    ],
)
def test_refusals_apply_nothing_and_pass(
    google: Google, kind: str, status: int, name: str, message: str
) -> None:
    google.state.faults.add(kind, BATCH)
    with pytest.raises(HttpError) as refused:
        google.add_sheet("new").execute()
    error = json.loads(refused.value.content)["error"]
    assert (refused.value.status_code, error["status"]) == (status, name)
    assert error["message"].startswith(message)
    assert google.titles() == ["Notes"]
    google.add_sheet("new").execute()
    assert google.titles() == ["Notes", "new"]


def test_quota_body_is_googles(google: Google) -> None:
    google.state.faults.add("quota", BATCH)
    with pytest.raises(HttpError) as refused:
        google.add_sheet("new").execute()
    assert "retry-after" not in refused.value.resp
    (info,) = json.loads(refused.value.content)["error"]["details"]
    assert info["reason"] == "RATE_LIMIT_EXCEEDED"
    assert info["metadata"]["quota_limit"] == "WriteRequestsPerMinutePerUser"


def test_drive_refusals_carry_their_reason(google: Google) -> None:
    google.state.faults.add("error", "drive.files.list", status=403, message="Slow down")
    with pytest.raises(HttpError) as refused:
        google.files.list().execute()
    (error,) = json.loads(refused.value.content)["error"]["errors"]
    expected = {"message": "Slow down", "domain": "global", "reason": "insufficientFilePermissions"}
    assert error == expected


def test_after_and_times_count_the_calls_of_the_method(google: Google) -> None:
    google.state.faults.add("unavailable", BATCH, times=2, after=1)
    outcomes = []
    for number in range(4):
        google.files.list().execute()
        try:
            google.add_sheet(f"new {number}").execute()
            outcomes.append(200)
        except HttpError as refused:
            outcomes.append(refused.status_code)
    assert outcomes == [200, 503, 503, 200]
    assert [r.status for r in google.state.requests if r.method == BATCH] == outcomes
    assert google.state.counts() == {BATCH: 4, "drive.files.list": 4}


@pytest.mark.parametrize(
    ("kind", "titles"), [("lost-reply", ["Notes", "new"]), ("hang-up", ["Notes"])]
)
def test_connection_is_closed_after_or_before_the_write(
    google: Google, kind: str, titles: list[str]
) -> None:
    google.state.faults.add(kind, BATCH)
    body = {"requests": [{"addSheet": {"properties": {"title": "new"}}}]}
    with pytest.raises(http.client.RemoteDisconnected):
        google.post_once(f"/v4/spreadsheets/{SHARED_SPREADSHEET}:batchUpdate", body)
    assert google.titles() == titles
    assert google.state.requests[-1][1:] == (BATCH, 0)


def test_the_client_itself_repeats_a_create_whose_reply_was_lost(google: Google) -> None:
    google.state.faults.add("lost-reply", "drive.files.create")
    google.files.create(**CREATE).execute(num_retries=0)
    assert len(google.files.list(**FIND).execute()["files"]) == 2


def test_search_lags_but_get_by_id_does_not(google: Google) -> None:
    google.state.faults.add("search-lag", lists=2)
    assert google.files.list(**FIND).execute()["files"] == []
    file_id = google.files.create(**CREATE).execute()["id"]
    found = [len(google.files.list(**FIND).execute()["files"]) for _ in range(4)]
    assert found == [0, 0, 1, 1]
    assert google.files.get(fileId=file_id, supportsAllDrives=True).execute()["id"] == file_id


def test_an_answer_that_is_not_json_is_a_text_for_the_client(google: Google) -> None:
    google.state.faults.add("garbage")
    assert isinstance(google.files.list().execute(), str)


def test_a_slow_reply_arrives(google: Google) -> None:
    google.state.faults.add("slow", BATCH, seconds=0.05)
    google.add_sheet("new").execute()
    assert google.titles() == ["Notes", "new"]


def test_quotas_of_a_minute(google: Google) -> None:
    google.state.quotas = {"write": 2}
    outcomes = []
    for number in range(3):
        try:
            google.add_sheet(f"new {number}").execute()
            outcomes.append(200)
        except HttpError as refused:
            outcomes.append(refused.status_code)
    assert outcomes == [200, 200, 429]
    assert google.sheets.get(spreadsheetId=SHARED_SPREADSHEET).execute()["sheets"]


def test_fault_strikes_its_file_only(google: Google) -> None:
    google.state.faults.add("forbidden", BATCH, file="another")
    google.add_sheet("new").execute()
    google.state.faults.add("forbidden", BATCH, file=SHARED_SPREADSHEET)
    with pytest.raises(HttpError):
        google.add_sheet("newer").execute()


def test_token_service_refuses_every_key_or_is_down(google: Google) -> None:
    google.state.faults.add("unavailable", "oauth2.token")
    answers = [google.post_once("/oauth2/token", {}) for _ in range(2)]
    said = [(answer.status, json.loads(answer.read())["error"]) for answer in answers]
    assert said == [(503, "internal_failure"), (400, "invalid_grant")]


def test_unknown_fault_is_refused(google: Google) -> None:
    with pytest.raises(ValueError, match="unknown fault 'earthquake'"):
        google.state.faults.add("earthquake")


def test_faults_over_http(google: Google) -> None:
    reply = google.post_once("/_sandbox/google/faults", {"kind": "missing", "times": 3})
    assert (reply.status, len(json.load(reply))) == (201, 1)
    assert google.post_once("/_sandbox/google/faults", {"kind": "earthquake"}).status == 400
    assert google.post_once("/_sandbox/google/faults", {"kind": "slow", "colour": 1}).status == 400
    with pytest.raises(HttpError, match="404"):
        google.files.list().execute()
    url = f"{google.url}/_sandbox/google/faults"
    with urllib.request.urlopen(urllib.request.Request(url, method="DELETE")) as cleared:
        assert json.load(cleared) == []
    assert google.files.list().execute()["kind"] == "drive#fileList"


@pytest.mark.parametrize("query", ["frobnicate=1", "includeGridData=maybe", "alt=csv"])
def test_query_parameters_are_checked(google: Google, query: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{google.url}/v4/spreadsheets/{SHARED_SPREADSHEET}?{query}")
    assert refused.value.code == 400
