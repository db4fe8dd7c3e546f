"""spreadsheets.values: blocks of plain values under an A1 range."""

from __future__ import annotations

from typing import Any

from . import a1, cells
from .a1 import Block
from .errors import invalid, unsupported
from .spreadsheet import Sheet, Spreadsheet, exceeds

RENDER = {
    "FORMATTED_VALUE": cells.formatted,
    "UNFORMATTED_VALUE": cells.plain,
    "FORMULA": cells.entered,
}


def locate(book: Spreadsheet, text: str) -> tuple[Sheet, Block]:
    """The sheet and cells of an A1 range; 400 for one that does not parse or lies outside."""
    sheet, reference = _sheet_and_cells(book, text)
    if reference is None:
        return sheet, sheet.block
    try:
        block = a1.block(reference, sheet.grid["rowCount"], sheet.grid["columnCount"])
    except ValueError:
        raise _unparsed(text) from None
    if block.top >= block.bottom or block.left >= block.right:
        corner = Block(block.top, block.top + 1, block.left, block.left + 1)
        raise invalid(exceeds(sheet, corner))
    return sheet, block


def read(book: Spreadsheet, text: str, query: dict[str, Any]) -> dict[str, Any]:
    """A ValueRange; empty ends are cut, and without any content there is no `values`."""
    if query.get("dateTimeRenderOption") == "FORMATTED_STRING":
        raise unsupported("dateTimeRenderOption=FORMATTED_STRING")
    sheet, block = locate(book, text)
    render = RENDER[query.get("valueRenderOption", "FORMATTED_VALUE")]
    rows = dict(sheet.within(block))
    last = max((row for row in rows if _has_value(rows[row], block)), default=block.top - 1)
    values = [_row(rows.get(row, {}), block, render) for row in range(block.top, last + 1)]
    major = major_dimension(query)
    if major == "COLUMNS":
        values = transposed(values)
    found = {"range": a1.written(sheet.title, block), "majorDimension": major}
    return found | ({"values": values} if values else {})


def _sheet_and_cells(book: Spreadsheet, text: str) -> tuple[Sheet, str | None]:
    try:
        title, reference = a1.split(text)
    except ValueError:
        raise _unparsed(text) from None
    if title is None:
        whole = book.titled(text)
        return (whole, None) if whole else (book.sheets[0], reference)
    sheet = book.titled(title)
    if sheet is None:
        raise _unparsed(text)
    return sheet, reference


def _unparsed(text: str) -> Exception:
    return invalid(f"Unable to parse range: {text}")


def major_dimension(holder: dict[str, Any]) -> str:
    major = holder.get("majorDimension", "ROWS")
    return "ROWS" if major == "DIMENSION_UNSPECIFIED" else major


def _has_value(row: dict[int, Any], block: Block) -> bool:
    return any(
        "userEnteredValue" in cell
        for column, cell in row.items()
        if block.left <= column < block.right
    )


def _row(row: dict[int, Any], block: Block, render: Any) -> list[Any]:
    values = [render(row.get(column, {})) for column in range(block.left, block.right)]
    while values and values[-1] == "":
        values.pop()
    return values


def transposed(rows: list[list[Any]], blank: Any = "") -> list[list[Any]]:
    width = max(map(len, rows), default=0)
    turned = [[row[i] if i < len(row) else blank for row in rows] for i in range(width)]
    for line in turned:
        while line and line[-1] == blank:
            line.pop()
    return turned
