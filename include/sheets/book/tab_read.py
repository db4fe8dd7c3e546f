"""A tab as it was read: where its columns and rows are now, and what stands in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from include.roster.grid import Cell, ErrorCell, Grid
from include.sheets.book.layout import LAYOUTS, Layout

Resource = dict[str, Any]

MARK = "zoom_book"
"""Key of the developer metadata of tabs, columns and rows that are the book's."""

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
    :param key: the column of the hidden keys. ``filtered``: somebody has set a filter.
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
    filtered: bool = False

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


def read_tab(name: str, sheet: Resource) -> TabRead:
    """Read a tab out of the answer of the second call."""
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
        properties.get("sheetId", 0),
        properties["title"],
        (grid["rowCount"], grid["columnCount"]),
        cells,
        {key: at for key, at in found.items() if key != END},
        frozenset(marked),
        headings,
        _help(layout, cells, found, _first(rows, HELP)),
        _links(row_data, headings),
        frozenset(at for at, row in enumerate(row_data) if _has_note(row)),
        _ends(rows, columns),
        _own_mark(sheet),
        {chart["chartId"]: chart["spec"] for chart in sheet.get("charts", ())},
        found.get(layout.key_column) if layout else None,
        "basicFilter" in sheet,
    )


def _help(
    layout: Layout | None, cells: list[list[Cell]], columns: Mapping[str, int], marked: int | None
) -> int | None:
    """The row of explanations: by what it says, for somebody may have sorted it among the others.

    Else by its mark, for they may say it in their own words.
    """
    helps = {key: style.help for key, style in (layout.styles if layout else {}).items()}
    wanted = {columns[key]: text for key, text in helps.items() if text and key in columns}
    for row, there in enumerate(cells if wanted else ()):
        said = sum(at < len(there) and there[at] == text for at, text in wanted.items())
        if 2 * said > len(wanted):
            return row
    return marked


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
