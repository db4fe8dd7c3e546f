"""Rows that people sorted without the hidden column, or whose hidden column they deleted: whose
each one is.

A row whose name is not the one that was written beside its key is that of its name. No row is
moved: its key is written anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from include.roster.grid import Cell, CellUnreadable, Grid, Line, read_text
from include.roster.identity.answers import is_doubted
from include.roster.members.classes import class_row
from include.roster.members.dates import EPOCH
from include.roster.members.people import Member
from include.roster.published import PublishedBook, RowTexts
from include.roster.roster import Tabs
from include.roster.table import Row, Table

RowText = Mapping[str, str]
"""What was written into a row, by column; one of them is its name."""

NAME = "name"

DOUBT = "doubt"
"""In the text of a line of Names whose answer may be another's."""


HIDDEN = {"people": ("id",), "register": ("id",), "names": ("key", "session")}
"""The hidden columns of these tabs, the key first."""

SHOWN = {"people": (NAME,), "register": (NAME,), "names": (NAME, "address", "last")}
"""The columns by which a row of theirs is known again."""


def by_name(tabs: Tabs, published: PublishedBook | None) -> Tabs:
    """Return the tabs, each row with the key of whom it shows.

    Unsure are rows that may be several's, show a name that stands elsewhere too, or are mixed.
    """
    kept = _with_letters(published) if published else {}
    found = {tab: _by_name(getattr(tabs, tab), HIDDEN[tab], texts) for tab, texts in kept.items()}
    return replace(tabs, **found)


def _with_letters(published: PublishedBook) -> RowTexts:
    """What was written into the rows; in the Register with the letters, by session."""
    register = published.row_texts.get("register", {})
    letters = {key: {**row_text, **published.get(key, {})} for key, row_text in register.items()}
    return {**published.row_texts, "register": letters}


def _by_name(
    grid: Grid | None, hidden: Sequence[str], row_texts: Mapping[str, RowText]
) -> Grid | None:
    if grid is None:
        return None
    if "session" not in hidden:
        grid = _with_lost_keys(grid, hidden[0], row_texts)
    finder = _KeyFinder(grid, hidden[0], row_texts)
    finder.assign()
    if "session" not in hidden:  # in Names only the name belongs to the answer
        finder.doubt_mixed()
    changed = {row: key for row, key in finder.keys.items() if key != finder.own[row]}
    return replace(_with_keys(grid, hidden, changed), unsure=frozenset(finder.unsure))


def new_keys(before: Tabs, after: Tabs) -> dict[str, dict[int, str]]:
    """Return the keys that `by_name` changed, by tab and by the number of the row."""
    grids = ((tab, getattr(before, tab), getattr(after, tab)) for tab in ("register", "names"))
    return {tab: _changed(old, new, HIDDEN[tab][0]) for tab, old, new in grids}


def _changed(before: Grid | None, after: Grid | None, key: str) -> dict[int, str]:
    pairs = zip(before or (), after or (), strict=True)
    return {new.row: new.shown(key) for old, new in pairs if new.shown(key) != old.shown(key)}


def row_texts_of(
    tables: Mapping[str, Table | None], tabs: Tabs, members: Iterable[Member]
) -> RowTexts:
    """Return what is to be kept of the tables that are written, and of People's lines.

    :param tabs: as `by_name` returned them: a doubt lasts until somebody clears the answers.
    """
    found = {tab: _table_texts(table, SHOWN[tab]) for tab, table in tables.items() if table}
    doubted = tabs.names.unsure if tabs.names and is_doubted(tabs.names) else ()
    for key in (line.shown("key") for line in tabs.names or () if line.row in doubted):
        found["names"][key] = {**found["names"].get(key, {NAME: ""}), DOUBT: DOUBT}
    return {**found, "people": {member.id: {NAME: member.name} for member in members}}


def _table_texts(table: Table, columns: Sequence[str]) -> dict[str, dict[str, str]]:
    return {row.key: _row_text(table, row, columns) for row in table.rows}


def _row_text(table: Table, row: Row, columns: Sequence[str]) -> dict[str, str]:
    keys = (column.key for column in table.columns)
    values = dict(zip(keys, row.values, strict=True))
    return {column: _text(values[column]) for column in columns}


def _text(value: object) -> str:
    if isinstance(value, date):
        return str((value - EPOCH).days)
    try:
        return read_text("" if value is None else str(value))
    except CellUnreadable:
        return ""


class _KeyFinder:
    """Gives each row that may not be that of its key one of the keys of those rows.

    :ivar own: the hidden key that stands in a row. ``shown``: the name. By the row's number.
    :ivar wrong: the lines that may not be those of their keys. ``free``: the keys not yet given.
    :ivar keys: the key that each of them gets. ``unsure``: those that may be another's.
    """

    def __init__(self, grid: Grid, key: str, row_texts: Mapping[str, RowText]) -> None:
        self.row_texts = row_texts
        lines = [line for line in grid if line.shown(key) in row_texts]
        self.own = {line.row: line.shown(key) for line in lines}
        self.names = {row_text[NAME] for row_text in row_texts.values()}
        self.shown = {line.row: line.shown(NAME) for line in lines}
        self.wrong = [line for line in lines if not self._shows(line, self.own[line.row])]
        if not all(self._has_name(line, self.own[line.row]) for line in self.wrong):
            # They were sorted: one that shows the right text may be another's of that name.
            self.wrong = lines
        self.free = list(dict.fromkeys(self.own[line.row] for line in self.wrong))
        self.keys: dict[int, str] = {}
        self.unsure: set[int] = set()

    def assign(self) -> None:
        """Give the keys: the surest first."""
        self._take(lambda line, key: self._is_own(line, key) and self._shows(line, key))
        self._take(self._shows)
        self._take(lambda line, key: self._is_own(line, key) and self._has_name(line, key))
        self._take(self._has_name)
        self._take(self._is_own)
        self._take(lambda *_: True)
        for line in self.wrong:
            key = self.keys.get(line.row, "")
            row_text = self.row_texts.get(key, {})
            if DOUBT in row_text or (key and self._shows(line, key) and self._is_several(key)):
                self.unsure.add(line.row)
            if self.shown[line.row] in self.names and not (key and self._has_name(line, key)):
                self.unsure.add(line.row)

    def doubt_mixed(self) -> None:
        """Doubt rows in which something of the row stands whose key is there: it was not moved."""
        for line in self.wrong:
            own, key = self.row_texts[self.own[line.row]], self.keys.get(line.row, "")
            given = self.row_texts.get(key, own)
            if any(own.get(column) == line.shown(column) != text for column, text in given.items()):
                self.unsure.add(line.row)

    def _take(self, fits: Callable[[Line, str], bool]) -> None:
        """Give the rows that have none yet a key that fits; unsure if several do."""
        there = list(self.free)
        for line in self.wrong:
            fitting = [key for key in there if line.row not in self.keys and fits(line, key)]
            if left := [key for key in fitting if key in self.free]:
                self.keys[line.row] = left[0]
                self.free.remove(left[0])
                if len(fitting) > 1:
                    self.unsure.add(line.row)

    def _is_several(self, key: str) -> bool:
        """Whether a row of somebody else's looked just so; a member has one in each class."""
        row_text = self.row_texts[key]
        same = (other for other in self.keys.values() if self.row_texts[other] == row_text)
        return len({other.partition("|")[0] for other in same}) > 1

    def _is_own(self, line: Line, key: str) -> bool:
        return self.own[line.row] == key

    def _has_name(self, line: Line, key: str) -> bool:
        return self.shown[line.row] == self.row_texts[key][NAME]

    def _shows(self, line: Line, key: str) -> bool:
        """Whether all stands in a line that was written into the row of a key."""
        if not self._has_name(line, key):
            return False
        return all(line.shown(column) == text for column, text in self.row_texts[key].items())


def _with_lost_keys(grid: Grid, column: str, row_texts: Mapping[str, RowText]) -> Grid:
    """The tab with the keys that its rows had, if no row has any more: somebody deleted them all.

    Each row gets the key that was written beside its name, in its class where several have it.
    """
    if any(line.shown(column) for line in grid):
        return grid
    free: dict[str, list[str]] = {}
    for key in sorted(row_texts):
        free.setdefault(row_texts[key][NAME], []).append(key)
    found: dict[int, str] = {}
    class_key = ""
    for line in grid:
        keys = free.get(line.shown(NAME), [])
        of_class = [key for key in keys if key == class_row(_class_of(key))]
        of_class = of_class or [key for key in keys if _class_of(key) == class_key]
        if keys:
            key = (of_class or keys)[0]
            keys.remove(key)
            found[line.row], class_key = key, _class_of(key)
    return _with_column(grid, column, found) if found else grid


def _class_of(key: str) -> str:
    """The class of a row of the Register, by the row's key."""
    return key.partition("|")[2]


def _with_column(grid: Grid, column: str, cells: Mapping[int, str]) -> Grid:
    """The tab with a column more, behind all that stands there."""
    at = max([len(row) for row in grid.rows] + [place + 1 for place in grid.columns.values()])
    rows = [
        [*row, *[None] * (at - len(row)), cells[number]] if number in cells else row
        for number, row in enumerate(grid.rows, grid.first_row)
    ]
    return replace(grid, columns={**grid.columns, column: at}, rows=rows)


def _with_keys(grid: Grid, hidden: Sequence[str], keys: Mapping[int, str]) -> Grid:
    """The tab with what belongs to these keys in the hidden columns of their rows."""
    lines = {line.shown(hidden[0]): line for line in grid} if keys else {}
    rows = [
        _with_hidden(row, lines[keys[number]], hidden) if number in keys else row
        for number, row in enumerate(grid.rows, grid.first_row)
    ]
    return replace(grid, rows=rows)


def _with_hidden(row: Sequence[Cell], of: Line, hidden: Sequence[str]) -> list[Cell]:
    places = {of.grid.columns[key]: of.cell(key) for key in hidden if key in of.grid.columns}
    return [places.get(at, cell) for at, cell in enumerate(row)]
