"""Consecutive weekly runs, across the change of the clocks, miss no session and repeat none."""

from __future__ import annotations

from datetime import datetime

import pendulum
import pytest
from airflow.timetables.base import DagRunInfo, TimeRestriction
from airflow.timetables.trigger import CronTriggerTimetable

from include.meeting import Meeting, read_meetings
from include.pipeline.sessions import sessions_of_run
from sandbox.both import Sandbox
from sandbox.stack import ROOT
from tests.pipeline.runs import run
from zoom_provider.hooks.zoom import ZoomHook

MEETINGS = read_meetings(ROOT / "sandbox" / "meetings")[0]
FIRST_DAY = pendulum.datetime(2026, 2, 23)
WEEKS = 12  # the clocks change on 8 March (New York), 29 March (London), 5 April (Sydney)


def ticks(meeting: Meeting) -> list[datetime]:
    """When the scheduler makes the runs."""
    timetable = CronTriggerTimetable(meeting.schedule, timezone=meeting.timezone)
    restriction = TimeRestriction(FIRST_DAY, None, catchup=True)
    found: list[DagRunInfo] = []
    for _ in range(WEEKS + 1):
        last = found[-1].data_interval if found else None
        found.append(
            timetable.next_dagrun_info(last_automated_data_interval=last, restriction=restriction)
        )
    return [run_of.run_after for run_of in found]


@pytest.mark.parametrize("meeting", MEETINGS, ids=lambda meeting: meeting.name)
def test_weekly_runs_cover_every_session_once(sandbox: Sandbox, meeting: Meeting) -> None:
    (first, *rest), hook = ticks(meeting), ZoomHook()
    found = [session for tick in rest for session in sessions_of_run(meeting, hook, run(tick))]
    held = [
        [instance.uuid for instance in session.instances]
        for session in sandbox.zoom.world.sessions(meeting.meeting_id)
        if first <= session.instances[0].start < rest[-1]
    ]
    assert len(held) >= WEEKS - 1  # one holiday at most
    assert [[one.uuid for one in session.instances] for session in found] == held
