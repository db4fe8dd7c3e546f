"""What the page shows of a sheet: rows of cells with their text, style, note and choices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from . import conditions, looks
from .a1 import cell_name, column_name
from .cells import displayed, effective
from .chart import Chart
from .dropdowns import choices
from .errors import ApiError
from .griddata import PIXELS
from .spreadsheet import Cell, Resource, Sheet, Spreadsheet

SHOWN_ROWS = 1000
SPARE_COLUMNS, SPARE_ROWS = 3, 25  # empty ones after the last cell, as far as the grid goes
KINDS = {bool: "bool", int: "number", float: "number", str: "string"}


@dataclass
class ShownCell:
    """`kind` is that of the value: string, number, bool or empty; `left` where it is frozen.

    `pieces` are parts of the text with a style and a link; `choice` is the number of a list of
    choices, `box` a tick box that is ticked or not.
    """

    at: str
    pieces: list[tuple[str, str, str]]
    style: str
    kind: str
    note: str
    filtered: bool
    left: int | None
    typed: str
    choice: int | None
    box: bool | None
    warned: bool


class SheetView:
    """A sheet ready for the template; at most the first 1,000 rows, and nothing hidden."""

    def __init__(self, book: Spreadsheet, sheet: Sheet) -> None:
        self.sheet, self.title, self.id = sheet, sheet.title, sheet.id
        grid = sheet.grid
        filled = [(row, column) for row, column in _filled(sheet)]
        last = max((row for row, _ in filled), default=0) + 1
        used = max((column for _, column in filled), default=0) + 1
        self.frozen = grid.get("frozenRowCount", 0)
        last_row = min(grid["rowCount"], max(last + SPARE_ROWS, self.frozen), SHOWN_ROWS)
        columns = range(min(grid["columnCount"], max(used + SPARE_COLUMNS, 8)))
        self.row_numbers = [row for row in range(last_row) if not _hidden(sheet.rows, row)]
        self.columns = [column for column in columns if not _hidden(sheet.columns, column)]
        self.more_rows = max(last - SHOWN_ROWS, 0)
        self.plain = grid.get("hideGridlines", False)
        frozen_columns = grid.get("frozenColumnCount", 0)
        self.pinned = [column for column in self.columns if column < frozen_columns]
        self._filter = sheet.clipped(sheet.basic_filter["range"]) if sheet.basic_filter else None
        self._rules = [_Rule(rule, sheet) for rule in sheet.conditional_formats]
        self._validations = [(sheet.clipped(e["range"]), e) for e in sheet.validations]
        self.choices = [choices(book, entry) for entry in sheet.validations]
        self._protected = [_Protection(one, sheet) for one in sheet.protected_ranges]
        self.charts = [Chart(book, chart) for chart in sheet.charts]

    def letters(self) -> list[tuple[str, int, int | None]]:
        """Name and width of every column, and its place if it is frozen."""
        return [(column_name(c), self._width(c), self._left(c)) for c in self.columns]

    def width(self) -> int:
        return sum(self._width(column) for column in self.columns)

    def rows(self) -> list[dict[str, Any]]:
        return [self._row(number) for number in self.row_numbers]

    def _row(self, number: int) -> dict[str, Any]:
        frozen = [row for row in self.row_numbers if row < self.frozen]
        self._rules_here = [rule for rule in reversed(self._rules) if rule.reaches(number)]
        return {
            "number": number + 1,
            "height": self.sheet.rows.get(number, {}).get("pixelSize", PIXELS["ROWS"]),
            "frozen": number < self.frozen,
            "last_frozen": frozen[-1:] == [number],
            "cells": [self._cell(number, column) for column in self.columns],
        }

    def _width(self, column: int) -> int:
        return self.sheet.columns.get(column, {}).get("pixelSize", PIXELS["COLUMNS"])

    def _cell(self, row: int, column: int) -> ShownCell:
        cell, entry = self.sheet.cell(row, column), self._entry(row, column)
        is_box = entry is not None and self._kind(entry) == "BOOLEAN"
        value = effective(cell)
        return ShownCell(
            at=cell_name(row, column),
            pieces=list(_pieces(cell, "" if is_box else _text(cell))),
            style=looks.css(self._format(cell, row, column)),
            kind=KINDS.get(type(value), "empty"),
            note=cell.get("note", ""),
            filtered=self._has_filter(row, column),
            left=self._left(column),
            typed=cell.get("userEnteredValue", {}).get("formulaValue") or _text(cell),
            choice=None if is_box else entry,
            box=value is True if is_box else None,
            warned=any(one.covers(row, column) for one in self._protected),
        )

    def _kind(self, entry: int) -> str:
        return self.sheet.validations[entry]["rule"]["condition"]["type"]

    def _entry(self, row: int, column: int) -> int | None:
        """The number of the validation of a cell."""
        found = (n for n, (area, _) in enumerate(self._validations) if area.covers(row, column))
        return next(found, None)

    def _format(self, cell: Cell, row: int, column: int) -> Resource:
        """Of two conditional formats that hold, the first one's format lies over the other's."""
        shown, value = cell.get("userEnteredFormat", {}), effective(cell)
        for rule in self._rules_here:
            if rule.holds(row, column, value):
                shown = looks.united(shown, rule.format)
        return shown

    def _left(self, column: int) -> int | None:
        if column not in self.pinned:
            return None
        return sum(self._width(before) for before in self.columns if before < column)

    def _has_filter(self, row: int, column: int) -> bool:
        area = self._filter
        return area is not None and row == area.top and area.left <= column < area.right


class _Rule:
    """A conditional format on its sheet."""

    def __init__(self, rule: Resource, sheet: Sheet) -> None:
        self._areas = [sheet.clipped(area) for area in rule["ranges"]]
        first = self._areas[0].top, self._areas[0].left
        condition = rule["booleanRule"]["condition"]
        self._holds = conditions.predicate(condition, sheet, first)
        self.format = rule["booleanRule"]["format"]

    def reaches(self, row: int) -> bool:
        return any(area.top <= row < area.bottom for area in self._areas)

    def holds(self, row: int, column: int, value: conditions.Value) -> bool:
        covered = any(area.covers(row, column) for area in self._areas)
        return covered and self._holds(row, column, value)


class _Protection:
    """A range that asks before it is written, but for its open parts."""

    def __init__(self, protected: Resource, sheet: Sheet) -> None:
        self._area = sheet.clipped(protected["range"])
        self._open = [sheet.clipped(area) for area in protected.get("unprotectedRanges", [])]

    def covers(self, row: int, column: int) -> bool:
        is_open = any(area.covers(row, column) for area in self._open)
        return self._area.covers(row, column) and not is_open


def _filled(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """The cells that show something; a format alone makes no page longer."""
    for row, cells in sheet.cells.items():
        yield from ((row, c) for c, cell in cells.items() if cell.keys() - {"userEnteredFormat"})


def _hidden(lines: dict[int, Resource], line: int) -> bool:
    return bool(lines.get(line, {}).keys() & {"hiddenByUser", "hiddenByFilter"})


def _pieces(cell: Cell, text: str) -> Iterator[tuple[str, str, str]]:
    """Text, style and link of each part of a cell."""
    if not text:
        return
    whole = looks.link(cell.get("userEnteredFormat", {}).get("textFormat", {}))
    runs = cell.get("textFormatRuns", [])
    if not runs or runs[0].get("startIndex", 0) > 0:
        runs = [{"format": {}}, *runs]
    ends = [run.get("startIndex", 0) for run in runs[1:]]
    for run, end in zip(runs, [*ends, len(text)], strict=True):
        style = run.get("format", {})
        part = text[run.get("startIndex", 0) : end]
        yield part, looks.text_css(style), looks.link(style) or whole


def _text(cell: Cell) -> str:
    """As Sheets would show it; a number whose pattern the sandbox does not know stays plain."""
    try:
        return displayed(cell)
    except ApiError:
        return str(cell["userEnteredValue"]["numberValue"])
