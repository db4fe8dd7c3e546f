"""A tab while its requests are put together: where everything is after those so far.

Rows and columns are inserted and deleted first, then cells are written, each at its last place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from include.roster.grid import Cell
from include.roster.table import Value
from include.roster.vocabulary import LETTERS, letter_of
from include.sheets import requests as ask
from include.sheets.book.tab_read import BOOK_METADATA_KEY, END, TabRead
from include.sheets.requests import LONGEST_TEXT, Place, Request, blocks, spans

PASTED = re.compile(r"|".join([*map(re.escape, LETTERS), r"\d*"]))
"""What may be pasted: it is the same whether it is read as typed or not."""


class TabDraft:
    """A tab, its cells as they will be, and the requests that make them so.

    :param tab: as it was read. ``is_new``: it is made in this batch, so nobody has typed in it.
    :ivar cells: as they are after the rows and columns that came and went; what is written later
        is not in them. ``are_data``: of each row whether it is one of data.
    :ivar columns: where each column is, by its key; ``headings``, ``help``, ``first``: see TabRead.
    :ivar inserted: before which row how many came. ``structure``: requests for rows, columns and
        their metadata. ``written``, ``swapped``, ``pasted``: what cells get. ``after``: the rest.
    """

    def __init__(self, tab: TabRead, *, is_new: bool = False) -> None:
        self.tab, self.is_new = tab, is_new
        self.sheet_id, self.title = tab.sheet_id, tab.title
        self.rows, self.width = tab.size
        self.cells: list[list[Cell]] = [list(row) for row in tab.cells]
        self.are_data = [tab.is_data(row) for row in range(len(tab.cells))]
        self.inserted: list[tuple[int, int]] = []
        self.columns = dict(tab.columns)
        self.headings, self.help, self.first = tab.headings or 0, tab.help or 0, tab.first
        self.structure: list[Request] = []
        self.after: list[Request] = []
        self.written: dict[Place, Value] = {}
        self.swapped: dict[Place, tuple[str, str]] = {}
        self.pasted: list[Request] = []

    def cell(self, row: int, column: int) -> Cell:
        """Return what stands in a cell."""
        if row < len(self.cells) and column < len(self.cells[row]):
            return self.cells[row][column]
        return None

    def value(self, row: int, key: str) -> Cell:
        """Return what stands in a row, in the column with this key."""
        return self.cell(row, self.columns[key]) if key in self.columns else None

    def data_rows(self) -> list[int]:
        """Return the rows of data in which anything stands."""
        return [row for row in range(len(self.cells)) if self.are_data[row] and self.is_used(row)]

    @property
    def end(self) -> int:
        """The row below the last in which anything stands."""
        used = (row + 1 for row in reversed(range(len(self.cells))) if self.is_used(row))
        return max(next(used, 0), self.first)

    def moved_row(self, row: int) -> int:
        """Return where a row is now that stood at `row` when it was read."""
        for at, count in self.inserted:
            row = moved(row, at, count)
        return row

    def is_used(self, row: int) -> bool:
        """Whether anything stands in a row."""
        return any(cell not in (None, "", False) for cell in self.cells[row])

    def insert_rows(self, at: int, count: int) -> None:
        """Insert empty rows; in a tab just made those that are there are as good."""
        if self.is_new and at >= len(self.cells):
            return
        span = (at, at + count)
        like_before = at > self.first or at >= self.rows
        self.structure.append(ask.insert(self.sheet_id, "ROWS", span, like_before=like_before))
        self.inserted.append((at, count))
        self.cells += [[] for _ in range(at - len(self.cells))]
        self.are_data += [True for _ in range(at - len(self.are_data))]
        self.cells[at:at] = [[] for _ in range(count)]
        self.are_data[at:at] = [True] * count
        self.written = _moved_cells(self.written, at, count)
        self.rows += count
        self.headings, self.help = moved(self.headings, at, count), moved(self.help, at, count)
        self.first += count if at < self.first else 0

    def insert_column(self, at: int) -> None:
        """Insert an empty column that looks like the one that stood there."""
        like_before = at >= self.width
        self.structure.append(
            ask.insert(self.sheet_id, "COLUMNS", (at, at + 1), like_before=like_before)
        )
        for row in self.cells:
            if at < len(row):
                row.insert(at, None)
        self.columns = {key: moved(column, at, 1) for key, column in self.columns.items()}
        self.width += 1

    def delete_column(self, at: int) -> None:
        """Delete a column, before anything is written."""
        self.structure.append(ask.delete(self.sheet_id, "COLUMNS", (at, at + 1)))
        for row in self.cells:
            del row[at : at + 1]
        columns = {key: column for key, column in self.columns.items() if column != at}
        self.columns = {key: moved(column, at, -1) for key, column in columns.items()}
        self.width -= 1

    def delete_rows(self, rows: Iterable[int]) -> None:
        """Delete rows, from the last to the first."""
        for start, end in reversed(list(spans(sorted(rows)))):
            self.structure.append(ask.delete(self.sheet_id, "ROWS", (start, end)))
            del self.cells[start:end], self.are_data[start:end]
            gone = range(start, end)
            kept = {place: value for place, value in self.written.items() if place[0] not in gone}
            self.written = _moved_cells(kept, end, start - end)
            self.rows -= end - start

    def write(self, row: int, column: int, value: Value) -> None:
        """Write a value, if another stands there."""
        if not is_same(self.cell(row, column), value):
            self.written[row, column] = value

    def write_letter(self, row: int, column: int, letter: Value) -> None:
        """Put a letter or a count in the place of the former, if it still stands there then."""
        old = self.cell(row, column)
        if is_same(old, letter) or not (old is None or is_letter(old)):
            return
        if isinstance(old, str) and old and not isinstance(letter, int):
            self.swapped[row, column] = old, str(letter or "")
        else:
            self.written[row, column] = letter

    def create_metadata(self, dimension: str, at: int, value: str) -> Request:
        """Return the request for metadata of a row or column, which moves with it."""
        return ask.create_metadata(self._line(dimension, at), BOOK_METADATA_KEY, value)

    def paste(self, row: int, rows: list[list[Value]], column: int) -> None:
        """Write letters and counts into columns that are being made."""
        text = "\n".join("\t".join(map(_plain, values)) for values in rows)
        where = {"sheetId": self.sheet_id, "rowIndex": row, "columnIndex": column}
        body = {"coordinate": where, "data": text, "type": "PASTE_VALUES", "delimiter": "\t"}
        self.pasted.append({"pasteData": body})

    @property
    def is_changed(self) -> bool:
        """Whether there are requests."""
        parts = self.structure, self.written, self.pasted, self.swapped, self.after
        return any(parts)

    def requests(self) -> list[Request]:
        """Return all of them, in their order; nothing if nothing changes."""
        return [*self.structure, *self._writes(), *self.pasted, *self._swaps(), *self.after]

    def guards(self) -> list[Request]:
        """Return requests that are refused if rows or columns came or went since the reading."""
        return [
            ask.update_metadata(self._where(dimension, id_, at), END)
            for dimension, (id_, at) in sorted(self.tab.ends.items())
        ]

    def _where(self, dimension: str, id_: int, at: int) -> dict[str, Any]:
        exact = {"locationMatchingStrategy": "EXACT_LOCATION"}
        return {"metadataId": id_, "metadataLocation": self._line(dimension, at), **exact}

    def _line(self, dimension: str, at: int) -> dict[str, Any]:
        return {"dimensionRange": ask.lines(self.sheet_id, dimension, (at, at + 1))}

    def _writes(self) -> Iterator[Request]:
        for top, left, rows in blocks(self.written):
            yield ask.cells(self.sheet_id, top, left, rows)

    def _swaps(self) -> Iterator[Request]:
        """Compare and set: a letter that somebody types meanwhile stays, and is read next time."""
        by_column = sorted(self.swapped, key=lambda place: (place[1], place[0]))
        start = 0
        for number, (row, column) in enumerate(by_column, 1):
            swap = self.swapped[row, column]
            following = by_column[number] if number < len(by_column) else None
            if following != (row + 1, column) or self.swapped[following] != swap:
                rows = (by_column[start][0], row + 1)
                yield self._swap(ask.grid_range(self.sheet_id, rows, (column, column + 1)), *swap)
                start = number

    @staticmethod
    def _swap(area: Mapping[str, int], old: str, new: str) -> Request:
        how = {"matchCase": True, "matchEntireCell": True}
        return {"findReplace": {"find": old, "replacement": new, "range": dict(area), **how}}


def moved(line: int, at: int, count: int) -> int:
    """Return where a row or column is once `count` were inserted at `at`, or deleted above it."""
    return line + count if line >= at else line


def _moved_cells(written: Mapping[Place, Value], at: int, count: int) -> dict[Place, Value]:
    return {(moved(row, at, count), column): value for (row, column), value in written.items()}


def is_same(cell: Cell, value: Value) -> bool:
    """Whether a cell shows a value already."""
    if value is None or value == "":
        return cell is None or cell == ""
    if isinstance(value, str):
        return cell == value[:LONGEST_TEXT]
    return type(cell) in (int, float) and cell == ask.number(value)


def is_letter(cell: Cell) -> bool:
    """Whether it is a letter or a count: anything else in the Register's cells is people's."""
    if isinstance(cell, bool):
        return False
    return isinstance(cell, int) or cell == "" or (isinstance(cell, str) and bool(letter_of(cell)))


def _plain(value: Value) -> str:
    text = "" if value is None else str(value)
    if not PASTED.fullmatch(text):
        raise ValueError("only letters and counts are pasted")
    return text
