"""What a cell holds and how it is read: as entered, as a value, as shown."""

from __future__ import annotations

from typing import Any

from . import colors, numberformat
from .a1 import Block
from .errors import EditError, unsupported
from .masks import Mask, merge
from .spreadsheet import Cell, Sheet

MAX_CHARACTERS = 50_000
SUPPORTED = {"userEnteredValue", "userEnteredFormat", "note"}
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
    if len(value.get("stringValue") or value.get("formulaValue") or "") > MAX_CHARACTERS:
        raise EditError(
            f"Your input contains more than the maximum of {MAX_CHARACTERS} characters in a single "
            "cell."
        )
    if "errorValue" in value:
        raise EditError("An error value cannot be written.")
    if not value.get("formulaValue", "=").startswith("="):
        raise EditError("A formula begins with '='.")


def plain(cell: Cell) -> Any:
    """The value without its format; a formula is not calculated here, so it is refused."""
    value = cell.get("userEnteredValue", EMPTY)
    if "formulaValue" in value:
        raise unsupported("the calculation of formulas; ask for FORMULA")
    number = value.get("numberValue")
    if number is not None:
        return int(number) if number == int(number) else number
    return value.get("boolValue", value.get("stringValue", ""))


def entered(cell: Cell) -> Any:
    """The value as a person would edit it: formulas as their text."""
    formula = cell.get("userEnteredValue", EMPTY).get("formulaValue")
    return formula if formula is not None else plain(cell)


def formatted(cell: Cell) -> str:
    """The text that the sheet shows."""
    value = plain(cell)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return value
    return numberformat.shown(value, cell.get("userEnteredFormat", {}).get("numberFormat", {}))


def displayed(cell: Cell) -> str:
    """The text that a person sees here; formulas, which are not calculated, as entered."""
    formula = cell.get("userEnteredValue", EMPTY).get("formulaValue")
    return formula if formula is not None else formatted(cell)


def resource(cell: Cell) -> Cell:
    """A cell as spreadsheets.get gives it; a formula has no effective value here."""
    read = dict(cell)
    if "userEnteredFormat" in cell:
        read["userEnteredFormat"] = colors.completed(cell["userEnteredFormat"])
    value = cell.get("userEnteredValue", EMPTY)
    if value and "formulaValue" not in value:
        read |= {"effectiveValue": value, "formattedValue": formatted(cell)}
    return read
