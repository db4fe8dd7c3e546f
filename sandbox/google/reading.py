"""The Spreadsheet resource without its cells, as spreadsheets.get answers it."""

from __future__ import annotations

from .masks import Mask
from .spreadsheet import Resource, Sheet, Spreadsheet


def spreadsheet_resource(book: Spreadsheet, url: str, sheets: list[Resource]) -> Resource:
    read: Resource = {
        "spreadsheetId": book.id,
        "properties": book.properties,
        "sheets": sheets,
        "spreadsheetUrl": url,
        "developerMetadata": [_metadata(item) for item in book.developer_metadata],
    }
    return _without_blanks(read)


def sheet_resource(sheet: Sheet) -> Resource:
    """Everything but `data`. Metadata of rows and columns stands there, not here."""
    own = [item for item in sheet.developer_metadata if "sheetId" in item["location"]]
    read = {
        "properties": sheet.properties,
        "basicFilter": sheet.basic_filter,
        "developerMetadata": [_metadata(item) for item in own],
        "protectedRanges": sheet.protected_ranges,
        "conditionalFormats": sheet.conditional_formats,
        "charts": sheet.charts,
    }
    return _without_blanks(read)


def cells_asked_for(mask: Mask) -> Mask | None:
    """The part of a mask that is about cells; None when it asks for none.

    It is empty when a whole sheet is asked for, or all that is known of its cells.
    """
    if "sheets" not in mask:
        return None
    return mask["sheets"].get("data") if mask["sheets"] else {}


def _metadata(item: Resource) -> Resource:
    return item | {"location": _without_blanks(item["location"])}


def _without_blanks(read: Resource) -> Resource:
    """Lists that are empty, and a sheet id of 0, are absent."""
    return {name: value for name, value in read.items() if value}
