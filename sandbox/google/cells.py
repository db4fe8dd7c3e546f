"""What a cell holds and what is shown of it."""

from __future__ import annotations

from typing import Any

from . import numberformat
from .a1 import Block
from .errors import EditError, unsupported
from .masks import Mask, merge
from .spreadsheet import Cell, Sheet

MAX_CHARACTERS = 50_000
SUPPORTED = {"userEnteredValue", "userEnteredFormat", "note", "textFormatRuns"}
VALUES = {"stringValue", "numberValue", "boolValue"}
COLORS = {"foregroundColorStyle", "backgroundColorStyle", "colorStyle"}
TEXT_FORMATS = {
    *("bold", "italic", "underline", "strikethrough"),
    *("fontSize", "foregroundColorStyle", "link"),
}
FORMATS = {
    *("numberFormat", "textFormat", "backgroundColorStyle"),
    *("horizontalAlignment", "verticalAlignment", "wrapStrategy"),
}
OF_THE_VALUE = {"effectiveValue", "textFormatRuns"}
EMPTY: Cell = {}
VALUE_MASK: Mask = {"userEnteredValue": {}}
ERRORS = {
    "#NULL!": "NULL_VALUE",
    "#DIV/0!": "DIVIDE_BY_ZERO",
    "#VALUE!": "VALUE",
    "#REF!": "REF",
    "#NAME?": "NAME",
    "#NUM!": "NUM",
    "#N/A": "N_A",
    "#ERROR!": "ERROR",
}
"""What a cell shows that holds an error, and the error's type."""


def write(sheet: Sheet, row: int, column: int, mask: Mask, given: Cell) -> None:
    """Take the masked fields of `given` into one cell; a new value takes its look with it."""
    check_given(given)
    cells = sheet.cells.get(row) or {}
    cell = _without_blanks(merge(mask, _without_old(cells.get(column, EMPTY), mask), given))
    if given:
        _check_value(given.get("userEnteredValue") or EMPTY)
        _check_runs(cell)
    put(sheet, row, column, cell)


def check_given(given: Cell) -> None:
    """501 for what the sandbox does not keep of a cell."""
    if not given.keys() <= SUPPORTED:
        raise unsupported(f"{', '.join(given.keys() - SUPPORTED)} in a cell")
    if shown := given.get("userEnteredFormat"):
        _check_format(shown, FORMATS)
        _check_format(shown.get("textFormat") or EMPTY, TEXT_FORMATS)
    for run in given.get("textFormatRuns") or ():
        _check_format(run.get("format", EMPTY), TEXT_FORMATS)


def _check_format(given: Cell, known: set[str]) -> None:
    if unknown := given.keys() - known:
        raise unsupported(f"the format {', '.join(sorted(unknown))}")
    check_colors(given)


def check_colors(given: Cell) -> None:
    """501 for the colours of a theme: only the person who chose it knows them."""
    for name in COLORS & given.keys():
        if "themeColor" in given[name]:
            raise unsupported("the colours of a theme")


def _without_old(cell: Cell, mask: Mask) -> Cell:
    """The cell without what belonged to a value that is written anew."""
    if "userEnteredValue" not in mask or not OF_THE_VALUE & cell.keys():
        return cell
    return {name: value for name, value in cell.items() if name not in OF_THE_VALUE}


def put(sheet: Sheet, row: int, column: int, cell: Cell) -> None:
    if cell:
        sheet.cells.setdefault(row, {})[column] = cell
    elif row in sheet.cells:
        sheet.cells[row].pop(column, None)
        if not sheet.cells[row]:
            del sheet.cells[row]


def clear(sheet: Sheet, block: Block, mask: Mask) -> None:
    """Remove the masked fields of every cell of the block."""
    if "userEnteredValue" in mask:
        mask = mask | {name: {} for name in OF_THE_VALUE}
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


def _check_runs(cell: Cell) -> None:
    runs = cell.get("textFormatRuns")
    if not runs:
        return
    text = cell.get("userEnteredValue", EMPTY).get("stringValue")
    if text is None:
        raise EditError("Text format runs are only valid on cells that hold a text.")
    starts = [run.get("startIndex", 0) for run in runs]
    if starts != sorted(set(starts)) or starts[-1] >= len(text) or starts[0] < 0:
        raise EditError("The text format runs do not fit the text.")


def effective(cell: Cell) -> str | float | bool | None:
    """The value that counts: of a formula what it shows, an error as its text."""
    value = cell.get("effectiveValue") or cell.get("userEnteredValue", EMPTY)
    if "errorValue" in value:
        kind = value["errorValue"]["type"]
        return next(text for text, name in ERRORS.items() if name == kind)
    return next(iter(value.values()), None)


def displayed(cell: Cell) -> str:
    """The text that a person sees."""
    value = effective(cell)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return numberformat.shown(value, cell.get("userEnteredFormat", EMPTY).get("numberFormat"))
    return value or ""
