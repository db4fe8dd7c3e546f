"""The book of a meeting in the sandbox, the pipeline that keeps it, and a person at it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import Any

from googleapiclient.errors import HttpError

from google_workspace.errors import GoogleTabsChanged
from google_workspace.http_errors import explain
from include.roster.book import Book, make_book
from include.roster.published import PublishedBook
from include.roster.record import AttendanceRecord
from include.sheets.book import (
    CELLS_FIELD_MASK,
    TABS_FIELD_MASK,
    BookRead,
    book_requests,
    cell_filters,
    read_book,
)
from sandbox.google.person import Person
from tests.book.invented import day

KEY = "bible-hour"
TRIES = 5

Request = dict[str, Any]


class Desk:
    """Reads, marks and writes as the register Dag does, and remembers what it sent."""

    def __init__(self, google: Any, key: str = KEY) -> None:
        self.google, self.key = google, key
        self.id = google.state.add_spreadsheet("Sunday classes")
        self.person = Person(google.state, self.id)
        self.published: dict[str, bytes] = {}
        self.sent: list[list[Request]] = []
        self.refusals: list[str] = []

    def read(self) -> BookRead:
        sheets = self.google.spreadsheets
        tabs = sheets.get(spreadsheetId=self.id, fields=TABS_FIELD_MASK).execute()
        filters = cell_filters(self.key, tabs)
        if not filters:
            return read_book(self.key, tabs, {})
        asked = sheets.getByDataFilter(
            spreadsheetId=self.id, body={"dataFilters": filters}, fields=CELLS_FIELD_MASK
        )
        return read_book(self.key, tabs, asked.execute())

    def book(
        self, read: BookRead, records: Iterable[AttendanceRecord], week: int, *, fill: bool = False
    ) -> Book:
        kept = list(records)
        text = self.published.get(read.published or "")
        last = PublishedBook.from_bytes(text) if text else PublishedBook()
        return make_book(kept, read.tabs, published=last, today=day(week), fill=fill)

    def run(
        self,
        records: Iterable[AttendanceRecord],
        week: int = 40,
        *,
        fill: bool = False,
        before_write: Callable[[], None] | None = None,
    ) -> list[Request]:
        """One run of the Dag; returns what was written at last."""
        kept = list(records)
        for _ in range(TRIES):
            read = self.read()
            book = self.book(read, kept, week, fill=fill)
            requests = self.requests(read, book)
            if before_write:
                before_write()
                before_write = None
            if not requests or self.send(requests):
                return requests
        raise AssertionError(f"the book was crossed {TRIES} times: {self.refusals}")

    def requests(self, read: BookRead, book: Book, **more: Any) -> list[Request]:
        text = book.published.to_bytes() if book.published is not None else b""
        digest = hashlib.sha256(text).hexdigest() if text else ""
        self.published[digest] = text
        return book_requests(read, book, published=digest, **more)

    def send(self, requests: list[Request]) -> bool:
        """False if Google says that the book is not as it was read."""
        self.sent.append(requests)
        try:
            self.google.batch(self.id, *requests).execute()
        except HttpError as refused:
            error = explain(refused)
            self.refusals.append(refused.reason)
            if not isinstance(error, GoogleTabsChanged):
                raise error from refused
            return False
        return True

    def seen(self, range_: str) -> list[list[str]]:
        return self.google.state.read_cells(self.id, range_)

    def whole(self) -> dict[str, list[list[str]]]:
        """What stands in all cells of all tabs, the hidden ones too."""
        tabs = self.google.state.spreadsheets[self.id].sheets
        return {tab.title: self.seen(f"'{tab.title}'") for tab in tabs}

    def column(self, tab: str, letter: str) -> list[str]:
        """What stands in a column below the headings, without the empty end."""
        found = [row[0] for row in self.seen(f"'{tab}'!{letter}3:{letter}")]
        while found and not found[-1]:
            found.pop()
        return found
