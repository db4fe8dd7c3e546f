"""Load: a session's report into its tab or file in Google Sheets, the same every time."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from tenacity import (
    Retrying,
    retry_if_exception_type,
    stop_after_attempt,
    wait_random_exponential,
)

from google_workspace.calls import send
from google_workspace.errors import (
    GoogleNotFound,
    GoogleRefused,
    GoogleTabsChanged,
    GoogleUnavailable,
)
from google_workspace.hooks import DriveHook, SheetsHook
from google_workspace.refusals import google_errors
from include.meeting import Folder, Meeting
from include.pipeline.kept_records import keep_record
from include.pipeline.records import Manifest, Published, StagedInstance
from include.pipeline.report_file import report_file
from include.pipeline.staging import StagingFolder
from include.pipeline.transform import read_attendance, read_manifest
from include.sheets.incomplete import Part, banner, differences, gaps
from include.sheets.report import Report, ReportedSession, make_report
from include.sheets.tab import (
    FIELDS,
    has_new_headline,
    has_no_room,
    is_foreign,
    read_tabs,
    sheet_id_of,
    tab_requests,
    was_written,
)

log = logging.getLogger(__name__)

TRIES, LONGEST_PAUSE = 6, 8
"""How often the spreadsheet is read when others write into it; seconds between two tries."""

Announce = Callable[[dict[str, Any]], object]
"""Takes the headline of a report when it is new. It is called before the report is written: if the
task dies soon after, its next try finds the report there and would see no new headline."""


def publish_staged(
    meeting: Meeting, folder: StagingFolder, announce: Announce | None = None
) -> Published:
    """Publish what transform has staged."""
    manifest, attendance = read_manifest(folder), read_attendance(folder)
    report = make_report(
        meeting.name, meeting.title, reported(manifest), attendance, meeting.columns
    )
    published = publish(meeting, report, announce)
    keep_record(meeting, folder, published.link, what_is_missing(manifest))
    return published


def what_is_missing(manifest: Manifest) -> tuple[str, ...]:
    """Return what never came of a session that was published all the same, in sentences."""
    parts = tuple(map(_part, manifest.files))
    found, missing = differences(parts), gaps(parts)
    return (banner(found, missing)[1],) if found or missing else ()


def reported(manifest: Manifest) -> ReportedSession:
    """Return what a report says of how the session came together."""
    session, parts = manifest.session, tuple(map(_part, manifest.files))
    return ReportedSession(session.uuid, session.label, session.start.isoformat(), parts)


def _part(file: StagedInstance) -> Part:
    return Part(
        file.rows,
        file.total_records,
        has_report=file.name is not None or file.missing == "report",
        joins=file.joins,
        missing=file.missing,
    )


def publish(meeting: Meeting, report: Report, announce: Announce | None = None) -> Published:
    """Write the report.

    :param announce: called if the report was never there, or with another headline.
    """
    own_file = isinstance(meeting.publish_to, Folder)
    with google_errors():  # the hooks log in at their first use
        spreadsheet_id = _spreadsheet_id(meeting, report)
        options = {"own_file": own_file, "announce": announce}
        try:
            address = _write_what_is_there_now(SheetsHook(), spreadsheet_id, report, **options)
        except GoogleTabsChanged as error:
            raise GoogleUnavailable(str(error)) from None
        except GoogleNotFound:
            if not own_file:
                raise
            raise _not_there_yet() from None
    link = f"{address}#gid={sheet_id_of(report)}"
    log.info("Published %d people: %s", report.people, link)
    return Published(
        spreadsheet_id=spreadsheet_id,
        range=report.range,
        people=report.people,
        hours=report.headline["hours"],
        incomplete=report.incomplete,
        link=link,
    )


def _not_there_yet() -> GoogleUnavailable:
    """Drive has just found the file or made it: Sheets sometimes comes to know of it later."""
    return GoogleUnavailable("Google Drive has the report's file, Google Sheets not yet.")


def _spreadsheet_id(meeting: Meeting, report: Report) -> str:
    if not isinstance(meeting.publish_to, Folder):
        return meeting.publish_to.spreadsheet
    key = hashlib.sha256(report.key.encode()).hexdigest()[:40]
    return report_file(DriveHook(), meeting.publish_to.folder, key, report.file_title)


def _write_what_is_there_now(
    hook: SheetsHook, spreadsheet_id: str, report: Report, **options: Any
) -> str:
    """Write; if tabs have come or gone since the spreadsheet was read, read it again and write."""
    again = Retrying(
        retry=retry_if_exception_type(GoogleTabsChanged),
        wait=wait_random_exponential(max=LONGEST_PAUSE),  # those that met do not meet again
        stop=stop_after_attempt(TRIES),
        before_sleep=lambda _: log.info("Tabs have just come or gone: reading them again."),
        reraise=True,
    )
    return again(_write, hook, spreadsheet_id, report, **options)


def _write(
    hook: SheetsHook,
    spreadsheet_id: str,
    report: Report,
    *,
    own_file: bool,
    announce: Announce | None,
) -> str:
    """Read what is there, then write everything in one batchUpdate; returns the address."""
    spreadsheets = hook.get_conn().spreadsheets()
    found = send(spreadsheets.get(spreadsheetId=spreadsheet_id, fields=FIELDS), hook.num_retries)
    tabs = read_tabs(found)
    if is_foreign(tabs, report):
        raise GoogleRefused(_foreign(report))
    if has_no_room(tabs, report):
        raise GoogleRefused(_no_room(report))
    if announce and has_new_headline(tabs, report):
        announce(report.headline)
    blank = own_file and len(tabs) == 1 and not was_written(found)
    body = {"requests": tab_requests(tabs, report, blank=blank)}
    send(spreadsheets.batchUpdate(spreadsheetId=spreadsheet_id, body=body), hook.num_retries)
    # Google may add `?ouid=…`: the link must stay the same.
    return urlsplit(found["spreadsheetUrl"])._replace(query="", fragment="").geturl()


def _no_room(report: Report) -> str:
    return (
        f"The report in the tab with #gid={sheet_id_of(report)} in its address has fewer columns "
        f"than {len(report.columns)}, and people may have written beside it: nothing was changed. "
        "Copy their remarks and delete the tab, or take the new names out of `columns:` in the "
        "meeting's file. Then clear this task."
    )


def _foreign(report: Report) -> str:
    return (
        f"The tab with #gid={sheet_id_of(report)} in its address stands where this report belongs "
        "but lacks the mark that this project leaves on its own tabs, so it is left as it is. "
        "Duplicate it if you need it, and delete it."
    )
