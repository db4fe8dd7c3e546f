"""The spreadsheets of the book and of its classes: made if there is none, read and written."""

from __future__ import annotations

import itertools
import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from google_workspace.batches import address_of, batch_update, reading_response
from google_workspace.calls import send
from google_workspace.hooks import DriveHook, SheetsHook
from include.meeting import Folder, Meeting
from include.pipeline.drive.keyed_files import keyed_file
from include.sheets.book import (
    CELLS_FIELD_MASK,
    TABS_FIELD_MASK,
    BookRead,
    cell_filters,
    read_book,
)
from include.sheets.book.reading import TURN_METADATA_KEY
from include.sheets.tab_state import REPORT_METADATA_KEY

METADATA_KEYS_FIELD_MASK = "sheets(developerMetadata(metadataKey))"
"""What the first call asks for besides: whether a tab is a report's."""


def book_spreadsheet(meeting: Meeting) -> str:
    """Return the id of the spreadsheet that holds the meeting's book; made in a folder."""
    if not isinstance(meeting.publish_to, Folder):
        return meeting.publish_to.spreadsheet
    return _file(meeting, f"book {meeting.name}", f"{meeting.title}: who came")


def class_spreadsheet(meeting: Meeting, name: str, others: Collection[str]) -> str:
    """Return the id of a class's own spreadsheet in the meeting's folder; made if there is none.

    :param others: spreadsheets of other classes. One of them may have had this name before.
    """
    what, title = f"class {meeting.name} {name}", f"{meeting.title}: {name}"
    names = itertools.chain([what], (f"{what} {number}" for number in itertools.count(2)))
    return next(id_ for one in names if (id_ := _file(meeting, one, title)) not in others)


def _file(meeting: Meeting, what: str, title: str) -> str:
    assert isinstance(meeting.publish_to, Folder)
    return keyed_file(DriveHook(), meeting.publish_to.folder, [what], title)


@dataclass(frozen=True)
class SpreadsheetRead:
    """A spreadsheet as it was read.

    :param content: what stands in the tabs that are the pipeline's.
    :param address: opens it.
    :param blank: it has one tab, and none of the pipeline's.
    :param shared_with_others: the pipeline has written something else into it, too.
    """

    content: BookRead
    address: str
    blank: bool
    shared_with_others: bool


class Spreadsheet:
    """A spreadsheet with the tabs of a book, or of one class of it.

    :param key: by which its tabs are known.
    """

    def __init__(self, hook: SheetsHook, spreadsheet_id: str, key: str) -> None:
        self._hook, self._id, self._key = hook, spreadsheet_id, key
        self._calls = hook.get_conn().spreadsheets()

    def read(self) -> SpreadsheetRead:
        """Read it, in two calls; in one if it has no tab of the pipeline's."""
        fields = f"spreadsheetUrl,{TABS_FIELD_MASK},{METADATA_KEYS_FIELD_MASK}"
        request = self._calls.get(spreadsheetId=self._id, fields=fields)
        tabs = send(request, self._hook.num_retries)
        with reading_response():
            filters = cell_filters(self._key, tabs)
        cells = self._cells(filters) if filters else {}
        with reading_response():
            return SpreadsheetRead(
                read_book(self._key, tabs, cells),
                address_of(tabs),
                blank=not filters and len(tabs["sheets"]) == 1 and self._is_empty(tabs),
                shared_with_others=_holds_others(self._key, tabs),
            )

    def _is_empty(self, tabs: dict[str, Any]) -> bool:
        """Whether nothing stands in the one tab there is: it may be somebody's."""
        (tab,) = tabs["sheets"]
        grid_range = {"gridRange": {"sheetId": tab["properties"].get("sheetId", 0)}}
        (read,) = self._cells([grid_range])["sheets"]
        rows = (row for grid in read.get("data", ()) for row in grid.get("rowData", ()))
        return not read.get("charts") and not any(any(row.get("values", ())) for row in rows)

    def _cells(self, filters: list[dict[str, Any]]) -> dict[str, Any]:
        body = {"dataFilters": filters}
        by_filter = self._calls.getByDataFilter
        request = by_filter(spreadsheetId=self._id, body=body, fields=CELLS_FIELD_MASK)
        return send(request, self._hook.num_retries)

    def write(self, requests: list[dict[str, Any]]) -> None:
        """Carry out all of them or none, in one call; in none if there are none."""
        if requests:
            batch_update(self._calls, self._id, requests, self._hook.num_retries)


def _holds_others(key: str, tabs: dict[str, Any]) -> bool:
    """Tell whether there is a report, or the book of another key, in a spreadsheet."""
    of_tabs = [item for tab in tabs["sheets"] for item in tab.get("developerMetadata", ())]
    items = [*tabs.get("developerMetadata", ()), *of_tabs]
    turns = [item["metadataValue"] for item in items if item["metadataKey"] == TURN_METADATA_KEY]
    is_report = any(item["metadataKey"] == REPORT_METADATA_KEY for item in items)
    return is_report or any(json.loads(turn)["book"] != key for turn in turns)
