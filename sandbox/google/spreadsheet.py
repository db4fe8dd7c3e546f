"""A spreadsheet in memory: its sheets, their sparse cells and what belongs to them.

Cells are never changed in place, only replaced, so a copy of a sheet shares them: that makes an
all-or-nothing batchUpdate of many thousands of rows cheap.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from .a1 import Block, written
from .errors import EditError

Cell = dict[str, Any]
Resource = dict[str, Any]
MAX_CELLS = 10_000_000


@dataclass
class Sheet:
    """One tab; `properties` and the lists are resources as the API gives them.

    `rows` and `columns` hold the size and hiding of single ones. `validations` are drop-downs and
    tick boxes: a range, its rule and, for the values of a range, its `source` as a GridRange.
    """

    properties: Resource
    cells: dict[int, dict[int, Cell]] = field(default_factory=dict)
    rows: dict[int, Resource] = field(default_factory=dict)
    columns: dict[int, Resource] = field(default_factory=dict)
    developer_metadata: list[Resource] = field(default_factory=list)
    basic_filter: Resource | None = None
    protected_ranges: list[Resource] = field(default_factory=list)
    validations: list[Resource] = field(default_factory=list)
    conditional_formats: list[Resource] = field(default_factory=list)
    charts: list[Resource] = field(default_factory=list)

    @property
    def id(self) -> int:
        return self.properties["sheetId"]

    @property
    def title(self) -> str:
        return self.properties["title"]

    @property
    def grid(self) -> Resource:
        return self.properties["gridProperties"]

    @property
    def block(self) -> Block:
        return Block(0, self.grid["rowCount"], 0, self.grid["columnCount"])

    @property
    def hidden(self) -> bool:
        return self.properties.get("hidden", False)

    def lines(self, dimension: str) -> dict[int, Resource]:
        """Size and hiding of rows or columns."""
        return self.rows if dimension == "ROWS" else self.columns

    def cell(self, row: int, column: int) -> Cell:
        return self.cells.get(row, {}).get(column, {})

    def validation(self, row: int, column: int) -> Resource | None:
        """What holds for a cell: its entry in `validations`."""
        for entry in self.validations:
            if self.clipped(entry["range"]).covers(row, column):
                return entry
        return None

    def copy(self) -> Sheet:
        small = {name: deepcopy(value) for name, value in vars(self).items() if name != "cells"}
        return Sheet(cells={row: dict(cells) for row, cells in self.cells.items()}, **small)

    def clipped(self, grid_range: Resource) -> Block:
        """The cells of a GridRange, as far as the grid goes."""
        limits = self.block
        return Block(
            grid_range.get("startRowIndex", 0),
            min(grid_range.get("endRowIndex", limits.bottom), limits.bottom),
            grid_range.get("startColumnIndex", 0),
            min(grid_range.get("endColumnIndex", limits.right), limits.right),
        )

    def resolve(self, grid_range: Resource) -> Block:
        """The cells of a GridRange; missing bounds are the grid's, bounds outside are refused."""
        limits = self.block
        block = Block(
            grid_range.get("startRowIndex", 0),
            grid_range.get("endRowIndex", limits.bottom),
            grid_range.get("startColumnIndex", 0),
            grid_range.get("endColumnIndex", limits.right),
        )
        if min(block.top, block.left) < 0 or block.top >= block.bottom or block.left >= block.right:
            raise EditError("The range is empty: its start is not before its end.")
        if not limits.contains(block):
            raise EditError(exceeds(self, block))
        return block

    def grid_range(self, block: Block) -> Resource:
        """A GridRange as replies have it: starts of 0 stay, a sheetId of 0 does not."""
        bounds = {"startRowIndex": block.top, "endRowIndex": block.bottom}
        bounds |= {"startColumnIndex": block.left, "endColumnIndex": block.right}
        return ({"sheetId": self.id} if self.id else {}) | bounds

    def within(self, block: Block) -> Iterator[tuple[int, dict[int, Cell]]]:
        """The rows of the block that hold anything, in order."""
        if block.bottom - block.top > len(self.cells):
            numbers = sorted(row for row in self.cells if block.top <= row < block.bottom)
        else:
            numbers = [row for row in range(block.top, block.bottom) if row in self.cells]
        return ((number, self.cells[number]) for number in numbers)


@dataclass
class Spreadsheet:
    """A file of sheets, in the order of their tabs."""

    id: str
    properties: Resource
    sheets: list[Sheet]
    developer_metadata: list[Resource] = field(default_factory=list)

    def copy(self) -> Spreadsheet:
        sheets = [sheet.copy() for sheet in self.sheets]
        metadata = deepcopy(self.developer_metadata)
        return Spreadsheet(self.id, deepcopy(self.properties), sheets, metadata)

    def sheet(self, sheet_id: int) -> Sheet:
        sheet = self.holding(sheet_id)
        if sheet is None:
            raise EditError(f"No grid with id: {sheet_id}")
        return sheet

    def holding(self, sheet_id: int) -> Sheet | None:
        return next((sheet for sheet in self.sheets if sheet.id == sheet_id), None)

    def titled(self, title: str) -> Sheet | None:
        """Titles differ by more than upper and lower case."""
        return next((s for s in self.sheets if s.title.casefold() == title.casefold()), None)

    def located(self, grid_range: Resource) -> tuple[Sheet, Block]:
        sheet = self.sheet(grid_range.get("sheetId", 0))
        return sheet, sheet.resolve(grid_range)

    def check_size(self) -> None:
        """Refuse what has more cells than Sheets allows."""
        if sum(s.grid["rowCount"] * s.grid["columnCount"] for s in self.sheets) > MAX_CELLS:
            raise EditError(
                "This action would increase the number of cells in the workbook above the limit "
                f"of {MAX_CELLS} cells."
            )


def exceeds(sheet: Sheet, block: Block) -> str:
    size = f"Max rows: {sheet.grid['rowCount']}, max columns: {sheet.grid['columnCount']}"
    return f"Range ({written(sheet.title, block)}) exceeds grid limits. {size}"


def free_id(chosen: int | None, taken: set[int], what: str, field: str) -> int:
    """The id that a request chooses, or a new one.

    Raises EditError where it is no id, or something of the kind (``what``) has it.
    """
    if chosen is None:
        return new_id(taken)
    if chosen <= 0:
        raise EditError(f"Invalid {field}: {chosen}. It must be positive.")
    if chosen in taken:
        raise EditError(f"{what} with id {chosen} already exists.")
    return chosen


def new_id(taken: set[int]) -> int:
    """A positive id of 31 bits that nothing has yet."""
    while (number := random.randrange(1, 2**31)) in taken:
        pass
    return number
