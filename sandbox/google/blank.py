"""Spreadsheets and sheets as they are when they are new."""

from __future__ import annotations

from .spreadsheet import Sheet, Spreadsheet

DEFAULT_GRID = {"rowCount": 1000, "columnCount": 26}


def new_sheet(sheet_id: int, title: str) -> Sheet:
    grid = dict(DEFAULT_GRID)
    properties = {"sheetId": sheet_id, "title": title, "index": 0, "sheetType": "GRID"}
    return Sheet(properties | {"gridProperties": grid})


def new_spreadsheet(file_id: str, title: str, sheet_title: str, sheet_id: int) -> Spreadsheet:
    """What Drive makes: one sheet of 1000 x 26, locale en_US, zone Etc/GMT."""
    properties = {
        "title": title,
        "locale": "en_US",
        "autoRecalc": "ON_CHANGE",
        "timeZone": "Etc/GMT",
    }
    return Spreadsheet(file_id, properties, [new_sheet(sheet_id, sheet_title)])
