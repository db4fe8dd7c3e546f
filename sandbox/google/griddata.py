"""The cells of a sheet as spreadsheets.get answers them, with what its rows and columns carry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .a1 import Block, reference
from .cells import displayed
from .errors import unsupported
from .masks import Mask
from .spreadsheet import Cell, Resource, Sheet, Spreadsheet

PIXELS = {"ROWS": 21, "COLUMNS": 100}
STORED = {"userEnteredValue", "userEnteredFormat", "note", "textFormatRuns"}
WORKED_OUT = {"effectiveValue", "formattedValue", "hyperlink", "dataValidation"}


def grid_data(book: Spreadsheet, sheet: Sheet, area: Resource, mask: Mask) -> Resource:
    """One GridData: `area` is a GridRange, `mask` what is asked for of it."""
    wanted = _cell_fields(mask)
    block = sheet.resolve({**area, **_ends(sheet, area)})
    read: Resource = {"startRow": block.top, "startColumn": block.left}
    read = {name: value for name, value in read.items() if value}
    if "rowData" in mask:
        read["rowData"] = list(_rows(book, sheet, block, wanted))
    if "rowMetadata" in mask:
        read["rowMetadata"] = _lines(sheet, "ROWS", block.top, block.bottom)
    if "columnMetadata" in mask:
        read["columnMetadata"] = _lines(sheet, "COLUMNS", block.left, block.right)
    return read


def validation_rule(book: Spreadsheet, entry: Resource) -> Resource:
    """A drop-down as it is read: its range by the title that the sheet has now."""
    if not entry["source"]:
        return entry["rule"]
    sheet = book.holding(entry["source"]["sheetId"])
    text = reference(sheet.title, entry["source"]) if sheet else "=#REF!"
    values = {"values": [{"userEnteredValue": text}]}
    return entry["rule"] | {"condition": entry["rule"]["condition"] | values}


def _ends(sheet: Sheet, area: Resource) -> Resource:
    """An end past the grid is cut to it."""
    block = sheet.clipped(area)
    return {"endRowIndex": block.bottom, "endColumnIndex": block.right}


def _cell_fields(mask: Mask) -> set[str]:
    """The fields of cells; 501 for a mask that does not name them, or names unknown ones."""
    if not mask:
        raise unsupported("the reading of cells without a mask that names their fields")
    if "rowData" not in mask:
        return set()
    fields = mask["rowData"].get("values", {})
    if not fields or (unknown := fields.keys() - STORED - WORKED_OUT):
        raise unsupported(f"reading {', '.join(sorted(unknown)) if fields else 'whole'} cells")
    return set(fields)


def _rows(book: Spreadsheet, sheet: Sheet, block: Block, wanted: set[str]) -> Iterator[Resource]:
    """Rows as far as anything is there; what is empty before that is an empty row or cell."""
    rules = _rules(book, sheet, block) if "dataValidation" in wanted else {}
    held = dict(sheet.within(block))
    for row in range(block.top, max([*held, *rules], default=-1) + 1):
        own = rules.get(row, {})
        used = [column for column in held.get(row, ()) if block.left <= column < block.right]
        values = [
            _cell(sheet.cell(row, column), wanted, own.get(column))
            for column in range(block.left, max([*used, *own], default=-1) + 1)
        ]
        yield {"values": values} if values else {}


def _cell(cell: Cell, wanted: set[str], rule: Resource | None) -> Resource:
    read: dict[str, Any] = {name: cell[name] for name in STORED & wanted & cell.keys()}
    value = cell.get("effectiveValue") or cell.get("userEnteredValue")
    if value and "effectiveValue" in wanted:
        read["effectiveValue"] = value
    if value and "formattedValue" in wanted:
        read["formattedValue"] = displayed(cell)
    link = cell.get("userEnteredFormat", {}).get("textFormat", {}).get("link", {})
    if value and link and "hyperlink" in wanted:
        read["hyperlink"] = link["uri"]
    return read | ({"dataValidation": rule} if rule else {})


def _rules(book: Spreadsheet, sheet: Sheet, block: Block) -> dict[int, dict[int, Resource]]:
    """The rules of a block's cells, by row and column."""
    found: dict[int, dict[int, Resource]] = {}
    for entry in sheet.validations:
        rule, area = validation_rule(book, entry), sheet.clipped(entry["range"])
        columns = range(max(area.left, block.left), min(area.right, block.right))
        for row in range(max(area.top, block.top), min(area.bottom, block.bottom)):
            found.setdefault(row, {}).update(dict.fromkeys(columns, rule))
    return found


def _lines(sheet: Sheet, dimension: str, start: int, end: int) -> list[Resource]:
    """Size, hiding and metadata of every row or column."""
    marks: dict[int, list[Resource]] = {}
    for item in sheet.developer_metadata:
        line = item["location"].get("dimensionRange")
        if line and line["dimension"] == dimension:
            marks.setdefault(line["startIndex"], []).append(item)
    plain = {"pixelSize": PIXELS[dimension]}
    return [
        plain
        | sheet.lines(dimension).get(number, {})
        | ({"developerMetadata": marks[number]} if number in marks else {})
        for number in range(start, end)
    ]
