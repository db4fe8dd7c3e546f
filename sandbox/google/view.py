"""What the page shows of a sheet: rows of cells with their text, style, note and link."""

from __future__ import annotations

from typing import Any

from . import cells, conditions, looks, shown
from .a1 import Block, column_name
from .reading import COLUMN_PIXELS, ROW_PIXELS
from .shown import ShownCell
from .spreadsheet import Cell, Sheet

SHOWN_ROWS = 1000
SPARE_COLUMNS, SPARE_ROWS = 3, 25  # empty ones after the last cell, as far as the grid goes
RULER_PIXELS = 46
HEAD_PIXELS = 25


class SheetView:
    """A sheet ready for the template; at most the first 1,000 rows."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.title, self.id = sheet.title, sheet.id
        self.tab_color = looks.css(sheet.properties, "tabColor")
        self.frozen = sheet.grid.get("frozenRowCount", 0)
        used = max((max(row) for row in sheet.cells.values()), default=0) + 1
        self.columns = range(min(sheet.grid["columnCount"], max(used + SPARE_COLUMNS, 8)))
        last = max(sheet.cells, default=0) + 1
        self.last_row = min(sheet.grid["rowCount"], max(last + SPARE_ROWS, self.frozen), SHOWN_ROWS)
        self.more_rows = max(last - SHOWN_ROWS, 0)
        self.undrawn_rules = sum(not conditions.is_drawn(r) for r in sheet.conditional_formats)
        self._merged = [(sheet.resolve(merged)) for merged in sheet.merges]
        self._filter = sheet.basic_filter and sheet.resolve(sheet.basic_filter["range"])

    def letters(self) -> list[tuple[str, int, int | None]]:
        """Name, width and, if frozen, place of every column; a hidden one is 0 wide."""
        return [(column_name(c), self._width(c), self._left(c)) for c in self.columns]

    def width(self) -> int:
        return RULER_PIXELS + sum(self._width(column) for column in self.columns)

    def rows(self) -> list[dict[str, Any]]:
        """Number, height, place of a frozen row, and cells of every row that is not hidden."""
        rows, top = [], HEAD_PIXELS
        for number in range(self.last_row):
            size = self.sheet.rows.get(number, {})
            if size.get("hiddenByUser"):
                continue
            height = size.get("pixelSize", ROW_PIXELS)
            place = top if number < self.frozen else None
            row = {"number": number + 1, "height": height, "top": place}
            rows.append(
                row | {"last_frozen": number == self.frozen - 1, "cells": self._cells(number)}
            )
            top += height
        return rows

    def _width(self, column: int) -> int:
        size = self.sheet.columns.get(column, {})
        return 0 if size.get("hiddenByUser") else size.get("pixelSize", COLUMN_PIXELS)

    def _left(self, column: int) -> int | None:
        """Where a frozen column stays, in pixels."""
        if column >= self.sheet.grid.get("frozenColumnCount", 0):
            return None
        return RULER_PIXELS + sum(self._width(before) for before in range(column))

    def _cells(self, row: int) -> list[ShownCell]:
        spans = ((column, self._span(row, column)) for column in self.columns)
        return [self._cell(row, column, *span) for column, span in spans if span]

    def _span(self, row: int, column: int) -> tuple[int, int] | None:
        """How many rows and columns a cell takes; None when a merged one covers it."""
        here = Block(row, row + 1, column, column + 1)
        for merged in self._merged:
            if merged.contains(here):
                first = (merged.top, merged.left) == (row, column)
                size = (
                    merged.bottom - merged.top,
                    min(merged.right, len(self.columns)) - merged.left,
                )
                return size if first else None
        return 1, 1

    def _cell(self, row: int, column: int, rows: int, columns: int) -> ShownCell:
        cell = self.sheet.cells.get(row, {}).get(column, {})
        value = cell.get("userEnteredValue", {})
        found = self._bands(row, column) | looks.style(cell.get("userEnteredFormat", {}))
        return ShownCell(
            at=f"{column_name(column)}{row + 1}",
            text=shown.text(cell),
            style=looks.written(found | self._conditional(row, column, cell)),
            kind=shown.kind(value),
            note=cell.get("note", ""),
            link=shown.link(cell),
            rows=rows,
            columns=columns,
            filtered=self._has_filter(row, column),
            left=self._left(column),
        )

    def _has_filter(self, row: int, column: int) -> bool:
        area = self._filter
        return bool(area) and row == area.top and area.left <= column < area.right

    def _bands(self, row: int, column: int) -> looks.Style:
        here = Block(row, row + 1, column, column + 1)
        for banded in self.sheet.banded_ranges:
            area = self.sheet.resolve(banded["range"])
            if area.contains(here):
                last = area.bottom - area.top - 1
                return looks.band(banded["rowProperties"], row - area.top, last)
        return {}

    def _conditional(self, row: int, column: int, cell: Cell) -> looks.Style:
        """The first rule that holds decides."""
        here, value = Block(row, row + 1, column, column + 1), cells.entered(cell)
        for rule in filter(conditions.is_drawn, self.sheet.conditional_formats):
            inside = any(self.sheet.resolve(area).contains(here) for area in rule["ranges"])
            if inside and conditions.holds(rule, value):
                return looks.style(rule["booleanRule"].get("format", {}))
        return {}
