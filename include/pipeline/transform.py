"""Transform: staged participant rows to staged attendance."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import datetime
from typing import Any

from include.attendance.attendance import Attendance, take_attendance
from include.attendance.sessions import SessionFacts, class_window
from include.meetings import Meeting
from include.pipeline.extract import MANIFEST
from include.pipeline.staging import StagingFolder

log = logging.getLogger(__name__)

ATTENDANCE = "attendance.json"


def take_staged_attendance(meeting: Meeting, folder: StagingFolder) -> None:
    """Work out who was there and how long, from what extract has staged in the folder."""
    session = read_manifest(folder)
    with ExitStack() as stack:
        names = [file["name"] for file in session["files"] if file["name"]]
        files = [stack.enter_context(folder.reading(name)) for name in names]
        attendance = take_attendance(_facts(meeting, session), files)
    with folder.writing(ATTENDANCE) as staged:
        attendance.to_json(staged.file)
    log.info(
        "%d people, %.2f hours in all; %d to review, %d rows put aside.",
        len(attendance.people),
        attendance.total_seconds / 3600,
        len(attendance.review),
        len(attendance.rejected),
    )


def read_manifest(folder: StagingFolder) -> dict[str, Any]:
    """Return the record of the session that extract staged."""
    with folder.reading(MANIFEST) as file:
        return json.load(file)


def read_attendance(folder: StagingFolder) -> Attendance:
    """Return what transform staged."""
    with folder.reading(ATTENDANCE) as file:
        return Attendance.from_json(file)


def _facts(meeting: Meeting, session: Mapping[str, Any]) -> SessionFacts:
    start, end = (datetime.fromisoformat(session[edge]) for edge in ("start", "end"))
    counted = None
    if meeting.class_time:
        counted = class_window(meeting.class_time, meeting.timezone, start, end)
    return SessionFacts(meeting.name, meeting.title, meeting.timezone, start, end, counted)
