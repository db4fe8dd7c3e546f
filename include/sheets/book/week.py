"""The tab This week: lines of text in its first column; whatever stands beside them is people's."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from include.roster.table import TITLE, TextLine
from include.sheets import requests as ask
from include.sheets.book import formats
from include.sheets.book.draft import TabDraft
from include.sheets.book.layout import THIS_WEEK
from include.sheets.book.making import new_tab
from include.sheets.book.reading import BookRead
from include.sheets.book.tab_read import BOOK_METADATA_KEY, HEADINGS
from include.sheets.requests import LONGEST_TEXT, TEXT_FORMAT

TEXT_WIDTH, GAP_WIDTH = 350, 20
"""Pixels: of the text, which fits a telephone, and of the column between it and the chart."""

TEXT_COLUMN = "text"
NO_SESSION_YET = (TextLine(TITLE, "No session has been read yet"),)


def new_week(read: BookRead, lines: int, index: int) -> TabDraft:
    """Return the tab, made in this batch."""
    draft = new_tab(read, THIS_WEEK, index, (lines + 30, 12), (0, 0))
    _shape_column(draft)
    draft.structure.append(ask.size(draft.sheet_id, 1, GAP_WIDTH))
    draft.structure.append(draft.create_metadata("ROWS", 0, HEADINGS))
    area = ask.whole_columns(draft.sheet_id, (0, 1))
    draft.after.append(ask.protect(area, "Written by the pipeline"))
    return draft


def write_week(draft: TabDraft, lines: Sequence[TextLine]) -> None:
    """Replace the lines, if they differ; as many rows are inserted or deleted as it takes."""
    lines = lines or NO_SESSION_YET
    digest = str(ask.number_of(*(f"{line.kind}\n{line.text}\n{line.link}" for line in lines)))
    top, column = _top(draft), _column(draft)
    metadata_id, before, was = _metadata(draft)
    there = [draft.cell(top + number, column) for number in range(before)]
    if was == digest and there == [line.text[:LONGEST_TEXT] for line in lines]:
        return
    _fit(draft, top, before, len(lines), column)
    draft.after.append(_texts(draft.sheet_id, top, column, lines))
    new = json.dumps({"lines": len(lines), "digest": digest})
    if metadata_id:
        draft.after.append(ask.update_metadata({"metadataId": metadata_id}, new))
    else:
        draft.after.append(ask.create_metadata({"sheetId": draft.sheet_id}, BOOK_METADATA_KEY, new))


def _top(draft: TabDraft) -> int:
    """The row of the first line; if it was deleted, the lines begin at the top anew."""
    if draft.tab.headings is None and not draft.is_new:
        draft.insert_rows(0, 1)
        draft.structure.append(draft.create_metadata("ROWS", 0, HEADINGS))
    return draft.tab.headings or 0


def _column(draft: TabDraft) -> int:
    if TEXT_COLUMN not in draft.columns:
        draft.insert_column(0)
        _shape_column(draft)
    return draft.columns[TEXT_COLUMN]


def _shape_column(draft: TabDraft) -> None:
    draft.columns[TEXT_COLUMN] = 0
    draft.structure.append(ask.size(draft.sheet_id, 0, TEXT_WIDTH))
    draft.structure.append(draft.create_metadata("COLUMNS", 0, TEXT_COLUMN))


def _metadata(draft: TabDraft) -> tuple[int | None, int, str]:
    """The metadata of the tab: its id, how many lines there are, and what they are."""
    if not draft.tab.metadata:
        return None, 0, ""
    id_, value = draft.tab.metadata
    read = json.loads(value)
    return id_, read["lines"], read["digest"]


def _fit(draft: TabDraft, top: int, before: int, lines: int, column: int) -> None:
    """Make room for the lines; a row in which people have something stays, without its line."""
    if lines > before:
        draft.insert_rows(top + before, lines - before)
    surplus = range(top + lines, min(top + before, len(draft.cells)))
    alone = [row for row in surplus if not _is_shared(draft, row, column)]
    for row in set(surplus) - set(alone):
        draft.write(row, column, None)
    draft.delete_rows(alone)


def _is_shared(draft: TabDraft, row: int, column: int) -> bool:
    beside = (cell for index, cell in enumerate(draft.cells[row]) if index != column)
    return row in draft.tab.noted or any(cell not in (None, "") for cell in beside)


def _texts(sheet_id: int, top: int, column: int, lines: Sequence[TextLine]) -> dict[str, Any]:
    rows = [{"values": [_line(line)]} for line in lines]
    start = {"sheetId": sheet_id, "rowIndex": top, "columnIndex": column}
    parts = ("numberFormat", "textFormat", "wrapStrategy", "verticalAlignment")
    fields = ",".join(["userEnteredValue", *(f"userEnteredFormat.{part}" for part in parts)])
    return {"updateCells": {"start": start, "rows": rows, "fields": fields}}


def _line(line: TextLine) -> dict[str, Any]:
    shown = dict(formats.WEEK.get(line.kind, {}))
    if line.link:
        shown |= {"link": {"uri": line.link}, "foregroundColorStyle": formats.BLUE}
    return {
        **ask.cell_of(line.text),
        "userEnteredFormat": {
            "numberFormat": TEXT_FORMAT,
            "textFormat": shown,
            "wrapStrategy": "WRAP",
            "verticalAlignment": "TOP",
        },
    }
