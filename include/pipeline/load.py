"""Load: a session's report into its tab or file in Google Sheets, the same every time."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from google_workspace.batches import (
    address_of,
    batch_update,
    reading_response,
    retry_on_conflict,
)
from google_workspace.calls import send
from google_workspace.errors import GoogleCannotHold, GoogleError, GoogleRefused
from google_workspace.hooks import DriveHook, SheetsHook
from google_workspace.http_errors import google_errors
from include.attendance.results import StagedAttendance
from include.attendance.sessions import shared
from include.meeting import Folder, Meeting
from include.pipeline.drive.keyed_files import files_with, keyed_file, sheets_may_lag
from include.pipeline.files.attendance_records import check_kept_instances, keep_record
from include.pipeline.files.staging import StagingFolder, read_attendance, read_manifest
from include.pipeline.report_tab import ReportLeftAlone, check_instances, fragment, renewal_of
from include.pipeline.selection.own_sessions import class_held
from include.pipeline.task_data import Manifest, PublishedReport, StagedInstance
from include.sheets.incomplete import ReportedInstance, ReportedSession, fewer_than_joins
from include.sheets.renewal import Renewal
from include.sheets.report import ONE_ALONE, Report, make_report
from include.sheets.tab import (
    SPREADSHEET_FIELD_MASK,
    Tab,
    as_known,
    cells_with,
    has_new_headline,
    read_tabs,
    tab_of,
    tab_requests,
    was_written,
)

log = logging.getLogger(__name__)

NO_TIME = timedelta()

MOST_PEOPLE = 50_000
"""Of one report: ten times Zoom's largest meeting. Google gives a request three minutes."""

MOST_CELLS = 10_000_000
"""Of one spreadsheet, as Google has it."""

Announce = Callable[[dict[str, Any]], object]
"""Takes the headline of a report when it is new. It is called before the report is written: if the
task dies soon after, its next try finds the report there and would see no new headline."""


def publish_staged(
    meeting: Meeting, folder: StagingFolder, announce: Announce | None = None
) -> PublishedReport:
    """Publish what transform has staged.

    The record alone is what the book counts. So it is kept also where the report's tab is left as
    people have changed it (ReportLeftAlone is raised then), and one that is there is renewed where
    the report cannot be written (GoogleError).
    """
    manifest, attendance = read_manifest(folder), read_attendance(folder)
    session = reported(manifest)
    instances = session.uuid, *session.later
    check_kept_instances(meeting, instances)
    report = make_report(meeting.name, meeting.title, session, attendance, meeting.columns)
    incomplete = (*session.missing, *not_seen(meeting, manifest, attendance))
    try:
        published = publish(meeting, report, announce)
    except GoogleError as error:
        link = error.link if isinstance(error, ReportLeftAlone) else None
        keep_record(meeting, folder, link, incomplete, instances)
        raise
    keep_record(meeting, folder, published.link, incomplete, instances)
    return published


def not_seen(meeting: Meeting, manifest: Manifest, attendance: StagedAttendance) -> tuple[str, ...]:
    """Return why people may have been there whom nobody counted, in sentences without names.

    A row that could not be counted is no reason if its person was counted by another; nor is a part
    of one alone outside the class time.
    """
    rejected = [row for row in attendance.rejected if not row.counted]
    return (
        *fewer_than_joins(reported(manifest).instances),
        *([ONE_ALONE] if _one_alone_in_class(meeting, manifest) else []),
        *([ROWS_NOT_COUNTED.format(len(rejected))] if rejected else []),
    )


def _one_alone_in_class(meeting: Meeting, manifest: Manifest) -> bool:
    session = manifest.session
    alone = {file.uuid for file in manifest.files if not _instance(file).has_report}
    if meeting.class_time is None or not session.opened:
        return bool(alone)
    hours = class_held(meeting, meeting.class_time, session.start, session.end).window
    return any(
        shared(times, hours) > NO_TIME
        for one, times in zip(session.instances, session.opened, strict=True)
        if one.uuid in alone
    )


ROWS_NOT_COUNTED = "Rows of Zoom's report that could not be counted: {}."


def reported(manifest: Manifest) -> ReportedSession:
    """Return what a report says of how the session came together."""
    session, instances = manifest.session, tuple(map(_instance, manifest.files))
    start = session.start.isoformat()
    return ReportedSession(session.uuid, session.label, start, instances, session.later)


def _instance(file: StagedInstance) -> ReportedInstance:
    return ReportedInstance(
        file.rows,
        file.total_records,
        has_report=file.name is not None or file.missing == "report",
        joins=file.joins,
        twice=file.twice,
        missing=file.missing,
    )


def publish(meeting: Meeting, report: Report, announce: Announce | None = None) -> PublishedReport:
    """Write the report.

    :param announce: called if the report was never there, or with another headline.
    """
    if report.people > MOST_PEOPLE:
        raise GoogleRefused(TOO_MANY.format(report.people, MOST_PEOPLE))
    own_file = isinstance(meeting.publish_to, Folder)
    with google_errors():  # the hooks log in at their first use
        spreadsheet_id = _spreadsheet_id(meeting, report)
        hook = SheetsHook()
        with sheets_may_lag(in_folder=own_file):
            link = retry_on_conflict(
                lambda: _write(hook, spreadsheet_id, report, own_file=own_file, announce=announce)
            )
    log.info("Published %d people: %s", report.people, link)
    return PublishedReport(
        spreadsheet_id=spreadsheet_id,
        range=report.range,
        people=report.people,
        hours=report.headline["hours"],
        incomplete=report.incomplete,
        link=link,
    )


def _spreadsheet_id(meeting: Meeting, report: Report) -> str:
    if not isinstance(meeting.publish_to, Folder):
        return meeting.publish_to.spreadsheet
    hook, folder = DriveHook(), meeting.publish_to.folder
    whole = keyed_file(hook, folder, report.keys, report.file_title)
    for part in files_with(hook, report.other_keys, but=whole):
        log.warning(FILE_OF_PART, part)
    return whole


def _write(
    hook: SheetsHook,
    spreadsheet_id: str,
    report: Report,
    *,
    own_file: bool,
    announce: Announce | None,
) -> str:
    """Read what is there, then write everything in one batchUpdate; returns the tab's link.

    Nothing is written if exactly this report is there already.
    """
    spreadsheets = hook.get_conn().spreadsheets()
    found = send(
        spreadsheets.get(spreadsheetId=spreadsheet_id, fields=SPREADSHEET_FIELD_MASK),
        hook.num_retries,
    )
    with reading_response():
        tabs, address = read_tabs(found), address_of(found)
    report = _as_published(tabs, report)
    tab, link = tab_of(tabs, report), address + fragment(report)
    there = renewal_of(tab, report, link, spreadsheet_id, hook) if tab else Renewal()
    if announce and has_new_headline(tab, report):
        announce(report.headline)
    if there.needed:
        blank = own_file and len(tabs) == 1 and not was_written(found)
        requests = tab_requests(tabs, report, blank=blank, row_changes=there.row_changes)
        batch_update(spreadsheets, spreadsheet_id, requests, hook.num_retries)
    return link


def _as_published(tabs: list[Tab], report: Report) -> Report:
    """Return the report under the key with which its tab was published before.

    Raises GoogleCannotHold if the spreadsheet has no room for it.
    """
    check_instances(tabs, report)
    report, others = as_known(tabs, report)
    for other in others:
        log.warning(PART_OF_IT, other.sheet_id)
    if (cells := cells_with(tabs, report)) > MOST_CELLS:
        raise GoogleCannotHold(TOO_MANY_CELLS.format(cells, MOST_CELLS))
    return report


PART_OF_IT = (
    "The tab with #gid=%d in its address is the report of a part of this session, from before Zoom "
    "listed all of it. Delete it when nobody needs it."
)

FILE_OF_PART = (
    "The spreadsheet https://docs.google.com/spreadsheets/d/%s is the report of a part of this "
    "session, from before Zoom listed all of it. Delete it when nobody needs it."
)

TOO_MANY = (
    "The report has {} people, and one tab takes {} at most: nothing was written. Look whether "
    "Zoom's own report (Reports > Usage) shows so many."
)

TOO_MANY_CELLS = (
    "With this report the spreadsheet would have {} cells, and Google allows {}: nothing was "
    "written. Delete tabs or empty rows, or use a new spreadsheet."
)
