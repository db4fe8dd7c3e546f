"""values.update and values.clear: a block of plain values over what is there."""

from __future__ import annotations

import re
from typing import Any

from . import a1, cells
from .a1 import Block
from .errors import EditError, invalid, unsupported
from .spreadsheet import Sheet, Spreadsheet, exceeds
from .values import locate, major_dimension, transposed

# All that surely stays text when typed: words. Numbers, dates, signs and addresses do not.
WORDS = re.compile(r"(?!(?:true|false)$)[^\W\d_]+(?: [^\W\d_]+)*", re.IGNORECASE)


def update(
    book: Spreadsheet, text: str, body: dict[str, Any], option: str | None
) -> dict[str, Any]:
    """Write the block of a ValueRange; `null` leaves a cell as it is, `""` empties it."""
    if option not in ("RAW", "USER_ENTERED"):
        raise invalid("'valueInputOption' is required but not specified")
    if body.get("range", text) != text:
        raise invalid("The range of the body differs from the range of the URL.")
    sheet, block = locate(book, text)
    rows = body.get("values", [])
    rows = transposed(rows, None) if major_dimension(body) == "COLUMNS" else rows
    block = _writable(sheet, block, rows, ":" not in text.rpartition("!")[2])
    count = 0
    for row, given in enumerate(rows, block.top):
        for column, value in enumerate(given, block.left):
            if value is not None:
                _write(sheet, row, column, value, option == "USER_ENTERED")
                count += 1
    size = {"updatedRows": len(rows), "updatedColumns": max(map(len, rows), default=0)}
    written = {"updatedRange": a1.written(sheet.title, block), **size, "updatedCells": count}
    return {"spreadsheetId": book.id} | {name: value for name, value in written.items() if value}


def clear(book: Spreadsheet, text: str) -> dict[str, Any]:
    sheet, block = locate(book, text)
    cells.clear(sheet, block, cells.VALUE_MASK)
    return {"spreadsheetId": book.id, "clearedRange": a1.written(sheet.title, block)}


def _writable(sheet: Sheet, block: Block, rows: list[list[Any]], corner: bool) -> Block:
    """What will be written; larger than the range is refused, unless that is one corner cell."""
    height, width = len(rows), max(map(len, rows), default=0)
    wanted = Block(block.top, block.top + max(height, 1), block.left, block.left + max(width, 1))
    if corner and not sheet.block.contains(wanted):
        raise invalid(exceeds(sheet, wanted))
    if not corner and not block.contains(wanted):
        over = f"row [{block.bottom + 1}]"
        if wanted.right > block.right:
            over = f"column [{a1.column_name(block.right)}]"
        place = a1.written(sheet.title, block)
        raise invalid(f"Requested writing within range [{place}], but tried writing to {over}")
    return wanted


def _write(sheet: Sheet, row: int, column: int, value: Any, parse: bool) -> None:
    try:
        given = {"userEnteredValue": _entered(value, parse)}
        cells.write(sheet, row, column, cells.VALUE_MASK, given)
    except EditError as refusal:
        raise invalid(str(refusal)) from None


def _entered(value: Any, parse: bool) -> dict[str, Any]:
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, int | float):
        return {"numberValue": value}
    if not isinstance(value, str):
        raise invalid(f"Invalid values: {type(value).__name__} is not a cell's value.")
    return _typed(value) if parse else {"stringValue": value}


def _typed(text: str) -> dict[str, Any]:
    """What a person's typing would become: text that begins with `=` runs as a formula."""
    if text.startswith("="):
        return {"formulaValue": text}
    if text.startswith("'"):
        return {"stringValue": text[1:]}
    if text and not WORDS.fullmatch(text):
        raise unsupported("the parsing of this text under USER_ENTERED")
    return {"stringValue": text}
