"""The choices of a drop-down, and whether a cell's value is one of them."""

from __future__ import annotations

from .cells import displayed
from .spreadsheet import Cell, Resource, Spreadsheet


def choices(book: Spreadsheet, entry: Resource) -> list[str]:
    """What a drop-down offers: each text once, in its order; a tick box has TRUE and FALSE."""
    condition = entry["rule"]["condition"]
    if condition["type"] == "BOOLEAN":
        return ["TRUE", "FALSE"]
    if condition["type"] == "ONE_OF_LIST":
        return [value["userEnteredValue"] for value in condition["values"]]
    source = entry["source"]
    sheet = source and book.holding(source["sheetId"])
    if not sheet:
        return []
    block = sheet.clipped(source)
    texts = (
        displayed(cells[column])
        for _, cells in sheet.within(block)
        for column in sorted(cells)
        if block.left <= column < block.right
    )
    return list(dict.fromkeys(text for text in texts if text))


def is_choice(book: Spreadsheet, entry: Resource, cell: Cell) -> bool:
    return displayed(cell) in choices(book, entry)
