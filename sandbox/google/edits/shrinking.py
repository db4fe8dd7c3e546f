"""What happens to the content of a sheet whose grid has become smaller: the rest is cut off."""

from __future__ import annotations

from typing import Any

from ..spreadsheet import Sheet

Ranged = dict[str, Any]


def cut_to_grid(sheet: Sheet) -> None:
    rows, columns = sheet.grid["rowCount"], sheet.grid["columnCount"]
    _cut_cells(sheet, rows, columns)
    sheet.rows = {number: size for number, size in sheet.rows.items() if number < rows}
    sheet.columns = {number: size for number, size in sheet.columns.items() if number < columns}
    sheet.merges = [part for merged in sheet.merges for part in _cut(sheet, merged)]
    sheet.banded_ranges = _cut_all(sheet, sheet.banded_ranges)
    sheet.protected_ranges = _cut_all(sheet, sheet.protected_ranges)
    filters = _cut_all(sheet, [sheet.basic_filter] if sheet.basic_filter else [])
    sheet.basic_filter = filters[0] if filters else None
    rules = [_cut_rule(sheet, rule) for rule in sheet.conditional_formats]
    sheet.conditional_formats = [rule for rule in rules if rule["ranges"]]


def _cut_cells(sheet: Sheet, rows: int, columns: int) -> None:
    inside = {row: cells for row, cells in sheet.cells.items() if row < rows}
    if any(max(cells) >= columns for cells in inside.values()):
        inside = {
            row: {column: cell for column, cell in cells.items() if column < columns}
            for row, cells in inside.items()
        }
    sheet.cells = {row: cells for row, cells in inside.items() if cells}


def _cut_all(sheet: Sheet, items: list[Ranged]) -> list[Ranged]:
    return [item | {"range": part} for item in items for part in _cut(sheet, item["range"])]


def _cut_rule(sheet: Sheet, rule: Ranged) -> Ranged:
    return rule | {"ranges": [part for area in rule["ranges"] for part in _cut(sheet, area)]}


def _cut(sheet: Sheet, area: Ranged) -> list[Ranged]:
    """The part of a GridRange inside the grid, if any; open sides stay open."""
    limits = {"endRowIndex": sheet.grid["rowCount"], "endColumnIndex": sheet.grid["columnCount"]}
    ends = {name: min(area[name], limit) for name, limit in limits.items() if name in area}
    for end in limits:
        if area.get(end.replace("end", "start"), 0) >= ends.get(end, limits[end]):
            return []
    return [area | ends]
