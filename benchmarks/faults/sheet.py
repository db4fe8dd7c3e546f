"""What people see in Google after a run: enough to say that two sheets are the same."""

from __future__ import annotations

import json
from typing import Any

from sandbox.google import GoogleState
from sandbox.google.files import SPREADSHEET, File
from sandbox.google.spreadsheet import Sheet, Spreadsheet


def seen(google: GoogleState, *, empty_files: bool = True) -> str:
    """All spreadsheets that are not in the bin, with all that is in them, as a text.

    Without ids that Drive chooses, the times of files, and who may open them.

    :param empty_files: whether files that no report has been written into are told, too.
    """
    books = [
        {"file": _file(file), "book": _book(google.spreadsheets[file.id])}
        for file in google.files
        if file.mime_type == SPREADSHEET
        and not file.is_trashed
        and (empty_files or any(sheet.cells for sheet in google.spreadsheets[file.id].sheets))
    ]
    text = json.dumps(sorted(books, key=str), sort_keys=True, ensure_ascii=False, default=str)
    for file in google.files:
        if len(file.id) == 44:
            text = text.replace(file.id, "an id of Drive's")
    return text


def _file(file: File) -> dict[str, Any]:
    return {"name": file.name, "parents": file.parents, "properties": file.properties}


def _book(book: Spreadsheet) -> dict[str, Any]:
    return {
        "properties": book.properties,
        "metadata": [_unnumbered(item) for item in book.developer_metadata],
        "sheets": [_sheet(sheet) for sheet in book.sheets],
    }


def _sheet(sheet: Sheet) -> dict[str, Any]:
    """All that the sheet holds; an empty cell, or a row of which nothing is said, is none."""
    cells = {row: {c: cell for c, cell in of.items() if cell} for row, of in sheet.cells.items()}
    lines = {
        name: {place: held for place, held in sorted(of.items()) if held}
        for name, of in (("cells", cells), ("rows", sheet.rows), ("columns", sheet.columns))
    }
    return vars(sheet) | lines


def _unnumbered(metadata: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in metadata.items() if name != "metadataId"}
