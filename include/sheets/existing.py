"""What a spreadsheet holds before a report is written into it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

METADATA_KEY = "zoom_attendance"
"""Marks what this project made: tabs, and the spreadsheets that it made itself."""

FIELDS = (
    "spreadsheetUrl,developerMetadata(metadataKey),"
    "sheets(properties(sheetId,title,index,gridProperties(rowCount,columnCount)),"
    "developerMetadata(metadataId,metadataKey,metadataValue))"
)
"""What must be read of a spreadsheet before a tab of it is written."""


@dataclass(frozen=True)
class Tab:
    """A sheet of a spreadsheet, with the mark that this project leaves on its own.

    :param mark: ``start`` of the session, and of its report as written last time the ``rows`` it
        used and its ``headline``.
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
