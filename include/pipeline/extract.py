"""Extract: the participant report of every instance of a session, complete or not at all.

Unless the run was triggered to publish it all the same: then the manifest says of each file whose
rows do not add up which ``total_records`` Zoom gave.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NoReturn

from airflow.sdk.exceptions import AirflowSkipException

from include.attendance.fields import staged_row
from include.pipeline.records import InstanceRecord, Manifest, SessionRecord, StagedInstance
from include.pipeline.staging import StagedFile, StagingFolder
from include.pipeline.waiting import wait
from zoom_provider.errors import ZoomAnswerCutShort, ZoomReportNotReady, ZoomRowsDoNotAddUp
from zoom_provider.hooks.zoom import ZoomHook
from zoom_provider.report import ReportPage

log = logging.getLogger(__name__)

MANIFEST = "session.json"
"""Written last: a folder that has it is complete."""


@dataclass
class _Count:
    """What came of one instance: rows, and those with a duration.

    :param total_records: how many rows Zoom says there are, if it is another number.
    """

    rows: int = 0
    timed: int = 0
    total_records: int | None = None


def extract_session(
    session: SessionRecord,
    hook: ZoomHook,
    folder: StagingFolder,
    *,
    publish_incomplete: bool = False,
) -> None:
    """Stage the session's participant rows as JSON Lines, one file an instance.

    Holds one page in memory. Skips the session when nobody met.

    :param publish_incomplete: go on with what Zoom delivers when it says another number of rows.
    """
    files = [
        _stage_instance(
            session,
            instance,
            hook,
            folder,
            f"rows-{number}.jsonl",
            publish_incomplete=publish_incomplete,
        )
        for number, instance in enumerate(session.instances)
    ]
    _check_rows(session, files)
    with folder.writing(MANIFEST) as manifest:
        manifest.write(Manifest(session=session, files=tuple(files)).model_dump_json().encode())


def _stage_instance(
    session: SessionRecord,
    instance: InstanceRecord,
    hook: ZoomHook,
    folder: StagingFolder,
    name: str,
    *,
    publish_incomplete: bool,
) -> StagedInstance:
    """Stage one instance; returns what the manifest says of its file."""
    try:
        with folder.writing(name) as staged:
            pages = hook.iter_report_pages(instance.uuid)
            count = _write(pages, staged, publish_incomplete=publish_incomplete)
    except ZoomReportNotReady as error:
        if instance.participants <= 1:
            # Zoom makes no report for a host who sat alone.
            return StagedInstance(uuid=instance.uuid, name=None, rows=0)
        _wait_for_report(session, str(error))
    if count.rows and not count.timed:
        _wait_for_report(session, "Zoom's report still shows duration 0 for everybody.")
    return StagedInstance(
        uuid=instance.uuid,
        name=name,
        rows=count.rows,
        total_records=count.total_records,
        size=staged.extent.size,
        sha256=staged.extent.sha256,
    )


def _write(pages: Iterable[ReportPage], staged: StagedFile, *, publish_incomplete: bool) -> _Count:
    count = _Count()
    try:
        for page in pages:
            if page.number == 1 and count.rows:
                staged.start_over()
                count = _Count()
            count.rows += len(page.rows)
            count.timed += _write_rows(page, staged)
    except ZoomRowsDoNotAddUp as error:
        if not publish_incomplete:
            raise
        count.total_records = error.total_records
    return count


def _write_rows(page: ReportPage, staged: StagedFile) -> int:
    """Write the rows of a page; returns how many of them have a duration."""
    for row in page.rows:
        line = json.dumps(staged_row(row), ensure_ascii=False, separators=(",", ":"))
        # Half an emoji (a lone surrogate) is valid JSON but not valid UTF-8.
        staged.write(line.encode("utf-8", "replace") + b"\n")
    return sum(bool(row.get("duration")) for row in page.rows)


def _check_rows(session: SessionRecord, files: list[StagedInstance]) -> None:
    rows = sum(file.rows for file in files)
    differing = [file for file in files if file.total_records is not None]
    if differing and not rows:
        raise ZoomAnswerCutShort(
            "Zoom says the report has rows but delivered none: there is nothing to publish."
        )
    if not rows:
        nobody = "Nobody met: Zoom's report of this session has no rows."
        log.info(nobody)  # Airflow folds its own line away
        raise AirflowSkipException(nobody)
    for file in differing:
        log.warning(
            "Zoom says the report of instance %s has %d rows but delivered %d. They are published "
            "all the same, as this run was triggered to do.",
            file.uuid,
            file.total_records,
            file.rows,
        )
    extent = "" if differing else ", all that Zoom has"
    log.info("Session %s: %d participant rows%s.", session.uuid, rows, extent)


def _wait_for_report(session: SessionRecord, reason: str) -> NoReturn:
    wait(
        f"Zoom has not finished the report of session {session.uuid}. {reason}",
        since=session.end,
        timezone=session.timezone,
        give_up=(
            "It should have been there hours ago. Look the session up in Zoom's own reports "
            "(Reports > Usage). If people are shown there, clear this task; if only the host was "
            "there, mark it as success: Zoom makes no report of one person alone."
        ),
    )
