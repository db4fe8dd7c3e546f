"""Which sessions a dag run covers, and what earlier runs have left to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from typing import Any
from zoneinfo import ZoneInfo

import pendulum
from airflow.sdk import Asset
from airflow.timetables.base import DataInterval, TimeRestriction
from airflow.timetables.trigger import CronTriggerTimetable

from include.meeting import Meeting
from include.pipeline.screens import nothing_to_do, title

SCHEDULED = "scheduled__"
"""Run ids of the scheduler begin so. A backfill that runs one again changes its type only."""

MEMORY = timedelta(days=90)
"""Older events of the asset say nothing about the sessions that a run may still take."""

ALL_INSTANCES = 1_000
"""Of a session that was published before events told the number of its instances."""


@dataclass(frozen=True)
class EarlierRuns:
    """What earlier runs have done.

    :param covered_until: the date of the last scheduled run that succeeded; None if there is none.
    :param published: the sessions, by UUID, that runs of any kind have published, each with the
        number of its instances then.
    """

    covered_until: datetime | None
    published: Mapping[str, int]


def earlier_runs(context: Mapping[str, Any], attendance: Asset) -> EarlierRuns | None:
    """Ask Airflow what earlier runs have done; None for a run that the scheduler did not make.

    Such a run fills no gaps.

    :param attendance: the asset whose events say what was published.
    """
    if not context["run_id"].startswith(SCHEDULED):
        return None
    date = context["logical_date"]
    events = context["inlet_events"][attendance].after((date - MEMORY).isoformat())
    published: dict[str, int] = {}
    for extra in (event.extra for event in events if "session" in event.extra):
        instances = extra.get("parts", ALL_INSTANCES)
        published[extra["session"]] = max(instances, published.get(extra["session"], 0))
    return EarlierRuns(_last_success(context["ti"], date), published)


def _last_success(ti: Any, before: datetime) -> datetime | None:
    """Return the date of the last scheduled run that succeeded."""
    while earlier := ti.get_previous_ti(logical_date=before):
        before = earlier.logical_date
        scheduled = earlier.run_id.startswith(SCHEDULED)
        if scheduled and ti.get_dagrun_state(ti.dag_id, earlier.run_id) == "success":
            return before
    return None


WEEK = timedelta(days=7)

LATE = timedelta(days=7)
"""Zoom lists some sessions late: a scheduled run looks this far back for unpublished ones."""

LONGEST_GAP = timedelta(days=60)
"""However long the Dag was off, a scheduled run goes back no further."""

YEARS = range(2000, 3000)
"""A day of another year is a slip, and beyond what clocks can be asked about."""

LOOK_BACK = [timedelta(days=days) for days in (2, 8, 32, 367, 9 * 366)]
"""How far to look for the tick before: a little at first, which is enough for most schedules, and
at last across two leap days."""


@dataclass(frozen=True)
class RunWindow:
    """What a run covers: the sessions that start in ``[start, end)``, aware UTC.

    :param on_tick: it ends at a tick of the schedule, perhaps just after a session.
    :param since: sessions from then on belong to it, too, unless they were ``published`` with as
        many instances.
    :param of_days: a person has named whole days; the day of a session is that of its class.
    """

    start: datetime
    end: datetime
    on_tick: bool = False
    since: datetime | None = None
    published: Mapping[str, int] = field(default_factory=dict)
    of_days: bool = False

    @property
    def earliest(self) -> datetime:
        """Return when the first of its sessions may start."""
        return self.since or self.start

    def holds(self, start: datetime, uuid: str, instances: int = 1) -> bool:
        """Tell whether the session that starts then, and has so many instances, belongs to it."""
        unpublished = instances > self.published.get(uuid, 0)
        return (self.earliest <= start < self.start and unpublished) or self.is_new(start)

    def is_new(self, start: datetime) -> bool:
        """Tell whether a session that starts then belongs to no earlier run."""
        return self.start <= start < self.end

    def is_late(self, start: datetime) -> bool:
        """Tell whether a session that starts then was left over by an earlier run."""
        return self.since is not None and start < self.start


def window_of_run(
    context: Mapping[str, Any], meeting: Meeting, earlier: EarlierRuns | None = None
) -> RunWindow:
    """Return the dates that the run's params name, else the time since the previous tick.

    A run that is on no tick takes the last seven days.
    """
    if named := _named(context, ZoneInfo(meeting.timezone)):
        return named
    end = _end(context)
    start = context.get("data_interval_start") or end
    if start < end:  # a run from before runs were dated by their tick: it covers its interval
        return RunWindow(start, end, on_tick=True)
    tick = _previous_tick(meeting.schedule, meeting.timezone, end)
    window = RunWindow(tick or end - WEEK, end, on_tick=tick is not None)
    return _with_gaps(window, earlier) if earlier else window


def _with_gaps(window: RunWindow, earlier: EarlierRuns) -> RunWindow:
    """Return the window with what earlier runs have left out."""
    covered = max(earlier.covered_until or window.start, window.end - LONGEST_GAP)
    since = min(window.start, covered) - LATE
    return replace(window, since=since, published=earlier.published)


def _previous_tick(schedule: str, timezone: str, tick: datetime) -> datetime | None:
    """Return the tick before this one, aware UTC; None if this instant is no tick.

    It asks the timetable that the scheduler asks, so both see the same changes of the clocks.
    """
    for back in LOOK_BACK:
        # A search from the tick itself misses it where the clocks skip the next one's hour.
        found = list(takewhile(lambda t: t <= tick, ticks(schedule, timezone, tick - back)))
        if found[-1:] != [tick]:
            return None
        if found[1:]:
            return found[-2]
    return None


def ticks(schedule: str, timezone: str, since: datetime) -> Iterator[datetime]:
    """Yield the ticks of a schedule, aware UTC, from the first that is not before ``since``."""
    timetable = CronTriggerTimetable(schedule, timezone=timezone)
    restriction = TimeRestriction(pendulum.instance(since), None, catchup=True)
    last: DataInterval | None = None
    while run := timetable.next_dagrun_info(
        last_automated_data_interval=last, restriction=restriction
    ):
        yield run.run_after
        last = run.data_interval


def _end(context: Mapping[str, Any]) -> datetime:
    # A run from the API or an asset has no date: this key is absent from its context.
    end: datetime = context.get("data_interval_end") or context["dag_run"].run_after
    return end


def _named(context: Mapping[str, Any], zone: ZoneInfo) -> RunWindow | None:
    """Return what the params name; None if they name no day."""
    params = context["params"]
    day, first, last = params["session"], params["from_date"], params["to_date"]
    if params["time"] and not day:
        raise nothing_to_do(_alone("time", "session"))
    if day and (first or last):
        raise nothing_to_do(_both("session", "from_date" if first else "to_date"))
    if last and not first:
        raise nothing_to_do(_alone("to_date", "from_date"))
    if day or last:
        days = _days(day or first, day or last, zone)
    elif first:
        days = _from(first, _end(context), zone)
    else:
        return None
    # An hour is the one at which a session began, so its day is, too.
    return replace(days, of_days=not params["time"])


def _both(name: str, other: str) -> str:
    return (
        f"'{title(name)}' and '{title(other)}' are both filled in. Trigger the Dag again with one "
        "of them."
    )


def _alone(name: str, other: str) -> str:
    filled, empty = title(name), title(other)
    return f"'{filled}' is filled in, and '{empty}' is not. Trigger the Dag again with both."


def _from(first: str, now: datetime, zone: ZoneInfo) -> RunWindow:
    """Return the time from the beginning of a local day up to now."""
    start = midnight(_day(first), zone)
    if start > now:
        raise nothing_to_do(
            f"'{title('from_date')}' is {first}, which is still to come. Trigger the Dag again "
            "with an earlier day."
        )
    return RunWindow(start, now)


def _days(first: str, last: str, zone: ZoneInfo) -> RunWindow:
    """Return whole local days, the last one included."""
    from_date, to_date = _day(first), _day(last)
    if to_date < from_date:
        raise nothing_to_do(
            f"'{title('to_date')}' is {to_date}, before '{title('from_date')}', {from_date}. "
            "Trigger the Dag again with these two the other way round."
        )
    return RunWindow(midnight(from_date, zone), midnight(to_date + timedelta(days=1), zone))


def _day(text: str) -> date:
    with suppress(ValueError):
        if (day := date.fromisoformat(text)).year in YEARS:
            return day
    raise nothing_to_do(
        f"{text!r} is no day of a session. Trigger the Dag again with a date such as 2026-03-01."
    )


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """Return when a local day begins, aware UTC."""
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)
