"""What stands in a report's tab now: the report's own cells, and what people added to its rows.

Google hands over what it holds, which is not to the letter what it was given: texts may come back
composed otherwise, numbers with fewer digits. So both sides are read by `value` before they are
compared.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from include.sheets.columns import DIGITS
from include.sheets.report import HEADER_ROW

CELLS = (
    "sheets(data(rowData(values(userEnteredValue,note,userEnteredFormat.backgroundColorStyle))))"
)
"""What must be read of a report's tab, and of no other, before it is written again."""

Value = str | float | None
"""What is in a cell: a text, a number, or nothing."""

Grid = list[list[Value]]

_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\s]+")


@dataclass(frozen=True)
class Standing:
    """The cells of a tab.

    :param grid: the values from A1 on; rows may be shorter than others.
    :param dressed: the rows with a note or a background colour that is not the report's.
    """

    grid: Grid
    dressed: frozenset[int]

    def area(self, rows: int, columns: int) -> Grid:
        """Return the values of the first rows and columns."""
        return [row[:columns] for row in self.grid[:rows]]

    def rows_of_people(self, rows: int, columns: int) -> set[int]:
        """Return the rows in which people have left something outside this area, or on it."""
        beside = {at for at, row in enumerate(self.grid) if _filled(row[columns:])}
        below = {at for at, row in enumerate(self.grid[rows:], rows) if _filled(row)}
        return beside | below | self.dressed


def read_standing(spreadsheet: Mapping[str, Any]) -> Standing:
    """Read the tab of a spreadsheet resource that was got with CELLS."""
    ((sheet,), grid, dressed) = (spreadsheet["sheets"], [], set[int]())
    rows = sheet.get("data", [{}])[0].get("rowData", [])
    for at, row in enumerate(rows):
        cells = row.get("values", [])
        grid.append([value(cell) for cell in cells])
        if any(_is_dressed(cell, at) for cell in cells):
            dressed.add(at)
    return Standing(grid, frozenset(dressed))


def value(cell: Mapping[str, Any]) -> Value:
    """Return what is in a cell, so that what was written equals what is read."""
    entered = cell.get("userEnteredValue", {})
    for kind, content in entered.items():
        if kind == "numberValue":
            return round(float(content), DIGITS)
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
    return any(one is not None for one in row)


def _is_dressed(cell: Mapping[str, Any], row: int) -> bool:
    return bool(cell.get("note")) or (row != HEADER_ROW and _is_coloured(cell))


def _is_coloured(cell: Mapping[str, Any]) -> bool:
    style = cell.get("userEnteredFormat", {}).get("backgroundColorStyle", {})
    color = style.get("rgbColor")
    white = color is not None and all(color.get(part) == 1 for part in ("red", "green", "blue"))
    return bool(style) and not white
