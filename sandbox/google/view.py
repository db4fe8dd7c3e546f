"""What the page shows of a sheet: rows of cells with their text, style and note."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from . import looks
from .a1 import column_name
from .cells import displayed
from .errors import ApiError
from .spreadsheet import Cell, Sheet

SHOWN_ROWS = 1000
SPARE_COLUMNS, SPARE_ROWS = 3, 25  # empty ones after the last cell, as far as the grid goes
COLUMN_PIXELS, ROW_PIXELS = 100, 21
RULER_PIXELS = 46
HEAD_PIXELS = 25


@dataclass
class ShownCell:
    """`kind` is that of the value: string, number or empty; `left` the place of a frozen column."""

    at: str
    text: str
    style: str
    kind: str
    note: str
    filtered: bool
    link: str
    left: int | None


class SheetView:
    """A sheet ready for the template; at most the first 1,000 rows."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.title, self.id = sheet.title, sheet.id
        self.frozen = sheet.grid.get("frozenRowCount", 0)
        self.frozen_columns = sheet.grid.get("frozenColumnCount", 0)
        used = max((max(row) for row in sheet.cells.values()), default=0) + 1
        self.columns = range(min(sheet.grid["columnCount"], max(used + SPARE_COLUMNS, 8)))
        last = max(sheet.cells, default=0) + 1
        self.last_row = min(sheet.grid["rowCount"], max(last + SPARE_ROWS, self.frozen), SHOWN_ROWS)
        self.more_rows = max(last - SHOWN_ROWS, 0)
        self._filter = sheet.basic_filter and sheet.resolve(sheet.basic_filter["range"])

    def letters(self) -> list[tuple[str, int]]:
        """Name and width of every column."""
        return [(column_name(column), self._width(column)) for column in self.columns]

    def width(self) -> int:
        return RULER_PIXELS + sum(self._width(column) for column in self.columns)

    def rows(self) -> list[dict[str, Any]]:
        return [self._row(number) for number in range(self.last_row)]

    def _row(self, number: int) -> dict[str, Any]:
        """Number, place of a frozen row, and cells."""
        return {
            "number": number + 1,
            "height": ROW_PIXELS,
            "top": HEAD_PIXELS + number * ROW_PIXELS if number < self.frozen else None,
            "last_frozen": number == self.frozen - 1,
            "cells": [self._cell(number, column) for column in self.columns],
        }

    def _width(self, column: int) -> int:
        return self.sheet.columns.get(column, {}).get("pixelSize", COLUMN_PIXELS)

    def _cell(self, row: int, column: int) -> ShownCell:
        cell = self.sheet.cells.get(row, {}).get(column, {})
        return ShownCell(
            at=f"{column_name(column)}{row + 1}",
            text=_text(cell),
            style=looks.css(cell.get("userEnteredFormat", {})),
            kind=next(iter(cell.get("userEnteredValue", {})), "empty").removesuffix("Value"),
            note=cell.get("note", ""),
            filtered=self._has_filter(row, column),
            link=_link(cell),
            left=self._left(column) if column < self.frozen_columns else None,
        )

    def _left(self, column: int) -> int:
        return RULER_PIXELS + sum(self._width(before) for before in range(column))

    def _has_filter(self, row: int, column: int) -> bool:
        area = self._filter
        return bool(area) and row == area.top and area.left <= column < area.right


def _link(cell: Cell) -> str:
    """Where a cell leads within its spreadsheet; other links are not followed."""
    uri = cell.get("userEnteredFormat", {}).get("textFormat", {}).get("link", {}).get("uri", "")
    return uri if uri.startswith("#gid=") else ""


def _text(cell: Cell) -> str:
    """As Sheets would show it; a number whose pattern the sandbox does not know stays plain."""
    try:
        return displayed(cell)
    except ApiError:
        return str(cell["userEnteredValue"]["numberValue"])
