"""Sheets of a spreadsheet: adding, moving, shrinking, and reading them by a mask."""

from __future__ import annotations

from typing import Any

import pytest
from googleapiclient.errors import HttpError

from tests.sandbox.google_book import START, Book, add_sheet, area, update_sheet, write


@pytest.mark.parametrize(
    ("properties", "message"),
    [
        ({"title": "Sheet1"}, 'A sheet with the name "Sheet1" already exists.'),
        ({"title": "SHEET1"}, 'A sheet with the name "SHEET1" already exists.'),
        ({"title": ""}, "The sheet name cannot be empty."),
        ({"title": "x" * 101}, "cannot be greater than 100 characters"),
        ({"sheetId": 0}, "Invalid sheetId: 0"),
        ({"sheetId": 5}, "A sheet with id 5 already exists."),
        ({"gridProperties": {"rowCount": 1_000_000}}, "above the limit of 10000000 cells"),
        ({"gridProperties": {"rowCount": 2, "frozenRowCount": 2}}, "You can't freeze all"),
    ],
)
def test_sheets_that_cannot_be_added(book: Book, properties: Any, message: str) -> None:
    book.batch(add_sheet(title="Taken", sheetId=5))
    assert message in book.refusal(add_sheet(**properties))


def test_the_last_visible_sheet_stays(book: Book) -> None:
    book.batch(add_sheet(title="Hidden", sheetId=5, hidden=True))
    assert "You can't hide all the sheets" in book.refusal(update_sheet("hidden", hidden=True))
    assert "remove all the visible sheets" in book.refusal({"deleteSheet": {"sheetId": 0}})


@pytest.mark.parametrize(("index", "titles"), [(0, "BAC"), (1, "ABC"), (2, "ABC"), (3, "ACB")])
def test_index_counts_positions_before_the_move(book: Book, index: int, titles: str) -> None:
    book.batch(
        update_sheet("title", title="A"),
        add_sheet(title="B", sheetId=2),
        add_sheet(title="C", sheetId=3),
        update_sheet("index", sheetId=2, index=index),
    )
    sheets = [sheet["properties"] for sheet in book.get()["sheets"]]
    assert [(s["title"], s["index"]) for s in sheets] == [(t, i) for i, t in enumerate(titles)]


@pytest.mark.parametrize(
    "fields",
    [
        "gridProperties.frozenRowCount",
        "gridProperties/frozenRowCount",
        "gridProperties(frozenRowCount)",
        "grid_properties.frozen_row_count",
    ],
)
def test_masks_limit_what_changes(book: Book, fields: str) -> None:
    book.batch(update_sheet(fields, title="Not masked", gridProperties={"frozenRowCount": 2}))
    properties = book.get("sheets.properties")["sheets"][0]["properties"]
    assert properties["title"] == "Sheet1"
    grid = {"rowCount": 1000, "columnCount": 26, "frozenRowCount": 2}
    assert properties["gridProperties"] == grid


def test_shrinking_the_grid_cuts_off_the_rest(book: Book) -> None:
    grid = {"rowCount": 2, "columnCount": 2}
    book.batch(
        write([["a", "b", "c"], ["d"], ["e"]], **START),
        {"setBasicFilter": {"filter": {"range": area(0, 3, 0, 3)}}},
        {"mergeCells": {"range": area(4, 6, 0, 2), "mergeType": "MERGE_ALL"}},
        update_sheet("gridProperties(rowCount,columnCount)", gridProperties=grid),
    )
    assert book.seen("Sheet1") == [["a", "b"], ["d", ""]]
    sheet = book.get()["sheets"][0]
    assert "merges" not in sheet
    assert sheet["basicFilter"] == {"range": area(0, 2, 0, 2)}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("properties(title,timeZone)", {"properties": {"title": "Report", "timeZone": "Etc/GMT"}}),
        (
            "sheets.properties(sheetId,title)",
            {"sheets": [{"properties": {"sheetId": 0, "title": "Sheet1"}}]},
        ),
        (
            "sheets/properties/index,sheets.properties.title",
            {"sheets": [{"properties": {"title": "Sheet1", "index": 0}}]},
        ),
        ("sheets(charts,conditionalFormats)", {"sheets": [{}]}),
        ("*/title", {"properties": {"title": "Report"}, "sheets": [{}]}),
    ],
)
def test_get_gives_what_the_mask_asks_for(book: Book, fields: str, expected: Any) -> None:
    assert book.get(fields) == expected


@pytest.mark.parametrize("fields", ["sheets.propertys", "sheets(", "sheets.,title", "nothing"])
def test_bad_mask_of_get_is_refused(book: Book, fields: str) -> None:
    with pytest.raises(HttpError, match="Request contains an invalid argument"):
        book.get(fields)
