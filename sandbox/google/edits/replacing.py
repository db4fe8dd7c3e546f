"""Requests that bring in texts as if they were typed: findReplace and pasteData."""

from __future__ import annotations

from typing import Any

from ..cells import VALUE_MASK, displayed, write
from ..errors import EditError, unsupported
from ..spreadsheet import Cell, Sheet, Spreadsheet
from ..typed import typed

Body = dict[str, Any]
WHOLE_CELLS = {"matchCase": True, "matchEntireCell": True}
VALUES = {"type": "PASTE_VALUES", "delimiter": "\t"}


def find_replace(book: Spreadsheet, body: Body) -> Body:
    """Put another text where a cell of a range shows just this one; formulas are left alone."""
    _check_only(body, {"find", "replacement", "range"}, WHOLE_CELLS, "this way of replacing")
    if not body.get("find"):
        raise EditError("The find string must be set.")
    if "range" not in body:
        raise unsupported("the replacing in whole sheets")
    sheet, block = book.located(body["range"])
    found = [
        (row, column)
        for row, cells in list(sheet.within(block))
        for column, cell in cells.items()
        if block.left <= column < block.right and _shows(cell, body["find"])
    ]
    for row, column in found:
        _put(book, sheet, row, column, body.get("replacement", ""))
    counts = {"valuesChanged": len(found), "rowsChanged": len({row for row, _ in found})}
    counts |= {"sheetsChanged": min(len(found), 1), "occurrencesChanged": len(found)}
    return {name: count for name, count in counts.items() if count}


def paste_data(book: Spreadsheet, body: Body) -> Body:
    """Texts by lines and tabs, from a cell on; an empty one empties its cell."""
    _check_only(body, {"coordinate", "data"}, VALUES, "this way of pasting")
    place = body.get("coordinate", {})
    sheet, top = book.sheet(place.get("sheetId", 0)), place.get("rowIndex", 0)
    if any("hiddenByFilter" in line for line in sheet.rows.values()):
        raise unsupported("the pasting under a filter, where hidden rows are passed over")
    for row, line in enumerate(body.get("data", "").split("\n"), top):
        for column, text in enumerate(line.split("\t"), place.get("columnIndex", 0)):
            if not sheet.block.covers(row, column):
                raise unsupported("the pasting beyond the grid")
            _put(book, sheet, row, column, text)
    return {}


def _check_only(body: Body, known: set[str], fixed: Body, what: str) -> None:
    given = {name: value for name, value in body.items() if name not in known}
    if given != fixed:
        raise unsupported(what)


def _shows(cell: Cell, text: str) -> bool:
    return "effectiveValue" not in cell and bool(cell) and displayed(cell) == text


def _put(book: Spreadsheet, sheet: Sheet, row: int, column: int, text: str) -> None:
    new = typed(text, book.properties["locale"], sheet.cell(row, column))
    if "userEnteredFormat" in new or "formulaValue" in new.get("userEnteredValue", {}):
        raise unsupported("texts that are read as a date, a percentage or a formula")
    write(sheet, row, column, VALUE_MASK, new)
