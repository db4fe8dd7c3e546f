"""Extract: the participant report of every instance of a session, complete or not at all."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from airflow.sdk.exceptions import AirflowSkipException

from include.attendance.fields import staged_row
from include.pipeline.staging import StagedFile, StagingFolder
from include.pipeline.waiting import wait
from zoom_provider.errors import ZoomReportNotReady
from zoom_provider.hooks.zoom import ZoomHook
from zoom_provider.report import ReportPage

log = logging.getLogger(__name__)

MANIFEST = "session.json"
"""Written last: a folder that has it is complete."""


@dataclass
class _Count:
    """What came of one instance: rows, and those with a duration."""

    rows: int = 0
    timed: int = 0


def extract_session(session: Mapping[str, Any], hook: ZoomHook, folder: StagingFolder) -> None:
    """Stage the session's participant rows as JSON Lines, one file an instance.

    Holds one page in memory. Skips the session when nobody met.
    """
    files = [
        _stage_instance(session, instance, hook, folder, f"rows-{number}.jsonl")
        for number, instance in enumerate(session["instances"])
    ]
    rows = sum(file["rows"] for file in files)
    log.info("Session %s: %d participant rows, all that Zoom has.", session["uuid"], rows)
    if not rows:
        raise AirflowSkipException("Nobody met: Zoom's report of this session has no rows.")
    with folder.writing(MANIFEST) as manifest:
        manifest.file.write(json.dumps({**session, "files": files}).encode())


def _stage_instance(
    session: Mapping[str, Any],
    instance: Mapping[str, Any],
    hook: ZoomHook,
    folder: StagingFolder,
    name: str,
) -> dict[str, Any]:
    """Stage one instance; returns its file's name and number of rows, and whether it was alone."""
    try:
        with folder.writing(name) as staged:
            count = _write(hook.iter_report_pages(instance["uuid"]), staged)
    except ZoomReportNotReady as error:
        if instance["participants"] <= 1:
            # Zoom makes no report for a host who sat alone.
            return {"name": None, "rows": 0, "uuid": instance["uuid"]}
        _wait_for_report(session, str(error))
    if count.rows and not count.timed:
        _wait_for_report(session, "Zoom's report still shows duration 0 for everybody.")
    return {"name": name, "rows": count.rows, "uuid": instance["uuid"]}


def _write(pages: Iterable[ReportPage], staged: StagedFile) -> _Count:
    count = _Count()
    for page in pages:
        if page.number == 1 and count.rows:
            staged.start_over()
            count = _Count()
        for row in page.rows:
            line = json.dumps(staged_row(row), ensure_ascii=False, separators=(",", ":"))
            # Half an emoji (a lone surrogate) is valid JSON but not valid UTF-8.
            staged.file.write(line.encode("utf-8", "replace") + b"\n")
            count.timed += bool(row.get("duration"))
        count.rows += len(page.rows)
    return count


def _wait_for_report(session: Mapping[str, Any], reason: str) -> None:
    wait(
        f"Zoom has not finished the report of session {session['uuid']}. {reason}",
        since=datetime.fromisoformat(session["end"]),
        give_up=(
            "It should have been there hours ago. Look the session up in Zoom's own reports "
            "(Reports > Usage). If people are shown there, clear this task; if only the host was "
            "there, mark it as success: Zoom makes no report of one person alone."
        ),
    )
