"""The tab of one session: how it is found, and the requests of the batchUpdate that writes it.

A tab is found by its id and by the developer metadata it was made with, never by its title: people
rename. Everything is written at absolute positions. Only the report's columns are touched, down to
the last row that this or the former report used; notes, background colours, other columns and other
tabs are people's.
"""

from __future__ import annotations

import json
import operator
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from include.sheets import requests as ask
from include.sheets.formats import column_widths, formats, table_formats
from include.sheets.renewal import RowChange, row_change_requests
from include.sheets.report import HEADER_ROW, Report
from include.sheets.requests import Request
from include.sheets.tab_state import (
    REPORT_METADATA_KEY,
    Metadata,
    area_of,
    columns_of,
    instances_of,
    metadata_requests,
)

SPREADSHEET_FIELD_MASK = (
    "spreadsheetUrl,developerMetadata(metadataKey),"
    "sheets(properties(sheetId,title,index,gridProperties(rowCount,columnCount)),"
    "developerMetadata(metadataId,metadataKey,metadataValue))"
)
"""What must be read of a spreadsheet before a tab of it is written."""

SPARE_ROWS = 20
SPARE_COLUMNS = 6

PART = "Part: "
"""A tab's title begins so if Zoom now lists its session as a part of another."""


@dataclass(frozen=True)
class Tab:
    """A sheet of a spreadsheet; a report's has developer metadata (`metadata_of`)."""

    sheet_id: int
    title: str
    index: int
    grid_rows: int
    grid_columns: int
    metadata_id: int | None
    metadata: Metadata | None


def read_tabs(spreadsheet: dict[str, Any]) -> list[Tab]:
    """Read the tabs of a spreadsheet resource that was got with SPREADSHEET_FIELD_MASK."""
    return [_tab(sheet) for sheet in spreadsheet["sheets"]]


def was_written(spreadsheet: dict[str, Any]) -> bool:
    """True for a spreadsheet of a report's own once a report has been in it."""
    metadata = spreadsheet.get("developerMetadata", [])
    return any(item["metadataKey"] == REPORT_METADATA_KEY for item in metadata)


def sheet_id_of(report: Report) -> int:
    """Choose the id of a report's tab: positive, the same at every publication."""
    return ask.number_of(report.key)


def tab_of(tabs: list[Tab], report: Report) -> Tab | None:
    """Return the tab that has the report's id, whosever it is."""
    return next((tab for tab in tabs if tab.sheet_id == sheet_id_of(report)), None)


def as_known(tabs: list[Tab], report: Report) -> tuple[Report, list[Tab]]:
    """Return the report under the key by which it is there, and further tabs of it, if any.

    A part that Zoom listed before the first has a tab of its own: the whole report goes there.
    """
    keyed = [report.known_by(key) for key in report.keys]
    there = [(known, tab) for known in keyed if (tab := tab_of(tabs, known)) and tab.metadata]
    if tab_of(tabs, report) or not there:
        return report, [tab for known, tab in there if known.key != report.key]
    return there[0][0], [tab for _, tab in there[1:]]


def tab_of_more(tabs: Iterable[Tab], report: Report) -> Tab | None:
    """Return a tab of the session that has instances of it which the report lacks, if any."""
    known = set(instances_of(report))
    for tab in tabs:
        written = set((tab.metadata or {}).get("instances", ()))
        if written & known and written - known:
            return tab
    return None


def has_new_headline(tab: Tab | None, report: Report) -> bool:
    """True if the report was never written, or with another headline."""
    return not (tab and tab.metadata) or tab.metadata.get("headline") != report.headline


def has_no_room(tab: Tab, report: Report) -> bool:
    """True if the report has more columns now: people may have written where they would go."""
    return bool(tab.metadata) and columns_of(report) > area_of(tab.metadata or {})[1]


def cells_with(tabs: list[Tab], report: Report) -> int:
    """Return how many cells the spreadsheet has once the report is in it, at most."""
    rows, columns = len(report.rows) + SPARE_ROWS, columns_of(report) + SPARE_COLUMNS
    sizes = {tab.sheet_id: (tab.grid_rows, tab.grid_columns) for tab in tabs}
    old = sizes.get(sheet_id_of(report), (0, 0))
    sizes[sheet_id_of(report)] = max(rows, old[0]), max(columns, old[1])
    return sum(rows * columns for rows, columns in sizes.values())


def tab_requests(
    tabs: list[Tab], report: Report, *, blank: bool, row_changes: Sequence[RowChange] = ()
) -> list[Request]:
    """Return the requests of one batchUpdate that leaves exactly one, current report.

    :param blank: the spreadsheet was made for this report and has only its first, empty sheet,
        which goes.
    :param row_changes: rows that are inserted and deleted first.
    """
    sheet_id, tab = sheet_id_of(report), tab_of(tabs, report)
    area = _area(tab, report, moved=bool(row_changes))
    return [
        *(_grow(tab, report, area[1], row_changes) if tab else _add(tabs, report)),
        *(_take_over(tabs, report) if blank else ()),
        *row_change_requests(sheet_id, row_changes, tab.grid_columns if tab else 0),
        _content(sheet_id, report, area),
        *formats(sheet_id, report, area),
        *table_formats(sheet_id, report),
        *metadata_requests(sheet_id, tab.metadata_id if tab else None, report),
        *_titles_of_parts(tabs, report),
    ]


def _titles_of_parts(tabs: list[Tab], report: Report) -> Iterator[Request]:
    """Say in the titles of further tabs of the report that they are no whole ones."""
    titles = [tab.title for tab in tabs]
    for tab in as_known(tabs, report)[1]:
        if not tab.title.startswith(PART):
            titles.append(ask.free_title(PART + tab.title, titles))
            yield ask.title_tab(tab.sheet_id, titles[-1])


def _area(tab: Tab | None, report: Report, *, moved: bool) -> tuple[int, int]:
    """Return how many rows and columns are the report's, or were."""
    rows, columns = len(report.rows), columns_of(report)
    if tab is None or tab.metadata is None:
        return rows, columns
    former_rows, former_columns = area_of(tab.metadata)
    # People may have deleted rows since; and rows that have gone need not be emptied.
    left = 0 if moved else min(former_rows, tab.grid_rows)
    return max(rows, left), max(columns, former_columns)


def _tab(sheet: dict[str, Any]) -> Tab:
    properties, metadata_id, metadata = sheet["properties"], None, None
    for item in sheet.get("developerMetadata", []):
        if item["metadataKey"] == REPORT_METADATA_KEY:
            metadata_id, metadata = item["metadataId"], json.loads(item["metadataValue"])
    # A sheet that is a chart has no grid.
    grid = properties.get("gridProperties", {})
    return Tab(
        # Google leaves some zeros out of its replies. What is no whole number is no id.
        sheet_id=operator.index(properties.get("sheetId", 0)),
        title=properties["title"],
        index=properties.get("index", 0),
        grid_rows=grid.get("rowCount", 0),
        grid_columns=grid.get("columnCount", 0),
        metadata_id=metadata_id,
        metadata=metadata,
    )


def _add(tabs: list[Tab], report: Report) -> Iterator[Request]:
    sheet_id = sheet_id_of(report)
    grid = {
        "rowCount": len(report.rows) + SPARE_ROWS,
        "columnCount": columns_of(report) + SPARE_COLUMNS,
        "frozenRowCount": HEADER_ROW + 1,
        "frozenColumnCount": 1,
    }
    properties = {
        "sheetId": sheet_id,
        "title": ask.free_title(report.tab_title, (tab.title for tab in tabs)),
        "index": _index(tabs, report),
        "gridProperties": grid,
    }
    yield ask.add_tab(properties)
    yield from column_widths(sheet_id, report.columns)


def _take_over(tabs: list[Tab], report: Report) -> Iterator[Request]:
    """Once only, as the metadata tells: should people delete the report, the rest is theirs."""
    yield from (ask.delete_tab(tab.sheet_id) for tab in tabs)
    zone = {"properties": {"timeZone": report.timezone}, "fields": "timeZone"}
    yield {"updateSpreadsheetProperties": zone}
    yield ask.create_metadata({"spreadsheet": True}, REPORT_METADATA_KEY, "written")


def _index(tabs: list[Tab], report: Report) -> int:
    """Newest first among the reports; people's tabs stay where they are."""
    ours = [(tab.metadata["start"], tab.index) for tab in tabs if tab.metadata]
    older = [index for start, index in ours if start < report.start]
    behind = max((index + 1 for _, index in ours), default=len(tabs))
    return min(older, default=behind)


def _grow(
    tab: Tab, report: Report, columns: int, row_changes: Sequence[RowChange]
) -> Iterator[Request]:
    grid, lost = {}, sum(-change.count for change in row_changes if change.count < 0)
    # Rows that come in need one before which they come; and not all below the header may go.
    needed = len(report.rows) + lost + 1 if row_changes else len(report.rows)
    if tab.grid_rows < needed:
        grid["rowCount"] = needed + SPARE_ROWS
    if tab.grid_columns < columns:
        grid["columnCount"] = columns + SPARE_COLUMNS
    if grid:
        yield ask.resize_tab(tab.sheet_id, grid)


def _content(sheet_id: int, report: Report, area: tuple[int, int]) -> Request:
    """Replace all values: a cell of the range that no row gives is emptied."""
    rows = [{"values": row} for row in report.rows]
    range_ = ask.grid_range(sheet_id, (0, area[0]), (0, area[1]))
    return {"updateCells": {"range": range_, "rows": rows, "fields": "userEnteredValue"}}
