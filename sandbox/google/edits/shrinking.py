"""What happens to the content of a sheet whose grid has become smaller: the rest is cut off."""

from __future__ import annotations

from ..spreadsheet import Resource, Sheet


def cut_to_grid(sheet: Sheet) -> None:
    rows, columns = sheet.grid["rowCount"], sheet.grid["columnCount"]
    _cut_cells(sheet, rows, columns)
    sheet.columns = {number: size for number, size in sheet.columns.items() if number < columns}
    if sheet.basic_filter:
        sheet.basic_filter = _cut_filter(sheet.basic_filter["range"], rows, columns)


def _cut_cells(sheet: Sheet, rows: int, columns: int) -> None:
    inside = {row: cells for row, cells in sheet.cells.items() if row < rows}
    if any(max(cells) >= columns for cells in inside.values()):
        inside = {
            row: {column: cell for column, cell in cells.items() if column < columns}
            for row, cells in inside.items()
        }
    sheet.cells = {row: cells for row, cells in inside.items() if cells}


def _cut_filter(area: Resource, rows: int, columns: int) -> Resource | None:
    """The part of the filter inside the grid, if any."""
    if area["startRowIndex"] >= rows or area["startColumnIndex"] >= columns:
        return None
    ends = {
        "endRowIndex": min(area["endRowIndex"], rows),
        "endColumnIndex": min(area["endColumnIndex"], columns),
    }
    return {"range": area | ends}
