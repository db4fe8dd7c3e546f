"""The ticks of a schedule: the moments at which Airflow's scheduler makes its runs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import takewhile

import pendulum
from airflow.timetables.base import DataInterval, TimeRestriction
from airflow.timetables.trigger import CronTriggerTimetable

LOOK_BACK = [timedelta(days=days) for days in (2, 8, 32, 367, 9 * 366)]
"""First a little, which is enough for most schedules, and at last two leap days."""


def previous_tick(schedule: str, timezone: str, tick: datetime) -> datetime | None:
    """Return the tick before this one, aware UTC; None if this instant is no tick.

    It asks the timetable that the scheduler asks, so both see the same changes of the clocks.
    """
    timetable = CronTriggerTimetable(schedule, timezone=timezone)
    if next(_ticks(timetable, tick)) != tick:
        return None
    looks = (takewhile(lambda t: t < tick, _ticks(timetable, tick - back)) for back in LOOK_BACK)
    return next(ticks[-1] for ticks in map(list, looks) if ticks)


def _ticks(timetable: CronTriggerTimetable, since: datetime) -> Iterator[datetime]:
    """Yield the ticks, from the first that is not before ``since``."""
    restriction = TimeRestriction(pendulum.instance(since), None, catchup=True)
    last: DataInterval | None = None
    while run := timetable.next_dagrun_info(
        last_automated_data_interval=last, restriction=restriction
    ):
        yield run.run_after
        last = run.data_interval
