"""What stands in a report's tab, and its developer metadata: what was written there last.

Google hands over what it holds, which is not to the letter what it was given: texts may come back
composed otherwise, numbers with fewer digits. So both sides are read by `value` before they are
compared.

Whoever writes gives the metadata a new id, made of the old one. So of two that have read the same
tab only the first can write, and a request that is carried out twice is refused the second time.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from include.sheets import requests as ask
from include.sheets.columns import SERIAL_DIGITS
from include.sheets.formats import formats, table_formats
from include.sheets.report import HEADER_ROW, Report
from include.sheets.requests import Request, number_of

CELLS_FIELD_MASK = (
    "sheets(data(rowMetadata(hiddenByUser),"
    "rowData(values(userEnteredValue,note,userEnteredFormat.backgroundColorStyle))))"
)
"""What must be read of a report's tab, and of no other, before it is written again."""

Value = str | float | None
"""What is in a cell: a text, a number, or nothing."""

Grid = list[list[Value]]

_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\s]+")

REPORT_METADATA_KEY = "zoom_attendance"
"""Key of the developer metadata on what this project made: tabs, spreadsheets of its own."""

TOP_COLUMNS = 2
"""What stands above the table takes so many columns, however few the table has."""

COLUMNS_BEFORE = 6
"""Of older reports, whose metadata does not say how many columns are theirs."""

Metadata = dict[str, Any]


@dataclass(frozen=True)
class TabContent:
    """The cells of a tab.

    :param grid: the values from A1 on; rows may be shorter than others.
    :param annotated: the rows with a note or a background colour that is not the report's.
    :param hidden: the rows that people have hidden.
    """

    grid: Grid
    annotated: frozenset[int]
    hidden: frozenset[int] = frozenset()

    def area(self, rows: int, columns: int) -> Grid:
        """Return the values of the first rows and columns."""
        return [row[:columns] for row in self.grid[:rows]]

    def rows_of_people(self, rows: int, columns: int) -> set[int]:
        """Return the rows in which people have left something outside this area, or on it."""
        beside = {index for index, row in enumerate(self.grid) if _filled(row[columns:])}
        below = {index for index, row in enumerate(self.grid[rows:], rows) if _filled(row)}
        return beside | below | self.annotated


def read_tab_content(spreadsheet: Mapping[str, Any]) -> TabContent:
    """Read the tab of a spreadsheet resource that was got with CELLS_FIELD_MASK."""
    ((sheet,), grid, annotated) = (spreadsheet["sheets"], [], set[int]())
    data = sheet.get("data", [{}])[0]
    for index, row in enumerate(data.get("rowData", [])):
        cells = row.get("values", [])
        grid.append([value(cell) for cell in cells])
        if any(_is_annotated(cell, index) for cell in cells):
            annotated.add(index)
    lines = enumerate(data.get("rowMetadata", []))
    hidden = frozenset(index for index, line in lines if line.get("hiddenByUser"))
    return TabContent(grid, frozenset(annotated), hidden)


def value(cell: Mapping[str, Any]) -> Value:
    """Return what is in a cell, so that what was written equals what is read."""
    entered = cell.get("userEnteredValue", {})
    for kind, content in entered.items():
        if kind == "numberValue":
            return round(float(content), SERIAL_DIGITS)
        if kind == "stringValue":
            seen = _UNSEEN.sub(" ", unicodedata.normalize("NFC", content)).strip()
            return seen.lstrip("'") or None  # a leading quote may be taken for one of typing
        return f"{kind} {content}"  # a formula, say: people's
    return None


def values(rows: Iterable[Sequence[Mapping[str, Any]]]) -> Grid:
    """Return what is in the cells of a report's rows."""
    return [[value(cell) for cell in row] for row in rows]


def digest(content: Any) -> str:
    """Return what tells one content, plain JSON, from any other."""
    text = json.dumps(content, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def trimmed(grid: Grid) -> Grid:
    """Return the grid without what is empty at the ends."""
    cut = [_without_end(row) for row in grid]
    while cut and not cut[-1]:
        cut.pop()
    return cut


def _without_end(row: list[Value]) -> list[Value]:
    end = len(row)
    while end and row[end - 1] is None:
        end -= 1
    return row[:end]


def _filled(row: Iterable[Value]) -> bool:
    return any(cell is not None for cell in row)


def _is_annotated(cell: Mapping[str, Any], row: int) -> bool:
    return bool(cell.get("note")) or (row != HEADER_ROW and _is_coloured(cell))


def _is_coloured(cell: Mapping[str, Any]) -> bool:
    style = cell.get("userEnteredFormat", {}).get("backgroundColorStyle", {})
    color = style.get("rgbColor")
    white = color is not None and all(color.get(part) == 1 for part in ("red", "green", "blue"))
    return bool(style) and not white


def metadata_of(report: Report) -> Metadata:
    """Return the metadata of this report's tab once it is written.

    ``start`` of the session; the ``rows`` and ``columns`` that the report uses, and its ``fields``;
    its ``headline`` and ``instances``; digests of the whole ``report`` and of what is in its
    ``cells``.
    """
    return {
        "start": report.start,
        "rows": len(report.rows),
        "columns": columns_of(report),
        "fields": list(report.columns),
        "headline": report.headline,
        "instances": instances_of(report),
        "report": report_digest(report),
        "cells": digest(trimmed(values(report.rows))),
    }


def instances_of(report: Report) -> list[int]:
    """Return a number for each instance of the session: the id of a tab of its own."""
    return [number_of(key) for key in report.keys]


def columns_of(report: Report) -> int:
    """Return how many columns are the report's, from A on."""
    return max(TOP_COLUMNS, len(report.columns))


def report_digest(report: Report) -> str:
    """Return what tells this report, with its formats, from every other."""
    area = len(report.rows), columns_of(report)
    return digest([report.rows, *formats(0, report, area), *table_formats(0, report)])


def area_of(metadata: Metadata) -> tuple[int, int]:
    """Return how many rows and columns the report has used."""
    return metadata["rows"], metadata.get("columns", COLUMNS_BEFORE)


def metadata_requests(sheet_id: int, former: int | None, report: Report) -> Iterator[Request]:
    """Create the metadata of the tab, and delete the former.

    :param former: the id of the metadata that goes; None in a new tab.
    """
    id_ = sheet_id if former is None else number_of(f"{sheet_id} {former}")
    # First: it is refused if the metadata is there already.
    yield ask.create_metadata(
        {"sheetId": sheet_id}, REPORT_METADATA_KEY, json.dumps(metadata_of(report)), id_
    )
    if former is not None:
        yield ask.delete_metadata(former)
