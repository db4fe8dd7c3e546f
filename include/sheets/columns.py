"""The columns of a report: their headings, widths and formats, and the cells of what is in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from include.roster.dates import EPOCH
from include.sheets.requests import TEXT, Cell, cell_of

HOURS = {"type": "NUMBER", "pattern": "0.00"}
DIGITS = 6
"""Of a day: a tenth of a second."""

A_DAY = 86_400
_UNTIL_1970 = (date(1970, 1, 1) - EPOCH).days * A_DAY

TIME = {"type": "DATE_TIME", "pattern": "yyyy-mm-dd hh:mm:ss"}


@dataclass(frozen=True)
class ReportColumn:
    """A published column: its heading, its width in pixels and its number format."""

    heading: str
    width: int
    number_format: dict[str, str]


COLUMNS = {
    "name": ReportColumn("Name", 180, TEXT),
    "total_duration": ReportColumn("Hours", 80, HOURS),
    "join_time": ReportColumn("Joined", 150, TIME),
    "leave_time": ReportColumn("Left", 150, TIME),
    "user_email": ReportColumn("E-mail", 230, TEXT),
    "id": ReportColumn("Zoom id", 190, TEXT),
}
"""The columns there are, by the field of the attendance's table, in the order of a report."""


def header(fields: Sequence[str]) -> list[Cell]:
    """Return the cells of the header row."""
    return [cell_of(COLUMNS[field].heading) for field in fields]


def body(table: Mapping[str, Sequence[Any]], fields: Sequence[str]) -> Iterator[list[Cell]]:
    """Yield the cells of each row of the attendance's table."""
    columns = [_cells(table[field], COLUMNS[field].number_format) for field in fields]
    return (list(row) for row in zip(*columns, strict=True))


def serials(times: Iterable[int]) -> list[float]:
    """Return days since EPOCH, with DIGITS, of local times in seconds since 1970."""
    return [round((seconds + _UNTIL_1970) / A_DAY, DIGITS) for seconds in times]


def _cells(column: Sequence[Any], number_format: dict[str, str]) -> list[Cell]:
    values = serials(column) if number_format == TIME else column
    return [cell_of(value) for value in values]
