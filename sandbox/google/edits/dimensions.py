"""Requests that insert, delete and move whole rows or columns: what is in them moves along."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..errors import EditError
from ..spreadsheet import Cell, Resource, Sheet, Spreadsheet

Body = dict[str, Any]
Place = Callable[[int], int | None]
"""Where what was at an index goes; None if it is deleted."""

COUNTS = {"ROWS": "rowCount", "COLUMNS": "columnCount"}
FROZEN = {"ROWS": "frozenRowCount", "COLUMNS": "frozenColumnCount"}


def insert_dimension(book: Spreadsheet, body: Body) -> Body:
    """Empty rows or columns with the formats of those before them, or after them."""
    sheet, dimension, start, end = _span(book, body.get("range", {}))
    before = body.get("inheritFromBefore", False)
    size = sheet.grid[COUNTS[dimension]]
    if before and start == 0:
        raise EditError("There is nothing before the first to inherit from.")
    if start > size or (start == size and not before):
        raise EditError(f"range.startIndex[{start}] must be less than the grid size ({size})")
    source = start - 1 if before else end
    _rearrange(sheet, dimension, lambda index: index if index < start else index + end - start)
    sheet.grid[COUNTS[dimension]] += end - start
    _inherit(sheet, dimension, source, range(start, end))
    book.check_size()
    return {}


def delete_dimension(book: Spreadsheet, body: Body) -> Body:
    sheet, dimension, start, end = _span(book, body.get("range", {}))
    size, frozen = sheet.grid[COUNTS[dimension]], sheet.grid.get(FROZEN[dimension], 0)
    if end > size:
        raise EditError(f"range.endIndex[{end}] is beyond the grid size ({size})")
    if end - start == size or size - (end - start) <= frozen:
        raise EditError("It is not possible to delete all non-frozen rows or columns.")

    def place(index: int) -> int | None:
        if start <= index < end:
            return None
        return index if index < start else index - (end - start)

    _rearrange(sheet, dimension, place)
    sheet.grid[COUNTS[dimension]] -= end - start
    return {}


def move_dimension(book: Spreadsheet, body: Body) -> Body:
    """`destinationIndex` counts as they stood before the move."""
    sheet, dimension, start, end = _span(book, body.get("source", {}))
    size, to = sheet.grid[COUNTS[dimension]], body.get("destinationIndex", 0)
    if end > size or not 0 <= to <= size or start < to < end:
        raise EditError(f"Cannot move {start} to {end} to {to}.")
    order = [index for index in range(size) if not start <= index < end]
    at = to if to <= start else to - (end - start)
    order[at:at] = range(start, end)
    places = {index: number for number, index in enumerate(order)}
    _rearrange(sheet, dimension, places.__getitem__)
    return {}


def _span(book: Spreadsheet, found: Body) -> tuple[Sheet, str, int, int]:
    dimension = found.get("dimension")
    if dimension not in COUNTS:
        raise EditError("The dimension must be ROWS or COLUMNS.")
    start, end = found.get("startIndex", 0), found.get("endIndex", 0)
    if not 0 <= start < end:
        raise EditError("The range is empty: its start is not before its end.")
    return book.sheet(found.get("sheetId", 0)), dimension, start, end


def _rearrange(sheet: Sheet, dimension: str, place: Place) -> None:
    if dimension == "ROWS":
        sheet.cells = _placed(sheet.cells, place)
    else:
        cells = {row: _placed(row_cells, place) for row, row_cells in sheet.cells.items()}
        sheet.cells = {row: row_cells for row, row_cells in cells.items() if row_cells}
        sheet.columns = _placed(sheet.columns, place)
    if sheet.basic_filter:
        sheet.basic_filter = _filter(sheet.basic_filter["range"], dimension, place)


def _placed(things: dict[int, Any], place: Place) -> dict[int, Any]:
    placed = {place(index): thing for index, thing in things.items()}
    return {index: thing for index, thing in placed.items() if index is not None}


def _filter(area: Resource, dimension: str, place: Place) -> Resource | None:
    name = "Row" if dimension == "ROWS" else "Column"
    first, last = f"start{name}Index", f"end{name}Index"
    found = [place(index) for index in range(area[first], area[last])]
    left = [index for index in found if index is not None]
    if not left:
        return None
    return {"range": area | {first: min(left), last: max(left) + 1}}


def _inherit(sheet: Sheet, dimension: str, source: int, new: range) -> None:
    if dimension == "COLUMNS":
        for cells in sheet.cells.values():
            cells |= _formats(dict.fromkeys(new, cells.get(source, {})))
        return
    for index in new:
        if formats := _formats(sheet.cells.get(source, {})):
            sheet.cells[index] = formats


def _formats(cells: dict[int, Cell]) -> dict[int, Cell]:
    kept = "userEnteredFormat"
    return {index: {kept: cell[kept]} for index, cell in cells.items() if kept in cell}
