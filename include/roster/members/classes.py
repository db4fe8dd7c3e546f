"""The tab Classes, and what all readers of people's tabs use: addresses, days, what was meant."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from rapidfuzz import fuzz, process

from include.roster.grid import Cell, CellUnreadable, Grid, Line, Notice, read_list, read_tick
from include.roster.members.dates import read_date
from include.roster.table import Column
from include.roster.vocabulary import EVERYBODY

CLASSES = "Classes"

COLUMNS = (
    Column("class", "Class", people=True),
    Column("leaders", "Leaders' e-mails", people=True),
    Column("private", "Private", people=True),
    Column("own_sheet", "Own sheet", people=True),
)

NEEDED = ("class", "private")
"""Columns without which nothing tells what may be shown to others."""

LED = ("leaders", "own_sheet")
"""Columns without which nothing tells who leads a class, and where."""

NEAR = 70
"""From this likeness on (of 100) a word is offered as what was meant."""

_ADDRESS = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+")


@dataclass(frozen=True)
class SchoolClass:
    """A line of Classes.

    :param key: by which classes are compared; "" is that of the members without a class.
    :param private: stands in no tab that others see.
    :param leaders: those that can be read; ``unread``: there may be others.
    :param own_sheet: the address of its own spreadsheet, as typed; UNREAD if it cannot be read.
    :param row: of its first line, as people see it; 0 if it has none.
    """

    key: str
    name: str
    leaders: tuple[str, ...] = ()
    private: bool = False
    own_sheet: str = ""
    row: int = 0
    unread: bool = False


UNREAD = "?"

WITHOUT = SchoolClass("", "Without class")
"""That of the members without a class."""


def nearest(text: str, choices: Iterable[str]) -> str | None:
    """Return the choice that somebody may have meant."""
    folded = {choice: choice.casefold() for choice in choices}
    found = process.extractOne(text.casefold(), folded, scorer=fuzz.ratio, score_cutoff=NEAR)
    return found[2] if found else None


def class_key(name: str) -> str:
    """What a class's name is compared by."""
    return " ".join(name.split()).casefold()


def read_class_names(cell: Cell, keys: Iterable[str]) -> list[tuple[str, str]]:
    """Return the classes that a cell names, each as key and name. Raises CellUnreadable.

    Commas divide them, and may stand in the names of classes that are known by their keys.
    """
    known = {_evenly(read_list(key)): key for key in keys}
    parts, found = read_list(cell), []
    while parts:
        sizes = (size for size in range(len(parts), 0, -1) if _evenly(parts[:size]) in known)
        name = ", ".join(parts[: (size := next(sizes, 1))])
        found.append((known.get(class_key(name), class_key(name)), name))
        parts = parts[size:]
    return found


def _evenly(parts: Iterable[str]) -> str:
    return class_key(", ".join(parts))


def class_row(key: str) -> str:
    """Return the key of a class's own row in the Register."""
    return f"class|{key}"


class Problems:
    """Collects what could not be read on the lines of a tab."""

    def __init__(self, tab: str, notices: list[Notice]) -> None:
        self.tab, self.notices = tab, notices

    def add(self, row: int | None, text: str) -> None:
        """Add a notice."""
        self.notices.append(Notice(self.tab, row, text))


def read_classes(grid: Grid | None, notices: list[Notice]) -> dict[str, SchoolClass]:
    """Return the classes by their keys, in their order."""
    return _read(grid, Problems(CLASSES, notices))[0]


def names_all(grid: Grid | None) -> bool:
    """Tell whether each line of Classes with leaders or an own sheet says of which class it is."""
    return _read(grid, Problems(CLASSES, []))[1]


def _read(grid: Grid | None, problems: Problems) -> tuple[dict[str, SchoolClass], bool]:
    found, named = dict[str, SchoolClass](), True
    for line in grid or ():
        class_ = _class(line, problems)
        if class_ is None:
            named = named and not (line.has_any(*LED) or lost_columns(grid))
        elif class_.key not in found:
            found[class_.key] = class_
        else:
            named = named and not _are_two(found[class_.key], class_)
            found[class_.key] = _joined(found[class_.key], class_, problems)
    return found, named


def lost_columns(grid: Grid | None) -> list[str]:
    """Return the headings of the columns that are gone of those that tell who leads a class."""
    there = LED if grid is None else grid.columns
    return [column.heading for column in COLUMNS if column.key in LED and column.key not in there]


def _are_two(one: SchoolClass, other: SchoolClass) -> bool:
    """Whether two lines of one name are two classes: each has a sheet of its own."""
    return "" not in (one.own_sheet, other.own_sheet) and one.own_sheet != other.own_sheet


def _joined(first: SchoolClass, other: SchoolClass, problems: Problems) -> SchoolClass:
    """The class of two lines; with two sheets nobody can tell which of them is its line."""
    private = first.private or other.private  # in doubt it is not shown to others
    if _are_two(first, other):
        problems.add(other.row, TWO_SHEETS)
        return replace(first, leaders=(), private=private, own_sheet=UNREAD, unread=True)
    problems.add(other.row, TWICE)
    return replace(
        first,
        leaders=tuple(dict.fromkeys(first.leaders + other.leaders)),
        private=private,
        own_sheet=first.own_sheet or other.own_sheet,
        unread=first.unread or other.unread,
    )


TWICE = "this class stands twice in Classes: both lines are one. Delete one."

TWO_SHEETS = (
    "this class stands twice in Classes, each time with another own sheet: both stay as they are. "
    "Name the other class in its line, or delete the line."
)


def _class(line: Line, problems: Problems) -> SchoolClass | None:
    try:
        name = line.text("class")
    except CellUnreadable as error:
        problems.add(line.row, f"the class {error}")
        return None
    if not name or name.casefold() == EVERYBODY:
        problem = (
            f"“{name}” cannot be a class's name" if name else "the name of the class is missing"
        )
        problems.add(line.row, f"{problem}. The line is left out.")
        return None
    if len(read_list(name)) > 1:
        problems.add(line.row, "the name has a comma, which divides classes. Use another sign.")
    private, own_sheet = True, UNREAD  # what cannot be read is not shown to others
    try:
        private = read_tick(line.cell("private"))
    except CellUnreadable as error:
        problems.add(line.row, f"“private” {error} Until then the class is private.")
    try:
        own_sheet = line.text("own_sheet") if "own_sheet" in line.grid.columns else UNREAD
    except CellUnreadable as error:
        problems.add(line.row, f"the address of its own sheet {error}")
    leaders, fine = read_addresses(line, "leaders", problems)
    key = class_key(name)
    return SchoolClass(
        key,
        name,
        leaders,
        private,
        own_sheet,
        line.row,
        unread=not fine or "leaders" not in line.grid.columns,
    )


def read_addresses(line: Line, column: str, problems: Problems) -> tuple[tuple[str, ...], bool]:
    """Return the addresses of a cell, and whether all of it could be read."""
    try:
        parts = [part.strip("<>").removeprefix("mailto:") for part in read_list(line.cell(column))]
    except CellUnreadable as error:
        problems.add(line.row, f"the cell of e-mail addresses {error}")
        return (), False
    fine = [part.casefold() for part in parts if _ADDRESS.fullmatch(part)]
    if bad := len(parts) - len(fine):
        what = "an e-mail address is none" if bad == 1 else f"{bad} e-mail addresses are none"
        problems.add(line.row, f"{what}. Write them like ann@example.org, with commas between.")
    return tuple(dict.fromkeys(fine)), not bad


def read_day(line: Line, column: str, problems: Problems) -> tuple[date | None, bool]:
    """Return the day in a column, and whether it could be read."""
    try:
        return read_date(line.cell(column)), True
    except CellUnreadable as error:
        problems.add(line.row, f"“{column}” {error}")
        return None, False
