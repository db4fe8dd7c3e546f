"""The small requests of a batchUpdate that the parts of the book are written with."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

from include.roster.table import Value
from include.sheets.columns import EPOCH, LONGEST_TEXT

Request = dict[str, Any]
Span = tuple[int, int]
Format = dict[str, Any]

MARK = "zoom_book"
"""Key of the developer metadata of tabs, columns and rows that are the book's."""


def number_of(*parts: str) -> int:
    """Return an id that Google lets us choose: positive, 31 bits, always the same."""
    digest = hashlib.sha256("\0".join(parts).encode()).digest()
    return int.from_bytes(digest[:4], "big") % (2**31 - 1) + 1


def cell_of(value: Value) -> dict[str, Any]:
    """Return the cell of a value. A text is never read as a formula; a date is its serial."""
    if value is None or value == "":
        return {}
    if isinstance(value, str):
        return {"userEnteredValue": {"stringValue": value[:LONGEST_TEXT]}}
    return {"userEnteredValue": {"numberValue": number(value)}}


def number(value: int | date) -> int:
    """Return a number, or the serial number of a date."""
    return (value - EPOCH.date()).days if isinstance(value, date) else value


def cells(sheet_id: int, row: int, column: int, rows: list[list[Value]]) -> Request:
    """Write values from a cell on; None empties."""
    data = [{"values": [cell_of(value) for value in values]} for values in rows]
    start = {"sheetId": sheet_id, "rowIndex": row, "columnIndex": column}
    return {"updateCells": {"start": start, "rows": data, "fields": "userEnteredValue"}}


def look(area: Mapping[str, int], shown: Format, *, only: str = "") -> Request:
    """Give all cells of a range a format.

    :param only: the fields that change, if not all those of the format.
    """
    names = only.split(",") if only else list(shown)
    fields = ",".join(f"userEnteredFormat.{name}" for name in names)
    cell = {"userEnteredFormat": shown}
    return {"repeatCell": {"range": dict(area), "cell": cell, "fields": fields}}


def lines(sheet_id: int, dimension: str, span: Span) -> dict[str, Any]:
    """Return rows or columns: from, up to and without."""
    where = {"sheetId": sheet_id, "dimension": dimension}
    return {**where, "startIndex": span[0], "endIndex": span[1]}


def insert(sheet_id: int, dimension: str, span: Span, *, like_before: bool) -> Request:
    """Insert rows or columns that look like their neighbour."""
    where = lines(sheet_id, dimension, span)
    return {"insertDimension": {"range": where, "inheritFromBefore": like_before}}


def delete(sheet_id: int, dimension: str, span: Span) -> Request:
    """Delete rows or columns."""
    return {"deleteDimension": {"range": lines(sheet_id, dimension, span)}}


def size(sheet_id: int, column: int, pixels: int, *, hidden: bool = False) -> Request:
    """Set the width of a column, and hide it."""
    properties: dict[str, Any] = {"pixelSize": pixels}
    if hidden:
        properties["hiddenByUser"] = True
    where = lines(sheet_id, "COLUMNS", (column, column + 1))
    body = {"range": where, "properties": properties, "fields": ",".join(properties)}
    return {"updateDimensionProperties": body}


def mark_line(sheet_id: int, dimension: str, index: int, value: str) -> Request:
    """Mark a row or a column, so that it is found again wherever people move it."""
    where = {"dimensionRange": lines(sheet_id, dimension, (index, index + 1))}
    return mark(where, value)


def mark(location: dict[str, Any], value: str, key: str = MARK, id_: int | None = None) -> Request:
    """Create developer metadata; Google refuses an id that is taken."""
    new: dict[str, Any] = {"metadataId": id_} if id_ else {}
    new |= {"metadataKey": key, "metadataValue": value, "location": location}
    return {"createDeveloperMetadata": {"developerMetadata": {**new, "visibility": "DOCUMENT"}}}


def update_mark(lookup: dict[str, Any], value: str) -> Request:
    """Change the value of developer metadata. Google refuses it if there is none (any more)."""
    filters = [{"developerMetadataLookup": lookup}]
    new = {"metadataValue": value}
    body = {"dataFilters": filters, "developerMetadata": new, "fields": "metadataValue"}
    return {"updateDeveloperMetadata": body}


def delete_mark(id_: int) -> Request:
    """Delete developer metadata."""
    lookup = {"developerMetadataLookup": {"metadataId": id_}}
    return {"deleteDeveloperMetadata": {"dataFilter": lookup}}


def choices(area: Mapping[str, int], kind: str, *values: str) -> Request:
    """Offer values in the cells of a range; others can be typed all the same."""
    condition: dict[str, Any] = {"type": kind}
    if values:
        condition["values"] = [{"userEnteredValue": value} for value in values]
    rule = {"condition": condition, "showCustomUi": True, "strict": kind == "BOOLEAN"}
    return {"setDataValidation": {"range": dict(area), "rule": rule}}


def protect(area: Mapping[str, int], description: str) -> Request:
    """Warn whoever types in a range."""
    new = {"range": dict(area), "description": description, "warningOnly": True}
    return {"addProtectedRange": {"protectedRange": new}}


def columns_of(sheet_id: int, span: Span) -> dict[str, int]:
    """Return a range of whole columns, however many rows there come to be."""
    return {"sheetId": sheet_id, "startColumnIndex": span[0], "endColumnIndex": span[1]}
