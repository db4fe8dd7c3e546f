"""Whether a report that is there already is written again, and what becomes of people's remarks.

What stands there as it was written is replaced; what people have written is left. A remark, a note
or a colour belongs to somebody's row, and a row that is hidden hides somebody. Where that row has
another place in the new report, rows are inserted and deleted before it is written, and everything
in them moves along. Where both cannot be, nothing is changed, and a person is told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from include.sheets import requests as ask
from include.sheets.columns import COLUMNS
from include.sheets.report import HEADER_ROW, Report
from include.sheets.requests import Request, grid_range
from include.sheets.tab_state import (
    Grid,
    Metadata,
    TabContent,
    Value,
    area_of,
    digest,
    report_digest,
    trimmed,
    values,
)

WHO = ("id", "user_email", "name")
"""The fields that tell who somebody is, strongest first."""

_NUMBERED = re.compile(r" \(\d+\)$")
"""So are namesakes told apart, by their order."""

MOST_CHANGES = 1000
"""Of rows for the sake of comments and heights alone: Google gives a request three minutes."""

Refused = Literal["changed", "remarks"]
"""People have moved or overwritten cells of the report; remarks would come to stand elsewhere."""


@dataclass(frozen=True)
class Rows:
    """The rows of a report, as they are compared with those of another publication.

    :param fields: of the table's columns; ``people``: its rows.
    """

    grid: Grid
    fields: tuple[str, ...]
    people: int

    @property
    def table(self) -> range:
        """The rows of the table, without its header."""
        return range(HEADER_ROW + 1, HEADER_ROW + 1 + self.people)


@dataclass(frozen=True)
class RowChange:
    """Rows that are inserted or deleted before the report is written.

    :param at: before which row they come, or the first that goes, as rows are numbered now.
    :param count: how many are inserted, or deleted if negative.
    :param to: the first of those inserted, as rows are numbered when all changes are made.
    """

    at: int
    count: int
    to: int


def row_changes(
    old: Rows, new: Rows, of_people: set[int], hidden: Set[int] = frozenset()
) -> list[RowChange] | None:
    """Return the changes, last rows first, by which the old rows stay with what they are about.

    So stay comments, which nobody reads before, and heights. None if that cannot be for what is of
    people: somebody is gone, stands in another order, or has a namesake.

    :param hidden: rows that hide nobody else, and go if what they are about does.
    """
    before, after = _keys(old, new), _keys(new, old)
    inside = {row for row in of_people | hidden if row < len(before)}
    beyond = (of_people | hidden) - inside
    stay = all(row < len(after) and before[row] == after[row] for row in inside)
    stay = stay and all(row >= len(after) for row in beyond)
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    kept = {row for tag, start, end, *_ in blocks if tag == "equal" for row in range(start, end)}
    if not inside & of_people <= kept:
        return [] if stay else None
    found = (_changes_of(block, hidden) for block in reversed(blocks))
    changes = [change for changes in found for change in changes if change.count]
    return [] if stay and len(changes) > MOST_CHANGES else changes


def _changes_of(block: tuple[str, int, int, int, int], hidden: Set[int]) -> list[RowChange]:
    """Return the changes of a block of rows: new ones in the place of others, if one is hidden."""
    tag, start, end, new_start, new_end = block
    if tag == "equal" or hidden.isdisjoint(range(start, end)):
        return [_row_change(start, end, new_start, new_end)]
    new = new_end - new_start
    return [RowChange(start, new, new_start), RowChange(start + new, start - end, new_end)]


def _row_change(start: int, end: int, new_start: int, new_end: int) -> RowChange:
    """Return the change that makes the old rows from start to end as many as the new ones."""
    old, new = end - start, new_end - new_start
    return RowChange(at=start + min(old, new), count=new - old, to=new_start + old)


def row_change_requests(
    sheet_id: int, changes: Sequence[RowChange], columns: int
) -> Iterator[Request]:
    """Insert and delete the rows; those that come in take no colour from their neighbours."""
    for change in changes:
        span = change.at, change.at + abs(change.count)
        if change.count < 0:
            yield ask.delete(sheet_id, "ROWS", span)
        else:
            yield ask.insert(sheet_id, "ROWS", span, like_before=True)
    for change in changes:
        if change.count > 0:
            area = grid_range(sheet_id, (change.to, change.to + change.count), (0, columns))
            yield ask.format_cells(area, {}, only="backgroundColorStyle")


def _keys(rows: Rows, other: Rows) -> list[tuple[Any, ...]]:
    """Return what each row is about, the same in both; of rows that share it none is like any."""
    fields = [field for field in WHO if field in rows.fields and field in other.fields]
    shared = _namesakes(rows) | _namesakes(other)
    keys = [_key(rows, index, fields, shared) for index in range(len(rows.grid))]
    counts = Counter(keys)
    return [key if counts[key] == 1 else (*key, id(rows), index) for index, key in enumerate(keys)]


def _key(rows: Rows, index: int, fields: Sequence[str], shared: set[Value]) -> tuple[Any, ...]:
    row = rows.grid[index]
    if index <= HEADER_ROW:
        return ("top", index)
    if index not in rows.table:
        return ("below", *row)
    for field in fields:
        known = _cell(row, rows.fields, field)
        if known is not None and field != "name":
            return (field, known)
    name = _base(_cell(row, rows.fields, "name"))
    # Of several with one name the first may be another one tomorrow: only the whole row tells.
    if name not in shared:
        return ("name", name)
    timed = {"join_time", "leave_time"} <= set(rows.fields)
    return ("name", name, *(row if timed else (id(rows), index)))


def _namesakes(rows: Rows) -> set[Value]:
    names = Counter(_base(_cell(rows.grid[index], rows.fields, "name")) for index in rows.table)
    return {name for name, count in names.items() if count > 1}


def _cell(row: Sequence[Value], fields: Sequence[str], field: str) -> Value:
    index = fields.index(field) if field in fields else len(row)
    return row[index] if index < len(row) else None


def _base(name: Value) -> Value:
    return _NUMBERED.sub("", name) if isinstance(name, str) else name


@dataclass(frozen=True)
class Renewal:
    """What is to be done with a report that is there.

    :param needed: False if exactly this report was written last.
    :param changed: people have moved or overwritten cells of it.
    :param refused: why it cannot be written, if it is needed.
    :param row_changes: rows that are inserted and deleted first, so that remarks stay.
    """

    needed: bool = True
    changed: bool = False
    refused: Refused | None = None
    row_changes: tuple[RowChange, ...] = ()


def renewal(metadata: Metadata, report: Report, content: TabContent) -> Renewal:
    """Decide.

    :param metadata: of the report's tab; ``content``: its cells.
    """
    area = area_of(metadata)
    there = trimmed(content.area(*area))
    if "cells" in metadata:
        changed = digest(there) != metadata["cells"]
    else:
        changed = bool(there) and not _is_as_long(there, area[1], metadata)
    same = metadata.get("report") == report_digest(report)
    if same and there:
        return Renewal(needed=False, changed=changed)
    if changed and there:
        return Renewal(changed=True, refused="changed")
    if same:
        return Renewal()
    of_people = content.rows_of_people(*area)
    return _with_remarks(metadata, report, there, of_people, content.hidden)


def _with_remarks(
    metadata: Metadata, report: Report, there: Grid, of_people: set[int], hidden: Set[int]
) -> Renewal:
    fields = _fields(there)
    if fields is None:  # emptied, or of a version that wrote other columns
        return Renewal(refused="remarks" if of_people else None)
    people = metadata.get("headline", {}).get("people", _people(there))
    new = Rows(trimmed(values(report.rows)), report.columns, report.people)
    changes = row_changes(Rows(there, fields, people), new, of_people, hidden)
    return Renewal(refused="remarks") if changes is None else Renewal(row_changes=tuple(changes))


def _is_as_long(there: Grid, columns: int, metadata: Metadata) -> bool:
    """Tell, of metadata without digests, whether header and table are as long as they were."""
    header = there[HEADER_ROW] if len(there) > HEADER_ROW else []
    people = metadata.get("headline", {}).get("people", 0)
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
    return next((index for index, row in enumerate(table) if not row), len(table))
