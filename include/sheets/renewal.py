"""Whether a report that is there already is written again, and what becomes of people's remarks.

What stands there as it was written is replaced; what people have written is left. Where both
cannot be, nothing is changed, and a person is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from include.sheets.columns import COLUMNS
from include.sheets.mark import Mark, area_of, report_digest
from include.sheets.moves import Move, Rows, moves
from include.sheets.report import HEADER_ROW, Report
from include.sheets.standing import Grid, Standing, digest, trimmed, values

Refused = Literal["changed", "remarks"]
"""People have moved or overwritten cells of the report; remarks would come to stand elsewhere."""


@dataclass(frozen=True)
class Renewal:
    """What is to be done with a report that is there.

    :param needed: False if exactly this report was written last.
    :param changed: people have moved or overwritten cells of it.
    :param refused: why it cannot be written, if it is needed.
    :param moves: rows that come in and go before it is written, so that remarks stay.
    """

    needed: bool = True
    changed: bool = False
    refused: Refused | None = None
    moves: tuple[Move, ...] = ()


def renewal(mark: Mark, report: Report, standing: Standing) -> Renewal:
    """Decide.

    :param mark: of the report's tab; ``standing``: its cells.
    """
    area = area_of(mark)
    there = trimmed(standing.area(*area))
    if "cells" in mark:
        changed = digest(there) != mark["cells"]
    else:
        changed = bool(there) and not _is_as_long(there, area[1], mark)
    same = mark.get("report") == report_digest(report)
    if same and there:
        return Renewal(needed=False, changed=changed)
    if changed and there:
        return Renewal(changed=True, refused="changed")
    of_people = standing.rows_of_people(*area)
    if not of_people or same:
        return Renewal()
    return _with_remarks(mark, report, there, of_people)


def _with_remarks(mark: Mark, report: Report, there: Grid, of_people: set[int]) -> Renewal:
    fields = _fields(there)
    if fields is None:  # emptied, or of a version that wrote other columns
        return Renewal(refused="remarks")
    people = mark.get("headline", {}).get("people", _people(there))
    new = Rows(trimmed(values(report.rows)), report.columns, report.people)
    done = moves(Rows(there, fields, people), new, of_people)
    return Renewal(refused="remarks") if done is None else Renewal(moves=tuple(done))


def _is_as_long(there: Grid, columns: int, mark: Mark) -> bool:
    """Tell, of a mark without digests, whether header and table are as long as they were."""
    header = there[HEADER_ROW] if len(there) > HEADER_ROW else []
    people = mark.get("headline", {}).get("people", 0)
    return len(header) in (columns, 1) and len(there) > HEADER_ROW + people


def _fields(there: Grid) -> tuple[str, ...] | None:
    """Return the fields of the columns, by their headings; None if it has others."""
    by_heading = {column.heading: field for field, column in COLUMNS.items()}
    header = there[HEADER_ROW] if len(there) > HEADER_ROW else []
    fields = tuple(by_heading.get(str(heading), "") for heading in header)
    return fields if fields and all(fields) else None


def _people(there: Grid) -> int:
    """Return the rows of the table: a blank one follows it."""
    table = there[HEADER_ROW + 1 :]
    return next((at for at, row in enumerate(table) if not row), len(table))
