"""What a cell holds and what is shown of it."""

from __future__ import annotations

from typing import Any

from . import numberformat
from .a1 import Block
from .errors import EditError, unsupported
from .masks import Mask, merge
from .spreadsheet import Cell, Sheet

MAX_CHARACTERS = 50_000
SUPPORTED = {"userEnteredValue", "userEnteredFormat", "note"}
VALUES = {"stringValue", "numberValue"}
EMPTY: Cell = {}
VALUE_MASK: Mask = {"userEnteredValue": {}}


def write(sheet: Sheet, row: int, column: int, mask: Mask, given: Cell) -> None:
    """Take the masked fields of `given` into one cell."""
    if not given.keys() <= SUPPORTED:
        raise unsupported(f"{', '.join(given.keys() - SUPPORTED)} in a cell")
    cells = sheet.cells.get(row) or {}
    cell = _without_blanks(merge(mask, cells.get(column, EMPTY), given))
    _check_value(cell.get("userEnteredValue", EMPTY))
    put(sheet, row, column, cell)


def put(sheet: Sheet, row: int, column: int, cell: Cell) -> None:
    if cell:
        sheet.cells.setdefault(row, {})[column] = cell
    elif row in sheet.cells:
        sheet.cells[row].pop(column, None)
        if not sheet.cells[row]:
            del sheet.cells[row]


def clear(sheet: Sheet, block: Block, mask: Mask) -> None:
    """Remove the masked fields of every cell of the block."""
    for row, cells in list(sheet.within(block)):
        left = {
            column: _stripped(cell, mask) if block.left <= column < block.right else cell
            for column, cell in cells.items()
        }
        sheet.cells[row] = {column: cell for column, cell in left.items() if cell}
        if not sheet.cells[row]:
            del sheet.cells[row]


def _stripped(cell: Cell, mask: Mask) -> Cell:
    if any(mask.values()):
        return _without_blanks(merge(mask, cell, EMPTY))
    return {name: value for name, value in cell.items() if name not in mask}


def _without_blanks(cell: Cell) -> Cell:
    """A cell without empty members; an empty text is no value."""
    if not all(cell.values()) or cell.get("userEnteredValue") == {"stringValue": ""}:
        return {k: v for k, v in cell.items() if v and v != {"stringValue": ""}}
    return cell


def _check_value(value: dict[str, Any]) -> None:
    if not value.keys() <= VALUES:
        raise unsupported(f"{', '.join(value)} in a cell")
    if len(value.get("stringValue") or "") > MAX_CHARACTERS:
        raise EditError(
            f"Your input contains more than the maximum of {MAX_CHARACTERS} characters in a single "
            "cell."
        )


def displayed(cell: Cell) -> str:
    """The text that a person sees."""
    value = cell.get("userEnteredValue", EMPTY)
    if "numberValue" in value:
        number_format = cell.get("userEnteredFormat", EMPTY).get("numberFormat", EMPTY)
        return numberformat.shown(value["numberValue"], number_format)
    return value.get("stringValue", "")
