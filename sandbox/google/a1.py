"""A1 notation: `'Week 47'!A2:F9`, `'Week 47'!A2:F`, and rectangles of cells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

Resource = dict[str, Any]
QUOTED = r"'(?P<quoted>(?:[^']|'')+)'"
BARE = r"(?P<bare>[^\W\d]\w*)"
CORNERS = (
    r"\$?(?P<left>[A-Z]{1,3})?\$?(?P<top>[1-9]\d*)?"
    r"(?P<two>:\$?(?P<right>[A-Z]{1,3})?\$?(?P<bottom>[1-9]\d*)?)?"
)
RANGE = re.compile(rf"{QUOTED}(?:!{CORNERS})?", re.ASCII)
REFERENCE = re.compile(rf"=(?:{QUOTED}|{BARE})!{CORNERS}")
AREA = re.compile(CORNERS, re.ASCII)


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle of cells, half open, counted from zero."""

    top: int
    bottom: int
    left: int
    right: int

    def contains(self, other: Block) -> bool:
        return (
            self.top <= other.top < other.bottom <= self.bottom
            and self.left <= other.left < other.right <= self.right
        )

    def covers(self, row: int, column: int) -> bool:
        return self.top <= row < self.bottom and self.left <= column < self.right


def column_name(index: int) -> str:
    """0 is A, 25 is Z, 26 is AA."""
    name = ""
    while index >= 0:
        index, letter = divmod(index, 26)
        name, index = chr(65 + letter) + name, index - 1
    return name


def column_index(name: str) -> int:
    index = 0
    for letter in name:
        index = index * 26 + ord(letter) - 64
    return index - 1


def cell_name(row: int, column: int) -> str:
    return f"{column_name(column)}{row + 1}"


def written(title: str, block: Block) -> str:
    """A range as it is written, such as `'Notes'!A1:B2`."""
    first = cell_name(block.top, block.left)
    return f"{quoted(title)}!{first}:{column_name(block.right - 1)}{block.bottom}"


def quoted(title: str) -> str:
    return "'" + title.replace("'", "''") + "'"


def read(text: str) -> tuple[str, Resource]:
    """Title and GridRange, without a sheetId, of a range whose title is quoted.

    Bounds that are not written are missing; without cells it is the whole sheet.
    """
    found = RANGE.fullmatch(text)
    if not found:
        raise ValueError(f"not a range with a quoted title: {text}")
    return found["quoted"].replace("''", "'"), _bounds(found, text) if "!" in text else {}


def read_area(text: str) -> Resource:
    """The GridRange, without a sheetId, of cells such as `A3`, `A3:F9` or `A:F`."""
    found = AREA.fullmatch(text)
    if not found:
        raise ValueError(f"no cells: {text}")
    return _bounds(found, text)


def read_reference(text: str) -> tuple[str, Resource]:
    """The same of a reference in a rule, such as `='People'!$A$3:$A` or `=People!A3:A`."""
    found = REFERENCE.fullmatch(text)
    if not found:
        raise ValueError(f"no reference to cells: {text}")
    return found["bare"] or found["quoted"].replace("''", "'"), _bounds(found, text)


def reference(title: str, area: Resource) -> str:
    """A GridRange as a rule is read back: `='People'!$A$3:$A`."""
    left, right = area.get("startColumnIndex"), area.get("endColumnIndex")
    first = _corner(left, area.get("startRowIndex"))
    return f"={quoted(title)}!{first}:{_corner(right and right - 1, area.get('endRowIndex'), 0)}"


def _corner(column: int | None, row: int | None, more: int = 1) -> str:
    letters = "" if column is None else f"${column_name(column)}"
    return letters + ("" if row is None else f"${row + more}")


def _bounds(found: re.Match[str], text: str) -> Resource:
    left, top, two = found["left"], found["top"], found["two"]
    right, bottom = (found["right"], found["bottom"]) if two else (left, top)
    if not (two or (left and top)) or not (left or top) or not (right or bottom):
        raise ValueError(f"no cells: {text}")
    bounds = {
        "startRowIndex": int(top) - 1 if top else None,
        "endRowIndex": int(bottom) if bottom else None,
        "startColumnIndex": column_index(left) if left else None,
        "endColumnIndex": column_index(right) + 1 if right else None,
    }
    return {name: value for name, value in bounds.items() if value is not None}
