"""A1 notation: `'Week 47'!A2:F`, and rectangles of cells.

As the Sheets API guide "Cell references" has it: titles may be quoted, an end may be left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})?\$?([1-9]\d{0,7})?", re.ASCII)
PLAIN_TITLE = re.compile(r"[^\W\d]\w*")
LOOKS_LIKE_CELL = re.compile(r"[A-Za-z]{1,3}\d+|[Rr]\d*[Cc]\d*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle of cells, half open, counted from zero."""

    top: int
    bottom: int
    left: int
    right: int

    def overlaps(self, other: Block) -> bool:
        return (
            self.top < other.bottom
            and other.top < self.bottom
            and self.left < other.right
            and other.left < self.right
        )

    def contains(self, other: Block) -> bool:
        return self.overlaps(other) and (
            self.top <= other.top
            and other.bottom <= self.bottom
            and self.left <= other.left
            and other.right <= self.right
        )


def column_name(index: int) -> str:
    """0 is A, 25 is Z, 26 is AA."""
    name = ""
    while index >= 0:
        index, letter = divmod(index, 26)
        name, index = chr(65 + letter) + name, index - 1
    return name


def column_index(name: str) -> int:
    index = 0
    for letter in name.upper():
        index = index * 26 + ord(letter) - 64
    return index - 1


def quoted(title: str) -> str:
    """A title as Sheets writes it in replies: quoted only when it must be."""
    if PLAIN_TITLE.fullmatch(title) and not LOOKS_LIKE_CELL.fullmatch(title):
        return title
    return "'{}'".format(title.replace("'", "''"))


def written(title: str, block: Block) -> str:
    """The normal form of a range, such as `Sheet1!A1:B2`."""
    first = f"{column_name(block.left)}{block.top + 1}"
    last = f"{column_name(block.right - 1)}{block.bottom}"
    return f"{quoted(title)}!{first}" + ("" if first == last else f":{last}")


def split(text: str) -> tuple[str | None, str | None]:
    """Title and cells of a range; either may be missing, not both."""
    if text.startswith("'"):
        found = re.fullmatch(r"'((?:[^']|'')+)'(?:!(.+))?", text)
        if not found:
            raise ValueError(text)
        return found[1].replace("''", "'"), found[2]
    title, separator, cells = text.rpartition("!")
    return (title, cells) if separator else (None, text)


def block(cells: str, rows: int, columns: int) -> Block:
    """The rectangle that `A1:B`, `2:3` or `C` means in a grid, its end cut to the grid.

    A start outside the grid gives an empty block; what is not A1 notation raises ValueError.
    """
    start, separator, end = cells.partition(":")
    first, last = _corner(start), _corner(end if separator else start)
    if not separator and None in first:
        raise ValueError(cells)
    top, bottom = _span(first[0], last[0], rows)
    left, right = _span(first[1], last[1], columns)
    return Block(top, bottom, left, right)


def _corner(text: str) -> tuple[int | None, int | None]:
    found = REFERENCE.fullmatch(text)
    if not text or not found:
        raise ValueError(text)
    column, row = found.groups()
    return int(row) - 1 if row else None, column_index(column) if column else None


def _span(first: int | None, last: int | None, size: int) -> tuple[int, int]:
    if first is not None and last is not None and last < first:
        first, last = last, first
    start = first if first is not None else 0
    return start, size if last is None else min(last + 1, size)
