"""A person with a spreadsheet open: what people do to one with their hands.

Tabs are named by title, rows by the numbers that people see, columns by letters. What Sheets
refuses raises EditError, and nothing has happened.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from contextlib import contextmanager
from typing import Any

from . import a1, edits
from .blank import new_sheet
from .cells import ERRORS, VALUE_MASK, clear, displayed, effective, put, write
from .dropdowns import is_choice
from .edits import dimensions
from .edits.properties import show_filtered
from .edits.sheets import move, renumber
from .edits.tabs import check_title
from .errors import ApiError, EditError
from .moving import Deletion, Insertion, Move
from .ranges import change_grid
from .spreadsheet import Cell, Sheet, Spreadsheet, new_id
from .state import GoogleState
from .typed import LOCALES, typed

Shown = str | float | bool


class Person:
    """Somebody who may write in a spreadsheet."""

    def __init__(self, state: GoogleState, file_id: str) -> None:
        self._state, self._id = state, file_id

    def types(self, tab: str, at: str, text: str, *, shows: Shown = "#ERROR!") -> None:
        """Type into a cell such as B7 and press Enter; `shows` is what a formula comes to."""
        with self._open(tab) as (book, sheet):
            area = a1.read_area(at)
            _type(book, sheet, area["startRowIndex"], area["startColumnIndex"], text, shows)

    def pastes(self, tab: str, at: str, rows: list[list[str]]) -> None:
        """Paste texts, from a cell on; they are read as if typed."""
        with self._open(tab) as (book, sheet):
            area = a1.read_area(at)
            for row, texts in enumerate(rows, area["startRowIndex"]):
                for column, text in enumerate(texts, area["startColumnIndex"]):
                    _type(book, sheet, row, column, text, "#ERROR!")

    def clears(self, tab: str, range_: str) -> None:
        """Press Delete: values go, all else stays."""
        with self._open(tab) as (_, sheet):
            clear(sheet, sheet.resolve(a1.read_area(range_)), VALUE_MASK)

    def notes(self, tab: str, at: str, text: str) -> None:
        with self._open(tab) as (_, sheet):
            area = a1.read_area(at)
            row, column = area["startRowIndex"], area["startColumnIndex"]
            write(sheet, row, column, {"note": {}}, {"note": text})

    def inserts_rows(self, tab: str, before: int, count: int = 1) -> None:
        self._insert(tab, "ROWS", before - 1, count)

    def inserts_columns(self, tab: str, before: str, count: int = 1) -> None:
        self._insert(tab, "COLUMNS", a1.column_index(before), count)

    def deletes_rows(self, tab: str, first: int, last: int | None = None) -> None:
        self._delete(tab, "ROWS", first - 1, last or first)

    def deletes_columns(self, tab: str, first: str, last: str | None = None) -> None:
        self._delete(tab, "COLUMNS", a1.column_index(first), a1.column_index(last or first) + 1)

    def moves_rows(self, tab: str, first: int, last: int, before: int) -> None:
        self._move(tab, "ROWS", first - 1, last, before - 1)

    def moves_columns(self, tab: str, first: str, last: str, before: str) -> None:
        start, end = a1.column_index(first), a1.column_index(last) + 1
        self._move(tab, "COLUMNS", start, end, a1.column_index(before))

    def hides_rows(self, tab: str, first: int, last: int | None = None) -> None:
        self._hide(tab, "ROWS", first - 1, last or first)

    def sorts(self, tab: str, range_: str, by: str, *, descending: bool = False) -> None:
        """Sort the rows of a range by a column: cells move, metadata of rows stays in its place."""
        with self._open(tab) as (_, sheet):
            block, key = sheet.resolve(a1.read_area(range_)), a1.column_index(by)
            rows = list(range(block.top, block.bottom))
            filled = [row for row in rows if effective(sheet.cell(row, key)) is not None]
            filled.sort(key=lambda row: _rank(sheet.cell(row, key)), reverse=descending)
            order = filled + [row for row in rows if row not in set(filled)]
            for column in range(block.left, block.right):
                for row, cell in zip(rows, [sheet.cell(r, column) for r in order], strict=True):
                    put(sheet, row, column, cell)

    def filters(self, tab: str, range_: str, by: str, keep: Set[str]) -> None:
        """Filter below the first row of a range: only rows that show one of `keep` are seen."""
        with self._open(tab) as (_, sheet):
            block, key = sheet.resolve(a1.read_area(range_)), a1.column_index(by)
            show_filtered(sheet)
            shown = {row: displayed(sheet.cell(row, key)) for row in range(block.top, block.bottom)}
            hidden = {row: text for row, text in shown.items() if row > block.top}
            hidden = {row: text for row, text in hidden.items() if text not in keep}
            for row in hidden:
                sheet.rows.setdefault(row, {})["hiddenByFilter"] = True
            criteria = {str(key): {"hiddenValues": sorted(set(hidden.values()))}}
            sheet.basic_filter = {"range": sheet.grid_range(block), "criteria": criteria}

    def unfilters(self, tab: str) -> None:
        with self._open(tab) as (_, sheet):
            show_filtered(sheet)
            sheet.basic_filter = None

    def renames(self, tab: str, title: str) -> None:
        with self._open(tab) as (book, sheet):
            sheet.properties["title"] = title
            check_title(book, sheet)

    def adds_tab(self, title: str) -> None:
        with self._state.changing(self._id) as book:
            sheet = new_sheet(new_id({sheet.id for sheet in book.sheets}), title)
            check_title(book, sheet)
            book.sheets.append(sheet)
            renumber(book)

    def deletes_tab(self, tab: str) -> None:
        with self._open(tab) as (book, sheet):
            self._request(book, "deleteSheet", {"sheetId": sheet.id})

    def hides_tab(self, tab: str) -> None:
        with self._open(tab) as (book, sheet):
            properties = {"sheetId": sheet.id, "hidden": True}
            body = {"properties": properties, "fields": "hidden"}
            self._request(book, "updateSheetProperties", body)

    def moves_tab(self, tab: str, index: int) -> None:
        """To the place before the tab that has this index, counted from zero."""
        with self._open(tab) as (book, sheet):
            move(book, sheet, sheet.properties["index"], index)

    def sets_locale(self, locale: str) -> None:
        """KeyError for a country that the sandbox does not know."""
        with self._state.changing(self._id) as book:
            LOCALES[locale]
            book.properties["locale"] = locale

    @contextmanager
    def _open(self, tab: str) -> Iterator[tuple[Spreadsheet, Sheet]]:
        with self._state.changing(self._id) as book:
            sheet = book.titled(tab)
            if sheet is None:
                raise EditError(f"There is no tab {tab}.")
            yield book, sheet

    def _request(self, book: Spreadsheet, name: str, body: dict[str, Any]) -> None:
        try:
            edits.apply(book, [{name: body}])
        except ApiError as refusal:
            raise EditError(refusal.message) from None

    def _insert(self, tab: str, dimension: str, at: int, count: int) -> None:
        """By hand, what is new looks like what stood there."""
        with self._open(tab) as (book, sheet):
            dimensions.insert(book, sheet, Insertion(dimension, at, count), before=False)

    def _delete(self, tab: str, dimension: str, start: int, end: int) -> None:
        with self._open(tab) as (book, sheet):
            dimensions.delete(book, sheet, Deletion(dimension, start, end))

    def _move(self, tab: str, dimension: str, start: int, end: int, before: int) -> None:
        with self._open(tab) as (book, sheet):
            change_grid(book, sheet, Move(dimension, start, end, before))

    def _hide(self, tab: str, dimension: str, start: int, end: int) -> None:
        with self._open(tab) as (_, sheet):
            for line in range(start, end):
                sheet.lines(dimension).setdefault(line, {})["hiddenByUser"] = True


def _type(book: Spreadsheet, sheet: Sheet, row: int, column: int, text: str, shows: Shown) -> None:
    if not sheet.block.covers(row, column):
        raise EditError("There is no such cell.")
    old = sheet.cell(row, column)
    new = typed(text, book.properties["locale"], old)
    _check_choice(book, sheet, row, column, new)
    value = new.get("userEnteredValue", {})
    mask = VALUE_MASK | ({"userEnteredFormat": {"numberFormat": {}}} if len(new) > 1 else {})
    if "formulaValue" not in value:
        write(sheet, row, column, mask, new)
        return
    kept = {name: held for name, held in old.items() if name in ("userEnteredFormat", "note")}
    put(sheet, row, column, kept | new | {"effectiveValue": _result(shows)})


def _check_choice(book: Spreadsheet, sheet: Sheet, row: int, column: int, new: Cell) -> None:
    """What is not among the choices is refused where the rule is strict, and by a tick box."""
    entry = sheet.validation(row, column)
    if entry and new and entry["rule"].get("strict") and not is_choice(book, entry, new):
        raise EditError("The data you entered violates the data validation rules of this cell.")


def _result(shows: Shown) -> dict[str, Any]:
    if isinstance(shows, bool):
        return {"boolValue": shows}
    if not isinstance(shows, str):
        return {"numberValue": shows}
    if shows in ERRORS:
        return {"errorValue": {"type": ERRORS[shows], "message": "Formula parse error."}}
    return {"stringValue": shows}


def _rank(cell: Cell) -> tuple[int, Any]:
    """Numbers before texts before yes and no, as Sheets sorts."""
    value = effective(cell)
    if isinstance(value, bool):
        return 2, value
    return (1, value.casefold()) if isinstance(value, str) else (0, value)
