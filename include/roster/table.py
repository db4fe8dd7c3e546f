"""Tables and lines, as they go to the writer of the book: values by row key and column key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

Value = str | int | date | None
"""None: the cell is people's, or it is empty."""


@dataclass(frozen=True)
class Column:
    """A column of a tab.

    :param people: people type in it, the pipeline never does.
    :param link: opens what the heading speaks of.
    """

    key: str
    heading: str
    people: bool = False
    hidden: bool = False
    link: str = ""


@dataclass(frozen=True)
class Row:
    """A row of a tab; the key is the same whenever it is written, no other row has it."""

    key: str
    values: tuple[Value, ...]
    kind: str = ""


@dataclass(frozen=True)
class Table:
    """A tab.

    :param keep: cells (row key, column key) in which people typed what is not ours to change.
    :param gone: sessions that are parts of others now: of them nothing stays.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    keep: frozenset[tuple[str, str]] = frozenset()
    gone: frozenset[str] = frozenset()

    def column(self, key: str) -> list[Value]:
        """Return the values of a column, from the first row to the last."""
        place = [column.key for column in self.columns].index(key)
        return [row.values[place] for row in self.rows]

    def row(self, key: str) -> dict[str, Value]:
        """Return the values of a row by column."""
        found = next(row for row in self.rows if row.key == key)
        keys = (column.key for column in self.columns)
        return dict(zip(keys, found.values, strict=True))


@dataclass(frozen=True)
class TextLine:
    """A line of This week.

    :param kind: TITLE, COUNT, NOTICE, CLASS, HEADING or PERSON.
    """

    kind: str
    text: str
    link: str = ""


TITLE, COUNT, NOTICE, CLASS, HEADING, PERSON = (
    "title",
    "headcount",
    "notice",
    "class",
    "heading",
    "person",
)
