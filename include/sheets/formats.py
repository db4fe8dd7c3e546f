"""The formats of a report: widths, numbers, filter. Only the header row has a background."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from include.sheets.report import HEADER_ROW, HOURS_ROW, NOTE_ROW, Report

Request = dict[str, Any]


@dataclass(frozen=True)
class Column:
    """A published column: its width in pixels and its number format."""

    name: str
    width: int
    number_format: dict[str, str]


_TEXT = {"type": "TEXT", "pattern": "@"}
_HOURS = {"type": "NUMBER", "pattern": "0.00"}
_TIME = {"type": "DATE_TIME", "pattern": "yyyy-mm-dd hh:mm:ss"}

COLUMNS = (
    Column("id", 190, _TEXT),
    Column("name", 220, _TEXT),
    Column("user_email", 230, _TEXT),
    Column("total_duration", 130, _HOURS),
    Column("join_time", 150, _TIME),
    Column("leave_time", 150, _TIME),
)

_GREEN = {"red": 0.11, "green": 0.35, "blue": 0.25}
_WHITE = {"red": 1, "green": 1, "blue": 1}
_RED = {"red": 0.72, "green": 0, "blue": 0}


def column_widths(sheet_id: int) -> Iterator[Request]:
    """Set the widths once, when the tab is made: later ones are people's."""
    for index, column in enumerate(COLUMNS):
        yield {
            "updateDimensionProperties": {
                "range": {
                    "sheetId": sheet_id,
                    "dimension": "COLUMNS",
                    "startIndex": index,
                    "endIndex": index + 1,
                },
                "properties": {"pixelSize": column.width},
                "fields": "pixelSize",
            }
        }


def formats(sheet_id: int, report: Report, used: int) -> Iterator[Request]:
    """Return the formats of a report over the rows ``[0, used)``, and its filter."""
    plain = {"textFormat": {"bold": False, "fontSize": 10}, "numberFormat": _TEXT}
    yield _format(_area(sheet_id, 0, used), plain)
    yield _format(_area(sheet_id, 0, 1), {"textFormat": {"bold": True, "fontSize": 14}})
    yield _format(_area(sheet_id, HOURS_ROW, HOURS_ROW + 1, 1, 2), {"numberFormat": _HOURS})
    yield _format(_area(sheet_id, 1, HEADER_ROW, 1, 2), {"horizontalAlignment": "LEFT"})
    yield _format(_area(sheet_id, HEADER_ROW, HEADER_ROW + 1), _header())
    if report.incomplete:
        yield _format(_area(sheet_id, NOTE_ROW, NOTE_ROW + 1), _warning())
    for row in report.headings:
        yield _format(_area(sheet_id, row, row + 1), {"textFormat": {"bold": True, "fontSize": 12}})
    yield from _table(sheet_id, report)


def _header() -> dict[str, Any]:
    return {
        "textFormat": {"bold": True, "fontSize": 10, "foregroundColorStyle": {"rgbColor": _WHITE}},
        "backgroundColorStyle": {"rgbColor": _GREEN},
    }


def _warning() -> dict[str, Any]:
    # A colour of the text: `plain` takes it away again, while backgrounds are people's.
    return {
        "textFormat": {"bold": True, "fontSize": 10, "foregroundColorStyle": {"rgbColor": _RED}}
    }


def _table(sheet_id: int, report: Report) -> Iterator[Request]:
    first, last = HEADER_ROW + 1, HEADER_ROW + 1 + report.people
    for index, column in enumerate(COLUMNS):
        if column.number_format != _TEXT and report.people:
            area = _area(sheet_id, first, last, index, index + 1)
            yield _format(area, {"numberFormat": column.number_format})
    filtered = _area(sheet_id, HEADER_ROW, last)
    yield {"setBasicFilter": {"filter": {"range": filtered}}}


def _area(
    sheet_id: int, top: int, bottom: int, left: int = 0, right: int = len(COLUMNS)
) -> dict[str, int]:
    return {
        "sheetId": sheet_id,
        "startRowIndex": top,
        "endRowIndex": bottom,
        "startColumnIndex": left,
        "endColumnIndex": right,
    }


def _format(area: dict[str, int], cell_format: dict[str, Any]) -> Request:
    fields = ",".join(f"userEnteredFormat.{name}" for name in cell_format)
    return {
        "repeatCell": {"range": area, "cell": {"userEnteredFormat": cell_format}, "fields": fields}
    }
