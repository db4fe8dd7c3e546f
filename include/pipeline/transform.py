"""Transform: staged participant rows to staged attendance."""

from __future__ import annotations

import logging
from contextlib import ExitStack

from include.attendance.attendance import Attendance, take_attendance
from include.attendance.sessions import SessionFacts, class_window
from include.meeting import Meeting
from include.pipeline.extract import MANIFEST
from include.pipeline.records import Manifest, SessionRecord
from include.pipeline.staging import StagingFolder

log = logging.getLogger(__name__)

ATTENDANCE = "attendance.json"


def take_staged_attendance(meeting: Meeting, folder: StagingFolder) -> None:
    """Work out who was there and how long, from what extract has staged in the folder."""
    manifest = read_manifest(folder)
    with ExitStack() as stack:
        names = [file.name for file in manifest.files if file.name]
        files = [stack.enter_context(folder.reading(name)) for name in names]
        attendance = take_attendance(_facts(meeting, manifest.session), files)
    with folder.writing(ATTENDANCE) as staged:
        attendance.to_json(staged.file)
    log.info(
        "%d people, %.2f hours in all; %d to review, %d rows put aside.",
        len(attendance.people),
        attendance.total_seconds / 3600,
        len(attendance.review),
        len(attendance.rejected),
    )


def read_manifest(folder: StagingFolder) -> Manifest:
    """Return what extract staged."""
    with folder.reading(MANIFEST) as file:
        return Manifest.model_validate_json(file.read())


def read_attendance(folder: StagingFolder) -> Attendance:
    """Return what transform staged."""
    with folder.reading(ATTENDANCE) as file:
        return Attendance.from_json(file)


def _facts(meeting: Meeting, session: SessionRecord) -> SessionFacts:
    start, end = session.start, session.end
    counted = None
    if meeting.class_time:
        counted = class_window(meeting.class_time, meeting.timezone, start, end)
    return SessionFacts(meeting.name, meeting.title, meeting.timezone, start, end, counted)
