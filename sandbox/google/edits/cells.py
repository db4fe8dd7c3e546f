"""Requests that write cells."""

from __future__ import annotations

from typing import Any

from ..a1 import Block
from ..cells import SUPPORTED, VALUE_MASK, clear, write
from ..errors import EditError, unsupported
from ..masks import Mask
from ..spreadsheet import Sheet, Spreadsheet
from .update import read_mask

Body = dict[str, Any]


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


def merge_cells(book: Spreadsheet, body: Body) -> Body:
    if body.get("mergeType") != "MERGE_ALL":
        raise unsupported("merges other than MERGE_ALL")
    sheet, block = book.located(body.get("range", {}))
    _check_mergeable(sheet, block)
    sheet.merges = [merged for merged in sheet.merges if not block.contains(sheet.resolve(merged))]
    sheet.merges.append(sheet.grid_range(block))
    _keep_first_value(sheet, block)
    return {}


def unmerge_cells(book: Spreadsheet, body: Body) -> Body:
    sheet, block = book.located(body.get("range", {}))
    merges = [(merged, sheet.resolve(merged)) for merged in sheet.merges]
    if any(block.overlaps(found) and not block.contains(found) for _, found in merges):
        raise EditError("You must select all cells in a merged range to merge or unmerge them.")
    sheet.merges = [merged for merged, found in merges if not block.contains(found)]
    return {}


def _cell_mask(body: Body) -> Mask:
    mask = read_mask(body, "CellData")
    if body["fields"].strip() == "*":
        return {name: {} for name in sorted(SUPPORTED)}
    if not mask.keys() <= SUPPORTED:
        raise unsupported(f"the fields {', '.join(mask.keys() - SUPPORTED)} of a cell")
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


def _check_mergeable(sheet: Sheet, block: Block) -> None:
    rows, columns = sheet.grid.get("frozenRowCount", 0), sheet.grid.get("frozenColumnCount", 0)
    if block.top < rows < block.bottom or block.left < columns < block.right:
        raise EditError("You can't merge frozen and non-frozen rows or columns.")
    others = (sheet.resolve(merged) for merged in sheet.merges)
    if any(block.overlaps(other) and not block.contains(other) for other in others):
        raise EditError("You must select all cells in a merged range to merge or unmerge them.")


def _keep_first_value(sheet: Sheet, block: Block) -> None:
    first = sheet.cells.get(block.top, {}).get(block.left)
    clear(sheet, block, VALUE_MASK)
    if first:
        write(sheet, block.top, block.left, VALUE_MASK, first)
