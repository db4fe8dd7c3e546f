"""Reports made of invented rows, and how they look in the sandbox's Google."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any

from include.attendance.attendance import Attendance, take_attendance
from include.attendance.fields import staged_row
from include.attendance.results import StagedAttendance
from include.attendance.sessions import SessionFacts, class_window
from include.meeting import Meeting
from include.pipeline.task_data import PublishedReport
from include.sheets.columns import COLUMNS
from include.sheets.incomplete import ReportedInstance, ReportedSession
from include.sheets.report import Report, make_report
from include.sheets.tab import sheet_id_of
from sandbox.google import GoogleState
from sandbox.google.files import SPREADSHEET, File
from sandbox.google.spreadsheet import Cell, Sheet
from sandbox.zoom.rows import Row, participant_row
from tests.pipeline.evenings import EVENING, minutes

NAMES = ("Ada Example", "Ben Example", "Cleo Example")


def person(name: str, first: float = 0, last: float = 90, week: int = 0) -> Row:
    """A row of an account holder, known by the name; minutes from the start of the evening."""
    start = EVENING + timedelta(weeks=week)
    join, leave = start + minutes(first), start + minutes(last)
    return participant_row(name, join, leave, account_id=f"id-{name}", email=f"{name}@example.org")


def nameless(first: float = 0, last: float = 90) -> Row:
    """A row that ends up among the people to review."""
    return participant_row("", EVENING + minutes(first), EVENING + minutes(last))


def backwards(name: str) -> Row:
    """A row that ends up among the data problems."""
    return participant_row(name, EVENING + minutes(60), EVENING + minutes(30))


def report(
    meeting: Meeting,
    rows: Iterable[Row] | None = None,
    *,
    week: int = 0,
    columns: Sequence[str] = tuple(COLUMNS),
    **session: Any,
) -> Report:
    """The report of the evening so many weeks later; `session` changes the session's record."""
    rows = [person(name, week=week) for name in NAMES] if rows is None else rows
    start = EVENING + timedelta(weeks=week)
    end = start + minutes(90)
    counted = None
    if meeting.class_time:
        counted = class_window(meeting.class_time, meeting.timezone, start, end)
    facts = SessionFacts(meeting.name, meeting.title, meeting.timezone, start, end, counted)
    sent = "".join(json.dumps(staged_row(row)) + "\n" for row in rows)
    attendance = StagedAttendance.from_json(io.BytesIO(_counted(facts, sent)))
    record = ReportedSession(
        f"evening+{week}==", str(start.date()), start.isoformat(), (ReportedInstance(len(sent)),)
    )
    record = replace(record, **session)
    return make_report(meeting.name, meeting.title, record, attendance, columns)


def staged(attendance: Attendance) -> StagedAttendance:
    """The attendance as load gets it."""
    file = io.BytesIO()
    attendance.to_json(file)
    file.seek(0)
    return StagedAttendance.from_json(file)


@cache
def _counted(facts: SessionFacts, sent: str) -> bytes:
    """The attendance, staged. Many tests publish the same rows."""
    counted, _ = take_attendance(facts, [io.BytesIO(sent.encode())])
    file = io.BytesIO()
    counted.to_json(file)
    return file.getvalue()


def tab_of(google: GoogleState, published: PublishedReport, made: Report) -> Sheet:
    return google.spreadsheets[published.spreadsheet_id].sheet(sheet_id_of(made))


def seen(google: GoogleState, published: PublishedReport, made: Report) -> list[list[str]]:
    """Everything a person sees on the report's tab, without what is empty at the ends."""
    title = tab_of(google, published, made).title.replace("'", "''")
    rows = google.read_cells(published.spreadsheet_id, f"'{title}'")
    shown = [_without_end(row) for row in rows]
    while shown and not shown[-1]:
        shown.pop()
    return shown


def formats(google: GoogleState, published: PublishedReport, made: Report) -> list[Any]:
    """The formats of the report's rows, by row and column; links as if its tab's id were 0."""
    tab = tab_of(google, published, made)
    return [
        {column: _format(cell, tab.id) for column, cell in tab.cells[row].items()}
        for row in range(len(made.rows))
    ]


def report_files(google: GoogleState) -> list[File]:
    """The spreadsheets that bear a report's key and are not in the bin."""
    return [
        file
        for file in google.files
        if file.mime_type == SPREADSHEET and file.properties and not file.is_trashed
    ]


def _format(cell: Cell, sheet_id: int) -> Any:
    text = json.dumps(cell.get("userEnteredFormat"))
    return json.loads(text.replace(f"#gid={sheet_id}&", "#gid=0&"))


def _without_end(row: list[str]) -> list[str]:
    while row and not row[-1]:
        row = row[:-1]
    return row
