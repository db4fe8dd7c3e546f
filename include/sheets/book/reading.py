"""What stands in the book: its tabs, rows and columns, found again whatever people did to them.

A tab is known by its id, a column by its developer metadata, else by its heading, a row by the
hidden key in it. Titles, positions and the order of rows are people's.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from include.roster.grid import Cell, ErrorCell, Grid
from include.roster.roster import Tabs
from include.sheets.book.layout import LAYOUTS, TITLES, Layout
from include.sheets.book.requests import MARK, number_of

Resource = dict[str, Any]

TABS_FIELDS = (
    "developerMetadata(metadataId,metadataKey,metadataValue),"
    "sheets(properties(sheetId,title,index,hidden))"
)
"""What the first call asks for: which tabs there are, and who wrote last."""

_LINE = "developerMetadata(metadataId,metadataKey,metadataValue)"
CELLS_FIELDS = (
    "sheets(properties(sheetId,title,gridProperties(rowCount,columnCount)),"
    f"developerMetadata(metadataId,metadataKey,metadataValue),charts(chartId,spec),"
    f"data(rowMetadata({_LINE}),columnMetadata({_LINE}),"
    "rowData(values(effectiveValue,hyperlink,note))))"
)
"""What the second call asks for: the cells of the book's tabs, and their marks."""

TURN = "zoom_book_turn"
"""Key of the developer metadata that each write leaves."""

HEADINGS, HELP, END = "headings", "help", "end"
"""Marks of rows (and END of the last column): the headings, what explains them, the last one."""

ERRORS = {
    "NULL_VALUE": "#NULL!",
    "DIVIDE_BY_ZERO": "#DIV/0!",
    "VALUE": "#VALUE!",
    "REF": "#REF!",
    "NAME": "#NAME?",
    "NUM": "#NUM!",
    "N_A": "#N/A",
}


@dataclass(frozen=True)
class TabRead:
    """A tab as it was read. Rows and columns are counted from zero.

    :param size: how many rows and columns it has. ``cells``: of all rows, headings too.
    :param columns: where each column is, by its key. ``marked``: those found by metadata.
    :param first: the first row below the headings.
    :param links: where the headings lead. ``noted``: the rows in which somebody put a note.
    :param ends: of rows and of columns the metadata of the last: its id and where it is now.
    :param key: the column of the hidden keys.
    """

    sheet_id: int
    title: str
    size: tuple[int, int] = (0, 0)
    cells: list[list[Cell]] = field(default_factory=list)
    columns: Mapping[str, int] = field(default_factory=dict)
    marked: frozenset[str] = frozenset()
    headings: int | None = None
    help: int | None = None
    links: Mapping[int, str] = field(default_factory=dict)
    noted: frozenset[int] = frozenset()
    ends: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    mark: tuple[int, str] | None = None
    charts: Mapping[int, Resource] = field(default_factory=dict)
    key: int | None = None

    @property
    def first(self) -> int:
        """The first row of data, as the tab was made."""
        return max((row + 1 for row in (self.headings, self.help) if row is not None), default=0)

    @property
    def grid(self) -> Grid:
        """Its rows of data, for whoever reads what people typed; the others are empty there."""
        rows = (cells if self.is_data(row) else [] for row, cells in enumerate(self.cells))
        return Grid(self.columns, list(rows), 1)

    def is_data(self, row: int) -> bool:
        """Whether a row is one of the tab's, and not a heading or a title of people's.

        Above the headings it is where it has a key: somebody may have moved it there.
        """
        tops = [one for one in (self.headings, self.help) if one is not None]
        if row in tops:
            return False
        cells = self.cells[row] if row < len(self.cells) else []
        has_key = self.key is not None and self.key < len(cells) and bool(cells[self.key])
        return has_key or not tops or row > tops[0]


@dataclass(frozen=True)
class BookRead:
    """The book as it was read.

    :param tabs_there: those that are there, by name. ``others``: titles of people's tabs, by id.
    :param order: ids of all tabs from the left.
    :param turns: ids of the metadata that earlier writes left, by their number.
    :param published: what the last write was given.
    """

    key: str
    tabs_there: Mapping[str, TabRead]
    others: Mapping[int, str]
    order: tuple[int, ...] = ()
    turns: Mapping[int, int] = field(default_factory=dict)
    published: str | None = None

    @property
    def tabs(self) -> Tabs:
        """What people typed, and the Register as it stands."""
        names = ("people", "classes", "names", "corrections", "register")
        there = {name: self.tabs_there[name].grid for name in names if name in self.tabs_there}
        return Tabs(**there)


def sheet_id(key: str, name: str) -> int:
    """Return the id of a tab; it is the same for ever."""
    return number_of("tab", key, name)


def cell_filters(key: str, answer: Resource) -> list[Resource]:
    """Return what the second call reads; nothing if there is no tab of the book's."""
    there = {sheet["properties"].get("sheetId", 0) for sheet in answer["sheets"]}
    ids = (sheet_id(key, name) for name in TITLES)
    return [{"gridRange": {"sheetId": one}} for one in ids if one in there]


def read_book(key: str, answer: Resource, cells: Resource) -> BookRead:
    """Read the answers of both calls; `cells` is empty if there was no second."""
    names = {sheet_id(key, name): name for name in TITLES}
    found = {_id(sheet): sheet for sheet in cells.get("sheets", ())}
    there = {names[id_]: _tab(names[id_], sheet) for id_, sheet in found.items() if id_ in names}
    titles = {_id(sheet): sheet["properties"]["title"] for sheet in answer["sheets"]}
    turns, published = _turns(key, answer)
    others = {id_: title for id_, title in titles.items() if id_ not in names}
    return BookRead(key, there, others, tuple(titles), turns, published)


def _id(sheet: Resource) -> int:
    return int(sheet["properties"].get("sheetId", 0))


def _turns(key: str, answer: Resource) -> tuple[dict[int, int], str | None]:
    turns, said = {}, dict[int, str]()
    for item in answer.get("developerMetadata", ()):
        if item["metadataKey"] == TURN:
            value = json.loads(item["metadataValue"])
            if value["book"] == key:
                turns[value["turn"]] = item["metadataId"]
                said[value["turn"]] = value["published"]
    return turns, said[max(said)] if said else None


def _tab(name: str, sheet: Resource) -> TabRead:
    properties, data = sheet["properties"], sheet["data"][0]
    grid = properties["gridProperties"]
    rows, columns = _marks(data, "rowMetadata"), _marks(data, "columnMetadata")
    row_data = data.get("rowData", [])
    cells = [[_cell(cell) for cell in row.get("values", ())] for row in row_data]
    headings = _first(rows, HEADINGS)
    layout = LAYOUTS.get(name)
    texts = cells[headings] if headings is not None and headings < len(cells) else []
    marked = {key: max(at, key=_fullness(cells)) for key, at in _by_value(columns).items()}
    found = {**_by_heading(layout, texts, set(marked.values())), **marked}
    return TabRead(
        _id(sheet),
        properties["title"],
        (grid["rowCount"], grid["columnCount"]),
        cells,
        {key: at for key, at in found.items() if key != END},
        frozenset(marked),
        headings,
        _first(rows, HELP),
        _links(row_data, headings),
        frozenset(at for at, row in enumerate(row_data) if _has_note(row)),
        _ends(rows, columns),
        _own_mark(sheet),
        {chart["chartId"]: chart["spec"] for chart in sheet.get("charts", ())},
        found.get(layout.key_column) if layout else None,
    )


Marks = list[tuple[int, int, str]]
"""Where, the id and the value of the book's metadata."""


def _marks(data: Resource, lines: str) -> Marks:
    return [
        (at, item["metadataId"], item["metadataValue"])
        for at, line in enumerate(data.get(lines, ()))
        for item in line.get("developerMetadata", ())
        if item["metadataKey"] == MARK
    ]


def _by_value(marks: Marks) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for at, _, value in marks:
        found.setdefault(value, []).append(at)
    return found


def _first(marks: Marks, wanted: str) -> int | None:
    return next((at for at, _, value in marks if value == wanted), None)


def _ends(rows: Marks, columns: Marks) -> dict[str, tuple[int, int]]:
    return {
        dimension: (id_, at)
        for dimension, marks in (("ROWS", rows), ("COLUMNS", columns))
        for at, id_, value in marks
        if value == END
    }


def _fullness(cells: list[list[Cell]]) -> Any:
    """Of two columns with one mark (one was deleted and brought back) the fuller one counts."""

    def filled(at: int) -> tuple[int, int]:
        return sum(at < len(row) and row[at] not in (None, "") for row in cells), -at

    return filled


def _by_heading(layout: Layout | None, texts: list[Cell], taken: set[int]) -> dict[str, int]:
    """Columns whose mark is gone, that somebody has typed anew say."""
    if layout is None:
        return {}
    there: dict[str, int] = {}
    for at, text in enumerate(texts):
        if isinstance(text, str) and at not in taken:
            there.setdefault(text.strip().casefold(), at)
    headings = {column.key: column.heading.casefold() for column in layout.columns}
    return {key: there[heading] for key, heading in headings.items() if heading in there}


def _cell(cell: Resource) -> Cell:
    value = cell.get("effectiveValue")
    if not value:
        return None
    ((kind, content),) = value.items()
    if kind == "errorValue":
        return ErrorCell(ERRORS.get(content.get("type", ""), "#ERROR!"))
    if kind == "numberValue" and float(content).is_integer():
        return int(content)
    read: Cell = content
    return read


def _links(rows: list[Resource], at: int | None) -> dict[int, str]:
    if at is None or at >= len(rows):
        return {}
    cells = enumerate(rows[at].get("values", ()))
    return {column: cell["hyperlink"] for column, cell in cells if "hyperlink" in cell}


def _has_note(row: Resource) -> bool:
    return any("note" in cell for cell in row.get("values", ()))


def _own_mark(sheet: Resource) -> tuple[int, str] | None:
    marks: Iterator[Resource] = iter(sheet.get("developerMetadata", ()))
    found = (
        (one["metadataId"], one["metadataValue"]) for one in marks if one["metadataKey"] == MARK
    )
    return next(found, None)
