"""The Spreadsheet resource, as spreadsheets.get answers it."""

from __future__ import annotations

from typing import Any

from . import cells
from .a1 import Block
from .masks import Mask
from .spreadsheet import Resource, Sheet, Spreadsheet

COLUMN_PIXELS, ROW_PIXELS = 100, 21
CELL_FIELDS = {
    "*",
    "userEnteredValue",
    "userEnteredFormat",
    "effectiveValue",
    "formattedValue",
    "note",
}
Areas = list[tuple[Sheet, Block]]


def spreadsheet_resource(book: Spreadsheet, url: str, areas: Areas | None, data: bool) -> Resource:
    """The whole resource; only the sheets of `areas` when given, with their cells when `data`."""
    areas = areas or [(sheet, sheet.block) for sheet in book.sheets]
    wanted = {id(sheet) for sheet, _ in areas}
    sheets = [sheet for sheet in book.sheets if id(sheet) in wanted]
    read: Resource = {
        "spreadsheetId": book.id,
        "properties": book.properties,
        "sheets": [_sheet(sheet, areas if data else []) for sheet in sheets],
        "spreadsheetUrl": url,
    }
    metadata = [_metadata(item) for item in book.developer_metadata]
    return read | ({"developerMetadata": metadata} if metadata else {})


def asks_for_cells(mask: Mask) -> bool:
    sheets = mask.get("sheets", mask.get("*"))
    return sheets is not None and (not sheets or "data" in sheets or "*" in sheets)


def unknown_cell_fields(mask: Mask) -> set[str]:
    """Fields of a cell that are asked for by name and that the sandbox does not work out."""
    for name in ("sheets", "data", "rowData", "values"):
        mask = mask.get(name, {})
    return mask.keys() - CELL_FIELDS


def _sheet(sheet: Sheet, areas: Areas) -> Resource:
    """Lists that are empty are absent."""
    read = {
        "properties": sheet.properties,
        "data": [grid_data(sheet, block) for other, block in areas if other is sheet],
        "merges": sheet.merges,
        "conditionalFormats": sheet.conditional_formats,
        "protectedRanges": sheet.protected_ranges,
        "basicFilter": sheet.basic_filter,
        "developerMetadata": [_metadata(item) for item in sheet.developer_metadata],
        "bandedRanges": sheet.banded_ranges,
    }
    return {name: value for name, value in read.items() if value}


def _metadata(item: Resource) -> Resource:
    location = {name: value for name, value in item["location"].items() if value}
    return item | {"location": location}


def grid_data(sheet: Sheet, block: Block) -> Resource:
    """The cells of a block, without what is empty at its end; sizes of all its rows and columns."""
    rows = dict(sheet.within(block))
    last = max(rows, default=block.top - 1)
    rows_data = [_row(rows.get(row, {}), block) for row in range(block.top, last + 1)]
    read: Resource = {"startRow": block.top, "startColumn": block.left, "rowData": rows_data}
    read = {name: value for name, value in read.items() if value}
    return read | {
        "rowMetadata": _sizes(sheet.rows, block.top, block.bottom, ROW_PIXELS),
        "columnMetadata": _sizes(sheet.columns, block.left, block.right, COLUMN_PIXELS),
    }


def _row(row: dict[int, Any], block: Block) -> Resource:
    last = max((c for c in row if block.left <= c < block.right), default=block.left - 1)
    values = [cells.resource(row.get(column, {})) for column in range(block.left, last + 1)]
    return {"values": values} if values else {}


def _sizes(known: dict[int, Resource], start: int, end: int, default: int) -> list[Resource]:
    return [{"pixelSize": default} | known.get(number, {}) for number in range(start, end)]
