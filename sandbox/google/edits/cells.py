"""Requests that write cells."""

from __future__ import annotations

from typing import Any

from ..a1 import Block
from ..cells import FORMATS, TEXT_FORMATS, clear, write
from ..errors import EditError
from ..masks import Mask
from ..spreadsheet import Sheet, Spreadsheet
from .update import check_known, read_mask

Body = dict[str, Any]
KNOWN = {
    *("userEnteredValue", "note", "textFormatRuns", "userEnteredFormat"),
    *(f"userEnteredFormat.{name}" for name in FORMATS),
    *(f"userEnteredFormat.textFormat.{name}" for name in TEXT_FORMATS),
}


def update_cells(book: Spreadsheet, body: Body) -> Body:
    """`start` writes a block; `range` also clears the listed fields of its cells not given."""
    mask = _cell_mask(body)
    sheet, block = _target(book, body)
    rows = body.get("rows", [])
    _check_inside(block, rows)
    if "range" in body:
        clear(sheet, block, mask)
    for row, given in enumerate(rows, block.top):
        for column, cell in enumerate(given.get("values", []), block.left):
            write(sheet, row, column, mask, cell)
    return {}


def repeat_cell(book: Spreadsheet, body: Body) -> Body:
    mask = _cell_mask(body)
    sheet, block = book.located(body.get("range", {}))
    cell = body.get("cell", {})
    for row in range(block.top, block.bottom):
        for column in range(block.left, block.right):
            write(sheet, row, column, mask, cell)
    return {}


def _cell_mask(body: Body) -> Mask:
    mask = read_mask(body, "CellData")
    check_known(mask, KNOWN)
    return mask


def _target(book: Spreadsheet, body: Body) -> tuple[Sheet, Block]:
    if ("start" in body) == ("range" in body):
        raise EditError("Exactly one of 'start' and 'range' must be set.")
    if "range" in body:
        return book.located(body["range"])
    start = body["start"]
    sheet, grid = book.sheet(start.get("sheetId", 0)), book.sheet(start.get("sheetId", 0)).block
    row, column = start.get("rowIndex", 0), start.get("columnIndex", 0)
    if not (0 <= row < grid.bottom and 0 <= column < grid.right):
        raise EditError(f"The start ({row}, {column}) is outside the grid.")
    return sheet, Block(row, grid.bottom, column, grid.right)


def _check_inside(block: Block, rows: list[Body]) -> None:
    last_row = block.top + len(rows) - 1
    last_column = block.left + max((len(row.get("values", [])) for row in rows), default=0) - 1
    if last_row >= block.bottom:
        raise EditError(_beyond("row", block.bottom))
    if last_column >= block.right:
        raise EditError(_beyond("column", block.right))


def _beyond(what: str, end: int) -> str:
    return f"Attempting to write {what}: {end}, beyond the last requested {what} of: {end - 1}"
