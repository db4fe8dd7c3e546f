"""spreadsheets.batchUpdate of the sandbox: what is refused, and all or nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from googleapiclient.errors import HttpError

from sandbox.google.discovery import schema
from sandbox.google.edits import EDITS
from sandbox.google.person import Person
from tests.sandbox.google_book import Book, add_sheet, area, cells, text, texts, update_sheet
from tests.sandbox.small_book import chart, protect, validation

METADATA = {"metadataKey": "week", "visibility": "DOCUMENT"}


def metadata(**fields: Any) -> dict[str, Any]:
    return {"createDeveloperMetadata": {"developerMetadata": METADATA | fields}}


def number(value: float) -> dict[str, Any]:
    return cells("userEnteredValue", {"userEnteredValue": {"numberValue": value}})


def lines(start: int, end: int) -> dict[str, Any]:
    return {"dimension": "ROWS", "startIndex": start, "endIndex": end}


WRONG = {
    "Unknown name \"titel\" at 'requests[0].add_sheet.properties'": add_sheet(titel="A"),
    '(TYPE_ENUM), "GRIDD"': add_sheet(sheetType="GRIDD"),
    '(TYPE_INT32), "7"': add_sheet(sheetId="7"),
    "(TYPE_INT32), 2147483648": add_sheet(sheetId=2**31),
    '(TYPE_BOOL), "no"': add_sheet(hidden="no"),
    "(type.googleapis.com/google.protobuf.ListValue), {}": {"updateCells": {"rows": {}}},
    "only one of addSheet, deleteSheet may be set": {"addSheet": {}, "deleteSheet": {}},
    "Invalid requests[0]: No request set.": {},
    "Unexpected token. NaN": number(float("nan")),
    "Unexpected token. Infinity": number(float("inf")),
    "At least one field must be listed in 'fields'.": cells("", text("a")),
    "Invalid field: userEnteredValu": cells("userEnteredValu", text("a")),
    "exceeds grid limits. Max rows: 1000": texts([["a"]], range=area(999, 1001, 0, 1)),
    "Attempting to write row: 1, beyond": texts([["a"], ["b"]], range=area(0, 1, 0, 1)),
    "Attempting to write column: 26, beyond": texts([["a"] * 27]),
    "outside the grid": texts([["a"]], start={"rowIndex": 1000}),
    "maximum of 50000 characters in a single cell": texts([["x" * 50_001]]),
    "No grid with id: 7": texts([["a"]], start={"sheetId": 7}),
    "Exactly one of 'start' and 'range'": texts([["a"]], start={}, range={}),
    'A sheet with the name "SHEET1" already exists.': add_sheet(title="SHEET1"),
    "The sheet name cannot be empty.": add_sheet(title=""),
    "cannot be greater than 100 characters": add_sheet(title="x" * 101),
    "Invalid sheetId: 0": add_sheet(sheetId=0),
    "A sheet with id 5 already exists.": add_sheet(sheetId=5),
    "above the limit of 10000000 cells": add_sheet(gridProperties={"rowCount": 1_000_000}),
    "freeze all": add_sheet(gridProperties={"rowCount": 2, "frozenRowCount": 2}),
    "Developer metadata with id 9 already exists.": metadata(
        metadataId=9, location={"spreadsheet": True}
    ),
    "Exactly one location must be set.": metadata(location={}),
    "inheritFromBefore cannot be true when inserting at index 0": {
        "insertDimension": {"range": lines(0, 1), "inheritFromBefore": True}
    },
    "range.startIndex must be less than the grid size (1000)": {
        "insertDimension": {"range": lines(1000, 1001)}
    },
    "You can't delete all the rows": {"deleteDimension": {"range": lines(0, 1000)}},
    "The range 999 to 1001 is not inside": {"deleteDimension": {"range": lines(999, 1001)}},
    "must represent a single row or column": metadata(
        location={"dimensionRange": lines(1, 3) | {"sheetId": 0}}
    ),
    "You can't hide all the sheets": update_sheet("hidden", sheetId=5, hidden=True),
    "only valid on cells that hold a text": cells(
        "textFormatRuns", {"textFormatRuns": [{"startIndex": 0}]}
    ),
    "do not fit the text": cells(
        "userEnteredValue,textFormatRuns", {**text("ab"), "textFormatRuns": [{"startIndex": 2}]}
    ),
    "No conditional format on sheet: 0 at index: 0": {"deleteConditionalFormatRule": {"index": 0}},
    "Invalid conditional format: fontSize": {
        "addConditionalFormatRule": {
            "rule": {
                "ranges": [area(0, 1, 0, 1)],
                "booleanRule": {
                    "condition": {"type": "BLANK"},
                    "format": {"textFormat": {"fontSize": 20}},
                },
            }
        }
    },
    "Unable to parse range: =Nobody!A1:A": validation(
        area(0, 1, 0, 1), "ONE_OF_RANGE", "=Nobody!A1:A"
    ),
    "ONE_OF_LIST requires at least one value": validation(area(0, 1, 0, 1), "ONE_OF_LIST"),
    "A protected range with id 9 already exists": protect(area(0, 1, 0, 1), protectedRangeId=9),
    "No protected range with id: 8": {"deleteProtectedRange": {"protectedRangeId": 8}},
    "No chart with id: 7": {"updateChartSpec": {"chartId": 7, "spec": {}}},
    "The chart must have a position": {"addChart": {"chart": {}}},
    "No grid with id: 22": {"addChart": {"chart": chart()}},
    "Invalid time zone: Mars/Olympus": {
        "updateSpreadsheetProperties": {
            "properties": {"timeZone": "Mars/Olympus"},
            "fields": "timeZone",
        }
    },
}

POSITION = {"overlayPosition": {"anchorCell": {"sheetId": 0}}}
ONE_CELL = {"range": area(0, 1, 0, 1)}
NUMBER_RULE = {"condition": {"type": "NUMBER_EQ", "values": [{"userEnteredValue": "1"}]}}

NOT_IMPLEMENTED = {
    "a sheet of a chart": {"addSheet": {"properties": {"sheetType": "OBJECT"}}},
    "the colour of a tab": add_sheet(tabColorStyle={"rgbColor": {}}),
    "a mask of everything": update_sheet("*", title="A"),
    "a mask with slashes": update_sheet("gridProperties/rowCount"),
    "a mask in snake_case": update_sheet("grid_properties.row_count"),
    "a validation of cells": cells("dataValidation", text("a")),
    "a formula": cells("userEnteredValue", {"userEnteredValue": {"formulaValue": "=A2"}}),
    "a rotated text": cells("userEnteredFormat.textRotation", {}),
    "a font": cells(
        "userEnteredFormat", {"userEnteredFormat": {"textFormat": {"fontFamily": "Lato"}}}
    ),
    "a search in parts of cells": {"findReplace": {"find": "a", "range": area(0, 1, 0, 1)}},
    "a pasted formula": {
        "pasteData": {"coordinate": {}, "data": "=A2", "type": "PASTE_VALUES", "delimiter": "\t"}
    },
    "a colour of a theme": cells(
        "userEnteredFormat",
        {"userEnteredFormat": {"backgroundColorStyle": {"themeColor": "TEXT"}}},
    ),
    "a formula of its own": {
        "addConditionalFormatRule": {
            "rule": {
                "ranges": [area(0, 1, 0, 1)],
                "booleanRule": {
                    "condition": {
                        "type": "CUSTOM_FORMULA",
                        "values": [{"userEnteredValue": "=MOD(ROW(),2)"}],
                    }
                },
            }
        }
    },
    "a sorted filter": {"setBasicFilter": {"filter": {"sortSpecs": [{}]}}},
    "a strict protection": {"addProtectedRange": {"protectedRange": ONE_CELL}},
    "a validation of numbers": {"setDataValidation": ONE_CELL | {"rule": NUMBER_RULE}},
    "a colour scale": {
        "addConditionalFormatRule": {"rule": {"ranges": [ONE_CELL["range"]], "gradientRule": {}}}
    },
    "a pie": {"addChart": {"chart": {"spec": {"pieChart": {}}, "position": POSITION}}},
    "another locale": {
        "updateSpreadsheetProperties": {"properties": {"locale": "de"}, "fields": "locale"}
    },
}


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


def test_wrong_requests_are_refused_with_googles_words(book: Book) -> None:
    book.batch(
        add_sheet(sheetId=5),
        metadata(metadataId=9, location={"sheetId": 0}),
        protect(area(0, 1, 0, 1), protectedRangeId=9),
    )
    Person(book.google.state, book.id).hides_tab("Sheet1")
    said = {message: book.refusal(request) for message, request in WRONG.items()}
    others = {
        message: answer
        for message, answer in said.items()
        if message not in answer or not answer.startswith("400 ")
    }
    assert others == {}


def test_what_is_valid_but_not_implemented_is_501(book: Book) -> None:
    said = {what: book.refusal(request)[:4] for what, request in NOT_IMPLEMENTED.items()}
    assert said == dict.fromkeys(NOT_IMPLEMENTED, "501 ")


def test_every_other_kind_of_request_is_501(book: Book) -> None:
    others = schema("sheets", "Request")["properties"].keys() - EDITS.keys()
    said = {kind: book.refusal({kind: {}}) for kind in others}
    assert said == {
        kind: f"501 The sandbox does not implement the request {kind}." for kind in others
    }


def test_batch_is_all_or_nothing(book: Book) -> None:
    before = book.get()
    message = book.refusal(
        add_sheet(title="New"), texts([["gone"]]), {"deleteSheet": {"sheetId": 99}}
    )
    assert message == "400 Invalid requests[2].deleteSheet: No grid with id: 99"
    assert book.get() == before
    assert book.seen("'Sheet1'!A1") == [[""]]
    assert book.refusal() == "400 Must specify at least one request."


def test_each_request_sees_those_before_it_and_has_a_reply(book: Book) -> None:
    start = {"start": {"sheetId": 7, "rowIndex": 0, "columnIndex": 0}}
    replies = book.batch(add_sheet(title="Week", sheetId=7), texts([["a"]], **start))
    grid = {"rowCount": 1000, "columnCount": 26}
    expected = {"sheetId": 7, "title": "Week", "index": 1, "sheetType": "GRID"}
    assert replies == [{"addSheet": {"properties": {**expected, "gridProperties": grid}}}, {}]
    assert book.seen("'Week'!A1") == [["a"]]
