"""Everything that points at cells, and how it follows them when rows and columns move."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import conditions
from .moving import Change, Deletion, moved_range, position
from .spreadsheet import Resource, Sheet, Spreadsheet

Follow = Callable[[Resource], Resource | None]


def change_grid(book: Spreadsheet, sheet: Sheet, change: Change) -> None:
    """Move the cells of a sheet and whatever in the book points at them; not the grid's size."""
    _move_cells(sheet, change)
    lines = sheet.lines(change.dimension)
    moved = {position(change, line): properties for line, properties in lines.items()}
    lines.clear()
    lines.update({line: properties for line, properties in moved.items() if line is not None})

    def follow(area: Resource) -> Resource | None:
        return moved_range(change, area) if area.get("sheetId", 0) == sheet.id else area

    for one in book.sheets:
        _follow(one, follow)
    _move_formulas(sheet, change)
    _move_criteria(sheet, change)
    _move_anchors(sheet, change)
    _move_metadata(sheet, change)


def forget_sheet(book: Spreadsheet, sheet_id: int) -> None:
    """What pointed at a sheet that is gone points nowhere."""
    for one in book.sheets:
        _follow(one, lambda area: None if area.get("sheetId", 0) == sheet_id else area)


def cut_to_grid(book: Spreadsheet, sheet: Sheet, rows: int, columns: int) -> None:
    """A sheet that had so many rows and columns has become smaller: the rest is cut off."""
    for dimension, old, new in (
        ("ROWS", rows, sheet.grid["rowCount"]),
        ("COLUMNS", columns, sheet.grid["columnCount"]),
    ):
        if new < old:
            change_grid(book, sheet, Deletion(dimension, new, old))


def _move_cells(sheet: Sheet, change: Change) -> None:
    if change.dimension == "ROWS":
        sheet.cells = _moved(sheet.cells, change)
        return
    moved = {row: _moved(cells, change) for row, cells in sheet.cells.items()}
    sheet.cells = {row: cells for row, cells in moved.items() if cells}


def _moved(lines: dict[int, Any], change: Change) -> dict[int, Any]:
    moved = {position(change, line): held for line, held in lines.items()}
    return {line: held for line, held in moved.items() if line is not None}


def _follow(sheet: Sheet, follow: Follow) -> None:
    """Put what `follow` makes of it in the place of every range that the sheet holds."""
    if sheet.basic_filter:
        area = follow(sheet.basic_filter["range"])
        sheet.basic_filter = area and sheet.basic_filter | {"range": area}
    sheet.protected_ranges = [
        one | _protected(one, follow) for one in sheet.protected_ranges if follow(one["range"])
    ]
    sheet.validations = [
        one | {"range": follow(one["range"]), "source": one["source"] and follow(one["source"])}
        for one in sheet.validations
        if follow(one["range"])
    ]
    rules = [rule | {"ranges": _all(rule["ranges"], follow)} for rule in sheet.conditional_formats]
    sheet.conditional_formats = [rule for rule in rules if rule["ranges"]]
    sheet.charts = [chart | {"spec": _spec(chart["spec"], follow)} for chart in sheet.charts]


def _protected(protected: Resource, follow: Follow) -> Resource:
    open_ = protected.get("unprotectedRanges")
    left = {"unprotectedRanges": _all(open_, follow)} if open_ else {}
    return {"range": follow(protected["range"])} | left


def _all(areas: list[Resource], follow: Follow) -> list[Resource]:
    return [moved for area in areas if (moved := follow(area))]


def _spec(spec: Resource, follow: Follow) -> Resource:
    """A chart without its column is empty, and nobody is told."""
    chart = spec["basicChart"]
    parts = {
        list_: [_part(part, name, follow) for part in chart[list_]]
        for list_, name in (("domains", "domain"), ("series", "series"))
    }
    return spec | {"basicChart": chart | parts}


def _part(part: Resource, name: str, follow: Follow) -> Resource:
    sources = _all(part[name]["sourceRange"]["sources"], follow)
    return part | {name: {"sourceRange": {"sources": sources}}}


def _move_formulas(sheet: Sheet, change: Change) -> None:
    sheet.conditional_formats = [
        conditions.moved_rule(rule, change) for rule in sheet.conditional_formats
    ]


def _move_criteria(sheet: Sheet, change: Change) -> None:
    """What a filter hides is kept by the number of the column."""
    if not sheet.basic_filter or change.dimension == "ROWS":
        return
    criteria = sheet.basic_filter.get("criteria", {})
    moved = _moved({int(column): one for column, one in criteria.items()}, change)
    if criteria:
        sheet.basic_filter["criteria"] = {str(column): one for column, one in moved.items()}


def _move_anchors(sheet: Sheet, change: Change) -> None:
    """A chart whose row is deleted stays where it was."""
    name = {"ROWS": "rowIndex", "COLUMNS": "columnIndex"}[change.dimension]
    for chart in sheet.charts:
        overlay = chart["position"]["overlayPosition"]
        anchor = overlay["anchorCell"]
        span = change.span(anchor.get(name, 0), None)
        moved = anchor | {name: span[0] if span else 0}
        chart["position"] = {"overlayPosition": overlay | {"anchorCell": moved}}


def _move_metadata(sheet: Sheet, change: Change) -> None:
    sheet.developer_metadata = [
        moved for item in sheet.developer_metadata if (moved := _metadata(item, change))
    ]


def _metadata(item: Resource, change: Change) -> Resource | None:
    line = item["location"].get("dimensionRange")
    if not line or line["dimension"] != change.dimension:
        return item
    new = position(change, line["startIndex"])
    if new is None:
        return None
    place = line | {"startIndex": new, "endIndex": new + 1}
    return item | {"location": item["location"] | {"dimensionRange": place}}
