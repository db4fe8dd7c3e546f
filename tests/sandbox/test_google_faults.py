"""Faults of the sandbox's Google, as the official client meets them."""

from __future__ import annotations

import json
from typing import Any

import pytest
import requests
from googleapiclient.errors import HttpError

from sandbox.google.seed import SHARED_SPREADSHEET
from tests.google_calls import BATCH, LIST
from tests.sandbox.google_book import SEARCH, Google, add_sheet, refused

REFUSALS = {
    "internal": (500, "INTERNAL", "Internal error encountered."),
    "unavailable": (503, "UNAVAILABLE", "The service is currently unavailable."),
    "forbidden": (403, "PERMISSION_DENIED", "The caller does not have permission"),
    "scopes": (403, "PERMISSION_DENIED", "Request had insufficient authentication scopes."),
    "disabled": (403, "PERMISSION_DENIED", "Google Sheets API has not been used in project"),
    "missing": (404, "NOT_FOUND", "Requested entity was not found."),
    "quota": (429, "RESOURCE_EXHAUSTED", "Quota exceeded for quota metric 'Write requests'"),
}


def write(google: Google, title: str = "new") -> dict[str, Any]:
    """Add a sheet; the error if that is refused."""
    try:
        google.batch(SHARED_SPREADSHEET, add_sheet(title=title)).execute()
    except HttpError as error:
        return json.loads(error.content)["error"]
    return {"code": 200}


def titles(google: Google) -> list[str]:
    return [sheet.title for sheet in google.state.spreadsheets[SHARED_SPREADSHEET].sheets]


def test_refusals_apply_nothing_and_pass(google: Google) -> None:
    said = {}
    for kind, (_, _, message) in REFUSALS.items():
        google.state.faults.add(kind, BATCH)
        error = write(google)
        said[kind] = (error["code"], error["status"], error["message"][: len(message)])
        assert titles(google) == ["Notes"], kind
    assert said == REFUSALS
    assert write(google) == {"code": 200}
    assert titles(google) == ["Notes", "new"]


def test_quotas_of_a_minute_are_refused_in_googles_words(google: Google) -> None:
    google.state.quotas = {"write": 2}
    answers = [write(google, f"new {number}") for number in range(3)]
    assert [answer["code"] for answer in answers] == [200, 200, 429]
    (info,) = answers[2]["details"]
    assert info["reason"] == "RATE_LIMIT_EXCEEDED"
    assert info["metadata"]["quota_limit"] == "WriteRequestsPerMinutePerUser"
    assert google.spreadsheets.get(spreadsheetId=SHARED_SPREADSHEET).execute()["sheets"]


def test_faults_count_the_calls_of_their_method_and_file(google: Google) -> None:
    google.state.faults.add("forbidden", BATCH, file="another")
    google.state.faults.add("unavailable", BATCH, times=2, after=1, file=SHARED_SPREADSHEET)
    outcomes = []
    for number in range(4):
        google.files.list(**SEARCH).execute()
        outcomes.append(write(google, f"new {number}")["code"])
    assert outcomes == [200, 503, 503, 200]
    assert [call.status for call in google.state.requests if call.method == BATCH] == outcomes
    assert google.state.counts() == {BATCH: 4, LIST: 4}


@pytest.mark.parametrize(
    ("kind", "left"), [("lost-reply", ["Notes", "new"]), ("hang-up", ["Notes"])]
)
def test_connection_is_closed_after_or_before_the_write(
    google: Google, kind: str, left: list[str]
) -> None:
    """Sent by another client: the official one repeats by itself a request that was lost."""
    google.state.faults.add(kind, BATCH)
    url = f"{google.url}/v4/spreadsheets/{SHARED_SPREADSHEET}:batchUpdate"
    with pytest.raises(requests.ConnectionError):
        requests.post(url, json={"requests": [add_sheet(title="new")]}, timeout=60)
    assert titles(google) == left
    assert google.state.requests[-1][1:] == (BATCH, 0)


def test_faults_over_http(google: Google) -> None:
    url = f"{google.url}/_sandbox/google/faults"
    wrong = [{"kind": "earthquake"}, {"kind": "slow", "colour": 1}]
    assert [requests.post(url, json=fault, timeout=60).status_code for fault in wrong] == [400, 400]
    planned = requests.post(url, json={"kind": "missing", "times": 3}, timeout=60)
    assert (planned.status_code, len(planned.json())) == (201, 1)
    assert refused(google.files.list(**SEARCH))["code"] == 404
    assert requests.delete(url, timeout=60).json() == []
    assert google.files.list(**SEARCH).execute()["kind"] == "drive#fileList"
