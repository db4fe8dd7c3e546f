"""Everything the sandbox's Google holds, in the process that serves it."""

from __future__ import annotations

import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from . import a1, cells, permissions
from .blank import new_spreadsheet
from .errors import not_found, permission_denied
from .faults import Faults, quota_exceeded
from .files import FOLDER, SPREADSHEET, File, Files
from .spreadsheet import Sheet, Spreadsheet

MINUTE = 60.0


class Record(NamedTuple):
    """One call: when (monotonic seconds), its method id, its status; 0 when no reply went out."""

    time: float
    method: str
    status: int


class GoogleState:
    """Files, spreadsheets, faults to come and calls that came.

    `first_sheet_id` is the id of the sheet of a new spreadsheet (not always 0 at Google). `quotas`
    are calls a minute of Sheets, for example `{"read": 60, "write": 60}`; none by default.
    `people_url` is where people open the pages, if that is not the address that clients call.
    `public_keys` are those of the service accounts that may log in, by their addresses.
    `scopes` are those of the tokens given out for a key.
    `before` is what somebody does just before the next call of a method is answered, once.
    `without_account` are addresses without a Google account, `google_mails` those that Google
    itself has written to.
    """

    def __init__(self, latency: float = 0.0, people_url: str = "") -> None:
        self.latency = latency
        self.people_url = people_url
        self.files = Files()
        self.spreadsheets: dict[str, Spreadsheet] = {}
        self.faults = Faults()
        self.requests: list[Record] = []
        self.quotas: dict[str, int] = {}
        self.public_keys: dict[str, str] = {}
        self.first_sheet_id = 0
        self.before: dict[str, Callable[[], None]] = {}
        self.tokens: dict[str, str] = {}
        self.scopes: dict[str, frozenset[str]] = {}
        self.without_account: set[str] = set()
        self.google_mails: list[str] = []
        self._changing = threading.RLock()

    def add_folder(self, name: str, parent: str | None = None, **known: Any) -> str:
        """Make a folder as a person would; returns its id."""
        return self.files.add(name, FOLDER, [parent] if parent else [], **known).id

    def add_spreadsheet(
        self, name: str, parent: str | None = None, sheet_title: str = "Sheet1", **known: Any
    ) -> str:
        """Make an empty spreadsheet as a person would; returns its id."""
        file = self.files.add(name, SPREADSHEET, [parent] if parent else [], **known)
        self.start_spreadsheet(file, sheet_title)
        return file.id

    def start_spreadsheet(self, file: File, sheet_title: str = "Sheet1") -> None:
        book = new_spreadsheet(file.id, file.name, sheet_title, self.first_sheet_id)
        self.spreadsheets[file.id] = book

    def share(self, file_id: str, address: str, role: str) -> None:
        """Let somebody read or write a file, as a person does who may."""
        permissions.share(self.files[file_id], address, role)

    def sign_in(self, address: str) -> str:
        """A token with which calls are those of a person."""
        token = secrets.token_urlsafe()
        self.tokens[token] = address
        return token

    @contextmanager
    def changing(self, file_id: str) -> Iterator[Spreadsheet]:
        """A copy to change; it takes effect for every reader at once, or not at all if it fails."""
        with self._changing:
            edited = self.spreadsheets[file_id].copy()
            yield edited
            self.spreadsheets[file_id] = edited
            self.files[file_id].modified_time = self.files.now()

    def read_cells(self, file_id: str, range_: str) -> list[list[str]]:
        """What a person sees in an A1 range, row by row, as far as the grid goes."""
        title, area = a1.read(range_)
        sheet = self._titled(file_id, title)
        block = sheet.clipped(area)
        return [
            [cells.displayed(sheet.cell(row, c)) for c in range(block.left, block.right)]
            for row in range(block.top, block.bottom)
        ]

    def _titled(self, file_id: str, title: str) -> Sheet:
        sheet = self.spreadsheets[file_id].titled(title)
        if sheet is None:
            raise KeyError(title)
        return sheet

    def spreadsheet(self, file_id: str, account: str | None = None) -> Spreadsheet:
        """The spreadsheet as the caller may open it: 404 unknown, 403 not shared."""
        if file_id not in self.spreadsheets:
            raise not_found()
        if not self.files[file_id].readable_by(account):
            raise permission_denied()
        return self.spreadsheets[file_id]

    def counts(self) -> Counter[str]:
        """Calls by method id."""
        return Counter(record.method for record in self.requests)

    def record(self, method: str, status: int) -> None:
        self.requests.append(Record(time.monotonic(), method, status))

    def spend_quota(self, api: str, writes: bool) -> None:
        """429 when the calls of the last minute have used up a quota."""
        kind = "write" if writes else "read"
        if api != "sheets" or kind not in self.quotas:
            return
        since = time.monotonic() - MINUTE
        used = sum(1 for t, name, _ in self.requests if t > since and _kind(name) == kind)
        if used >= self.quotas[kind]:
            raise quota_exceeded(api, kind)


def _kind(method: str) -> str | None:
    if not method.startswith("sheets."):
        return None
    return "read" if method.endswith(("get", "getByDataFilter")) else "write"
