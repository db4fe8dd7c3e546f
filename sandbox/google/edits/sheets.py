"""Requests about tabs: to add, to change and to delete them."""

from __future__ import annotations

from typing import Any

from ..blank import DEFAULT_GRID
from ..errors import EditError
from ..masks import Mask, merge
from ..ranges import cut_to_grid, forget_sheet
from ..spreadsheet import Sheet, Spreadsheet
from .tabs import (
    FIELDS,
    check_given,
    check_grid,
    check_title,
    check_visible,
    chosen_id,
    free_title,
)
from .update import check_known, read_mask

Body = dict[str, Any]


def add_sheet(book: Spreadsheet, body: Body) -> Body:
    given = body.get("properties", {})
    check_given(given)
    properties = given | {
        "sheetId": chosen_id(book, given),
        "title": given.get("title", free_title(book)),
        "sheetType": "GRID",
        "gridProperties": DEFAULT_GRID | given.get("gridProperties", {}),
    }
    sheet = Sheet(_normal(properties))
    check_title(book, sheet)
    check_grid(sheet)
    _insert(book, sheet, given.get("index", len(book.sheets)))
    check_visible(book)
    book.check_size()
    return {"properties": sheet.properties}


def delete_sheet(book: Spreadsheet, body: Body) -> Body:
    sheet = book.sheet(body.get("sheetId", 0))
    if all(one.hidden for one in book.sheets if one is not sheet):
        raise EditError("You can't remove all the visible sheets in a document.")
    book.sheets.remove(sheet)
    forget_sheet(book, sheet.id)
    renumber(book)
    return {}


def update_sheet_properties(book: Spreadsheet, body: Body) -> Body:
    given = body.get("properties", {})
    mask = read_mask(body, "SheetProperties")
    check_known(mask, FIELDS)
    sheet = book.sheet(given.get("sheetId", 0))
    place, old = sheet.properties["index"], sheet.grid
    sheet.properties = _changed(sheet, mask, given)
    check_title(book, sheet)
    check_grid(sheet)
    check_visible(book)
    if "index" in mask:
        move(book, sheet, place, given.get("index", 0))
    cut_to_grid(book, sheet, old["rowCount"], old["columnCount"])
    book.check_size()
    return {}


def _changed(sheet: Sheet, mask: Mask, given: Body) -> Body:
    changed = merge(mask, sheet.properties, given)
    if not {"rowCount", "columnCount"} <= changed.get("gridProperties", {}).keys():
        raise EditError("A sheet keeps its rowCount and columnCount; give both or mask neither.")
    return _normal({"title": "", "index": 0} | changed)


def _normal(properties: Body) -> Body:
    """As replies have it: no zeros in the grid but those of its size, no `hidden: false`."""
    if not properties.get("hidden"):
        properties = {name: value for name, value in properties.items() if name != "hidden"}
    grid = {name: value for name, value in properties["gridProperties"].items() if value}
    return properties | {"gridProperties": {"rowCount": 0, "columnCount": 0} | grid}


def _insert(book: Spreadsheet, sheet: Sheet, index: int) -> None:
    if not 0 <= index <= len(book.sheets):
        raise EditError(f"Invalid index: {index}")
    book.sheets.insert(index, sheet)
    renumber(book)


def move(book: Spreadsheet, sheet: Sheet, place: int, index: int) -> None:
    """`index` counts the tabs as they stood before the move."""
    book.sheets.remove(sheet)
    _insert(book, sheet, index - 1 if index > place else index)


def renumber(book: Spreadsheet) -> None:
    for index, sheet in enumerate(book.sheets):
        sheet.properties["index"] = index
