"""Tabs and columns that are missing: made, named, coloured, explained, and known by metadata."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from include.roster.table import Column
from include.sheets import requests as ask
from include.sheets.book import formats
from include.sheets.book.draft import TabDraft
from include.sheets.book.layout import LISTS, THIS_WEEK, TITLES, Layout, Style
from include.sheets.book.reading import BookRead, sheet_id
from include.sheets.book.tab_read import END, HEADINGS, HELP, TabRead
from include.sheets.requests import Request

SPARE_COLUMNS = 4

Sources = Mapping[str, str]
"""For each kind of choices the range that it comes from."""


def title_of(read: BookRead, name: str) -> str:
    """Return the title of a tab, or that of one which is yet to be made."""
    if there := read.tabs_there.get(name):
        return there.title
    titles = [*read.others.values(), *(tab.title for tab in read.tabs_there.values())]
    return ask.free_title(TITLES[name], titles)


def new_tab(
    read: BookRead, name: str, index: int, size: tuple[int, int], frozen: tuple[int, int]
) -> TabDraft:
    """Return a tab that is made in this batch, still empty."""
    tab = TabRead(sheet_id(read.key, name), title_of(read, name), size)
    draft = TabDraft(tab, is_new=True)
    grid = {"rowCount": size[0], "columnCount": size[1]}
    counts = zip(("frozenRowCount", "frozenColumnCount"), frozen, strict=True)
    grid |= {name: count for name, count in counts if count}
    properties = {
        "sheetId": tab.sheet_id,
        "title": tab.title,
        "index": index,
        "gridProperties": {**grid, "hideGridlines": name == THIS_WEEK},
    }
    if name == LISTS:
        properties["hidden"] = True
    draft.structure.append(ask.add_tab(properties))
    return draft


def new_table_tab(
    read: BookRead,
    layout: Layout,
    columns: Sequence[Column],
    rows: int,
    index: int,
    sources: Sources,
) -> TabDraft:
    """Return a tab with headings that is made in this batch."""
    size = rows + 2 + layout.spare, len(columns) + SPARE_COLUMNS
    place = [column.key for column in columns].index(layout.frozen) + 1
    draft = new_tab(read, layout.name, index, size, (2, place))
    draft.headings, draft.help, draft.first = 0, 1, 2
    draft.cells = [[column.heading for column in columns], []]
    draft.are_data = [False, False]
    draft.columns = {column.key: index for index, column in enumerate(columns)}
    for row, value in ((0, HEADINGS), (1, HELP)):
        draft.structure.append(draft.create_metadata("ROWS", row, value))
    for index, column in enumerate(columns):
        draft.after += column_requests(draft, layout, column, index, sources)
    top = {"sheetId": draft.sheet_id, "startRowIndex": 0, "endRowIndex": 2}
    draft.after.append(ask.protect(top, "Headings"))
    if layout.letters:
        end = draft.width
        draft.after += formats.letter_rules(draft.sheet_id, place - 1, end)
    return draft


def column_requests(
    draft: TabDraft, layout: Layout, column: Column, index: int, sources: Sources
) -> Iterator[Request]:
    """Head, explain and shape a column, and create its metadata."""
    style, span = layout.style(column.key), (index, index + 1)
    first = draft.first
    yield from heading_requests(draft, column, index)
    yield from help_requests(draft, column, style, index)
    yield ask.size(draft.sheet_id, index, style.width, hidden=column.hidden)
    whole = ask.whole_columns(draft.sheet_id, span)
    yield ask.format_cells({**whole, "startRowIndex": first}, formats.data_format(style))
    yield draft.create_metadata("COLUMNS", index, column.key)
    yield from choice_requests(draft, style, index, sources)
    if not column.people and not layout.is_session(column.key):
        yield ask.protect(whole, "Written by the pipeline")


def heading_requests(draft: TabDraft, column: Column, index: int) -> Iterator[Request]:
    """Write a heading, with its link."""
    row = draft.headings
    yield ask.cells(draft.sheet_id, row, index, [[column.heading]])
    area = ask.grid_range(draft.sheet_id, (row, row + 1), (index, index + 1))
    yield ask.format_cells(area, formats.heading_format(column))


def help_requests(draft: TabDraft, column: Column, style: Style, index: int) -> Iterator[Request]:
    """Write the sentence below a heading."""
    row = draft.help
    if style.help:
        yield ask.cells(draft.sheet_id, row, index, [[style.help]])
    area = ask.grid_range(draft.sheet_id, (row, row + 1), (index, index + 1))
    yield ask.format_cells(area, formats.help_format(column))


def choice_requests(
    draft: TabDraft, style: Style, index: int, sources: Sources
) -> Iterator[Request]:
    """Offer the choices of a column in all of its rows."""
    area = ask.whole_columns(draft.sheet_id, (index, index + 1)) | {"startRowIndex": draft.first}
    if style.box:
        yield ask.choices(area, "BOOLEAN")
    elif style.choices and style.choices[0] in sources:
        yield ask.choices(area, "ONE_OF_RANGE", sources[style.choices[0]])
    elif style.choices:
        yield ask.choices(area, "ONE_OF_LIST", *style.choices)


def renew_choices(draft: TabDraft, layout: Layout, sources: Sources) -> None:
    """Rows that were inserted at the edge of a range have none of its choices."""
    for key, index in sorted(draft.columns.items(), key=lambda column: column[1]):
        draft.after += choice_requests(draft, layout.style(key), index, sources)


def restore_top(draft: TabDraft, layout: Layout) -> None:
    """Make the rows of headings and explanations again, if somebody has deleted them."""
    columns = [column for column in layout.columns if column.key in draft.columns]
    if draft.tab.headings is None:
        _new_row(draft, 0, HEADINGS)
        draft.headings = 0
        for column in columns:
            draft.after += heading_requests(draft, column, draft.columns[column.key])
    if draft.tab.help is None:
        at = draft.headings + 1
        _new_row(draft, at, HELP)
        draft.help = at
        for column in columns:
            style = layout.style(column.key)
            draft.after += help_requests(draft, column, style, draft.columns[column.key])
    draft.first = max(draft.headings, draft.help) + 1


def _new_row(draft: TabDraft, at: int, value: str) -> None:
    draft.insert_rows(at, 1)
    draft.are_data[at] = False
    draft.structure.append(draft.create_metadata("ROWS", at, value))


def follow_ends(draft: TabDraft) -> None:
    """Create metadata on the last row and column: where it is tells whether any came or went."""
    for dimension, last in (("ROWS", draft.rows - 1), ("COLUMNS", draft.width - 1)):
        id_, at = draft.tab.ends.get(dimension, (0, -1))
        used = len(draft.tab.cells) if dimension == "ROWS" else 0
        if at < used - 1 or not id_:
            if id_:  # people have added rows below it
                draft.after.append(ask.delete_metadata(id_))
            draft.after.append(draft.create_metadata(dimension, last, END))
