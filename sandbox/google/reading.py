"""The Spreadsheet resource without its cells, as spreadsheets.get answers it; a sheet with them."""

from __future__ import annotations

from .masks import Mask
from .spreadsheet import Cell, Resource, Sheet, Spreadsheet


def spreadsheet_resource(book: Spreadsheet, url: str) -> Resource:
    read: Resource = {
        "spreadsheetId": book.id,
        "properties": book.properties,
        "sheets": [_sheet(sheet) for sheet in book.sheets],
        "spreadsheetUrl": url,
        "developerMetadata": [_metadata(item) for item in book.developer_metadata],
    }
    return _without_blanks(read)


def asks_for_cells(mask: Mask) -> bool:
    """Whether a mask names the cells, or a whole sheet with them."""
    return mask.get("sheets") == {} or "data" in mask.get("sheets", {})


def _sheet(sheet: Sheet) -> Resource:
    read = {
        "properties": sheet.properties,
        "basicFilter": sheet.basic_filter,
        "developerMetadata": [_metadata(item) for item in sheet.developer_metadata],
    }
    return _without_blanks(read)


def sheet_with_cells(sheet: Sheet) -> Resource:
    """Rows and cells that are empty at the end are absent, inner ones are blank."""
    rows = [_row(sheet.cells.get(row, {})) for row in range(max(sheet.cells, default=-1) + 1)]
    return _sheet(sheet) | {"data": [_without_blanks({"rowData": rows})]}


def _row(cells: dict[int, Cell]) -> Resource:
    values = [cells.get(column, {}) for column in range(max(cells, default=-1) + 1)]
    return _without_blanks({"values": values})


def _metadata(item: Resource) -> Resource:
    return item | {"location": _without_blanks(item["location"])}


def _without_blanks(read: Resource) -> Resource:
    """Lists that are empty, and a sheet id of 0, are absent."""
    return {name: value for name, value in read.items() if value}
