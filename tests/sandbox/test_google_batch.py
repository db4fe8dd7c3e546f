"""spreadsheets.batchUpdate of the sandbox: what is refused, and all or nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from googleapiclient.errors import HttpError

from tests.sandbox.google_book import START, Book, add_sheet, write


def test_unknown_field_is_refused_in_googles_shape(book: Book) -> None:
    with pytest.raises(HttpError) as refused:
        book.batch({"frobnicate": {}})
    message = (
        "Invalid JSON payload received. Unknown name \"frobnicate\" at 'requests[0]': "
        "Cannot find field."
    )
    violation = {"field": "requests[0]", "description": message}
    details = [
        {"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": [violation]}
    ]
    error = {"code": 400, "message": message, "status": "INVALID_ARGUMENT", "details": details}
    assert json.loads(refused.value.content) == {"error": error}


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        (add_sheet(titel="A"), "Unknown name \"titel\" at 'requests[0].add_sheet.properties'"),
        (add_sheet(sheetType="GRIDD"), '(TYPE_ENUM), "GRIDD"'),
        (add_sheet(sheetId="7"), '(TYPE_INT32), "7"'),
        (add_sheet(sheetId=2**31), "(TYPE_INT32), 2147483648"),
        (add_sheet(hidden="no"), '(TYPE_BOOL), "no"'),
        (write([["a"]], fields="", **START), "At least one field must be listed in 'fields'."),
        (write([["a"]], fields="userEnteredValu", **START), "Invalid field: userEnteredValu"),
        ({}, "Invalid requests[0]: No request set."),
        ({"addSheet": {}, "deleteSheet": {}}, "only one of addSheet, deleteSheet may be set"),
        ({"updateCells": {"rows": {}}}, "(type.googleapis.com/google.protobuf.ListValue), {}"),
    ],
)
def test_wrong_request_is_refused(book: Book, request_: dict[str, Any], message: str) -> None:
    assert message in book.refusal(request_)


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_bare_nan_is_refused(book: Book, number: float) -> None:
    cell = {"userEnteredValue": {"numberValue": number}}
    request = {"updateCells": {"rows": [{"values": [cell]}], "fields": "*", **START}}
    assert "Unexpected token" in book.refusal(request)


@pytest.mark.parametrize(
    "request_",
    [
        {"addChart": {"chart": {}}},
        {"updateCells": {"fields": "dataValidation", **START}},
        {
            "createDeveloperMetadata": {
                "developerMetadata": {
                    "metadataKey": "k",
                    "visibility": "DOCUMENT",
                    "location": {"dimensionRange": {}},
                }
            }
        },
    ],
)
def test_valid_but_unimplemented_is_501(book: Book, request_: dict[str, Any]) -> None:
    with pytest.raises(HttpError) as refused:
        book.batch(request_)
    assert refused.value.status_code == 501


def test_batch_is_all_or_nothing(book: Book) -> None:
    before = book.get()
    message = book.refusal(
        add_sheet(title="New"), write([["gone"]], **START), {"deleteSheet": {"sheetId": 99}}
    )
    assert message == "Invalid requests[2].deleteSheet: No grid with id: 99"
    assert book.get() == before
    assert book.seen("Sheet1!A1") == [[""]]


def test_empty_batch_is_refused(book: Book) -> None:
    assert book.refusal() == "Must specify at least one request."


def test_each_request_sees_those_before_it_and_has_a_reply(book: Book) -> None:
    start = {"start": {"sheetId": 7, "rowIndex": 0, "columnIndex": 0}}
    replies = book.batch(add_sheet(title="Week", sheetId=7), write([["a"]], **start))
    grid = {"rowCount": 1000, "columnCount": 26}
    expected = {"sheetId": 7, "title": "Week", "index": 1, "sheetType": "GRID"}
    assert replies == [{"addSheet": {"properties": {**expected, "gridProperties": grid}}}, {}]
    assert book.seen("Week!A1") == [["a"]]
