"""Consecutive weekly runs, across the change of the clocks, miss no session and repeat none."""

from __future__ import annotations

import pendulum
import pytest
from airflow.timetables.base import DataInterval, TimeRestriction
from airflow.timetables.interval import CronDataIntervalTimetable

from include.meetings import Meeting, read_meetings
from include.pipeline.sessions import sessions_of_run
from sandbox.both import Sandbox
from sandbox.stack import ROOT
from tests.pipeline.runs import run
from zoom_provider.hooks.zoom import ZoomHook

MEETINGS = read_meetings(ROOT / "sandbox" / "meetings.yaml")[0]
FIRST_DAY = pendulum.datetime(2026, 2, 23)
WEEKS = 12  # the clocks change on 8 March (New York), 29 March (London), 5 April (Sydney)


def intervals(meeting: Meeting) -> list[DataInterval]:
    timetable = CronDataIntervalTimetable(meeting.schedule, timezone=meeting.timezone)
    restriction = TimeRestriction(FIRST_DAY, None, catchup=True)
    found: list[DataInterval] = []
    for _ in range(WEEKS):
        last = found[-1] if found else None
        run_of = timetable.next_dagrun_info(
            last_automated_data_interval=last, restriction=restriction
        )
        found.append(run_of.data_interval)
    return found


@pytest.mark.parametrize("meeting", MEETINGS, ids=lambda meeting: meeting.name)
def test_weekly_runs_cover_every_session_once(sandbox: Sandbox, meeting: Meeting) -> None:
    weeks, hook = intervals(meeting), ZoomHook()
    found = [
        session
        for week in weeks
        for session in sessions_of_run(meeting, hook, run(week.start, week.end))
    ]
    held = [
        [instance.uuid for instance in session.instances]
        for session in sandbox.zoom.world.sessions(meeting.meeting_id)
        if weeks[0].start <= session.instances[0].start < weeks[-1].end
    ]
    assert len(held) >= WEEKS - 1  # one holiday at most
    assert [[one.uuid for one in session.instances] for session in found] == held
