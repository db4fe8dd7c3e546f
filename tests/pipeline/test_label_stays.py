"""What a session is called, when Zoom lists more sessions later."""

from __future__ import annotations

from datetime import timedelta

import pytest

from include.pipeline.extract import extract_session
from include.pipeline.files.staging import StagingFolder
from include.pipeline.load import publish_staged
from include.pipeline.sessions import sessions_of_run
from include.pipeline.transform import take_staged_attendance
from sandbox.both import Sandbox
from sandbox.google import GoogleState
from tests.pipeline.evenings import EVENING, hold, minutes, session_of
from tests.pipeline.runs import WHERE, meeting, run
from zoom_provider.hooks.zoom import ZoomHook

WEDNESDAY, DAY = EVENING + timedelta(days=3), timedelta(days=1)


@pytest.mark.parametrize("later", [4 * DAY, -3 * DAY], ids=["next Sunday", "the Sunday before"])
def test_a_session_of_another_day_keeps_its_label_when_the_class_is_listed(
    empty_sandbox: Sandbox, later: timedelta
) -> None:
    """The day of the class is told by its sessions, and until they come it may be Wednesday."""
    world = empty_sandbox.zoom.world
    held = [
        hold(world, start, start + minutes(40)) for start in (WEDNESDAY, WEDNESDAY + minutes(60))
    ]
    choir = meeting(class_time="19:30-21:30")

    def labels() -> list[str]:
        runs = (run(now=WEDNESDAY + DAY, uuid=one.uuid) for one in held)
        return [sessions_of_run(choir, ZoomHook(), one)[0].label for one in runs]

    before = labels()
    assert before == ["2026-06-17", "2026-06-17 20:30"]
    hold(world, WEDNESDAY + later, WEDNESDAY + later + minutes(90))
    assert labels() == before


@WHERE
def test_a_report_that_is_there_keeps_the_title_it_was_made_with(
    google: GoogleState, empty_sandbox: Sandbox, folder: StagingFolder, place: dict[str, str]
) -> None:
    """Sessions were once called by the evening on which the host opened."""
    held = hold(empty_sandbox.zoom.world, EVENING, EVENING + minutes(90))
    choir = meeting(publish_to=place)

    def titles(label: str) -> list[str]:
        session = session_of(held).model_copy(update={"label": label})
        extract_session(session, ZoomHook(), folder)
        take_staged_attendance(choir, folder)
        book = publish_staged(choir, folder).spreadsheet_id
        (file,) = (one for one in google.files if one.id == book)
        return [file.name, *(sheet.title for sheet in google.spreadsheets[book].sheets)]

    before = titles("2026-06-14")
    assert any("2026-06-14" in title for title in before)
    assert titles("2026-06-15") == before
