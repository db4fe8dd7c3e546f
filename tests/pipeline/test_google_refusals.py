"""Google's refusals as sentences that say what to do, without anybody's name in them."""

from __future__ import annotations

import json
import re
import socket
import traceback

import pytest
from googleapiclient.errors import HttpError
from httplib2 import Response

from google_workspace.batches import TRIES
from google_workspace.errors import (
    GoogleApiDisabled,
    GoogleBadKey,
    GoogleBadRequest,
    GoogleCannotHold,
    GoogleError,
    GoogleFewScopes,
    GoogleNoStorage,
    GoogleNotFound,
    GoogleNotShared,
    GoogleRefused,
    GoogleUnavailable,
)
from google_workspace.http_errors import explain
from include.meeting import Meeting
from include.pipeline.failures import advice
from include.pipeline.load import publish
from sandbox.both import Sandbox
from sandbox.google import GoogleState
from sandbox.google.keys import key_pair
from sandbox.google.seed import PRIVATE_SPREADSHEET
from tests.google_calls import BATCH, CREATE, GET, TOKEN
from tests.pipeline.conftest import ConnectTo
from tests.pipeline.reports import person, report
from tests.pipeline.runs import FOLDER, SPREADSHEET, WHERE, meeting
from tests.raw_server import raw_server, read_request

NAME = "Zoë Q. Unmistakable"
KEY = {"type": "service_account", "client_email": "reports@example.org", "token_uri": "x"}


def refusal(choir: Meeting) -> GoogleError:
    """The error of publishing; it must not speak of the participants, nor may its traceback."""
    with pytest.raises(GoogleError) as refused:
        publish(choir, report(choir, [person(NAME)]))
    assert NAME not in "".join(traceback.format_exception(refused.value))
    return refused.value


@pytest.mark.parametrize(
    ("place", "kind", "said"),
    [
        ({"folder": "Nowhere"}, GoogleRefused, "named 'Nowhere'. Make it in a shared drive"),
        ({"folder": "It's \\ 'ours'"}, GoogleRefused, "no folder named"),
        ({"folder": "Doubles"}, GoogleRefused, "2 folders named 'Doubles'. Rename all but one"),
        ({"folder": "My Drive folder"}, GoogleNoStorage, "owns no storage.* share it with"),
        ({"spreadsheet": PRIVATE_SPREADSHEET}, GoogleNotShared, "press Share .* as Editor"),
        ({"spreadsheet": "1" * 44}, GoogleNotFound, "no such spreadsheet. .*`spreadsheet:`"),
    ],
)
def test_place_that_cannot_be_used(
    google: GoogleState, place: dict[str, str], kind: type[GoogleError], said: str
) -> None:
    error = refusal(meeting(publish_to=place))
    assert type(error) is kind
    assert re.search(f"{said}.* Then clear this task.$", advice(error))


@pytest.mark.parametrize(
    ("place", "kind", "outcome", "said"),
    [
        (FOLDER, "forbidden", GoogleNotShared, "`folder:` .*, do so with the folder"),
        (SPREADSHEET, "forbidden", GoogleNotShared, "not shared with the service account"),
        (FOLDER, "disabled", GoogleApiDisabled, "Enable 'Google Drive API'.* `folder:`"),
        (SPREADSHEET, "disabled", GoogleApiDisabled, "Enable 'Google Sheets API' .* SERVICE_DIS"),
        (
            SPREADSHEET,
            "scopes",
            GoogleFewScopes,
            "too few scopes. Put .*/auth/drive.* leaders in the book",
        ),
        (SPREADSHEET, "missing", GoogleNotFound, "finds no such spreadsheet"),
        (FOLDER, "quota", GoogleUnavailable, "quota per minute is used up"),
        (SPREADSHEET, "quota", GoogleUnavailable, "quota per minute is used up"),
        (SPREADSHEET, "internal", GoogleUnavailable, "Google is busy"),
        (FOLDER, "unavailable", GoogleUnavailable, "Google is busy"),
    ],
)
def test_refused_call(
    google: GoogleState, place: dict[str, str], kind: str, outcome: type[GoogleError], said: str
) -> None:
    google.faults.add(kind, CREATE if place is FOLDER else BATCH)
    error = refusal(meeting(publish_to=place))
    assert type(error) is outcome
    assert re.search(said, advice(error))


@pytest.mark.parametrize("status", [408, 409])
@WHERE
def test_request_that_another_has_crossed_may_go_well_later(
    google: GoogleState, place: dict[str, str], status: int
) -> None:
    google.faults.add("error", BATCH, status=status, message="The operation was aborted.")
    assert type(refusal(meeting(publish_to=place))) is GoogleUnavailable


@pytest.mark.parametrize("method", [GET, BATCH])
def test_file_that_sheets_does_not_know_yet_is_written_later(
    google: GoogleState, method: str
) -> None:
    google.faults.add("missing", method)
    error = refusal(meeting(publish_to=FOLDER))
    assert type(error) is GoogleUnavailable
    assert str(error) == "Google Drive has the file, Google Sheets not yet."
    choir = meeting(publish_to=FOLDER)
    assert publish(choir, report(choir, [person(NAME)])).people == 1


def test_refusal_that_quotes_a_cell_is_not_repeated(google: GoogleState) -> None:
    quoting = f"Invalid requests[3].updateCells: '{NAME}' is no value."
    google.faults.add("error", BATCH, status=400, message=quoting)
    error = refusal(meeting())
    assert type(error) is GoogleBadRequest
    assert str(error).endswith("(Google answered 400 requests[3].updateCells)")
    assert advice(error).endswith("Report it as a bug.")


@pytest.mark.parametrize(
    "key",
    [
        {"keyfile_dict": "pasted by halves"},
        {"key_path": "/nowhere/key.json"},
        {"keyfile_dict": json.dumps(KEY | {"private_key": "-----BEGIN SECRET"})},
    ],
)
def test_key_that_cannot_be_read(
    google: GoogleState, connect: ConnectTo, key: dict[str, str]
) -> None:
    connect(is_anonymous=False, **key)
    error = refusal(meeting())
    assert type(error) is GoogleBadKey
    assert "The key in the Google connection cannot be read" in str(error)
    assert "SECRET" not in "".join(traceback.format_exception(error))


def test_key_that_google_refuses(
    google: GoogleState, connect: ConnectTo, empty_sandbox: Sandbox
) -> None:
    connect(is_anonymous=False, keyfile_dict=json.dumps(whole_key(empty_sandbox)))
    error = refusal(meeting())
    assert type(error) is GoogleBadKey
    assert "Google refused the service account's key. Make a new key" in str(error)


def test_token_service_that_is_down_says_nothing_of_the_key(
    google: GoogleState, connect: ConnectTo, empty_sandbox: Sandbox
) -> None:
    google.faults.add("unavailable", TOKEN, times=9)
    key = json.dumps(whole_key(empty_sandbox))
    connect(is_anonymous=False, keyfile_dict=key, num_retries=0)
    error = refusal(meeting())
    assert type(error) is GoogleUnavailable
    assert "Google's token service has a fault of its own" in str(error)


def whole_key(sandbox: Sandbox) -> dict[str, str]:
    """A key file that is well made, and unknown to the sandbox."""
    return KEY | {"private_key": key_pair()[0], "token_uri": f"{sandbox.url}/oauth2/token"}


@pytest.mark.parametrize("reason", ["userRateLimitExceeded", "dailyLimitExceeded"])
def test_limit_that_comes_as_403_is_no_matter_of_sharing(reason: str) -> None:
    item = {"message": "Too many", "domain": "usageLimits", "reason": reason}
    error = {"code": 403, "message": "Too many", "errors": [item]}
    answer = HttpError(Response({"status": 403}), json.dumps({"error": error}).encode())
    assert type(explain(answer)) is GoogleUnavailable


def test_nobody_answers(google: GoogleState, connect: ConnectTo) -> None:
    connect(num_retries=0, sheets_api_endpoint="http://127.0.0.1:9/")
    error = refusal(meeting())
    assert isinstance(error, GoogleUnavailable)
    assert "did not answer properly (ConnectionRefusedError)" in str(error)


CLOCK = (
    "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. "
    "Check your iat and exp values in the JWT claim."
)
UNAUTHORIZED = (
    "Client is unauthorized to retrieve access tokens using this method, or client not authorized "
    "for any of the scopes requested."
)


@pytest.mark.parametrize(
    ("error", "description", "kind", "said"),
    [
        ("invalid_grant", CLOCK, GoogleBadKey, "this machine's clock is wrong"),
        ("unauthorized_client", UNAUTHORIZED, GoogleBadKey, "act as the `subject`"),
        ("access_denied", "Requested client not authorized.", GoogleBadKey, "act as the `subj"),
        ("invalid_grant", "Invalid email or User ID", GoogleBadKey, "act as the `subject`"),
        ("invalid_grant", "Invalid grant: account not found", GoogleBadKey, "was deleted"),
        ("disabled_client", "The OAuth client was disabled.", GoogleBadKey, "or disabled. Enable"),
        ("invalid_scope", "Invalid OAuth scope.", GoogleFewScopes, "does not know a scope"),
        ("invalid_grant", "Invalid JWT Signature.", GoogleBadKey, "Make a new key"),
    ],
)
def test_what_the_token_service_says_is_not_always_a_fault_of_the_key(
    google: GoogleState,
    connect: ConnectTo,
    empty_sandbox: Sandbox,
    error: str,
    description: str,
    kind: type[GoogleError],
    said: str,
) -> None:
    body = json.dumps({"error": error, "error_description": description}).encode()
    head = b"HTTP/1.1 400 No\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n"

    def refuse(connection: socket.socket) -> None:
        while read_request(connection):
            connection.sendall(head % len(body) + body)

    with raw_server(refuse) as url:
        key = whole_key(empty_sandbox) | {"token_uri": f"{url}/oauth2/token"}
        connect(is_anonymous=False, keyfile_dict=json.dumps(key))
        refused = refusal(meeting())
    assert type(refused) is kind
    assert said in str(refused)
    assert ("Make a new key" in str(refused)) == ("Signature" in description)


@pytest.mark.usefixtures("no_pauses")
def test_spreadsheet_that_another_program_fills_with_the_same_name(google: GoogleState) -> None:
    """As often as the tab's name is taken when we write: it is a refusal, not an endless loop."""
    taken = 'Invalid requests[0].addSheet: A sheet with the name "X" already exists.'
    google.faults.add("error", BATCH, status=400, message=taken, times=TRIES)
    error = refusal(meeting())
    assert type(error) is GoogleUnavailable
    assert str(error).startswith(
        "Tabs, rows or columns have come or gone while the spreadsheet was being written: "
        "somebody, or another run, is at work in it."
    )
    assert google.counts()[BATCH] == TRIES


@pytest.mark.usefixtures("no_pauses")
@pytest.mark.parametrize(
    "message",
    [
        'Invalid requests[0].addSheet: A sheet with the name "X" already exists.',
        "Invalid requests[1].updateCells: No grid with id: 7",
        "Invalid requests[0].updateCells: Range exceeds grid limits. Max rows: 9",
        "Invalid requests[0].updateDeveloperMetadata: No developer metadata matches the filters.",
    ],
)
def test_tabs_that_come_and_go_several_times_are_read_again(
    google: GoogleState, message: str
) -> None:
    google.faults.add("error", BATCH, status=400, message=message, times=TRIES - 1)
    choir = meeting(publish_to=SPREADSHEET)
    assert publish(choir, report(choir)).people == 3


@pytest.mark.parametrize(
    ("status", "message", "kind", "said"),
    [
        (400, "This operation is not supported for this document", GoogleCannotHold, "Excel"),
        (403, "The user's Drive storage quota has been exceeded.", GoogleNoStorage, "is full"),
    ],
)
def test_what_a_place_cannot_take_says_what_to_do_before_the_task_is_cleared(
    google: GoogleState, status: int, message: str, kind: type[GoogleError], said: str
) -> None:
    """Each refusal of the kind: tests/google_workspace/test_google_answers.py."""
    google.faults.add("error", BATCH, status=status, message=message)
    error = refusal(meeting())
    assert type(error) is kind
    assert said in str(error)
    assert advice(error).endswith("Then clear this task.")
