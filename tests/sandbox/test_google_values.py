"""Values, A1 ranges and number formats of the sandbox's Sheets."""

from __future__ import annotations

from typing import Any

import pytest
from googleapiclient.errors import HttpError

from sandbox.google import a1, numberformat
from sandbox.google.errors import ApiError
from sandbox.google.seed import SHARED_SPREADSHEET


class Values:
    """spreadsheets.values of a new spreadsheet."""

    def __init__(self, client: Any, state: Any) -> None:
        self.client, self.state = client.spreadsheets().values(), state
        self.id = state.add_spreadsheet("Values")

    def get(self, range_: str, **query: Any) -> dict[str, Any]:
        return self.client.get(spreadsheetId=self.id, range=range_, **query).execute()

    def put(self, range_: str, rows: Any, option: str = "RAW", **body: Any) -> dict[str, Any]:
        return self.client.update(
            spreadsheetId=self.id,
            range=range_,
            valueInputOption=option,
            body={"values": rows, **body},
        ).execute()

    def refusal(self, range_: str, rows: Any, option: str = "RAW") -> tuple[int, str]:
        with pytest.raises(HttpError) as refused:
            self.put(range_, rows, option)
        return refused.value.status_code, refused.value.reason


@pytest.fixture
def values(google: tuple[Any, Any]) -> Values:
    return Values(*google)


def test_update_tells_what_it_wrote(values: Values) -> None:
    reply = values.put("'Sheet1'!B2", [["a", 1], [True]])
    assert reply == {
        "spreadsheetId": values.id,
        "updatedRange": "Sheet1!B2:C3",
        "updatedRows": 2,
        "updatedColumns": 2,
        "updatedCells": 3,
    }


def test_empty_cells_at_the_end_are_cut(values: Values) -> None:
    values.put("'Sheet1'!A1", [["a", "", "c"], [], ["d", ""]])
    assert values.get("Sheet1!A1:F10")["values"] == [["a", "", "c"], [], ["d"]]


def test_without_content_there_is_no_values(values: Values) -> None:
    expected = {"range": "Sheet1!A1:B2", "majorDimension": "ROWS"}
    assert values.get("'Sheet1'!A1:B2") == expected


def test_null_leaves_a_cell_and_an_empty_text_empties_it(values: Values) -> None:
    values.put("'Sheet1'!A1", [["a", "b", "c"]])
    values.put("'Sheet1'!A1", [[None, "", "new"]])
    assert values.get("Sheet1")["values"] == [["a", "", "new"]]


@pytest.mark.parametrize(
    ("option", "stored"),
    [("FORMATTED_VALUE", ["1.5", "TRUE", "=A1"]), ("UNFORMATTED_VALUE", [1.5, True, "=A1"])],
)
def test_raw_text_stays_text(values: Values, option: str, stored: list[Any]) -> None:
    values.put("'Sheet1'!A1", [[1.5, True, "=A1"]])
    assert values.get("Sheet1", valueRenderOption=option)["values"] == [stored]


def test_user_entered_text_becomes_a_formula(values: Values) -> None:
    values.put("'Sheet1'!A1", [["=A1", "'=A1", "Ann Lee", 3]], "USER_ENTERED")
    stored = values.state.spreadsheets[values.id].sheets[0].cells[0]
    assert stored[0] == {"userEnteredValue": {"formulaValue": "=A1"}}
    assert stored[1] == {"userEnteredValue": {"stringValue": "=A1"}}
    shown = values.get("Sheet1", valueRenderOption="FORMULA")["values"]
    assert shown == [["=A1", "=A1", "Ann Lee", 3]]
    with pytest.raises(HttpError, match="calculation of formulas"):
        values.get("Sheet1")


@pytest.mark.parametrize("typed", ["007", "1-2", "$5", "+Ann", "-1", "@x", "true", "a.example"])
def test_what_typing_would_change_is_refused(values: Values, typed: str) -> None:
    assert values.refusal("'Sheet1'!A1", [[typed]], "USER_ENTERED")[0] == 501


@pytest.mark.parametrize(
    ("range_", "rows", "message"),
    [
        ("'Sheet1'!A1:B1", [["a", "b", "c"]], "but tried writing to column [C]"),
        ("'Sheet1'!A1:B1", [["a"], ["b"]], "but tried writing to row [2]"),
        ("'Nobody'!A1", [["a"]], "Unable to parse range: 'Nobody'!A1"),
        ("'Sheet1'!A1001", [["a"]], "Range (Sheet1!A1001) exceeds grid limits."),
        ("'Sheet1'!Z1", [["a", "b"]], "Range (Sheet1!Z1:AA1) exceeds grid limits."),
        ("'Sheet1'!A1", [[{"a": 1}]], "Invalid values"),
        ("'Sheet1'!A1", ["X"], '(type.googleapis.com/google.protobuf.ListValue), "X"'),
        ("'Sheet1'!A1", [["x" * 50_001]], "maximum of 50000 characters"),
    ],
)
def test_writes_that_are_refused(values: Values, range_: str, rows: Any, message: str) -> None:
    status, reason = values.refusal(range_, rows)
    assert status == 400
    assert message in reason
    assert "values" not in values.get("Sheet1")


def test_option_is_required(values: Values) -> None:
    assert values.refusal("'Sheet1'!A1", [["a"]], "INPUT_VALUE_OPTION_UNSPECIFIED")[0] == 400


def test_columns_are_turned(values: Values) -> None:
    values.put("'Sheet1'!A1", [["a", "b"], ["c"]], majorDimension="COLUMNS")
    assert values.get("Sheet1")["values"] == [["a", "c"], ["b"]]
    assert values.get("Sheet1", majorDimension="COLUMNS")["values"] == [["a", "b"], ["c"]]


def test_clear_leaves_notes_and_formats(values: Values) -> None:
    sheet = values.state.spreadsheets[values.id].sheets[0]
    sheet.cells[0] = {0: {"userEnteredValue": {"stringValue": "a"}, "note": "kept"}}
    reply = values.client.clear(spreadsheetId=values.id, range="Sheet1!A1:B", body={}).execute()
    assert reply == {"spreadsheetId": values.id, "clearedRange": "Sheet1!A1:B1000"}
    assert values.state.spreadsheets[values.id].sheets[0].cells == {0: {0: {"note": "kept"}}}


def test_batch_get_reads_several_ranges(values: Values) -> None:
    values.put("'Sheet1'!A1", [["a"], ["b"]])
    ranges = ["Sheet1!A1", "Sheet1!A2:B"]
    reply = values.client.batchGet(spreadsheetId=values.id, ranges=ranges).execute()
    assert [found["range"] for found in reply["valueRanges"]] == ["Sheet1!A1", "Sheet1!A2:B1000"]
    assert [found["values"] for found in reply["valueRanges"]] == [[["a"]], [["b"]]]


def test_what_a_person_wrote_is_there(google: tuple[Any, Any]) -> None:
    client, _ = google
    read = client.spreadsheets().values().get(spreadsheetId=SHARED_SPREADSHEET, range="Notes!A2:B")
    assert read.execute()["values"][0] == ["Room", "Sunday class"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A1", "Sheet1!A1"),
        ("Sheet1", "Sheet1!A1:Z1000"),
        ("A1:1", "Sheet1!A1:Z1"),
        ("B1:B", "Sheet1!B1:B1000"),
        ("2:3", "Sheet1!A2:Z3"),
        ("C:D", "Sheet1!C1:D1000"),
        ("A2:F10001", "Sheet1!A2:F1000"),
        ("'Sheet1'!$B$2:C3", "Sheet1!B2:C3"),
        ("C3:B2", "Sheet1!B2:C3"),
    ],
)
def test_ranges_come_back_in_normal_form(values: Values, text: str, expected: str) -> None:
    assert values.get(text)["range"] == expected


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Sheet1", "Sheet1"),
        ("D3", "'D3'"),
        ("export-records", "'export-records'"),
        ("🌵 x", "'🌵 x'"),
        ("It's", "'It''s'"),
        ("a/b", "'a/b'"),
        ("2026-11-22", "'2026-11-22'"),
    ],
)
def test_titles_are_quoted_only_when_they_must(values: Values, title: str, written: str) -> None:
    sheet = values.state.spreadsheets[values.id].sheets[0]
    sheet.properties["title"] = title
    quoted = "'{}'!B2".format(title.replace("'", "''"))
    assert values.get(quoted)["range"] == f"{written}!B2"


@pytest.mark.parametrize(("index", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (18_277, "ZZZ")])
def test_columns_have_letters(index: int, name: str) -> None:
    assert a1.column_name(index) == name
    assert a1.column_index(name) == index


@pytest.mark.parametrize(
    ("number", "kind", "pattern", "shown"),
    [
        (1.005, "NUMBER", "0.00", "1.01"),
        (-0.5, "NUMBER", "0.00", "-0.50"),
        (1234567.891, "NUMBER", "#,##0.00", "1,234,567.89"),
        (7, "NUMBER", "00", "07"),
        (0.5, "NUMBER", "0.##", "0.5"),
        (0.8765, "PERCENT", "0.0%", "87.7%"),
        (43831, "DATE", "yyyy-mm-dd", "2020-01-01"),
        (46330.375, "DATE_TIME", "yyyy-mm-dd hh:mm:ss", "2026-11-04 09:00:00"),
        (46330.375, "DATE_TIME", "ddd d mmm yyyy, h:mm am/pm", "Wed 4 Nov 2026, 9:00 AM"),
        (0.99999999, "TIME", "hh:mm:ss", "00:00:00"),
        (1.5, "TIME", "[h]:mm:ss", "36:00:00"),
        (1 / 24 + 1 / 86400, "TIME", "[h]:mm:ss", "1:00:01"),
        (3.0, "", "", "3"),
        (0.1 + 0.2, "", "", "0.3"),
        (12, "TEXT", "@", "12"),
    ],
)
def test_numbers_are_shown(number: float, kind: str, pattern: str, shown: str) -> None:
    assert numberformat.shown(number, {"type": kind, "pattern": pattern}) == shown


def test_unknown_number_format_is_refused() -> None:
    with pytest.raises(ApiError, match="number format"):
        numberformat.shown(1, {"type": "NUMBER", "pattern": "0;[Red]-0"})
