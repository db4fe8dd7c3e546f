"""What stands in the book: its tabs, rows and columns, found again whatever people did to them.

A tab is known by its id, a column by its developer metadata, else by its heading, a row by the
hidden key in it. Titles, positions and the order of rows are people's.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from include.roster.roster import Tabs
from include.sheets.book.layout import TITLES
from include.sheets.book.tab_read import Resource, TabRead, read_tab
from include.sheets.requests import number_of

_METADATA = "developerMetadata(metadataId,metadataKey,metadataValue)"

TABS_FIELD_MASK = f"{_METADATA},sheets(properties(sheetId,title,index,hidden))"
"""What the first call asks for: which tabs there are, and who wrote last."""

CELLS_FIELD_MASK = (
    "sheets(properties(sheetId,title,gridProperties(rowCount,columnCount)),"
    f"{_METADATA},charts(chartId,spec),basicFilter(range),"
    f"data(rowMetadata({_METADATA}),columnMetadata({_METADATA}),"
    "rowData(values(effectiveValue,hyperlink,note))))"
)
"""What the second call asks for: the cells of the book's tabs, and the metadata."""

TURN_METADATA_KEY = "zoom_book_turn"
"""Key of the developer metadata that each write leaves."""


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
        names = (tab.name for tab in fields(Tabs))
        there = {name: self.tabs_there[name].grid for name in names if name in self.tabs_there}
        return Tabs(**there)


def sheet_id(key: str, name: str) -> int:
    """Return the id of a tab; it is the same for ever."""
    return number_of("tab", key, name)


def cell_filters(key: str, answer: Resource) -> list[Resource]:
    """Return what the second call reads; nothing if there is no tab of the book's."""
    there = {sheet["properties"].get("sheetId", 0) for sheet in answer["sheets"]}
    ids = (sheet_id(key, name) for name in TITLES)
    return [{"gridRange": {"sheetId": id_}} for id_ in ids if id_ in there]


def read_book(key: str, answer: Resource, cells: Resource) -> BookRead:
    """Read the answers of both calls; `cells` is empty if there was no second."""
    names = {sheet_id(key, name): name for name in TITLES}
    found = {_id(sheet): sheet for sheet in cells.get("sheets", ())}
    there = {
        names[id_]: read_tab(names[id_], sheet) for id_, sheet in found.items() if id_ in names
    }
    titles = {_id(sheet): sheet["properties"]["title"] for sheet in answer["sheets"]}
    turns, published = _turns(key, answer)
    others = {id_: title for id_, title in titles.items() if id_ not in names}
    return BookRead(key, there, others, tuple(titles), turns, published)


def _id(sheet: Resource) -> int:
    return int(sheet["properties"].get("sheetId", 0))


def _turns(key: str, answer: Resource) -> tuple[dict[int, int], str | None]:
    turns, published = {}, dict[int, str]()
    for item in answer.get("developerMetadata", ()):
        if item["metadataKey"] == TURN_METADATA_KEY:
            value = json.loads(item["metadataValue"])
            if value["book"] == key:
                turns[value["turn"]] = item["metadataId"]
                published[value["turn"]] = value["published"]
    return turns, published[max(published)] if published else None
