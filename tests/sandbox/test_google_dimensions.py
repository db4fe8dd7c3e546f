"""Rows and columns that come, go and move in the sandbox's Google, and cells that are read."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.google_book import Book

ALPHA = "ABCD"


@pytest.fixture
def book(book: Book) -> Book:
    cells = {"rows": [{"values": [_text(f"{letter}{row}") for letter in ALPHA]} for row in (1, 2)]}
    start = {"sheetId": 0}
    book.batch({"updateCells": cells | {"start": start, "fields": "userEnteredValue"}})
    return book


def _text(text: str) -> dict[str, Any]:
    return {"userEnteredValue": {"stringValue": text}}


def span(dimension: str, start: int, end: int) -> dict[str, Any]:
    return {"sheetId": 0, "dimension": dimension, "startIndex": start, "endIndex": end}


def test_rows_and_columns_come_go_and_move(book: Book) -> None:
    book.batch(
        {"insertDimension": {"range": span("ROWS", 1, 2), "inheritFromBefore": True}},
        {"deleteDimension": {"range": span("COLUMNS", 1, 2)}},
        {"moveDimension": {"source": span("COLUMNS", 0, 1), "destinationIndex": 3}},
    )
    assert book.seen("'Sheet1'!A1:D3") == [
        ["C1", "D1", "A1", ""],
        ["", "", "", ""],
        ["C2", "D2", "A2", ""],
    ]
    assert (book.sheet.grid["rowCount"], book.sheet.grid["columnCount"]) == (1001, 25)


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        ({"insertDimension": {"range": span("ROWS", 1000, 1001)}}, "less than the grid size"),
        ({"insertDimension": {"range": span("ROWS", 3, 3)}}, "The range is empty"),
        ({"deleteDimension": {"range": span("ROWS", 0, 1000)}}, "delete all non-frozen"),
        ({"deleteDimension": {"range": span("ROWS", 999, 1001)}}, "beyond the grid size"),
    ],
)
def test_what_cannot_be_is_refused(book: Book, request_: dict[str, Any], said: str) -> None:
    assert said in book.refusal(request_)


def test_cells_of_one_sheet_are_read_by_its_id(book: Book) -> None:
    asked = {"dataFilters": [{"gridRange": {"sheetId": 0}}]}
    fields = "sheets(data(rowData(values(userEnteredValue))))"
    read = book.google.spreadsheets.getByDataFilter(
        spreadsheetId=book.id, body=asked, fields=fields
    ).execute()
    ((data,),) = [sheet["data"] for sheet in read["sheets"]]
    assert data["rowData"][1] == {"values": [_text(f"{letter}2") for letter in ALPHA]}
    assert len(data["rowData"]) == 2
