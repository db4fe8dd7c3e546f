"""Requests about rows and columns: more of them, fewer, their size, hiding them."""

from __future__ import annotations

from typing import Any

from ..errors import EditError, unsupported
from ..masks import merge
from ..moving import Deletion, Insertion
from ..ranges import change_grid
from ..spreadsheet import Cell, Sheet, Spreadsheet
from .update import check_known, read_mask

Body = dict[str, Any]
MAX_PIXELS = 2000
COUNT = {"ROWS": "rowCount", "COLUMNS": "columnCount"}
FROZEN = {"ROWS": "frozenRowCount", "COLUMNS": "frozenColumnCount"}


def insert_dimension(book: Spreadsheet, body: Body) -> Body:
    """New lines take size and format of a neighbour, and nothing else."""
    before = body.get("inheritFromBefore", False)
    sheet, dimension, start, end = _lines(book, body.get("range", {}), grows=True)
    size = sheet.grid[COUNT[dimension]]
    if before and start == 0:
        raise EditError("inheritFromBefore cannot be true when inserting at index 0.")
    if start > size or (start == size and not before):
        raise EditError(
            f"range.startIndex must be less than the grid size ({size}) if "
            "inheritFromBefore is false."
        )
    insert(book, sheet, Insertion(dimension, start, end - start), before=before)
    return {}


def append_dimension(book: Spreadsheet, body: Body) -> Body:
    sheet, dimension = book.sheet(body.get("sheetId", 0)), _dimension(body)
    if body.get("length", 0) < 1:
        raise EditError("length must be greater than 0.")
    sheet.grid[COUNT[dimension]] += body["length"]
    book.check_size()
    return {}


def delete_dimension(book: Spreadsheet, body: Body) -> Body:
    sheet, dimension, start, end = _lines(book, body.get("range", {}))
    delete(book, sheet, Deletion(dimension, start, end))
    return {}


def update_dimension_properties(book: Spreadsheet, body: Body) -> Body:
    mask = read_mask(body, "DimensionProperties")
    if "dataSourceSheetRange" in body:
        raise unsupported("the columns of a data source")
    check_known(mask, {"pixelSize", "hiddenByUser"})
    given = body.get("properties", {})
    if not 0 <= given.get("pixelSize", 0) <= MAX_PIXELS:
        raise EditError(f"Invalid pixelSize: {given['pixelSize']}")
    sheet, dimension, start, end = _lines(book, body.get("range", {}))
    lines = sheet.lines(dimension)
    for number in range(start, end):
        changed = merge(mask, lines.get(number, {}), given)
        lines[number] = {name: value for name, value in changed.items() if value}
    return {}


def insert(book: Spreadsheet, sheet: Sheet, change: Insertion, *, before: bool) -> None:
    """`before`: the neighbour whose size and format is taken over is the one before."""
    frozen = FROZEN[change.dimension]
    change_grid(book, sheet, change)
    sheet.grid[COUNT[change.dimension]] += change.count
    if change.at < sheet.grid.get(frozen, 0):
        sheet.grid[frozen] += change.count
    _inherit(sheet, change, change.at - 1 if before else change.at + change.count)
    book.check_size()


def delete(book: Spreadsheet, sheet: Sheet, change: Deletion) -> None:
    count, frozen = COUNT[change.dimension], FROZEN[change.dimension]
    lost = change.end - change.start
    if lost >= sheet.grid[count]:
        raise EditError(f"You can't delete all the {change.dimension.lower()} on the sheet.")
    held = sheet.grid.get(frozen, 0)
    kept = held - max(0, min(change.end, held) - change.start)
    if kept >= sheet.grid[count] - lost:
        raise EditError("Sorry, it is not possible to delete all non-frozen rows or columns.")
    change_grid(book, sheet, change)
    sheet.grid[count] -= lost
    if held:
        sheet.grid[frozen] = kept


def _inherit(sheet: Sheet, change: Insertion, neighbour: int) -> None:
    lines, new = sheet.lines(change.dimension), range(change.at, change.at + change.count)
    if "pixelSize" in lines.get(neighbour, {}):
        lines.update({line: {"pixelSize": lines[neighbour]["pixelSize"]} for line in new})
    if change.dimension == "ROWS":
        formats = {c: f for c, cell in sheet.cells.get(neighbour, {}).items() if (f := _look(cell))}
        if formats:
            sheet.cells.update({line: dict(formats) for line in new})
        return
    for cells in sheet.cells.values():
        if look := _look(cells.get(neighbour, {})):
            cells.update(dict.fromkeys(new, look))


def _look(cell: Cell) -> Cell:
    """The format of a cell, but for a link, which belongs to its text."""
    shown = dict(cell.get("userEnteredFormat", {}))
    if "link" in shown.get("textFormat", {}):
        shown["textFormat"] = {k: v for k, v in shown["textFormat"].items() if k != "link"}
    shown = {name: value for name, value in shown.items() if value}
    return {"userEnteredFormat": shown} if shown else {}


def _lines(book: Spreadsheet, given: Body, *, grows: bool = False) -> tuple[Sheet, str, int, int]:
    sheet, dimension = book.sheet(given.get("sheetId", 0)), _dimension(given)
    size = sheet.grid[COUNT[dimension]]
    start, end = given.get("startIndex", 0), given.get("endIndex")
    if end is None and grows:
        raise EditError("range.endIndex must be set.")
    end = size if end is None else end
    if not 0 <= start < end or (end > size and not grows):
        raise EditError(f"The range {start} to {end} is not inside the {size} of this sheet.")
    return sheet, dimension, start, end


def _dimension(given: Body) -> str:
    dimension = given.get("dimension")
    if dimension not in COUNT:
        raise EditError("No dimension specified.")
    return dimension
