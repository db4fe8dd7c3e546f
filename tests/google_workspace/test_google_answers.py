"""Google's refusals as they come over the wire: each says what to do."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from typing import Any

import pytest

from google_workspace.calls import send
from google_workspace.errors import (
    GoogleCannotHold,
    GoogleError,
    GoogleNoStorage,
    GoogleUnavailable,
)
from google_workspace.hooks import SheetsHook
from tests.raw_server import raw_server, read_request


def drive(reason: str, message: str) -> dict[str, Any]:
    item = {"message": message, "domain": "global", "reason": reason}
    return {"code": 403, "message": message, "errors": [item]}


def sheets(code: int, status: str, message: str) -> dict[str, Any]:
    return {"code": code, "message": message, "status": status}


def answering(error: dict[str, Any], **headers: str) -> Callable[[socket.socket], None]:
    body = json.dumps({"error": error}).encode()
    lines = [
        f"HTTP/1.1 {error['code']} No",
        "content-type: application/json",
        f"content-length: {len(body)}",
        *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items()),
    ]
    whole = "\r\n".join([*lines, "", ""]).encode("latin-1") + body

    def answer(connection: socket.socket) -> None:
        while read_request(connection):
            connection.sendall(whole)

    return answer


def refused(monkeypatch: pytest.MonkeyPatch, error: dict[str, Any], **headers: str) -> GoogleError:
    with raw_server(answering(error, **headers)) as url:
        extra = {"is_anonymous": True, "sheets_api_endpoint": f"{url}/"}
        connection = {"conn_type": "google_cloud_platform", "extra": extra}
        monkeypatch.setenv("AIRFLOW_CONN_GOOGLE_CLOUD_DEFAULT", json.dumps(connection))
        get = SheetsHook().get_conn().spreadsheets().get(spreadsheetId="1")
        with pytest.raises(GoogleError) as caught:
            send(get, num_retries=0)
    return caught.value


@pytest.mark.parametrize(
    ("error", "kind", "what_to_do"),
    [
        (
            sheets(400, "FAILED_PRECONDITION", "This operation is not supported for this document"),
            GoogleCannotHold,
            "Save as Google Sheets",
        ),
        (
            sheets(
                400,
                "INVALID_ARGUMENT",
                "Invalid requests[0].updateCells: You are trying to edit a protected cell or "
                "object. Please contact the spreadsheet owner to remove protection.",
            ),
            GoogleCannotHold,
            "Take the protection away",
        ),
        (
            sheets(
                400,
                "INVALID_ARGUMENT",
                "Invalid requests[0].addSheet: This action would increase the number of cells in "
                "the workbook above the limit of 10000000 cells.",
            ),
            GoogleCannotHold,
            "Delete tabs or empty rows",
        ),
        (
            drive(
                "teamDriveFileLimitExceeded",
                "The file limit for this shared drive has been exceeded.",
            ),
            GoogleCannotHold,
            "Move old ones to another",
        ),
        (
            drive(
                "numChildrenInNonRootLimitExceeded",
                "The limit for this folder's number of children (files and folders) has been "
                "exceeded.",
            ),
            GoogleCannotHold,
            "Move old ones to another",
        ),
        (
            drive("storageQuotaExceeded", "The user's Drive storage quota has been exceeded."),
            GoogleNoStorage,
            "Free some space",
        ),
        (
            drive("domainPolicy", "The domain administrators have disabled Drive apps."),
            GoogleCannotHold,
            "Its administrator can allow it",
        ),
    ],
)
def test_a_limit_a_protection_or_a_policy_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
    error: dict[str, Any],
    kind: type[GoogleError],
    what_to_do: str,
) -> None:
    answer = refused(monkeypatch, error)
    assert type(answer) is kind
    assert what_to_do in str(answer)


@pytest.mark.parametrize("told", ["\u00b2", "-5", "2275379200", "Sun, 31 May 2099 00:00:00 GMT"])
def test_no_retry_after_makes_google_wait_for_years(
    monkeypatch: pytest.MonkeyPatch, told: str
) -> None:
    error = sheets(429, "RESOURCE_EXHAUSTED", "Quota exceeded for quota metric 'Write requests'.")
    assert type(refused(monkeypatch, error, retry_after=told)) is GoogleUnavailable
