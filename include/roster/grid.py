"""People's cells: a tab as a grid of values, and what a single cell says.

Lenient, never guessing: a cell that cannot be read raises CellUnreadable with the rest of a
sentence; the reader of the tab makes a Notice of it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

LONGEST, LONGEST_LIST = 200, 4_000
"""Characters of a name, a class or a list of addresses that are read."""

_ERROR = re.compile(r"#(REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|ERROR!|SPILL!)|Loading\.\.\.")


@dataclass(frozen=True)
class ErrorCell:
    """A cell whose value is an error; ``text`` is what it shows: "#REF!"."""

    text: str


Cell = str | int | float | bool | ErrorCell | None
"""The effective value of a cell; a date is Sheets' serial number, or a text where it is none."""


@dataclass(frozen=True)
class Grid:
    """The cells of a tab, below its headings.

    :param columns: where each column stands, by its key; a column that is gone has no place.
    :param rows: each as long as it happens to be.
    :param first_row: the number that people see beside the first of them.
    :param unsure: numbers of rows of which nobody can tell whose they are.
    """

    columns: Mapping[str, int]
    rows: Sequence[Sequence[Cell]]
    first_row: int = 3
    unsure: frozenset[int] = frozenset()

    def __iter__(self) -> Iterator[Line]:
        """Go through the lines that are not blank."""
        for number, cells in enumerate(self.rows, self.first_row):
            if any(cell not in (None, "", False) for cell in cells):
                yield Line(self, number, cells)


@dataclass(frozen=True)
class Line:
    """A line of a tab; ``row`` is the number that people see beside it."""

    grid: Grid
    row: int
    cells: Sequence[Cell]

    def cell(self, column: str) -> Cell:
        """Return the value in a column, None where there is none."""
        place = self.grid.columns.get(column)
        return self.cells[place] if place is not None and place < len(self.cells) else None

    def has_any(self, *columns: str) -> bool:
        """Tell whether something stands in one of these columns."""
        return any(self.cell(column) for column in columns)

    def text(self, column: str) -> str:
        """Return the text in a column. Raises CellUnreadable."""
        return read_text(self.cell(column))

    def shown(self, column: str) -> str:
        """Return the text in a column; "" where there is none, or it cannot be read."""
        try:
            return self.text(column)
        except CellUnreadable:
            return ""


@dataclass(frozen=True)
class Notice:
    """What could not be read, and what to do, for This week."""

    tab: str
    row: int | None
    text: str

    def __str__(self) -> str:
        return (
            f"{self.tab}, row {self.row}: {self.text}" if self.row else f"{self.tab}: {self.text}"
        )


class CellUnreadable(Exception):
    """A cell cannot be read; the message goes on after the name of its column."""


def read_text(cell: Cell) -> str:
    """Return what a cell says, spaces collapsed. Raises CellUnreadable."""
    if isinstance(cell, ErrorCell):
        raise CellUnreadable(f"shows the error {cell.text[:20]}. Type the value itself.")
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return _plain(str(cell))


def _plain(text: str) -> str:
    if len(text) > LONGEST:
        raise CellUnreadable(f"is longer than {LONGEST} characters. Shorten it.")
    text = " ".join("".join(map(_seen, text)).split())
    if _ERROR.fullmatch(text):
        raise CellUnreadable(f"shows the error {text}. Type the value itself.")
    if text.startswith("="):
        raise CellUnreadable("begins with =. Type the value itself.")
    return text


def _seen(character: str) -> str:
    return " " if unicodedata.category(character) in ("Cc", "Zl", "Zp") else character


def read_list(cell: Cell) -> list[str]:
    """Return the parts of a cell that commas, semicolons or lines divide. Raises CellUnreadable."""
    if not isinstance(cell, str):
        parts = [read_text(cell)]
    elif len(cell) > LONGEST_LIST:
        raise CellUnreadable(f"is longer than {LONGEST_LIST} characters. Shorten it.")
    else:
        parts = [read_text(part) for part in re.split(r"[;\n\r,،、，；]+", cell)]
    return [part for part in parts if part]


def read_tick(cell: Cell) -> bool:
    """Tell whether a cell is ticked. Raises CellUnreadable for what is neither yes nor no."""
    text = read_text(cell).casefold()
    if text in ("", "false", "no", "n", "0", "-", "–", "nein", "non", "falsch", "faux"):
        return False
    if text in ("true", "yes", "y", "x", "1", "✓", "✔", "private", "ja", "oui", "wahr", "vrai"):
        return True
    raise CellUnreadable("is neither yes nor no. Tick it or clear it.")
