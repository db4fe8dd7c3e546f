"""A session of which Zoom lists the first part only after the second was published."""

from __future__ import annotations

from include.pipeline.extract import extract_session
from include.pipeline.files.attendance_records import KeptRecords
from include.pipeline.files.staging import StagingFolder
from include.pipeline.load import publish_staged
from include.pipeline.task_data import SessionData
from include.pipeline.transform import take_staged_attendance
from sandbox.both import Sandbox
from sandbox.google import GoogleState
from sandbox.zoom.rows import participant_row
from tests.pipeline.evenings import EVENING, hold, minutes, session_of
from tests.pipeline.runs import meeting
from zoom_provider.hooks.zoom import ZoomHook


def test_it_has_one_record_with_the_people_of_both(
    empty_sandbox: Sandbox, google: GoogleState, folder: StagingFolder
) -> None:
    world, middle, end = empty_sandbox.zoom.world, EVENING + minutes(40), EVENING + minutes(90)
    early = [participant_row(f"{name} Example", EVENING, middle) for name in ("Cleo", "Dan")]
    first, second = hold(world, EVENING, middle, early), hold(world, middle, end)

    def publish(session: SessionData) -> None:
        extract_session(session, ZoomHook(), folder)
        take_staged_attendance(meeting(), folder)
        publish_staged(meeting(), folder)

    publish(session_of(second))
    publish(session_of(first, second))
    (record,) = KeptRecords(meeting()).now()
    assert record.session == second.uuid
    names = [one.shown for one in record.people]
    assert names == [f"{name} Example" for name in ("Ada", "Ben", "Cleo", "Dan")]
    publish(session_of(first, second))
    assert KeptRecords(meeting()).now() == [record]
