"""What a tab may be: its known properties, its id, its title, its grid."""

from __future__ import annotations

from typing import Any

from ..errors import EditError, unsupported
from ..spreadsheet import Sheet, Spreadsheet, free_id

Body = dict[str, Any]
GRID_FIELDS = {
    *("rowCount", "columnCount", "frozenRowCount", "frozenColumnCount"),
    "hideGridlines",
}
FIELDS = {"title", "index", "hidden", *(f"gridProperties.{name}" for name in GRID_FIELDS)}
MAX_TITLE = 100


def check_given(given: Body) -> None:
    """501 for a new sheet with more than the sandbox keeps."""
    unknown = given.keys() - {"sheetId", "title", "index", "hidden", "gridProperties"}
    unknown |= given.get("gridProperties", {}).keys() - GRID_FIELDS
    if unknown:
        raise unsupported(f"these properties of a sheet: {', '.join(sorted(unknown))}")


def chosen_id(book: Spreadsheet, given: Body) -> int:
    taken = {sheet.id for sheet in book.sheets}
    return free_id(given.get("sheetId"), taken, "A sheet", "sheetId")


def free_title(book: Spreadsheet) -> str:
    number = len(book.sheets) + 1
    while book.titled(f"Sheet{number}"):
        number += 1
    return f"Sheet{number}"


def check_title(book: Spreadsheet, sheet: Sheet) -> None:
    if not sheet.title:
        raise EditError("The sheet name cannot be empty.")
    if len(sheet.title) > MAX_TITLE:
        raise EditError(f"The sheet name cannot be greater than {MAX_TITLE} characters.")
    if (other := book.titled(sheet.title)) and other.id != sheet.id:
        raise EditError(
            f'A sheet with the name "{sheet.title}" already exists. Please enter another name.'
        )


def check_visible(book: Spreadsheet) -> None:
    if all(sheet.hidden for sheet in book.sheets):
        raise EditError("You can't hide all the sheets in a document.")


def check_grid(sheet: Sheet) -> None:
    grid = sheet.grid
    if grid["rowCount"] < 1 or grid["columnCount"] < 1:
        raise EditError("A sheet has at least one row and one column.")
    for frozen, count in (("frozenRowCount", "rowCount"), ("frozenColumnCount", "columnCount")):
        if not 0 <= grid.get(frozen, 0) < grid[count]:
            raise EditError("You can't freeze all visible rows or columns on the sheet.")
