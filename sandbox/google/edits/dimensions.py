"""Requests about rows and columns: their size, and whether they are hidden."""

from __future__ import annotations

from typing import Any

from ..errors import EditError, unsupported
from ..masks import merge
from ..spreadsheet import Spreadsheet
from .update import read_mask

KNOWN = {"pixelSize", "hiddenByUser"}


def update_dimension_properties(book: Spreadsheet, body: dict[str, Any]) -> dict[str, Any]:
    mask, given = read_mask(body, "DimensionProperties"), body.get("properties", {})
    if not mask.keys() <= KNOWN or "dataSourceSheetRange" in body:
        raise unsupported("these properties of rows and columns")
    if not 0 <= given.get("pixelSize", 0) <= 2000:
        raise EditError(f"Invalid pixelSize: {given['pixelSize']}")
    target, numbers = _target(book, body.get("range", {}))
    for number in numbers:
        target[number] = {k: v for k, v in merge(mask, target.get(number, {}), given).items() if v}
    return {}


def _target(book: Spreadsheet, found: dict[str, Any]) -> tuple[dict[int, Any], range]:
    sheet = book.sheet(found.get("sheetId", 0))
    if found.get("dimension") not in ("ROWS", "COLUMNS"):
        raise EditError("No dimension specified.")
    rows = found["dimension"] == "ROWS"
    size = sheet.grid["rowCount" if rows else "columnCount"]
    start, end = found.get("startIndex", 0), found.get("endIndex", size)
    if not 0 <= start < end <= size:
        raise EditError(f"The range {start} to {end} is not inside the {size} of this sheet.")
    return (sheet.rows if rows else sheet.columns), range(start, end)
