"""The methods of Sheets v4 that the sandbox answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import edits, reading, value_writes, values
from .errors import permission_denied, unsupported

if TYPE_CHECKING:
    from .call import Call
    from .spreadsheet import Spreadsheet

Reply = dict[str, Any]


def create(call: Call) -> Reply:
    """A service account owns no storage, so it cannot: 403, whatever the body."""
    raise permission_denied()


def get(call: Call) -> Reply:
    """The resource; with `fields` the cells come if asked for and includeGridData is ignored."""
    book = _book(call)
    if unknown := reading.unknown_cell_fields(call.mask):
        raise unsupported(f"the fields {', '.join(sorted(unknown))} of a cell")
    areas = [values.locate(book, text) for text in call.query.get("ranges", [])]
    data = call.query.get("includeGridData", False)
    data = reading.asks_for_cells(call.mask) if call.mask else data
    return reading.spreadsheet_resource(book, _url(call, book), areas, data)


def batch_update(call: Call) -> Reply:
    book = _book_to_edit(call)
    if call.body.keys() - {"requests", "includeSpreadsheetInResponse"}:
        raise unsupported("responseRanges and responseIncludeGridData")
    edited, replies = edits.apply(book, call.body.get("requests", []))
    _keep(call, edited)
    reply = {"spreadsheetId": book.id, "replies": replies}
    if call.body.get("includeSpreadsheetInResponse"):
        whole = reading.spreadsheet_resource(edited, _url(call, edited), None, False)
        reply["updatedSpreadsheet"] = whole
    return reply


def get_values(call: Call) -> Reply:
    return values.read(_book(call), call.path["range"], call.query)


def batch_get_values(call: Call) -> Reply:
    book = _book(call)
    found = [values.read(book, text, call.query) for text in call.query.get("ranges", [])]
    return {"spreadsheetId": book.id, "valueRanges": found}


def update_values(call: Call) -> Reply:
    edited = _book_to_edit(call).copy()
    option = call.query.get("valueInputOption")
    reply = value_writes.update(edited, call.path["range"], call.body, option)
    _keep(call, edited)
    return reply


def clear_values(call: Call) -> Reply:
    edited = _book_to_edit(call).copy()
    reply = value_writes.clear(edited, call.path["range"])
    _keep(call, edited)
    return reply


def _book(call: Call) -> Spreadsheet:
    return call.state.spreadsheet(call.path["spreadsheetId"])


def _book_to_edit(call: Call) -> Spreadsheet:
    book = _book(call)
    if not call.state.files[book.id].editable:
        raise permission_denied()
    return book


def _keep(call: Call, edited: Spreadsheet) -> None:
    """The edit takes effect for every reader at once; Drive shows the new name."""
    call.state.spreadsheets[edited.id] = edited
    file = call.state.files[edited.id]
    file.name, file.modified_time = edited.properties["title"], call.state.files.now()


def _url(call: Call, book: Spreadsheet) -> str:
    return f"{call.base_url}/spreadsheets/d/{book.id}/edit"
