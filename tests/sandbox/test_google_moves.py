"""What points at cells of the sandbox follows them when rows and columns come, go and move."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.google.person import Person
from tests.sandbox.google_book import Book, area, text
from tests.sandbox.small_book import MEMBERS, TOTALS, colour, small_book, validation

LINES = "pixelSize,hiddenByUser,hiddenByFilter,developerMetadata"
CELL = "userEnteredValue,userEnteredFormat,note,textFormatRuns,dataValidation"
EVERYTHING = (
    "sheets(properties,basicFilter,developerMetadata,conditionalFormats,protectedRanges,charts,"
    f"data(rowMetadata({LINES}),columnMetadata({LINES}),rowData.values({CELL})))"
)


def mark(metadata_id: int, dimension: str, start: int) -> dict[str, Any]:
    line = {"sheetId": 0, "dimension": dimension, "startIndex": start, "endIndex": start + 1}
    given = {"metadataId": metadata_id, "metadataKey": "line", "visibility": "DOCUMENT"}
    location = {"location": {"dimensionRange": line}}
    return {"createDeveloperMetadata": {"developerMetadata": given | location}}


def formula(text: str) -> dict[str, Any]:
    rule = colour("", {"rgbColor": {"green": 1}}, startColumnIndex=0)
    condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": text}]}
    rule["addConditionalFormatRule"]["rule"]["booleanRule"]["condition"] = condition
    return rule


def lines(book: Book, dimension: str) -> dict[int, int]:
    """Where each line with metadata is, by the metadata's id."""
    (data,) = book.get(f"sheets.data.{dimension}(developerMetadata)")["sheets"][0]["data"]
    return {
        item["metadataId"]: number
        for number, line in enumerate(data[dimension])
        for item in line.get("developerMetadata", ())
    }


@pytest.fixture
def full(book: Book) -> Book:
    small_book(book)
    book.batch(
        mark(1, "ROWS", 6), mark(2, "COLUMNS", 2), formula('=AND($B5="P",NOT(ISBLANK(C$4)))')
    )
    book.batch({"setBasicFilter": {"filter": {"range": area(3, 9, 0, 6)}}})
    return book


def insertion(dimension: str, start: int, end: int, **more: Any) -> dict[str, Any]:
    where = {"dimension": dimension, "startIndex": start, "endIndex": end} | more
    return {"insertDimension": {"range": where}}


def test_everything_follows_and_comes_back(full: Book) -> None:
    before = full.get(EVERYTHING)
    full.batch(
        insertion("COLUMNS", 1, 3),
        insertion("ROWS", 5, 6),
        insertion("ROWS", 0, 1, sheetId=MEMBERS),
        insertion("COLUMNS", 0, 1, sheetId=TOTALS),
    )
    sheet = full.get(EVERYTHING)["sheets"][0]
    (anchor,) = [one["position"]["overlayPosition"]["anchorCell"] for one in sheet["charts"]]
    source = sheet["charts"][0]["spec"]["basicChart"]["domains"][0]["domain"]["sourceRange"]
    rules = [rule["booleanRule"]["condition"]["values"] for rule in sheet["conditionalFormats"]]
    assert sheet["data"][0]["rowData"][4]["values"][6]["dataValidation"]["condition"] == {
        "type": "ONE_OF_RANGE",
        "values": [{"userEnteredValue": "='People'!$A$3:$A"}],
    }
    assert rules[0] == [{"userEnteredValue": '=AND($D5="P",NOT(ISBLANK(E$4)))'}]
    assert sheet["conditionalFormats"][1]["ranges"] == [area(4, 21, 3, 6)]
    assert sheet["protectedRanges"][0]["range"] == area(4, 21, 0, 1)
    assert sheet["basicFilter"]["range"] == area(3, 10, 0, 8)
    assert anchor == {"rowIndex": 11, "columnIndex": 3}
    assert source["sources"] == [{"sheetId": TOTALS, **area(0, 4, 1, 2)}]
    assert (lines(full, "rowMetadata"), lines(full, "columnMetadata")) == ({1: 7}, {2: 4})
    assert full.seen("'Register'!A8:D8") == [["Cleo Marsh", "", "", "?"]]
    hands = Person(full.google.state, full.id)
    hands.deletes_columns("Register", "B", "C")
    hands.deletes_rows("Register", 6)
    hands.deletes_rows("People", 1)
    hands.deletes_columns("Totals", "A")
    assert full.get(EVERYTHING) == before


def test_what_is_moved_by_hand_takes_along_what_is_its_own(full: Book) -> None:
    before = full.get(EVERYTHING)
    hands = Person(full.google.state, full.id)
    hands.moves_rows("Register", 7, 7, before=5)
    hands.moves_columns("Register", "C", "C", before="F")
    assert (lines(full, "rowMetadata"), lines(full, "columnMetadata")) == ({1: 4}, {2: 4})
    assert [row[0] for row in full.seen("'Register'!A5:A8")] == [
        *("Cleo Marsh", "Ann Lee", "Ben Okoro", "Dov Adler")
    ]
    assert full.sheet.cell(5, 1)["note"] == "Joined at 19:31"
    assert full.seen("'Register'!D4:E4") == [["Who is it?", "8 Nov"]]
    hands.moves_columns("Register", "E", "E", before="C")
    hands.moves_rows("Register", 5, 5, before=8)
    assert full.get(EVERYTHING) == before


def test_new_rows_look_like_their_neighbour_and_hold_nothing(full: Book) -> None:
    full.batch({"insertDimension": insertion("ROWS", 4, 5)["insertDimension"] | BEFORE})
    cells = full.sheet.cells[4]
    assert {frozenset(cell) for cell in cells.values()} == {frozenset({"userEnteredFormat"})}
    assert "link" not in str(cells)
    assert full.sheet.validation(4, 4) is None
    assert full.sheet.grid["frozenRowCount"] == 4
    full.batch(insertion("ROWS", 0, 2), {"appendDimension": {"dimension": "ROWS", "length": 3}})
    assert full.sheet.grid["frozenRowCount"] == 6
    assert full.sheet.grid["rowCount"] == 1006


BEFORE = {"inheritFromBefore": True}


def test_a_validation_takes_the_place_of_others_and_a_cut_leaves_the_rest(full: Book) -> None:
    full.batch(validation(area(6, 8, 4, 6), "ONE_OF_LIST", "a", "b"))
    kinds = [
        [rule["rule"]["condition"]["type"] if rule else "" for rule in row]
        for row in ([full.sheet.validation(r, c) for c in (4, 5)] for r in (5, 6, 7, 8))
    ]
    old, new = ["ONE_OF_RANGE", "BOOLEAN"], ["ONE_OF_LIST"] * 2
    assert kinds == [old, new, new, old]
    full.batch({"setDataValidation": {"range": area(4, 20, 4, 6)}})
    assert full.sheet.validations == []


def test_reading_by_title_by_id_and_only_what_is_asked(full: Book) -> None:
    full.batch(text_at(40, 2, "last"))
    fields = "sheets(properties.title,data(startRow,startColumn,rowData.values(formattedValue)))"
    get, by_id = full.google.spreadsheets.get, full.google.spreadsheets.getByDataFilter
    ranges = ["'Register'!B40:C", "'People'!A1:A2"]
    by_title = get(spreadsheetId=full.id, ranges=ranges, fields=fields)
    where = {"sheetId": 0, "startRowIndex": 39, "startColumnIndex": 1, "endColumnIndex": 3}
    members = {"sheetId": MEMBERS, **area(0, 2, 0, 1)}
    body = {"dataFilters": [{"gridRange": where}, {"gridRange": members}]}
    rows = [{}, {"values": [{}, {"formattedValue": "last"}]}]
    register = {"startRow": 39, "startColumn": 1, "rowData": rows}
    people = {"rowData": [{"values": [{"formattedValue": t}]} for t in ("Member", "Ann Lee")]}
    expected = [
        {"properties": {"title": "Register"}, "data": [register]},
        {"properties": {"title": "People"}, "data": [people]},
    ]
    assert by_title.execute()["sheets"] == expected
    Person(full.google.state, full.id).renames("Register", "Ours")
    expected[0]["properties"] = {"title": "Ours"}
    assert by_id(spreadsheetId=full.id, body=body, fields=fields).execute()["sheets"] == expected


def text_at(row: int, column: int, value: str) -> dict[str, Any]:
    start = {"rowIndex": row, "columnIndex": column}
    rows = [{"values": [text(value)]}]
    return {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}}
