"""A1 notation: `'Week 47'!A2:F9`, and rectangles of cells."""

from __future__ import annotations

import re
from dataclasses import dataclass

RANGE = re.compile(
    r"'(?P<title>(?:[^']|'')+)'"
    r"(?:!(?P<left>[A-Z]+)(?P<top>[1-9]\d*)(?::(?P<right>[A-Z]+)(?P<bottom>[1-9]\d*))?)?",
    re.ASCII,
)


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


def written(title: str, block: Block) -> str:
    """A range as it is written, such as `'Notes'!A1:B2`."""
    quoted = title.replace("'", "''")
    first = f"{column_name(block.left)}{block.top + 1}"
    return f"'{quoted}'!{first}:{column_name(block.right - 1)}{block.bottom}"


def read(text: str) -> tuple[str, Block | None]:
    """Title and cells of a range whose title is quoted; without cells it is the whole sheet."""
    found = RANGE.fullmatch(text)
    if not found:
        raise ValueError(f"not a range with a quoted title: {text}")
    title = found["title"].replace("''", "'")
    return title, _block(found) if found["top"] else None


def _block(found: re.Match[str]) -> Block:
    return Block(
        int(found["top"]) - 1,
        int(found["bottom"] or found["top"]),
        column_index(found["left"]),
        column_index(found["right"] or found["left"]) + 1,
    )
