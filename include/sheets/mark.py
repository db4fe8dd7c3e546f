"""The mark of a report's tab: developer metadata that says what was written there last.

Whoever writes gives the mark a new id, made of the old one. So of two that have read the same
tab only the first can write, and a request that is carried out twice is refused the second time.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from include.sheets import requests as ask
from include.sheets.formats import formats, table_formats
from include.sheets.report import Report
from include.sheets.requests import Request, number_of
from include.sheets.standing import digest, trimmed, values

METADATA_KEY = "zoom_attendance"
"""Marks what this project made: tabs, and the spreadsheets that it made itself."""

TOP_COLUMNS = 2
"""What stands above the table takes so many columns, however few the table has."""

COLUMNS_BEFORE = 6
"""Of reports from before their mark said how many columns are theirs."""

Mark = dict[str, Any]


def mark_of(report: Report) -> Mark:
    """Return the mark of this report once it is written.

    ``start`` of the session; the ``rows`` and ``columns`` that the report uses, and its ``fields``;
    its ``headline``; digests of the whole ``report`` and of what is in its ``cells``.
    """
    return {
        "start": report.start,
        "rows": len(report.rows),
        "columns": columns_of(report),
        "fields": list(report.columns),
        "headline": report.headline,
        "report": report_digest(report),
        "cells": digest(trimmed(values(report.rows))),
    }


def columns_of(report: Report) -> int:
    """Return how many columns are the report's, from A on."""
    return max(TOP_COLUMNS, len(report.columns))


def report_digest(report: Report) -> str:
    """Return what tells this report, with its formats, from every other."""
    area = len(report.rows), columns_of(report)
    return digest([report.rows, *formats(0, report, area), *table_formats(0, report)])


def area_of(mark: Mark) -> tuple[int, int]:
    """Return how many rows and columns the marked report has used."""
    return mark["rows"], mark.get("columns", COLUMNS_BEFORE)


def mark_requests(sheet_id: int, former: int | None, report: Report) -> Iterator[Request]:
    """Mark the tab.

    :param former: the id of the mark that goes; None in a new tab.
    """
    id_ = sheet_id if former is None else number_of(f"{sheet_id} {former}")
    # First: it is refused if the mark is there already.
    yield ask.mark({"sheetId": sheet_id}, METADATA_KEY, json.dumps(mark_of(report)), id_)
    if former is not None:
        yield ask.delete_mark(former)
