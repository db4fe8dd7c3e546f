"""The book as it was read, and as it shall be: the requests of the one batchUpdate between.

Each batch takes the next turn: developer metadata with an id that follows from its number. Whoever
has read turn 7 makes turn 8; if another run has made it since, Google refuses the whole batch.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from include.roster.book import Book, View
from include.roster.classes import class_key
from include.roster.table import Column, Table
from include.sheets import requests as ask
from include.sheets.book.chart import PLACES, chart_requests, lists, write_lists
from include.sheets.book.layout import (
    CLASSES,
    LAYOUTS,
    LISTS,
    THIS_WEEK,
    TITLES,
    WHO,
    WHOM,
    Layout,
)
from include.sheets.book.making import (
    Sources,
    mark_ends,
    new_tab,
    new_table_tab,
    renew_choices,
    restore_top,
    title_of,
)
from include.sheets.book.reading import TURN, BookRead, sheet_id
from include.sheets.book.tables import add_columns, rename_sessions, with_key, write_table
from include.sheets.book.week import new_week, write_week
from include.sheets.book.working import Working
from include.sheets.requests import Request

TURNS_KEPT = 8
"""So many that not even a very slow run finds its turn free again."""

OWN = (THIS_WEEK, "register")
"""The tabs of a class's own spreadsheet."""


def book_requests(
    read: BookRead,
    book: Book,
    *,
    published: str,
    own_sheets: Mapping[str, str] | None = None,
    blank: bool = False,
) -> list[Request]:
    """Return the requests that make the book what it shall be; none if it is that already.

    :param published: what the next reading is to be given back.
    :param own_sheets: addresses of classes' own spreadsheets, by the names of the classes.
    :param blank: the spreadsheet was made for this book just now; its empty tab goes.
    """
    writer = _Writer(read, tuple(TITLES))
    tables = {name: getattr(book, name) for name in ("register", "names", "totals")}
    for name in LAYOUTS:
        writer.table(name, tables.get(name), book.keys.get(name, {}))
    people, corrections = writer.tabs["people"], writer.tabs["corrections"]
    _write_ids(people, book.people.ids)
    _append(people, LAYOUTS["people"], book.people.lines, writer.sources)
    _append(corrections, LAYOUTS["corrections"], book.corrections, writer.sources)
    _write_addresses(writer.tabs["classes"], own_sheets or {})
    writer.week(book.this_week)
    added = [str(name) for name in book.people.lines.column("name")]
    writer.lists(lists(read.tabs, added, book.chart), book.chart)
    return writer.requests(published, blank=blank)


def own_requests(read: BookRead, view: View, *, blank: bool = False) -> list[Request]:
    """Return the requests for a class's own spreadsheet: This week and its Register."""
    writer = _Writer(read, OWN)
    writer.table("register", view.register)
    writer.week(view.this_week)
    return writer.requests("", blank=blank)


class _Writer:
    """Puts the requests of all tabs together."""

    def __init__(self, read: BookRead, names: tuple[str, ...]) -> None:
        self.read, self.names = read, names
        self.tabs: dict[str, Working] = {}
        self.last: list[Request] = []
        self.sources = dict(self._sources())

    def table(self, name: str, table: Table | None, keys: Mapping[int, str] | None = None) -> None:
        """Write a table; without one only see that its tab and columns are there.

        :param keys: hidden keys to write first, by the numbers that people see.
        """
        layout, there = LAYOUTS[name], self.read.tabs_there.get(name)
        table = with_key(table, layout) if table else None
        columns: tuple[Column, ...] = table.columns if table else layout.columns
        if there:
            self.tabs[name] = working = Working(there)
            restore_top(working, layout)
            add_columns(working, layout, columns, self.sources)
            rename_sessions(working, layout, columns)
            _write_keys(working, layout, keys or {})
            if self._is_new_source():
                renew_choices(working, layout, self.sources)
        else:
            rows = len(table.rows) if table else 0
            place = self._index(name)
            working = new_table_tab(self.read, layout, columns, rows, place, self.sources)
            self.tabs[name] = working
        if table:
            write_table(working, layout, table, self.sources)

    def week(self, text: tuple[Any, ...]) -> None:
        """Write This week."""
        there = self.read.tabs_there.get(THIS_WEEK)
        working = (
            Working(there) if there else new_week(self.read, len(text), self._index(THIS_WEEK))
        )
        self.tabs[THIS_WEEK] = working
        write_week(working, text)

    def lists(self, rows: list[list[Any]], chart: Table | None) -> None:
        """Write Lists and the chart; without a chart its former figures stay."""
        there = self.read.tabs_there.get(LISTS)
        size = len(rows) + 20, max(map(len, rows))
        working = (
            Working(there) if there else new_tab(self.read, LISTS, self._index(LISTS), size, (0, 0))
        )
        self.tabs[LISTS] = working
        write_lists(working, rows)
        if chart:
            week = self.tabs[THIS_WEEK]
            self.last += chart_requests(self.read, week, working.sheet_id, chart)

    def requests(self, published: str, *, blank: bool) -> list[Request]:
        """Return all requests, with what Google refuses them by if the book has changed."""
        made = [name for name in self.names if self.tabs[name].made]
        order = [*made, *(name for name in self.names if name not in made)]
        for name in order:
            if name != LISTS and self.tabs[name].is_changed:
                mark_ends(self.tabs[name])
        changed = [self.tabs[name] for name in order if self.tabs[name].is_changed]
        if not changed and not self.last and published == (self.read.published or ""):
            return []
        adding = [self.tabs[name].shape.pop(0) for name in made]
        found = adding + [one for tab in changed for one in tab.requests()] + self.last
        guards = [one for tab in changed for one in tab.guards()]
        blanks = map(ask.delete_tab, self.read.others) if blank else ()
        return [*guards, *_next_turn(self.read, published), *found, *blanks]

    def _index(self, name: str) -> int:
        """Where a missing tab goes: behind those of the book's that come before it."""
        before = self.names[: self.names.index(name)]
        missing = [one for one in before if one not in self.read.tabs_there]
        there = [sheet_id(self.read.key, one) for one in before if one in self.read.tabs_there]
        last = max((self.read.order.index(one) for one in there), default=-1)
        return last + 1 + len(missing)

    def _is_new_source(self) -> bool:
        """Whether a tab that drop-downs come from is made now: they have lost their source."""
        return len(self.names) > len(OWN) and not {LISTS, "classes"} <= self.read.tabs_there.keys()

    def _sources(self) -> Iterator[tuple[str, str]]:
        if len(self.names) == len(OWN):
            return
        for kind, name, column in ((WHO, LISTS, PLACES["who"]), (WHOM, LISTS, PLACES["whom"])):
            yield kind, f"={self._quoted(name)}!${column}$2:${column}"
        there = self.read.tabs_there.get("classes")
        place = there.columns.get("class", 0) if there else 0
        first = there.first + 1 if there else 3
        letter = chr(ord("A") + place)
        yield CLASSES, f"={self._quoted('classes')}!${letter}${first}:${letter}"

    def _quoted(self, name: str) -> str:
        return "'" + title_of(self.read, name).replace("'", "''") + "'"


def _write_keys(working: Working, layout: Layout, keys: Mapping[int, str]) -> None:
    """Write hidden keys by the numbers that people see; from now on rows are found by them."""
    for number, key in keys.items():
        row, at = working.now(number - 1), working.columns[layout.key_column]
        working.write(row, at, key)
        working.cells[row][at] = key


def _write_ids(working: Working, ids: Mapping[int, str]) -> None:
    """Write the hidden ids of lines, by the numbers that people see.

    Before any row is deleted: the numbers are those that were read.
    """
    for row, id_ in ids.items():
        working.write(working.now(row - 1), working.columns["id"], id_)


def _append(working: Working, layout: Layout, table: Table, sources: Sources) -> None:
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


def _write_addresses(working: Working, addresses: Mapping[str, str]) -> None:
    """Write the addresses of classes' own spreadsheets, where nobody has typed one."""
    wanted = {class_key(name): url for name, url in addresses.items()}
    for row in working.data_rows():
        key = class_key(str(working.of(row, "class") or ""))
        if key in wanted and "own_sheet" in working.columns and not working.of(row, "own_sheet"):
            working.write(row, working.columns["own_sheet"], wanted[key])


def _next_turn(read: BookRead, published: str) -> Iterator[Request]:
    """Take the turn after the one that was read, and note what was published."""
    turn = max(read.turns, default=0) + 1
    value = json.dumps({"book": read.key, "turn": turn, "published": published})
    id_ = ask.number_of("turn", read.key, str(turn))
    yield ask.create_metadata({"spreadsheet": True}, TURN, value, id_)
    for old, old_id in sorted(read.turns.items()):
        if old <= turn - TURNS_KEPT:
            yield ask.delete_metadata(old_id)
