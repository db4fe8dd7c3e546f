"""The tab This week: lines of text in its first column; whatever stands beside them is people's."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from include.roster.table import TITLE, TextLine
from include.sheets import requests as ask
from include.sheets.book import looks
from include.sheets.book.layout import THIS_WEEK
from include.sheets.book.making import new_tab
from include.sheets.book.reading import BookRead
from include.sheets.book.tab_read import HEADINGS, MARK
from include.sheets.book.working import Working
from include.sheets.requests import LONGEST_TEXT, TEXT

WIDTH, GAP = 350, 20
"""Pixels: of the text, which fits a telephone, and of the column between it and the chart."""

COLUMN = "text"
NOTHING = (TextLine(TITLE, "No session has been read yet"),)


def new_week(read: BookRead, lines: int, index: int) -> Working:
    """Return the tab, made in this batch."""
    working = new_tab(read, THIS_WEEK, index, (lines + 30, 12), (0, 0))
    _shape_column(working)
    working.shape.append(ask.size(working.sheet_id, 1, GAP))
    working.shape.append(working.mark_line("ROWS", 0, HEADINGS))
    area = ask.whole_columns(working.sheet_id, (0, 1))
    working.after.append(ask.protect(area, "Written by the pipeline"))
    return working


def write_week(working: Working, lines: Sequence[TextLine]) -> None:
    """Replace the lines, if they differ; as many rows are inserted or deleted as it takes."""
    lines = lines or NOTHING
    digest = str(ask.number_of(*(f"{one.kind}\n{one.text}\n{one.link}" for one in lines)))
    top, column = _top(working), _column(working)
    mark_id, before, was = _marked(working)
    there = [working.cell(top + at, column) for at in range(before)]
    if was == digest and there == [line.text[:LONGEST_TEXT] for line in lines]:
        return
    _fit(working, top, before, len(lines), column)
    working.after.append(_texts(working.sheet_id, top, column, lines))
    new = json.dumps({"lines": len(lines), "digest": digest})
    if mark_id:
        working.after.append(ask.update_metadata({"metadataId": mark_id}, new))
    else:
        working.after.append(ask.create_metadata({"sheetId": working.sheet_id}, MARK, new))


def _top(working: Working) -> int:
    """The row of the first line; if it was deleted, the lines begin at the top anew."""
    if working.tab.headings is None and not working.made:
        working.insert_rows(0, 1)
        working.shape.append(working.mark_line("ROWS", 0, HEADINGS))
    return working.tab.headings or 0


def _column(working: Working) -> int:
    if COLUMN not in working.columns:
        working.insert_column(0)
        _shape_column(working)
    return working.columns[COLUMN]


def _shape_column(working: Working) -> None:
    working.columns[COLUMN] = 0
    working.shape.append(ask.size(working.sheet_id, 0, WIDTH))
    working.shape.append(working.mark_line("COLUMNS", 0, COLUMN))


def _marked(working: Working) -> tuple[int | None, int, str]:
    """The metadata of the tab: its id, how many lines there are, and what they are."""
    if not working.tab.mark:
        return None, 0, ""
    id_, value = working.tab.mark
    read = json.loads(value)
    return id_, read["lines"], read["digest"]


def _fit(working: Working, top: int, before: int, lines: int, column: int) -> None:
    """Make room for the lines; a row in which people have something stays, without its line."""
    if lines > before:
        working.insert_rows(top + before, lines - before)
    surplus = range(top + lines, min(top + before, len(working.cells)))
    alone = [row for row in surplus if not _is_shared(working, row, column)]
    for row in set(surplus) - set(alone):
        working.write(row, column, None)
    working.delete_rows(alone)


def _is_shared(working: Working, row: int, column: int) -> bool:
    beside = (cell for at, cell in enumerate(working.cells[row]) if at != column)
    return row in working.tab.noted or any(cell not in (None, "") for cell in beside)


def _texts(sheet_id: int, top: int, column: int, lines: Sequence[TextLine]) -> dict[str, Any]:
    rows = [{"values": [_line(line)]} for line in lines]
    start = {"sheetId": sheet_id, "rowIndex": top, "columnIndex": column}
    formats = ("numberFormat", "textFormat", "wrapStrategy", "verticalAlignment")
    fields = ",".join(["userEnteredValue", *(f"userEnteredFormat.{one}" for one in formats)])
    return {"updateCells": {"start": start, "rows": rows, "fields": fields}}


def _line(line: TextLine) -> dict[str, Any]:
    shown = dict(looks.WEEK.get(line.kind, {}))
    if line.link:
        shown |= {"link": {"uri": line.link}, "foregroundColorStyle": looks.BLUE}
    return {
        **ask.cell_of(line.text),
        "userEnteredFormat": {
            "numberFormat": TEXT,
            "textFormat": shown,
            "wrapStrategy": "WRAP",
            "verticalAlignment": "TOP",
        },
    }
