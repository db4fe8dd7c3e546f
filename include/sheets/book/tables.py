"""A table into its tab: rows are found by the hidden key, columns by their metadata.

What is new is inserted after what stands before it in the table. Nothing that is there is moved.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import groupby

from include.roster.grid import Cell
from include.roster.table import Column, Row, Table, Value
from include.sheets import requests as ask
from include.sheets.book import formats
from include.sheets.book.draft import TabDraft, is_letter, is_same, moved
from include.sheets.book.layout import KEY, Layout
from include.sheets.book.making import (
    Sources,
    column_requests,
    heading_requests,
    renew_choices,
)

PASTED_FROM = 2_000
"""Letters of new sessions from which on they are pasted: a tenth of the bytes."""


def with_key(table: Table, layout: Layout) -> Table:
    """Return the table with the hidden column by which its rows are found again."""
    if any(column.key == layout.key_column for column in table.columns):
        return table
    rows = (Row(row.key, (row.key, *row.values), row.kind) for row in table.rows)
    return Table((KEY, *table.columns), tuple(rows), table.keep, table.gone)


def add_columns(
    draft: TabDraft, layout: Layout, columns: Sequence[Column], sources: Sources
) -> None:
    """Insert the columns that are not there, each after the one before it."""
    after = -1
    for column in columns:
        index = draft.columns.get(column.key)
        if index is None and not (column.key in layout.needed and draft.data_rows()):
            index = after + 1
            draft.insert_column(index)
            draft.columns[column.key] = index
            draft.structure += column_requests(draft, layout, column, index, sources)
        elif index is not None and column.key not in draft.tab.by_metadata and not draft.is_new:
            draft.after.append(draft.create_metadata("COLUMNS", index, column.key))
        after = after if index is None else index


def drop_columns(draft: TabDraft, layout: Layout, sessions: Set[str]) -> None:
    """Delete the columns of these sessions, but for those in which people wrote something else."""
    for key in sorted(sessions & draft.columns.keys()):
        index = draft.columns[key]
        is_ours = (_is_empty_or_letter(draft.cell(row, index)) for row in draft.data_rows())
        if layout.is_session(key) and all(is_ours):
            draft.delete_column(index)


def rename_sessions(draft: TabDraft, layout: Layout, columns: Sequence[Column]) -> None:
    """Keep headings and links of sessions; how people call the other columns is theirs."""
    for column in columns:
        index = draft.tab.columns.get(column.key)
        if index is None or not layout.is_session(column.key):
            continue
        there = draft.cell(draft.headings, draft.columns[column.key])
        if not is_same(there, column.heading) or draft.tab.links.get(index, "") != column.link:
            draft.after += heading_requests(draft, column, draft.columns[column.key])


def write_table(draft: TabDraft, layout: Layout, table: Table, sources: Sources) -> None:
    """Make the tab show the table."""
    _delete_rows(draft, layout, table)
    before = draft.rows
    places = _add_rows(draft, layout, table)
    if draft.rows > before:
        renew_choices(draft, layout, sources)
    _write_cells(draft, layout, table, places)


def _keys(draft: TabDraft, layout: Layout) -> dict[str, int]:
    """Where each row is; of two with one key the first."""
    found: dict[str, int] = {}
    for row in draft.data_rows():
        key = draft.value(row, layout.key_column)
        if isinstance(key, str) and key:
            found.setdefault(key, row)
    return found


def _delete_rows(draft: TabDraft, layout: Layout, table: Table) -> None:
    """Delete rows that are not in the table any more; of those with people's things only ours."""
    wanted, gone = {row.key for row in table.rows}, []
    people = {draft.columns[c.key] for c in table.columns if c.people and c.key in draft.columns}
    ours = set(draft.columns.values()) - people
    for key, row in _keys(draft, layout).items():
        if key in wanted or (layout.lasting and not _is_known(draft, table, row)):
            continue
        if not _has_typed(draft, layout, row, ours):
            gone.append(row)
        elif not layout.answers:
            _empty(draft, layout, row, ours)
    draft.delete_rows(gone)


def _is_known(draft: TabDraft, table: Table, row: int) -> bool:
    """Whether the session of a row is in the table: then a class that is not has become private.

    Or in one of it, as a part.
    """
    session = draft.value(row, "session")
    return session in table.column("session") or session in table.gone


def _has_typed(draft: TabDraft, layout: Layout, row: int, ours: set[int]) -> bool:
    """Whether there is anything in a row that people typed: beside it, a note, no letter."""
    cells = enumerate(draft.cells[row])
    typed = (cell for index, cell in cells if index not in ours and cell not in (None, "", False))
    return row in draft.tab.noted or any(typed) or bool(_remarks(draft, layout, row))


def _remarks(draft: TabDraft, layout: Layout, row: int) -> set[int]:
    """The columns of sessions in which something else than a letter stands."""
    places = (index for key, index in draft.columns.items() if layout.is_session(key))
    return {index for index in places if not _is_empty_or_letter(draft.cell(row, index))}


def _is_empty_or_letter(cell: Cell) -> bool:
    return cell is None or is_letter(cell)


def _empty(draft: TabDraft, layout: Layout, row: int, ours: set[int]) -> None:
    for index in ours - _remarks(draft, layout, row):
        draft.write(row, index, None)


def _add_rows(draft: TabDraft, layout: Layout, table: Table) -> dict[str, int]:
    """Insert the rows that are not there; returns where each row of the table is."""
    places = _keys(draft, layout)
    at, old = draft.first, frozenset(places)
    for known, some in groupby(table.rows, lambda row: row.key in old):
        rows = list(some)
        if known:
            at = places[rows[-1].key] + 1
            continue
        draft.insert_rows(at, len(rows))
        places = {key: moved(row, at, len(rows)) for key, row in places.items()}
        places |= {row.key: at + number for number, row in enumerate(rows)}
        _format_rows(draft, table, rows, at)
        at += len(rows)
    return places


def _format_rows(draft: TabDraft, table: Table, rows: Sequence[Row], start: int) -> None:
    """Give new rows the format of their kind, which is not that of their neighbours."""
    columns = [draft.columns[c.key] for c in table.columns if c.key in draft.columns]
    for kind, some in groupby(rows, lambda row: row.kind):
        end = start + len(list(some))
        if kind in formats.ROWS or not draft.is_new:
            area = ask.grid_range(draft.sheet_id, (start, end), (0, max(columns) + 1))
            shown = formats.ROWS.get(kind, formats.PLAIN)
            draft.after.append(ask.format_cells(area, shown, only=formats.ROW_FIELDS))
        start = end


def _write_cells(draft: TabDraft, layout: Layout, table: Table, places: Mapping[str, int]) -> None:
    pasted = _pasted_sessions(draft, layout, table)
    for first, keys in _side_by_side(draft, pasted):
        draft.paste(*_letters_by_row(table, places, keys), first)
    for index, column in enumerate(table.columns):
        place = draft.columns.get(column.key)
        if place is None or column.people or column.key in pasted:
            continue
        is_session = layout.is_session(column.key)
        for row in table.rows:
            if (row.key, column.key) in table.keep or (is_session and row.kind == "class"):
                continue
            write = draft.write_letter if is_session else draft.write
            write(places[row.key], place, row.values[index])


def _pasted_sessions(draft: TabDraft, layout: Layout, table: Table) -> list[str]:
    """The sessions whose columns are made now and hold so much that it is pasted.

    Google pastes past rows that a filter hides, so not where there is one.
    """
    sessions = [column.key for column in table.columns if layout.is_session(column.key)]
    new = [key for key in sessions if key not in draft.tab.columns]
    much = len(new) * len(table.rows) >= PASTED_FROM and not draft.tab.filtered
    return new if much or (draft.is_new and table.rows) else []


def _side_by_side(draft: TabDraft, keys: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Sessions whose columns follow one another, with the place of the first."""
    places = sorted((draft.columns[key], key) for key in keys)
    for _, some in groupby(enumerate(places), lambda item: item[1][0] - item[0]):
        found = [place for _, place in some]
        yield found[0][0], [key for _, key in found]


def _letters_by_row(
    table: Table, places: Mapping[str, int], keys: Sequence[str]
) -> tuple[int, list[list[Value]]]:
    """The letters of these sessions, row by row as the rows stand in the tab; and the first row."""
    columns = [[column.key for column in table.columns].index(key) for key in keys]
    letters = {places[row.key]: [row.values[index] for index in columns] for row in table.rows}
    nothing: list[Value] = [None] * len(keys)
    first, last = min(letters, default=0), max(letters, default=-1)
    return first, [letters.get(row, nothing) for row in range(first, last + 1)]
