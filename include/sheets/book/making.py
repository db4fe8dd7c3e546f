"""Tabs and columns that are missing: made, named, coloured, explained and marked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from include.roster.table import Column
from include.sheets import requests as ask
from include.sheets.book import looks
from include.sheets.book.layout import LISTS, THIS_WEEK, TITLES, Layout, Style
from include.sheets.book.reading import BookRead, sheet_id
from include.sheets.book.tab_read import END, HEADINGS, HELP, TabRead
from include.sheets.book.working import Working
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
) -> Working:
    """Return a tab that is made in this batch, still empty."""
    tab = TabRead(sheet_id(read.key, name), title_of(read, name), size)
    working = Working(tab, made=True)
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
    working.shape.append(ask.add_tab(properties))
    return working


def new_table_tab(
    read: BookRead,
    layout: Layout,
    columns: Sequence[Column],
    rows: int,
    index: int,
    sources: Sources,
) -> Working:
    """Return a tab with headings that is made in this batch."""
    size = rows + 2 + layout.spare, len(columns) + SPARE_COLUMNS
    place = [column.key for column in columns].index(layout.frozen) + 1
    working = new_tab(read, layout.name, index, size, (2, place))
    working.headings, working.help, working.first = 0, 1, 2
    working.cells = [[column.heading for column in columns], []]
    working.data = [False, False]
    working.columns = {column.key: at for at, column in enumerate(columns)}
    for row, value in ((0, HEADINGS), (1, HELP)):
        working.shape.append(working.mark_line("ROWS", row, value))
    for at, column in enumerate(columns):
        working.after += column_requests(working, layout, column, at, sources)
    top = {"sheetId": working.sheet_id, "startRowIndex": 0, "endRowIndex": 2}
    working.after.append(ask.protect(top, "Headings"))
    if layout.letters:
        end = working.width
        working.after += looks.letter_rules(working.sheet_id, place - 1, end)
    return working


def column_requests(
    working: Working, layout: Layout, column: Column, at: int, sources: Sources
) -> Iterator[Request]:
    """Head, explain, shape and mark a column."""
    style, span = layout.style(column.key), (at, at + 1)
    first = working.first
    yield from heading_requests(working, column, at)
    yield from help_requests(working, column, style, at)
    yield ask.size(working.sheet_id, at, style.width, hidden=column.hidden)
    whole = ask.whole_columns(working.sheet_id, span)
    yield ask.format_cells({**whole, "startRowIndex": first}, looks.data_look(style))
    yield working.mark_line("COLUMNS", at, column.key)
    yield from choice_requests(working, style, at, sources)
    if not column.people and not layout.is_session(column.key):
        yield ask.protect(whole, "Written by the pipeline")


def heading_requests(working: Working, column: Column, at: int) -> Iterator[Request]:
    """Write a heading, with its link."""
    row = working.headings
    yield ask.cells(working.sheet_id, row, at, [[column.heading]])
    area = ask.grid_range(working.sheet_id, (row, row + 1), (at, at + 1))
    yield ask.format_cells(area, looks.heading_look(column))


def help_requests(working: Working, column: Column, style: Style, at: int) -> Iterator[Request]:
    """Write the sentence below a heading."""
    row = working.help
    if style.help:
        yield ask.cells(working.sheet_id, row, at, [[style.help]])
    area = ask.grid_range(working.sheet_id, (row, row + 1), (at, at + 1))
    yield ask.format_cells(area, looks.help_look(column))


def choice_requests(working: Working, style: Style, at: int, sources: Sources) -> Iterator[Request]:
    """Offer the choices of a column in all of its rows."""
    area = ask.whole_columns(working.sheet_id, (at, at + 1)) | {"startRowIndex": working.first}
    if style.box:
        yield ask.choices(area, "BOOLEAN")
    elif style.choices and style.choices[0] in sources:
        yield ask.choices(area, "ONE_OF_RANGE", sources[style.choices[0]])
    elif style.choices:
        yield ask.choices(area, "ONE_OF_LIST", *style.choices)


def renew_choices(working: Working, layout: Layout, sources: Sources) -> None:
    """Rows that were inserted at the edge of a range have none of its choices."""
    for key, at in sorted(working.columns.items(), key=lambda one: one[1]):
        working.after += choice_requests(working, layout.style(key), at, sources)


def restore_top(working: Working, layout: Layout) -> None:
    """Make the rows of headings and explanations again, if somebody has deleted them."""
    columns = [column for column in layout.columns if column.key in working.columns]
    if working.tab.headings is None:
        _new_row(working, 0, HEADINGS)
        working.headings = 0
        for column in columns:
            working.after += heading_requests(working, column, working.columns[column.key])
    if working.tab.help is None:
        at = working.headings + 1
        _new_row(working, at, HELP)
        working.help = at
        for column in columns:
            style = layout.style(column.key)
            working.after += help_requests(working, column, style, working.columns[column.key])
    working.first = max(working.headings, working.help) + 1


def _new_row(working: Working, at: int, value: str) -> None:
    working.insert_rows(at, 1)
    working.data[at] = False
    working.shape.append(working.mark_line("ROWS", at, value))


def mark_ends(working: Working) -> None:
    """Mark the last row and column: where they are tells whether any came or went."""
    for dimension, last in (("ROWS", working.rows - 1), ("COLUMNS", working.width - 1)):
        id_, at = working.tab.ends.get(dimension, (0, -1))
        used = len(working.tab.cells) if dimension == "ROWS" else 0
        if at < used - 1 or not id_:
            if id_:  # people have added rows below it
                working.after.append(ask.delete_metadata(id_))
            working.after.append(working.mark_line(dimension, last, END))
