"""What is added to the tabs that people fill: hidden ids, lines below theirs, addresses."""

from __future__ import annotations

from collections.abc import Mapping

from include.roster.table import Table
from include.sheets.book.layout import Layout
from include.sheets.book.making import Sources, renew_choices
from include.sheets.book.working import Working


def write_ids(working: Working, ids: Mapping[int, str]) -> None:
    """Write the hidden ids of lines, by the numbers that people see.

    Before any row is deleted: the numbers are those that were read.
    """
    for row, id_ in ids.items():
        working.write(working.now(row - 1), working.columns["id"], id_)


def append(working: Working, layout: Layout, table: Table, sources: Sources) -> None:
    """Insert lines below the last that is used.

    They are inserted, not written into empty rows: somebody may be typing there.
    """
    if not table.rows:
        return
    at, before = working.end, working.rows
    working.insert_rows(at, len(table.rows))
    if working.rows > before:
        renew_choices(working, layout, sources)
    for number, row in enumerate(table.rows, at):
        for column, value in zip(table.columns, row.values, strict=True):
            if value is not None and column.key in working.columns:
                working.write(number, working.columns[column.key], value)


def write_addresses(working: Working, addresses: Mapping[str, str]) -> None:
    """Write the addresses of classes' own spreadsheets, where nobody has typed one."""
    wanted = {" ".join(name.split()).casefold(): url for name, url in addresses.items()}
    for row in working.data_rows():
        name = working.of(row, "class")
        key = " ".join(str(name or "").split()).casefold()
        if key in wanted and "own_sheet" in working.columns and not working.of(row, "own_sheet"):
            working.write(row, working.columns["own_sheet"], wanted[key])
