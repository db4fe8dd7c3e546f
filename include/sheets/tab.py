"""The requests that make or refresh the tab of one session, in one batchUpdate.

A tab is found by its id and by the developer metadata it was made with, never by its title: people
rename. Everything is written at absolute places, so repeating the requests changes nothing. Only
the report's columns are touched, down to the last row that this or the former report used; notes,
background colours, other columns and other tabs are people's.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from include.sheets.look import COLUMNS, Request, column_widths, look
from include.sheets.report import HEADER_ROW, Report

METADATA_KEY = "zoom_attendance"

FIELDS = (
    "spreadsheetUrl,sheets(properties(sheetId,title,index,gridProperties(rowCount)),"
    "developerMetadata(metadataId,metadataKey,metadataValue))"
)
"""What must be read of a spreadsheet before a tab of it is written."""

SPARE_ROWS = 20
SPARE_COLUMNS = 6


@dataclass(frozen=True)
class Tab:
    """A sheet of a spreadsheet, with the mark that this project leaves on its own.

    :param mark: ``start`` of the session, and the ``rows`` its report used last time.
    """

    sheet_id: int
    title: str
    index: int
    grid_rows: int
    mark_id: int | None
    mark: dict[str, Any] | None


def read_tabs(spreadsheet: dict[str, Any]) -> list[Tab]:
    """Read the tabs of a spreadsheet resource that was got with FIELDS."""
    return [_tab(sheet) for sheet in spreadsheet["sheets"]]


def sheet_id_of(report: Report) -> int:
    """Choose the id of a report's tab: positive, the same at every publication."""
    digest = hashlib.sha256(report.key.encode()).digest()
    return int.from_bytes(digest[:4], "big") % (2**31 - 1) + 1


def tab_requests(tabs: list[Tab], report: Report, *, own_file: bool) -> list[Request]:
    """Return the requests of one batchUpdate that leaves exactly one, current report.

    :param own_file: the spreadsheet was made for this report, so its first, empty sheet goes.
    """
    sheet_id = sheet_id_of(report)
    tab = next((tab for tab in tabs if tab.sheet_id == sheet_id and tab.mark), None)
    used = max(len(report.rows), tab.mark["rows"] if tab else 0)
    begin = _grow(tab, report) if tab else _add(tabs, report, own_file)
    return [
        *begin,
        _content(sheet_id, report, used),
        *look(sheet_id, report, used),
        _mark(sheet_id, tab, report),
    ]


def _tab(sheet: dict[str, Any]) -> Tab:
    properties, mark_id, mark = sheet["properties"], None, None
    for metadata in sheet.get("developerMetadata", []):
        if metadata["metadataKey"] == METADATA_KEY:
            mark_id, mark = metadata["metadataId"], json.loads(metadata["metadataValue"])
    return Tab(
        # Google leaves some zeros out of its replies.
        sheet_id=properties.get("sheetId", 0),
        title=properties["title"],
        index=properties.get("index", 0),
        # A sheet that is a chart has no grid.
        grid_rows=properties.get("gridProperties", {}).get("rowCount", 0),
        mark_id=mark_id,
        mark=mark,
    )


def _add(tabs: list[Tab], report: Report, own_file: bool) -> Iterator[Request]:
    sheet_id = sheet_id_of(report)
    grid = {
        "rowCount": len(report.rows) + SPARE_ROWS,
        "columnCount": len(COLUMNS) + SPARE_COLUMNS,
        "frozenRowCount": HEADER_ROW + 1,
    }
    properties = {
        "sheetId": sheet_id,
        "title": _free_title(report.tab_title, {tab.title for tab in tabs}),
        "index": _place(tabs, report),
        "gridProperties": grid,
    }
    yield {"addSheet": {"properties": properties}}
    if own_file and len(tabs) == 1:
        yield {"deleteSheet": {"sheetId": tabs[0].sheet_id}}
    yield from column_widths(sheet_id)


def _free_title(title: str, taken: set[str]) -> str:
    candidates = [title, *(f"{title} ({number})" for number in range(2, len(taken) + 3))]
    return next(candidate for candidate in candidates if candidate not in taken)


def _place(tabs: list[Tab], report: Report) -> int:
    """Newest first among the reports; people's tabs keep their places."""
    ours = [tab for tab in tabs if tab.mark]
    older = [tab.index for tab in ours if tab.mark["start"] < report.start]
    behind = max((tab.index + 1 for tab in ours), default=len(tabs))
    return min(older, default=behind)


def _grow(tab: Tab, report: Report) -> Iterator[Request]:
    if tab.grid_rows < len(report.rows):
        grid = {"rowCount": len(report.rows) + SPARE_ROWS}
        properties = {"sheetId": tab.sheet_id, "gridProperties": grid}
        fields = "gridProperties.rowCount"
        yield {"updateSheetProperties": {"properties": properties, "fields": fields}}


def _content(sheet_id: int, report: Report, used: int) -> Request:
    """Replace all values: a cell of the range that no row gives is emptied."""
    area = {
        "sheetId": sheet_id,
        "startRowIndex": 0,
        "endRowIndex": used,
        "startColumnIndex": 0,
        "endColumnIndex": len(COLUMNS),
    }
    rows = [{"values": row} for row in report.rows]
    return {"updateCells": {"range": area, "rows": rows, "fields": "userEnteredValue"}}


def _mark(sheet_id: int, tab: Tab | None, report: Report) -> Request:
    value = json.dumps({"start": report.start, "rows": len(report.rows)})
    if tab:
        lookup = [{"developerMetadataLookup": {"metadataId": tab.mark_id}}]
        metadata = {"metadataValue": value}
        update = {"dataFilters": lookup, "developerMetadata": metadata, "fields": "metadataValue"}
        return {"updateDeveloperMetadata": update}
    metadata = {
        "metadataId": sheet_id,
        "metadataKey": METADATA_KEY,
        "metadataValue": value,
        "location": {"sheetId": sheet_id},
        "visibility": "DOCUMENT",
    }
    return {"createDeveloperMetadata": {"developerMetadata": metadata}}
