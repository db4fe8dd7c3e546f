"""A tab as it was read: where its columns and rows are now, and what stands in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from include.roster.grid import Cell, ErrorCell, Grid
from include.sheets.book.layout import LAYOUTS, Layout

Resource = dict[str, Any]

BOOK_METADATA_KEY = "zoom_book"
"""Key of the developer metadata of tabs, columns and rows that are the book's."""

HEADINGS, HELP, END = "headings", "help", "end"
"""Metadata values of rows (and END of the last column): the headings, what explains them, the
last one."""

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
    :param columns: where each column is, by its key. ``by_metadata``: those found by it.
    :param first: the first row below the headings.
    :param links: where the headings lead. ``noted``: the rows in which somebody put a note.
    :param ends: of rows and of columns the metadata of the last: its id and where it is now.
    :param key_index: the column of the hidden keys. ``filtered``: somebody has set a filter.
    """

    sheet_id: int
    title: str
    size: tuple[int, int] = (0, 0)
    cells: list[list[Cell]] = field(default_factory=list)
    columns: Mapping[str, int] = field(default_factory=dict)
    by_metadata: frozenset[str] = frozenset()
    headings: int | None = None
    help: int | None = None
    links: Mapping[int, str] = field(default_factory=dict)
    noted: frozenset[int] = frozenset()
    ends: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    metadata: tuple[int, str] | None = None
    charts: Mapping[int, Resource] = field(default_factory=dict)
    key_index: int | None = None
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
        tops = [top for top in (self.headings, self.help) if top is not None]
        if row in tops:
            return False
        cells = self.cells[row] if row < len(self.cells) else []
        index = self.key_index
        has_key = index is not None and index < len(cells) and bool(cells[index])
        return has_key or not tops or row > tops[0]


def read_tab(name: str, sheet: Resource) -> TabRead:
    """Return the tab of a `Sheet` resource that was got with CELLS_FIELD_MASK."""
    properties, data, layout = sheet["properties"], sheet["data"][0], LAYOUTS.get(name)
    grid = properties["gridProperties"]
    rows, columns = _metadata(data, "rowMetadata"), _metadata(data, "columnMetadata")
    row_data = data.get("rowData", [])
    cells = [[_cell(cell) for cell in row.get("values", ())] for row in row_data]
    headings = _first(rows, HEADINGS)
    by_metadata = {
        key: max(places, key=_fullness(cells)) for key, places in _by_value(columns).items()
    }
    found = {**_by_heading(layout, cells, headings, set(by_metadata.values())), **by_metadata}
    return TabRead(
        sheet_id=properties.get("sheetId", 0),
        title=properties["title"],
        size=(grid["rowCount"], grid["columnCount"]),
        cells=cells,
        columns={key: column for key, column in found.items() if key != END},
        by_metadata=frozenset(by_metadata),
        headings=headings,
        help=_help(layout, cells, found, _first(rows, HELP)),
        links=_links(row_data, headings),
        noted=frozenset(number for number, row in enumerate(row_data) if _has_note(row)),
        ends=_ends(rows, columns),
        metadata=_tab_metadata(sheet),
        charts={chart["chartId"]: chart["spec"] for chart in sheet.get("charts", ())},
        key_index=found.get(layout.key_column) if layout else None,
        filtered="basicFilter" in sheet,
    )


def _help(
    layout: Layout | None,
    cells: list[list[Cell]],
    columns: Mapping[str, int],
    recorded: int | None,
) -> int | None:
    """Return the row of explanations, by what it says: somebody may have sorted it among others.

    Else the one that the metadata records: people may say it in their own words.
    """
    helps = {key: style.help for key, style in (layout.styles if layout else {}).items()}
    wanted = {columns[key]: text for key, text in helps.items() if text and key in columns}
    for row, there in enumerate(cells if wanted else ()):
        equal = sum(
            column < len(there) and there[column] == text for column, text in wanted.items()
        )
        if 2 * equal > len(wanted):
            return row
    return recorded


LineMetadata = list[tuple[int, int, str]]
"""The book's metadata of rows or of columns: where it is, its id and its value."""


def _metadata(data: Resource, lines: str) -> LineMetadata:
    return [
        (index, item["metadataId"], item["metadataValue"])
        for index, line in enumerate(data.get(lines, ()))
        for item in line.get("developerMetadata", ())
        if item["metadataKey"] == BOOK_METADATA_KEY
    ]


def _by_value(metadata: LineMetadata) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for index, _, value in metadata:
        found.setdefault(value, []).append(index)
    return found


def _first(metadata: LineMetadata, wanted: str) -> int | None:
    return next((index for index, _, value in metadata if value == wanted), None)


def _ends(rows: LineMetadata, columns: LineMetadata) -> dict[str, tuple[int, int]]:
    return {
        dimension: (id_, index)
        for dimension, metadata in (("ROWS", rows), ("COLUMNS", columns))
        for index, id_, value in metadata
        if value == END
    }


def _fullness(cells: list[list[Cell]]) -> Any:
    """Return the key by which the fuller of two columns with the same metadata is chosen.

    One of them was deleted and brought back.
    """

    def filled(column: int) -> tuple[int, int]:
        return sum(column < len(row) and row[column] not in (None, "") for row in cells), -column

    return filled


def _by_heading(
    layout: Layout | None, cells: list[list[Cell]], headings: int | None, taken: set[int]
) -> dict[str, int]:
    """Columns whose metadata is gone: where the headings stand that people may have typed anew."""
    if layout is None or headings is None or headings >= len(cells):
        return {}
    there: dict[str, int] = {}
    for index, text in enumerate(cells[headings]):
        if isinstance(text, str) and index not in taken:
            there.setdefault(text.strip().casefold(), index)
    wanted = {column.key: column.heading.casefold() for column in layout.columns}
    return {key: there[heading] for key, heading in wanted.items() if heading in there}


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


def _links(rows: list[Resource], headings: int | None) -> dict[int, str]:
    if headings is None or headings >= len(rows):
        return {}
    cells = enumerate(rows[headings].get("values", ()))
    return {column: cell["hyperlink"] for column, cell in cells if "hyperlink" in cell}


def _has_note(row: Resource) -> bool:
    return any("note" in cell for cell in row.get("values", ()))


def _tab_metadata(sheet: Resource) -> tuple[int, str] | None:
    items: Iterator[Resource] = iter(sheet.get("developerMetadata", ()))
    ours = (item for item in items if item["metadataKey"] == BOOK_METADATA_KEY)
    return next(((item["metadataId"], item["metadataValue"]) for item in ours), None)
