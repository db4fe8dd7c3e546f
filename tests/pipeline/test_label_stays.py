"""What a session is called, when Zoom lists more sessions later."""

from __future__ import annotations

from datetime import timedelta

import pytest

from include.pipeline.sessions import sessions_of_run
from sandbox.both import Sandbox
from tests.pipeline.evenings import EVENING, hold, minutes
from tests.pipeline.runs import meeting, run
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
