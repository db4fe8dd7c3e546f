"""What lies on the cells: bands, rules, protection, metadata, sizes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.google_book import Book, area

BAND = {"range": area(0, 9, 0, 2), "rowProperties": {"firstBandColor": {"red": 1}}}
META = {"metadataKey": "week", "metadataValue": "2026-W47", "visibility": "DOCUMENT"}


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        (
            {
                "addBanding": {
                    "bandedRange": {"bandedRangeId": 9, **BAND, "range": area(20, 30, 0, 2)}
                }
            },
            "A banded range with id 9 already exists.",
        ),
        ({"addBanding": {"bandedRange": BAND}}, "alternating background colors"),
        (
            {"addProtectedRange": {"protectedRange": {"protectedRangeId": 9, "range": {}}}},
            "A protected range with id 9 already exists.",
        ),
        (
            {
                "createDeveloperMetadata": {
                    "developerMetadata": {
                        "metadataId": 9,
                        **META,
                        "location": {"spreadsheet": True},
                    }
                }
            },
            "Developer metadata with id 9 already exists.",
        ),
    ],
)
def test_taken_ids_are_refused(book: Book, request_: Any, message: str) -> None:
    metadata = {"metadataId": 9, **META, "location": {"sheetId": 0}}
    book.batch(
        {"addBanding": {"bandedRange": {"bandedRangeId": 9, **BAND}}},
        {"addProtectedRange": {"protectedRange": {"protectedRangeId": 9, "range": {}}}},
        {"createDeveloperMetadata": {"developerMetadata": metadata}},
    )
    assert message in book.refusal(request_)


def test_rules_are_updated_and_deleted_by_id(book: Book) -> None:
    band = {"bandedRangeId": 9, **BAND}
    protection = {"protectedRangeId": 9, "range": {"sheetId": 0}}
    moved = {"bandedRangeId": 9, "range": area(0, 20, 0, 2)}
    book.batch(
        {"addBanding": {"bandedRange": band}},
        {"addProtectedRange": {"protectedRange": protection}},
        {"updateBanding": {"bandedRange": moved, "fields": "range"}},
        {
            "updateProtectedRange": {
                "protectedRange": {**protection, "warningOnly": True},
                "fields": "warningOnly",
            }
        },
    )
    sheet = book.get()["sheets"][0]
    assert sheet["bandedRanges"][0]["range"] == area(0, 20, 0, 2)
    assert sheet["protectedRanges"][0]["warningOnly"] is True
    book.batch(
        {"deleteBanding": {"bandedRangeId": 9}}, {"deleteProtectedRange": {"protectedRangeId": 9}}
    )
    assert book.get()["sheets"][0].keys() == {"properties"}


def test_conditional_rules_are_known_by_their_place(book: Book) -> None:
    condition = {"type": "NUMBER_LESS", "values": [{"userEnteredValue": "1"}]}
    boolean = {"condition": condition, "format": {"backgroundColor": {"red": 1}}}
    for row in range(3):
        rule = {"ranges": [area(row, row + 1, 0, 1)], "booleanRule": boolean}
        book.batch({"addConditionalFormatRule": {"rule": rule, "index": row}})
    (reply,) = book.batch({"deleteConditionalFormatRule": {"index": 1}})
    assert reply["deleteConditionalFormatRule"]["rule"]["ranges"] == [area(1, 2, 0, 1)]
    left = book.get()["sheets"][0]["conditionalFormats"]
    assert [rule["ranges"] for rule in left] == [[area(0, 1, 0, 1)], [area(2, 3, 0, 1)]]
    assert "at index: 2" in book.refusal({"deleteConditionalFormatRule": {"index": 2}})


def test_developer_metadata_is_found_on_its_sheet(book: Book) -> None:
    on_sheet = {"metadataId": 5, **META, "location": {"sheetId": 0}}
    on_book = {"metadataId": 6, **META, "location": {"spreadsheet": True}}
    book.batch(
        *({"createDeveloperMetadata": {"developerMetadata": m}} for m in (on_sheet, on_book))
    )
    lookup = {"developerMetadataLookup": {"metadataId": 5}}
    change = {"developerMetadata": {"metadataValue": "done"}, "fields": "metadataValue"}
    book.batch({"updateDeveloperMetadata": {"dataFilters": [lookup], **change}})
    found = book.get("sheets.developerMetadata,developerMetadata")
    (metadata,) = found["sheets"][0]["developerMetadata"]
    assert metadata == {**on_sheet, "metadataValue": "done", "location": {"locationType": "SHEET"}}
    location = {"locationType": "SPREADSHEET", "spreadsheet": True}
    assert found["developerMetadata"] == [{**on_book, "location": location}]
    book.batch({"deleteDeveloperMetadata": {"dataFilter": lookup}})
    assert book.get("sheets.developerMetadata")["sheets"] == [{}]


def test_properties_of_the_spreadsheet(book: Book) -> None:
    properties = {"timeZone": "Europe/Madrid", "title": "Renamed"}
    change = {"properties": properties, "fields": "timeZone,title"}
    book.batch({"updateSpreadsheetProperties": change})
    assert book.get("properties(timeZone,title)")["properties"] == properties
    assert book.state.files[book.id].name == "Renamed"
    change = {"properties": {"timeZone": "Mars/Olympus"}, "fields": "timeZone"}
    assert "Invalid time zone" in book.refusal({"updateSpreadsheetProperties": change})


def test_sizes_and_hidden_columns_are_read_back(book: Book) -> None:
    columns = {"dimension": "COLUMNS", "startIndex": 1, "endIndex": 2}
    change = {"properties": {"pixelSize": 180, "hiddenByUser": True}, "fields": "*"}
    book.batch(
        {
            "updateDimensionProperties": {
                "range": columns,
                **change,
                "fields": "pixelSize,hiddenByUser",
            }
        }
    )
    found = book.get("sheets.data.columnMetadata", ranges=["Sheet1!A1:B1"])
    sizes = found["sheets"][0]["data"][0]["columnMetadata"]
    assert sizes == [{"pixelSize": 100}, {"pixelSize": 180, "hiddenByUser": True}]
