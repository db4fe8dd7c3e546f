"""Register: the meeting's book, made of its attendance records and of what people typed.

What people typed is read just before the one write. If somebody has written meanwhile, everything
is read and planned again.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from google_workspace.batches import retry_on_conflict
from google_workspace.hooks import SheetsHook
from google_workspace.http_errors import google_errors
from include.meeting import Folder, Meeting
from include.pipeline.drive.book_file import (
    Spreadsheet,
    SpreadsheetRead,
    book_spreadsheet,
    class_spreadsheet,
)
from include.pipeline.drive.keyed_files import sheets_may_lag
from include.pipeline.drive.own_sheets import (
    OwnSheets,
    carried_over,
    read_classes_tab,
    usable_sheets,
)
from include.pipeline.drive.shares import Shares, read_shares, sheets_of_others
from include.pipeline.files.attendance_records import KeptRecords, RecordsFolder
from include.pipeline.outcome import RegisterResult
from include.pipeline.waiting import patience_is_over, wait_until
from include.roster.book import Book, make_book
from include.roster.published import PublishedBook
from include.roster.record import AttendanceRecord
from include.roster.tabs.newest import newest_in
from include.sheets.book import book_requests, sheet_id

log = logging.getLogger(__name__)

LETTERS_SUFFIX = "-letters.json"
"""Ending of the kept copies of the Register's letters. The book says which copy is its own."""

HEADLINE_LINES = 2
"""Lines of This week above what could not be read: which session it is, and how many came."""

COPIES_KEPT = timedelta(days=1)
"""Longer than a run that is writing can take."""


TOGETHER, PAUSE = timedelta(hours=1), timedelta(seconds=20)
"""How long a run waits at most for others to be reported on; between two looks."""


def wait_for_reports(meeting: Meeting, context: Mapping[str, Any]) -> None:
    """Let a backfill end, so that all its sessions come into the book with one run.

    The runs that wait for this one are Airflow's business: their asset events wait together. Who
    triggers a run, and the morning's, need not wait.
    """
    run = context["dag_run"]
    if run.run_type != "asset_triggered" or patience_is_over(run.run_after, TOGETHER):
        return
    if context["ti"].get_dr_count(meeting.dag_id, states=["queued", "running"]):
        soon = datetime.now(UTC) + PAUSE
        wait_until(soon, "Other sessions are still being reported on.", meeting.timezone)


def find_book(meeting: Meeting) -> str:
    """Return the id of the book's spreadsheet. In a folder it is made if there is none."""
    with google_errors():
        return book_spreadsheet(meeting)


def update_book(
    meeting: Meeting, spreadsheet_id: str, *, fill: bool = False, today: date | None = None
) -> dict[str, Any]:
    """Bring the book up to date; returns a dump of `RegisterResult`.

    :param fill: add everybody seen to People.
    :param today: in the meeting's zone.
    """
    with google_errors():
        updater = BookUpdater(meeting, spreadsheet_id, today or today_of(meeting))
        return retry_on_conflict(lambda: updater.write(fill=fill))


def today_of(meeting: Meeting) -> date:
    """Return the date where the meeting is."""
    return datetime.now(UTC).astimezone(ZoneInfo(meeting.timezone)).date()


@dataclass(frozen=True)
class BookPlan:
    """A book as it should be, and what it was worked out from.

    :param found: the spreadsheet as it is.
    :param shares: what was done for the leaders of classes.
    :param own: the spreadsheets of the classes that may be used.
    """

    found: SpreadsheetRead
    book: Book
    shares: Shares
    own: OwnSheets
    records: Sequence[AttendanceRecord]

    @property
    def newest(self) -> AttendanceRecord | None:
        """The record of the newest session, which This week is about."""
        return max(self.records, key=lambda record: record.start, default=None)


class BookUpdater:
    """Reads a meeting's book, plans what it should be, and writes that."""

    def __init__(self, meeting: Meeting, spreadsheet_id: str, today: date) -> None:
        self.meeting, self.spreadsheet_id, self.today = meeting, spreadsheet_id, today
        self._spreadsheet = Spreadsheet(SheetsHook(), spreadsheet_id, meeting.name)
        self._records, self._folder = KeptRecords(meeting), RecordsFolder(meeting)
        self._makes, self._made = isinstance(meeting.publish_to, Folder), dict[str, str]()

    def plan(self, *, fill: bool = False) -> BookPlan:
        """Return what the book should be, by what stands in it now and by the records.

        :param fill: add everybody seen to People.
        """
        self._records.now()  # most of the reading is over before people's cells are read
        with sheets_may_lag(in_folder=self._makes):
            found = self._spreadsheet.read()
        # Again: a run that wrote the book before it was read kept its record before that.
        records = self._records.now()
        tabs, published = found.content.tabs, self._published(found.content.published)
        book = make_book(records, tabs, published=published, today=self.today, fill=fill)
        tab = read_classes_tab(tabs.classes)
        shares = carried_over(read_shares(self._folder), tab)
        own = usable_sheets(book, self.spreadsheet_id, shares, tab, makes=self._makes)
        top, rest = book.this_week[:HEADLINE_LINES], book.this_week[HEADLINE_LINES:]
        book = replace(book, this_week=(*top, *own.notices, *rest))
        return BookPlan(found, book, shares, own, records)

    def write(self, *, fill: bool = False) -> dict[str, Any]:
        """Write the book, if it is not what it should be; returns a dump of `RegisterResult`."""
        plan = self.plan(fill=fill)
        if self._makes and self._make_lacking(plan):
            # That took seconds in which people may have typed.
            plan = self.plan(fill=fill)
        self._write(plan)
        link = f"{plan.found.address}#gid={sheet_id(self.meeting.name, 'this_week')}"
        log.info("Sessions in the book: %d. %s", len(plan.records), link)
        sessions, leaders = len(plan.records), bool(plan.book.views)
        newest = newest_in(plan.book, plan.newest)
        result = RegisterResult(link=link, sessions=sessions, leaders=leaders, newest=newest)
        return result.model_dump()

    def _make_lacking(self, plan: BookPlan) -> bool:
        """Make the own sheets that classes lack, and tell whether there were any."""
        lacking = [name for name in plan.own.lacking if name not in self._made]
        for name in lacking:
            made = class_spreadsheet(self.meeting, name, sheets_of_others(plan.shares, name))
            self._made[name] = plan.found.address.replace(self.spreadsheet_id, made)
        return bool(lacking)

    def _write(self, plan: BookPlan) -> None:
        copy = plan.book.published
        content = copy.to_bytes() if copy is not None else None
        digest = hashlib.sha256(content).hexdigest() if content else plan.found.content.published
        requests = book_requests(
            plan.found.content,
            plan.book,
            published=digest or "",
            own_sheets=self._made,
            blank=plan.found.blank and self._makes,
        )
        name = f"{digest}{LETTERS_SUFFIX}"
        if content and self._folder.read_if_there(name) != content:
            self._folder.write(name, content)
        self._spreadsheet.write(requests)
        self._folder.remove_older(LETTERS_SUFFIX, COPIES_KEPT, but=name)

    def _published(self, digest: str | None) -> PublishedBook | None:
        """Return the letters that the book was last written with; None if the copy is lost."""
        if not digest:
            return PublishedBook()
        content = self._folder.read_if_there(f"{digest}{LETTERS_SUFFIX}")
        if content is None or hashlib.sha256(content).hexdigest() != digest:
            log.warning("The copy of the letters last written is lost: other letters are asked of.")
            return None
        return PublishedBook.from_bytes(content)
