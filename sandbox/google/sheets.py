"""The methods of Sheets v4 that the sandbox answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import edits, reading
from .errors import EditError, invalid, permission_denied, unsupported

if TYPE_CHECKING:
    from .call import Call
    from .spreadsheet import Spreadsheet

Reply = dict[str, Any]


def get(call: Call) -> Reply:
    book = call.state.spreadsheet(call.path["spreadsheetId"])
    if reading.asks_for_cells(call.mask):
        raise unsupported("the reading of the cells of all sheets")
    url = f"{call.base_url}/spreadsheets/d/{book.id}/edit"
    return reading.spreadsheet_resource(book, url)


def get_by_data_filter(call: Call) -> Reply:
    """Whole sheets by their ids, with their cells if the mask names them."""
    book = call.state.spreadsheet(call.path["spreadsheetId"])
    ranges = [one.get("gridRange") for one in call.body.get("dataFilters", [])]
    if not ranges or not call.mask or any(not one or one.keys() - {"sheetId"} for one in ranges):
        raise unsupported("this way of reading a spreadsheet")
    try:
        sheets = [book.sheet(one.get("sheetId", 0)) for one in ranges]
    except EditError as unknown:
        raise invalid(str(unknown)) from None
    return {"sheets": [reading.sheet_with_cells(sheet) for sheet in sheets]}


def batch_update(call: Call) -> Reply:
    book = call.state.spreadsheet(call.path["spreadsheetId"])
    if not call.state.files[book.id].editable:
        raise permission_denied()
    if unknown := call.body.keys() - {"requests"}:
        raise unsupported(", ".join(sorted(unknown)))
    edited, replies = edits.apply(book, call.body.get("requests", []))
    _keep(call, edited)
    return {"spreadsheetId": book.id, "replies": replies}


def _keep(call: Call, edited: Spreadsheet) -> None:
    """The edit takes effect for every reader at once."""
    call.state.spreadsheets[edited.id] = edited
    call.state.files[edited.id].modified_time = call.state.files.now()
