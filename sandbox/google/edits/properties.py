"""Requests about the filter, and the spreadsheet itself."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from ..errors import EditError, unsupported
from ..spreadsheet import Sheet, Spreadsheet
from .update import check_known, read_mask

Body = dict[str, Any]


def update_spreadsheet_properties(book: Spreadsheet, body: Body) -> Body:
    check_known(read_mask(body, "SpreadsheetProperties"), {"timeZone"})
    zone = body.get("properties", {}).get("timeZone")
    if zone not in available_timezones():
        raise EditError(f"Invalid time zone: {zone}")
    book.properties["timeZone"] = zone
    return {}


def set_basic_filter(book: Spreadsheet, body: Body) -> Body:
    """One a sheet; a second replaces it. It is read back with explicit bounds."""
    given = body.get("filter", {})
    if given.keys() - {"range"}:
        raise unsupported("criteria and sorting of a filter")
    sheet, block = book.located(given.get("range", {}))
    show_filtered(sheet)
    sheet.basic_filter = {"range": sheet.grid_range(block)}
    return {}


def clear_basic_filter(book: Spreadsheet, body: Body) -> Body:
    sheet = book.sheet(body.get("sheetId", 0))
    show_filtered(sheet)
    sheet.basic_filter = None
    return {}


def show_filtered(sheet: Sheet) -> None:
    """Rows that a filter has hidden are seen again."""
    for row in sheet.rows.values():
        row.pop("hiddenByFilter", None)
