"""The formats of a report: widths, numbers, filter. Only the header row has a background."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from include.sheets import requests as ask
from include.sheets.columns import COLUMNS, HOURS_FORMAT
from include.sheets.report import HEADER_ROW, HOURS_ROW, NOTE_ROW, Report
from include.sheets.requests import TEXT_FORMAT, Request, grid_range

_GREEN = ask.colour(0.11, 0.35, 0.25)
_WHITE = ask.colour(1, 1, 1)
_RED = ask.colour(0.72, 0, 0)


def column_widths(sheet_id: int, fields: Sequence[str]) -> Iterator[Request]:
    """Set the widths once, when the tab is made: later ones are people's."""
    for index, field in enumerate(fields):
        yield ask.size(sheet_id, index, COLUMNS[field].width)


def formats(sheet_id: int, report: Report, area: tuple[int, int]) -> Iterator[Request]:
    """Return the formats of a report, but for its table's.

    :param area: how many rows and columns are the report's.
    """
    rows, columns = area

    def part(top: int, bottom: int, left: int = 0, right: int = columns) -> dict[str, int]:
        return grid_range(sheet_id, (top, bottom), (left, right))

    plain = {"textFormat": {"bold": False, "fontSize": 10}, "numberFormat": TEXT_FORMAT}
    yield ask.format_cells(part(0, rows), plain)
    yield ask.format_cells(part(0, 1), {"textFormat": {"bold": True, "fontSize": 14}})
    yield ask.format_cells(part(HOURS_ROW, HOURS_ROW + 1, 1, 2), {"numberFormat": HOURS_FORMAT})
    yield ask.format_cells(part(1, HEADER_ROW, 1, 2), {"horizontalAlignment": "LEFT"})
    yield ask.format_cells(part(HEADER_ROW, HEADER_ROW + 1), _header())
    if report.headings:
        yield ask.format_cells(part(NOTE_ROW, NOTE_ROW + 1), _note(sheet_id, report))
    for row in report.headings:
        yield ask.format_cells(part(row, row + 1), {"textFormat": {"bold": True, "fontSize": 12}})


def _header() -> dict[str, Any]:
    return {
        "textFormat": {"bold": True, "fontSize": 10, "foregroundColorStyle": _WHITE},
        "backgroundColorStyle": _GREEN,
    }


def _note(sheet_id: int, report: Report) -> dict[str, Any]:
    """A link to what stands below the table."""
    link = {"uri": f"#gid={sheet_id}&range=A{report.headings[0] + 1}"}
    look: dict[str, Any] = {"bold": True, "fontSize": 10, "link": link}
    if report.incomplete:
        # A colour of the text: `plain` takes it away again, while backgrounds are people's.
        look["foregroundColorStyle"] = _RED
    return {"textFormat": look}


def table_formats(sheet_id: int, report: Report) -> Iterator[Request]:
    """Return the formats of the table's numbers and times, and its filter."""
    first, last = HEADER_ROW + 1, HEADER_ROW + 1 + report.people
    for index, field in enumerate(report.columns):
        number_format = COLUMNS[field].number_format
        if number_format != TEXT_FORMAT and report.people:
            area = grid_range(sheet_id, (first, last), (index, index + 1))
            yield ask.format_cells(area, {"numberFormat": number_format})
    filtered = grid_range(sheet_id, (HEADER_ROW, last), (0, len(report.columns)))
    yield {"setBasicFilter": {"filter": {"range": filtered}}}
