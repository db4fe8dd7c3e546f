"""The tab of one session: how it is found, and the requests of the batchUpdate that writes it.

A tab is found by its id and by the developer metadata it was made with, never by its title: people
rename. Everything is written at absolute positions, so repeating the requests changes nothing. Only
the report's columns are touched, down to the last row that this or the former report used; notes,
background colours, other columns and other tabs are people's.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from include.sheets.formats import (
    Request,
    column_widths,
    formats,
    grid_range,
    table_formats,
)
from include.sheets.report import HEADER_ROW, Report

METADATA_KEY = "zoom_attendance"
"""Marks what this project made: tabs, and the spreadsheets that it made itself."""

FIELDS = (
    "spreadsheetUrl,developerMetadata(metadataKey),"
    "sheets(properties(sheetId,title,index,gridProperties(rowCount,columnCount)),"
    "developerMetadata(metadataId,metadataKey,metadataValue))"
)
"""What must be read of a spreadsheet before a tab of it is written."""

TOP_COLUMNS = 2
"""What stands above the table takes so many columns, however few the table has."""

COLUMNS_BEFORE = 6
"""Of reports from before their mark said how many columns are theirs."""

SPARE_ROWS = 20
SPARE_COLUMNS = 6

LONGEST_TITLE = 100
"""Characters of a tab's title."""


@dataclass(frozen=True)
class Tab:
    """A sheet of a spreadsheet, with the mark that this project leaves on its own.

    :param mark: ``start`` of the session, and of its report as written last time the ``rows`` and
        ``columns`` it used and its ``headline``.
    """

    sheet_id: int
    title: str
    index: int
    grid_rows: int
    grid_columns: int
    mark_id: int | None
    mark: dict[str, Any] | None


def read_tabs(spreadsheet: dict[str, Any]) -> list[Tab]:
    """Read the tabs of a spreadsheet resource that was got with FIELDS."""
    return [_tab(sheet) for sheet in spreadsheet["sheets"]]


def was_written(spreadsheet: dict[str, Any]) -> bool:
    """True for a spreadsheet of a report's own once a report has been in it."""
    metadata = spreadsheet.get("developerMetadata", [])
    return any(item["metadataKey"] == METADATA_KEY for item in metadata)


def sheet_id_of(report: Report) -> int:
    """Choose the id of a report's tab: positive, the same at every publication."""
    digest = hashlib.sha256(report.key.encode()).digest()
    return int.from_bytes(digest[:4], "big") % (2**31 - 1) + 1


def is_foreign(tabs: list[Tab], report: Report) -> bool:
    """True if the report's id is taken by a tab that does not bear this project's mark."""
    return any(tab.sheet_id == sheet_id_of(report) and not tab.mark for tab in tabs)


def has_new_headline(tabs: list[Tab], report: Report) -> bool:
    """True if the report was never written into these tabs, or with another headline."""
    marks = [tab.mark for tab in tabs if tab.sheet_id == sheet_id_of(report) and tab.mark]
    return report.headline not in [mark.get("headline") for mark in marks]


def has_no_room(tabs: list[Tab], report: Report) -> bool:
    """True if the report has more columns now: people may have written where they would go."""
    return any(_columns(report) > old for old in _former_columns(tabs, report))


def tab_requests(tabs: list[Tab], report: Report, *, blank: bool) -> list[Request]:
    """Return the requests of one batchUpdate that leaves exactly one, current report.

    :param blank: the spreadsheet was made for this report and has only its first, empty sheet,
        which goes.
    """
    sheet_id = sheet_id_of(report)
    tab = next((tab for tab in tabs if tab.sheet_id == sheet_id), None)
    # People may have deleted rows since.
    used = max(len(report.rows), min(tab.mark["rows"], tab.grid_rows) if tab and tab.mark else 0)
    area = used, max([_columns(report), *_former_columns(tabs, report)])
    return [
        *(_grow(tab, report, area[1]) if tab else _add(tabs, report)),
        *(_take_over(tabs, report) if blank else ()),
        _content(sheet_id, report, area),
        *formats(sheet_id, report, area),
        *table_formats(sheet_id, report),
        _mark(sheet_id, tab, report),
    ]


def _columns(report: Report) -> int:
    return max(TOP_COLUMNS, len(report.columns))


def _former_columns(tabs: list[Tab], report: Report) -> list[int]:
    """Return how many columns were the report's last time, if it is there."""
    marks = [tab.mark for tab in tabs if tab.sheet_id == sheet_id_of(report) and tab.mark]
    return [mark.get("columns", COLUMNS_BEFORE) for mark in marks]


def _tab(sheet: dict[str, Any]) -> Tab:
    properties, mark_id, mark = sheet["properties"], None, None
    for metadata in sheet.get("developerMetadata", []):
        if metadata["metadataKey"] == METADATA_KEY:
            mark_id, mark = metadata["metadataId"], json.loads(metadata["metadataValue"])
    # A sheet that is a chart has no grid.
    grid = properties.get("gridProperties", {})
    return Tab(
        # Google leaves some zeros out of its replies.
        sheet_id=properties.get("sheetId", 0),
        title=properties["title"],
        index=properties.get("index", 0),
        grid_rows=grid.get("rowCount", 0),
        grid_columns=grid.get("columnCount", 0),
        mark_id=mark_id,
        mark=mark,
    )


def _add(tabs: list[Tab], report: Report) -> Iterator[Request]:
    sheet_id = sheet_id_of(report)
    grid = {
        "rowCount": len(report.rows) + SPARE_ROWS,
        "columnCount": _columns(report) + SPARE_COLUMNS,
        "frozenRowCount": HEADER_ROW + 1,
        "frozenColumnCount": 1,
    }
    properties = {
        "sheetId": sheet_id,
        "title": _free_title(report.tab_title, tabs),
        "index": _index(tabs, report),
        "gridProperties": grid,
    }
    yield {"addSheet": {"properties": properties}}
    yield from column_widths(sheet_id, report.columns)


def _take_over(tabs: list[Tab], report: Report) -> Iterator[Request]:
    """Once only, and marked: should people delete the report, what is left is theirs."""
    yield from ({"deleteSheet": {"sheetId": tab.sheet_id}} for tab in tabs)
    zone = {"properties": {"timeZone": report.timezone}, "fields": "timeZone"}
    yield {"updateSpreadsheetProperties": zone}
    mark = {
        "metadataKey": METADATA_KEY,
        "metadataValue": "written",
        "location": {"spreadsheet": True},
        "visibility": "DOCUMENT",
    }
    yield {"createDeveloperMetadata": {"developerMetadata": mark}}


def _free_title(title: str, tabs: list[Tab]) -> str:
    taken = {tab.title.casefold() for tab in tabs}  # to Sheets, "NOTES" is "Notes"
    endings = ["", *(f" ({number})" for number in range(2, len(taken) + 3))]
    candidates = (title[: LONGEST_TITLE - len(ending)] + ending for ending in endings)
    return next(candidate for candidate in candidates if candidate.casefold() not in taken)


def _index(tabs: list[Tab], report: Report) -> int:
    """Newest first among the reports; people's tabs stay where they are."""
    ours = [(tab.mark["start"], tab.index) for tab in tabs if tab.mark]
    older = [index for start, index in ours if start < report.start]
    behind = max((index + 1 for _, index in ours), default=len(tabs))
    return min(older, default=behind)


def _grow(tab: Tab, report: Report, columns: int) -> Iterator[Request]:
    grid = {}
    if tab.grid_rows < len(report.rows):
        grid["rowCount"] = len(report.rows) + SPARE_ROWS
    if tab.grid_columns < columns:
        grid["columnCount"] = columns + SPARE_COLUMNS
    if grid:
        properties = {"sheetId": tab.sheet_id, "gridProperties": grid}
        fields = ",".join(f"gridProperties.{name}" for name in grid)
        yield {"updateSheetProperties": {"properties": properties, "fields": fields}}


def _content(sheet_id: int, report: Report, area: tuple[int, int]) -> Request:
    """Replace all values: a cell of the range that no row gives is emptied."""
    rows = [{"values": row} for row in report.rows]
    range_ = grid_range(sheet_id, (0, area[0]), (0, area[1]))
    return {"updateCells": {"range": range_, "rows": rows, "fields": "userEnteredValue"}}


def _mark(sheet_id: int, tab: Tab | None, report: Report) -> Request:
    mark: dict[str, Any] = {
        "start": report.start,
        "rows": len(report.rows),
        "columns": _columns(report),
        "headline": report.headline,
    }
    value = json.dumps(mark)
    if tab:
        lookup = [{"developerMetadataLookup": {"metadataId": tab.mark_id}}]
        new = {"metadataValue": value}
        update = {"dataFilters": lookup, "developerMetadata": new, "fields": "metadataValue"}
        return {"updateDeveloperMetadata": update}
    metadata: dict[str, Any] = {
        "metadataId": sheet_id,
        "metadataKey": METADATA_KEY,
        "metadataValue": value,
        "location": {"sheetId": sheet_id},
        "visibility": "DOCUMENT",
    }
    return {"createDeveloperMetadata": {"developerMetadata": metadata}}
