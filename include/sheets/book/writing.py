"""The book as it was read, and as it shall be: the requests of the one batchUpdate between.

Each batch takes the next turn: developer metadata with an id that follows from its number. Whoever
has read turn 7 makes turn 8; if another run has made it since, Google refuses the whole batch.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from include.roster.book import Book, View
from include.roster.members.classes import class_key
from include.roster.table import Column, Table
from include.sheets import requests as ask
from include.sheets.book.chart import CHOICE_COLUMNS, chart_requests, lists, write_lists
from include.sheets.book.draft import TabDraft
from include.sheets.book.layout import (
    CLASSES,
    LAYOUTS,
    LISTS,
    THIS_WEEK,
    TITLES,
    Layout,
)
from include.sheets.book.making import (
    Sources,
    follow_ends,
    new_tab,
    new_table_tab,
    renew_choices,
    restore_top,
    title_of,
)
from include.sheets.book.reading import TURN_METADATA_KEY, BookRead, sheet_id
from include.sheets.book.tables import (
    add_columns,
    drop_columns,
    rename_sessions,
    with_key,
    write_table,
)
from include.sheets.book.week import new_week, write_week
from include.sheets.requests import Request

TURNS_KEPT = 8
"""Enough that even a very slow run does not find its turn free again."""

OWN_SHEET_TABS = (THIS_WEEK, "register")
"""The tabs of a class's own spreadsheet."""


def book_requests(
    read: BookRead,
    book: Book,
    *,
    published: str,
    own_sheets: Mapping[str, str] | None = None,
    blank: bool = False,
) -> list[Request]:
    """Return the requests that make the spreadsheet show the book; none if it does already.

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
    writer = _Writer(read, OWN_SHEET_TABS)
    writer.table("register", view.register)
    writer.week(view.this_week)
    return writer.requests("", blank=blank)


class _Writer:
    """Puts the requests of all tabs together."""

    def __init__(self, read: BookRead, names: tuple[str, ...]) -> None:
        self.read, self.names = read, names
        self.tabs: dict[str, TabDraft] = {}
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
            self.tabs[name] = draft = TabDraft(there)
            drop_columns(draft, layout, table.gone if table else frozenset())
            restore_top(draft, layout)
            add_columns(draft, layout, columns, self.sources)
            rename_sessions(draft, layout, columns)
            _write_keys(draft, layout, keys or {})
            if self._is_new_source():
                renew_choices(draft, layout, self.sources)
        else:
            rows = len(table.rows) if table else 0
            place = self._index(name)
            draft = new_table_tab(self.read, layout, columns, rows, place, self.sources)
            self.tabs[name] = draft
        if table:
            write_table(draft, layout, table, self.sources)

    def week(self, text: tuple[Any, ...]) -> None:
        """Write This week."""
        there = self.read.tabs_there.get(THIS_WEEK)
        draft = TabDraft(there) if there else new_week(self.read, len(text), self._index(THIS_WEEK))
        self.tabs[THIS_WEEK] = draft
        write_week(draft, text)

    def lists(self, rows: list[list[Any]], chart: Table | None) -> None:
        """Write Lists and the chart; without a chart its former figures stay."""
        there = self.read.tabs_there.get(LISTS)
        size = len(rows) + 20, max(map(len, rows))
        draft = (
            TabDraft(there)
            if there
            else new_tab(self.read, LISTS, self._index(LISTS), size, (0, 0))
        )
        self.tabs[LISTS] = draft
        write_lists(draft, rows)
        if chart:
            week = self.tabs[THIS_WEEK]
            self.last += chart_requests(self.read, week, draft.sheet_id, chart)

    def requests(self, published: str, *, blank: bool) -> list[Request]:
        """Return all requests, with what Google refuses them by if the book has changed."""
        made = [name for name in self.names if self.tabs[name].is_new]
        order = [*made, *(name for name in self.names if name not in made)]
        for name in order:
            if name != LISTS and self.tabs[name].is_changed:
                follow_ends(self.tabs[name])
        changed = [self.tabs[name] for name in order if self.tabs[name].is_changed]
        if not changed and not self.last and published == (self.read.published or ""):
            return []
        adding = [self.tabs[name].structure.pop(0) for name in made]
        writing = [request for tab in changed for request in tab.requests()]
        guards = [request for tab in changed for request in tab.guards()]
        blanks = map(ask.delete_tab, self.read.others) if blank else ()
        return [*guards, *_next_turn(self.read, published), *adding, *writing, *self.last, *blanks]

    def _index(self, name: str) -> int:
        """Where a missing tab goes: behind those of the book's that come before it."""
        before = self.names[: self.names.index(name)]
        missing = [tab for tab in before if tab not in self.read.tabs_there]
        there = [sheet_id(self.read.key, tab) for tab in before if tab in self.read.tabs_there]
        last = max((self.read.order.index(id_) for id_ in there), default=-1)
        return last + 1 + len(missing)

    def _is_new_source(self) -> bool:
        """Whether a tab that drop-downs come from is made now: they have lost their source."""
        return LISTS in self.names and not {LISTS, "classes"} <= self.read.tabs_there.keys()

    def _sources(self) -> Iterator[tuple[str, str]]:
        if LISTS not in self.names:
            return
        for kind, column in CHOICE_COLUMNS.items():
            yield kind, f"={self._quoted(LISTS)}!${column}$2:${column}"
        there = self.read.tabs_there.get("classes")
        place = there.columns.get("class", 0) if there else 0
        first = there.first + 1 if there else 3
        letter = chr(ord("A") + place)
        yield CLASSES, f"={self._quoted('classes')}!${letter}${first}:${letter}"

    def _quoted(self, name: str) -> str:
        return "'" + title_of(self.read, name).replace("'", "''") + "'"


def _write_keys(draft: TabDraft, layout: Layout, keys: Mapping[int, str]) -> None:
    """Write hidden keys by the numbers that people see; from now on rows are found by them."""
    for number, key in keys.items():
        row, at = draft.moved_row(number - 1), draft.columns[layout.key_column]
        draft.write(row, at, key)
        draft.cells[row][at] = key


def _write_ids(draft: TabDraft, ids: Mapping[int, str]) -> None:
    """Write the hidden ids of lines, by the numbers that people see.

    Before any row is deleted: the numbers are those that were read.
    """
    for row, id_ in ids.items():
        draft.write(draft.moved_row(row - 1), draft.columns["id"], id_)


def _append(draft: TabDraft, layout: Layout, table: Table, sources: Sources) -> None:
    """Insert lines below the last that is used.

    They are inserted, not written into empty rows: somebody may be typing there.
    """
    if not table.rows:
        return
    at, before = draft.end, draft.rows
    draft.insert_rows(at, len(table.rows))
    if draft.rows > before:
        renew_choices(draft, layout, sources)
    for number, row in enumerate(table.rows, at):
        for column, value in zip(table.columns, row.values, strict=True):
            if value is not None and column.key in draft.columns:
                draft.write(number, draft.columns[column.key], value)


def _write_addresses(draft: TabDraft, addresses: Mapping[str, str]) -> None:
    """Write the addresses of classes' own spreadsheets, where nobody has typed one."""
    wanted = {class_key(name): url for name, url in addresses.items()}
    for row in draft.data_rows():
        key = class_key(str(draft.value(row, "class") or ""))
        if key in wanted and "own_sheet" in draft.columns and not draft.value(row, "own_sheet"):
            draft.write(row, draft.columns["own_sheet"], wanted[key])


def _next_turn(read: BookRead, published: str) -> Iterator[Request]:
    """Take the turn after the one that was read, and note what was published."""
    turn = max(read.turns, default=0) + 1
    value = json.dumps({"book": read.key, "turn": turn, "published": published})
    id_ = ask.number_of("turn", read.key, str(turn))
    yield ask.create_metadata({"spreadsheet": True}, TURN_METADATA_KEY, value, id_)
    for old, old_id in sorted(read.turns.items()):
        if old <= turn - TURNS_KEPT:
            yield ask.delete_metadata(old_id)
