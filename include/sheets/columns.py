"""The columns of a report: their headings, widths and formats, and the cells of what is in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from include.roster.members.dates import EPOCH
from include.sheets.requests import TEXT_FORMAT, Cell, cell_of

HOURS_FORMAT = {"type": "NUMBER", "pattern": "0.00"}
SERIAL_DIGITS = 6
"""Of a day: a tenth of a second."""

SECONDS_OF_DAY = 86_400
_UNTIL_1970 = (date(1970, 1, 1) - EPOCH).days * SECONDS_OF_DAY

TIME_FORMAT = {"type": "DATE_TIME", "pattern": "yyyy-mm-dd hh:mm:ss"}


@dataclass(frozen=True)
class ReportColumn:
    """A published column: its heading, its width in pixels and its number format."""

    heading: str
    width: int
    number_format: dict[str, str]


COLUMNS = {
    "name": ReportColumn("Name", 180, TEXT_FORMAT),
    "total_duration": ReportColumn("Hours", 80, HOURS_FORMAT),
    "join_time": ReportColumn("Joined", 150, TIME_FORMAT),
    "leave_time": ReportColumn("Left", 150, TIME_FORMAT),
    "user_email": ReportColumn("E-mail", 230, TEXT_FORMAT),
    "id": ReportColumn("Zoom id", 190, TEXT_FORMAT),
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
    """Return days since EPOCH, with SERIAL_DIGITS, of local times in seconds since 1970."""
    return [round((seconds + _UNTIL_1970) / SECONDS_OF_DAY, SERIAL_DIGITS) for seconds in times]


def _cells(column: Sequence[Any], number_format: dict[str, str]) -> list[Cell]:
    values = serials(column) if number_format == TIME_FORMAT else column
    return [cell_of(value) for value in values]
