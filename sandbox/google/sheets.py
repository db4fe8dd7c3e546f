"""The methods of Sheets v4 that the sandbox answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import a1, edits
from .errors import EditError, invalid, permission_denied, unsupported
from .griddata import grid_data
from .reading import cells_asked_for, sheet_resource, spreadsheet_resource

if TYPE_CHECKING:
    from .call import Call
    from .spreadsheet import Resource, Sheet, Spreadsheet

Reply = dict[str, Any]
Areas = dict[int, list["Resource"]]
"""What is asked for of each sheet, by its id."""


def get(call: Call) -> Reply:
    book = call.state.spreadsheet(call.path["spreadsheetId"], call.account)
    asked = call.query.get("ranges")
    return _read(call, book, _titled(book, asked) if asked else _everything(book))


def get_by_data_filter(call: Call) -> Reply:
    """The same by the ids of sheets, which stay when people rename them."""
    book = call.state.spreadsheet(call.path["spreadsheetId"], call.account)
    if unknown := call.body.keys() - {"dataFilters"}:
        raise unsupported(", ".join(sorted(unknown)))
    asked = call.body.get("dataFilters")
    return _read(call, book, _filtered(book, asked) if asked else _everything(book))


def batch_update(call: Call) -> Reply:
    if unknown := call.body.keys() - {"requests"}:
        raise unsupported(", ".join(sorted(unknown)))
    book = call.state.spreadsheet(call.path["spreadsheetId"], call.account)
    if not call.state.files[book.id].writable_by(call.account):
        raise permission_denied()
    with call.state.changing(book.id) as edited:
        replies = edits.apply(edited, call.body.get("requests", []))
    return {"spreadsheetId": book.id, "replies": replies}


def _read(call: Call, book: Spreadsheet, areas: Areas) -> Reply:
    url = f"{call.base_url}/spreadsheets/d/{book.id}/edit"
    read = [_sheet(call, book, sheet, areas) for sheet in book.sheets if sheet.id in areas]
    return spreadsheet_resource(book, url, read)


def _sheet(call: Call, book: Spreadsheet, sheet: Sheet, areas: Areas) -> Resource:
    mask = cells_asked_for(call.mask)
    if mask is None:
        return sheet_resource(sheet)
    try:
        data = [grid_data(book, sheet, area, mask) for area in areas[sheet.id]]
    except EditError as refusal:
        raise invalid(str(refusal)) from None
    return sheet_resource(sheet) | {"data": data}


def _everything(book: Spreadsheet) -> Areas:
    return {sheet.id: [{}] for sheet in book.sheets}


def _titled(book: Spreadsheet, ranges: list[str]) -> Areas:
    areas: Areas = {}
    for text in ranges:
        try:
            title, area = a1.read(text)
        except ValueError:
            raise unsupported(f"the range {text}: its title needs quotes") from None
        sheet = book.titled(title)
        if sheet is None:
            raise invalid(f"Unable to parse range: {text}")
        areas.setdefault(sheet.id, []).append(area)
    return areas


def _filtered(book: Spreadsheet, filters: list[Resource]) -> Areas:
    areas: Areas = {}
    for one in filters:
        if "gridRange" not in one:
            raise unsupported("other filters than a gridRange")
        sheet = book.holding(one["gridRange"].get("sheetId", 0))
        if sheet is None:
            raise invalid(f"No grid with id: {one['gridRange'].get('sheetId', 0)}")
        areas.setdefault(sheet.id, []).append(one["gridRange"])
    return areas
