"""The requests of a batchUpdate that reports and books are made of, and the ids that are ours."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from include.roster.members.dates import EPOCH
from include.roster.table import Value

Request = dict[str, Any]
Cell = dict[str, Any]
Format = dict[str, Any]
CellValue = str | float | date | None

Span = tuple[int, int]
"""From, up to and without."""

TEXT_FORMAT = {"type": "TEXT", "pattern": "@"}
"""The number format of cells in which nothing is taken for a number."""

LONGEST_TEXT = 50_000
"""Characters Sheets takes in one cell."""

LONGEST_TITLE = 100
"""Characters of a tab's title."""


def number_of(*parts: str) -> int:
    """Return an id that Google lets us choose: positive, 31 bits, always the same."""
    digest = hashlib.sha256("\0".join(parts).encode()).digest()
    return int.from_bytes(digest[:4], "big") % (2**31 - 1) + 1


def free_title(title: str, others: Iterable[str]) -> str:
    """Return the title of a new tab: numbered if another has it."""
    taken = {other.casefold() for other in others}  # to Sheets, "NOTES" is "Notes"
    endings = ["", *(f" ({number})" for number in range(2, len(taken) + 3))]
    candidates = (title[: LONGEST_TITLE - len(ending)] + ending for ending in endings)
    return next(candidate for candidate in candidates if candidate.casefold() not in taken)


def cell_of(value: CellValue) -> Cell:
    """Return the cell of a value. A text is never read as a formula; a date is its serial."""
    if value is None or value == "":
        return {}
    if isinstance(value, str):
        return {"userEnteredValue": {"stringValue": value[:LONGEST_TEXT]}}
    return {"userEnteredValue": {"numberValue": number(value)}}


def number(value: float | date) -> float:
    """Return a number, or the serial number of a date."""
    return (value - EPOCH).days if isinstance(value, date) else value


def add_tab(properties: Mapping[str, Any]) -> Request:
    """Add a tab; Google refuses an id or a title that is taken."""
    return {"addSheet": {"properties": dict(properties)}}


def resize_tab(sheet_id: int, grid: Mapping[str, int]) -> Request:
    """Give a tab so many rows, columns or both."""
    properties = {"sheetId": sheet_id, "gridProperties": dict(grid)}
    fields = ",".join(f"gridProperties.{name}" for name in grid)
    return {"updateSheetProperties": {"properties": properties, "fields": fields}}


def title_tab(sheet_id: int, title: str) -> Request:
    """Give a tab another title; Google refuses one that is taken."""
    properties = {"sheetId": sheet_id, "title": title}
    return {"updateSheetProperties": {"properties": properties, "fields": "title"}}


def delete_tab(sheet_id: int) -> Request:
    """Delete a tab."""
    return {"deleteSheet": {"sheetId": sheet_id}}


def cells(sheet_id: int, row: int, column: int, rows: Iterable[Iterable[CellValue]]) -> Request:
    """Write values from a cell on; None empties."""
    data = [{"values": [cell_of(value) for value in values]} for values in rows]
    start = {"sheetId": sheet_id, "rowIndex": row, "columnIndex": column}
    return {"updateCells": {"start": start, "rows": data, "fields": "userEnteredValue"}}


def colour(red: float, green: float, blue: float) -> dict[str, Any]:
    """Return the style of a colour; each part is from 0 to 1."""
    return {"rgbColor": {"red": red, "green": green, "blue": blue}}


def grid_range(sheet_id: int, rows: Span, columns: Span) -> dict[str, int]:
    """Return a range of a tab."""
    return {
        "sheetId": sheet_id,
        "startRowIndex": rows[0],
        "endRowIndex": rows[1],
        "startColumnIndex": columns[0],
        "endColumnIndex": columns[1],
    }


def whole_columns(sheet_id: int, span: Span) -> dict[str, int]:
    """Return a range of whole columns, however many rows there come to be."""
    return {"sheetId": sheet_id, "startColumnIndex": span[0], "endColumnIndex": span[1]}


def format_cells(area: Mapping[str, int], shown: Format, *, only: str = "") -> Request:
    """Give all cells of a range a format.

    :param only: the fields that change, if not all those of the format.
    """
    names = only.split(",") if only else list(shown)
    fields = ",".join(f"userEnteredFormat.{name}" for name in names)
    cell = {"userEnteredFormat": shown}
    return {"repeatCell": {"range": dict(area), "cell": cell, "fields": fields}}


def lines(sheet_id: int, dimension: str, span: Span) -> dict[str, Any]:
    """Return rows or columns."""
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


def create_metadata(
    location: dict[str, Any], key: str, value: str, id_: int | None = None
) -> Request:
    """Create developer metadata; Google refuses an id that is taken."""
    new: dict[str, Any] = {"metadataId": id_} if id_ else {}
    new |= {"metadataKey": key, "metadataValue": value, "location": location}
    return {"createDeveloperMetadata": {"developerMetadata": {**new, "visibility": "DOCUMENT"}}}


def update_metadata(lookup: dict[str, Any], value: str) -> Request:
    """Change the value of developer metadata. Google refuses it if there is none (any more)."""
    filters = [{"developerMetadataLookup": lookup}]
    new = {"metadataValue": value}
    body = {"dataFilters": filters, "developerMetadata": new, "fields": "metadataValue"}
    return {"updateDeveloperMetadata": body}


def delete_metadata(id_: int) -> Request:
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


Place = tuple[int, int]
"""Row and column, from zero."""


def spans(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """Yield runs of numbers that follow one another: from, up to and without."""
    start = None
    for index, number in enumerate(numbers):
        start = number if start is None else start
        if index + 1 == len(numbers) or numbers[index + 1] != number + 1:
            yield start, number + 1
            start = None


def blocks(cells: Mapping[Place, Value]) -> Iterator[tuple[int, int, list[list[Value]]]]:
    """Yield rectangles that cover exactly these cells: first row, first column, values."""
    by_row: dict[int, list[int]] = {}
    for row, column in sorted(cells):
        by_row.setdefault(row, []).append(column)
    open_: dict[tuple[int, int], tuple[int, list[list[Value]]]] = {}
    for row, columns in by_row.items():
        of_row = list(spans(columns))
        for span in [
            span
            for span, (top, rows) in open_.items()
            if span not in of_row or top + len(rows) != row
        ]:
            top, rows = open_.pop(span)
            yield top, span[0], rows
        for start, end in of_row:
            _, rows = open_.setdefault((start, end), (row, []))
            rows.append([cells[row, column] for column in range(start, end)])
    for (left, _), (top, rows) in open_.items():
        yield top, left, rows
