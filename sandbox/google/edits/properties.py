"""Requests about the width of columns, the filter, and the spreadsheet itself."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from ..errors import EditError, unsupported
from ..spreadsheet import Spreadsheet
from .update import check_known, read_mask

Body = dict[str, Any]
MAX_PIXELS = 2000


def update_spreadsheet_properties(book: Spreadsheet, body: Body) -> Body:
    check_known(read_mask(body, "SpreadsheetProperties"), {"timeZone"})
    zone = body.get("properties", {}).get("timeZone")
    if zone not in available_timezones():
        raise EditError(f"Invalid time zone: {zone}")
    book.properties["timeZone"] = zone
    return {}


def update_dimension_properties(book: Spreadsheet, body: Body) -> Body:
    check_known(read_mask(body, "DimensionProperties"), {"pixelSize"})
    pixels = body.get("properties", {}).get("pixelSize", 0)
    if not 0 <= pixels <= MAX_PIXELS:
        raise EditError(f"Invalid pixelSize: {pixels}")
    sheet = book.sheet(body.get("range", {}).get("sheetId", 0))
    for number in _columns(body.get("range", {}), sheet.grid["columnCount"]):
        sheet.columns[number] = {"pixelSize": pixels}
    return {}


def _columns(found: Body, size: int) -> range:
    if found.get("dimension") != "COLUMNS":
        raise unsupported("the properties of rows")
    start, end = found.get("startIndex", 0), found.get("endIndex", size)
    if not 0 <= start < end <= size:
        raise EditError(f"The range {start} to {end} is not inside the {size} of this sheet.")
    return range(start, end)


def set_basic_filter(book: Spreadsheet, body: Body) -> Body:
    """One a sheet; a second replaces it. It is read back with explicit bounds."""
    given = body.get("filter", {})
    if given.keys() - {"range"}:
        raise unsupported("criteria and sorting of a filter")
    sheet, block = book.located(given.get("range", {}))
    sheet.basic_filter = {"range": sheet.grid_range(block)}
    return {}


def clear_basic_filter(book: Spreadsheet, body: Body) -> Body:
    book.sheet(body.get("sheetId", 0)).basic_filter = None
    return {}
