"""Transform: staged participant rows to staged attendance."""

from __future__ import annotations

import logging
from contextlib import ExitStack

from include.attendance.attendance import take_attendance
from include.attendance.people import session_people
from include.attendance.sessions import SessionFacts
from include.meeting import Meeting
from include.pipeline.files.attendance_records import stage_record
from include.pipeline.files.staging import (
    ATTENDANCE,
    EXTRACT,
    StagedFileBroken,
    StagingFolder,
    read_manifest,
)
from include.pipeline.selection.own_sessions import class_held
from include.pipeline.task_data import SessionData, StagedInstance

log = logging.getLogger(__name__)


def take_staged_attendance(meeting: Meeting, folder: StagingFolder) -> None:
    """Work out who was there and how long, from what extract has staged in the folder."""
    manifest = read_manifest(folder)
    with ExitStack() as stack:
        names = [_checked(file.name, file, folder) for file in manifest.files if file.name]
        reading = (folder.reading_from(EXTRACT, name) for name in names)
        files = [stack.enter_context(file) for file in reading]
        facts = _facts(meeting, manifest.session)
        attendance, rows = take_attendance(facts, files)
        people = session_people(attendance, rows)
    stage_record(meeting, manifest.session, facts, people, folder)
    with folder.writing(ATTENDANCE) as staged:
        attendance.to_json(staged.file)
    log.info(
        "%d people, %.2f hours in all; %d to review, %d rows put aside.",
        len(attendance.people),
        attendance.total_seconds / 3600,
        len(attendance.review),
        len(attendance.rejected),
    )


def _checked(name: str, file: StagedInstance, folder: StagingFolder) -> str:
    """Return the name of a file that is as extract wrote it. Raises StagedFileBroken."""
    found = folder.extent_from(EXTRACT, name)
    if found.rows != file.rows:
        rows = f"holds {found.rows} rows, and not {file.rows} as when it was written"
        raise StagedFileBroken(f"The staged file {name} {rows}.", EXTRACT)
    # A manifest of a run from before they were recorded has neither.
    if file.size not in (None, found.size) or file.sha256 not in (None, found.sha256):
        raise StagedFileBroken(f"The staged file {name} is not as it was written.", EXTRACT)
    return name


def _facts(meeting: Meeting, session: SessionData) -> SessionFacts:
    start, end = session.start, session.end
    counted = None
    if meeting.class_time:
        counted = class_held(meeting, meeting.class_time, start, end).window
    return SessionFacts(meeting.name, meeting.title, meeting.timezone, start, end, counted)
