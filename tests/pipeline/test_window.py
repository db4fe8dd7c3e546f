from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise, takewhile
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from airflow.sdk import Asset
from airflow.sdk.exceptions import AirflowSkipException

from include.pipeline.selection.window import (
    ALL_INSTANCES,
    LATE,
    EarlierRuns,
    RunWindow,
    earlier_runs,
    ticks,
    window_of_run,
)
from tests.pipeline.runs import meeting, run

SYDNEY, LONDON = "Australia/Sydney", "Europe/London"
NOW = datetime(2026, 11, 22, 4, 5, tzinfo=UTC)
SUNDAYS = [datetime(2026, 11, day, 12, tzinfo=UTC) for day in (8, 15, 22)]
"""Eleven at night in Sydney, when the choir's runs are due."""


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("schedule", "zone", "tick", "previous"),
    [
        ("0 23 * * SUN", SYDNEY, utc(2026, 11, 15, 12), utc(2026, 11, 8, 12)),
        # When the clocks go forward a week has 167 hours, when they go back 169.
        ("0 23 * * SUN", SYDNEY, utc(2026, 10, 4, 12), utc(2026, 9, 27, 13)),
        ("0 23 * * SUN", SYDNEY, utc(2026, 4, 5, 13), utc(2026, 3, 29, 12)),
        ("0 23 * * SUN", "America/New_York", utc(2026, 3, 9, 3), utc(2026, 3, 2, 4)),
        ("0 23 * * SUN", "America/New_York", utc(2026, 11, 2, 4), utc(2026, 10, 26, 3)),
        # Half past two, which the clocks leave out on 4 October and show twice on 5 April.
        ("30 2 * * *", SYDNEY, utc(2026, 10, 4, 15, 30), utc(2026, 10, 3, 16, 30)),
        ("30 2 * * *", SYDNEY, utc(2026, 4, 5, 16, 30), utc(2026, 4, 4, 16, 30)),
        ("0 21 * * SUN,WED", LONDON, utc(2026, 6, 17, 20), utc(2026, 6, 14, 20)),
        ("0 21 * * SUN,WED", LONDON, utc(2026, 6, 21, 20), utc(2026, 6, 17, 20)),
        ("0 9 1 * *", LONDON, utc(2026, 4, 1, 8), utc(2026, 3, 1, 9)),
        ("0 0 29 2 *", "UTC", utc(2028, 2, 29), utc(2024, 2, 29)),
        ("*/15 * * * *", SYDNEY, utc(2026, 11, 15, 12), utc(2026, 11, 15, 11, 45)),
    ],
)
def test_a_run_covers_the_time_since_the_previous_tick(
    schedule: str, zone: str, tick: datetime, previous: datetime
) -> None:
    weekly = meeting(schedule=schedule, timezone=zone)
    assert window_of_run(run(tick), weekly) == RunWindow(previous, tick, on_tick=True)


CHANGING = [SYDNEY, "America/New_York", "America/Santiago", "Africa/Cairo", "Australia/Lord_Howe"]


def changes_of_the_clocks(zone: str) -> list[datetime]:
    """The moments of 2026 at which the clocks of a zone change."""
    hours = (utc(2026, 1, 1) + timedelta(minutes=30 * half) for half in range(365 * 48))
    pairs = pairwise(moment.astimezone(ZoneInfo(zone)) for moment in hours)
    return [after.astimezone(UTC) for before, after in pairs if hours_differ(before, after)]


def hours_differ(one: datetime, other: datetime) -> bool:
    return one.utcoffset() != other.utcoffset()


def at_the_change(change: datetime, zone: str, late: int) -> list[str]:
    """Schedules at an hour that the clocks leave out or show twice, so many minutes into it."""
    second = timedelta(seconds=1)
    before = (change - second).astimezone(ZoneInfo(zone)).replace(tzinfo=None) + second
    after = change.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    first = min(before, after) + timedelta(minutes=late)
    days = ("* * *", f"* * {first:%w}", "* * SUN,WED", f"{first.day} * *")
    return [f"{first.minute} {first.hour} {day}" for day in days]


@pytest.mark.parametrize("late", [0, 15])
@pytest.mark.parametrize(
    ("zone", "change"),
    [(zone, change) for zone in CHANGING for change in changes_of_the_clocks(zone)],
)
def test_around_a_change_of_the_clocks_each_run_begins_where_the_one_before_ended(
    zone: str, change: datetime, late: int
) -> None:
    for schedule in at_the_change(change, zone, late):
        at = meeting(schedule=schedule, timezone=zone)
        due = ticks(schedule, zone, change - timedelta(days=70))
        runs = list(takewhile(lambda tick: tick < change + timedelta(days=35), due))
        for previous, tick in pairwise(runs):
            if tick > change - timedelta(days=35):
                assert window_of_run(run(tick), at) == RunWindow(previous, tick, on_tick=True)


def test_each_zone_changes_its_clocks_twice_a_year() -> None:
    assert [len(changes_of_the_clocks(zone)) for zone in CHANGING] == [2] * len(CHANGING)


def test_a_run_of_the_old_dating_covers_its_interval() -> None:
    start, end = SUNDAYS[:2]
    assert window_of_run(run(start, end), meeting()) == RunWindow(start, end, on_tick=True)


@pytest.mark.parametrize("context", [run(now=NOW), run(NOW)], ids=["undated", "dated"])
def test_a_run_on_no_tick_covers_the_last_seven_days(context: dict[str, object]) -> None:
    assert window_of_run(context, meeting()) == RunWindow(NOW - timedelta(days=7), NOW)


@pytest.mark.parametrize(
    ("covered_until", "covered"),
    [
        (SUNDAYS[1], SUNDAYS[1]),
        (SUNDAYS[0], SUNDAYS[0]),
        (None, SUNDAYS[1]),
        # The schedule was changed from Wednesday, and from the Monday after the previous tick.
        (utc(2026, 11, 11, 9), utc(2026, 11, 11, 9)),
        (utc(2026, 11, 16, 9), SUNDAYS[1]),
        (utc(2026, 2, 1, 12), SUNDAYS[2] - timedelta(days=60)),
    ],
    ids=["no gap", "a week that failed", "first run", "changed", "changed later", "off for long"],
)
def test_a_scheduled_run_looks_back_a_week_behind_the_last_success(
    covered_until: datetime | None, covered: datetime
) -> None:
    window = window_of_run(run(SUNDAYS[2]), meeting(), EarlierRuns(covered_until, {}))
    assert (window.start, window.end) == (SUNDAYS[1], SUNDAYS[2])
    assert window.earliest == covered - LATE


def test_a_rare_schedule_keeps_its_whole_window() -> None:
    yearly = meeting(schedule="0 9 1 1 *", timezone="UTC")
    window = window_of_run(run(utc(2027, 1, 1, 9)), yearly, EarlierRuns(None, {}))
    assert window.start == utc(2026, 1, 1, 9)


def test_a_scheduled_run_takes_sessions_that_were_never_published() -> None:
    start, end = SUNDAYS[1:]
    window = window_of_run(run(end), meeting(), EarlierRuns(start, {"published": 1}))
    before = start - timedelta(hours=3)
    assert window.holds(before, "late")
    assert not window.holds(before, "published")
    assert window.holds(start, "published")
    assert window.holds(before, "published", instances=2)  # one of them was listed late
    assert (window.holds(start - LATE, "late"), window.earliest) == (True, start - LATE)
    assert not window.holds(start - LATE - timedelta(seconds=1), "late")


@pytest.mark.parametrize(
    ("params", "zone", "start", "end"),
    [
        # The Sunday in October on which Sydney's clocks go forward has 23 hours.
        ({"session": "2026-10-04"}, SYDNEY, utc(2026, 10, 3, 14), utc(2026, 10, 4, 13)),
        # That in April, on which they go back, has 25.
        ({"session": "2026-04-05"}, SYDNEY, utc(2026, 4, 4, 13), utc(2026, 4, 5, 14)),
        ({"session": "2026-06-14"}, SYDNEY, utc(2026, 6, 13, 14), utc(2026, 6, 14, 14)),
        ({"session": "2026-06-14"}, LONDON, utc(2026, 6, 13, 23), utc(2026, 6, 14, 23)),
        ({"session": "2028-02-29"}, "UTC", utc(2028, 2, 29), utc(2028, 3, 1)),
        (
            {"from_date": "2026-10-03", "to_date": "2026-10-05"},
            SYDNEY,
            utc(2026, 10, 2, 14),
            utc(2026, 10, 5, 13),
        ),
        ({"from_date": "2026-06-14"}, SYDNEY, utc(2026, 6, 13, 14), NOW),
        ({"from_date": "2026-11-22"}, SYDNEY, utc(2026, 11, 21, 13), NOW),
    ],
)
def test_params_name_local_days(
    params: dict[str, str], zone: str, start: datetime, end: datetime
) -> None:
    days = RunWindow(start, end, of_days=True)
    assert window_of_run(run(now=NOW, **params), meeting(timezone=zone)) == days


def test_params_go_before_the_date() -> None:
    context = run(SUNDAYS[1], session="2026-06-14")
    window = window_of_run(context, meeting(timezone="UTC"))
    assert window == RunWindow(utc(2026, 6, 14), utc(2026, 6, 15), of_days=True)


@pytest.mark.parametrize(
    ("params", "said"),
    [
        (
            {"from_date": "2026-06-14", "to_date": "2026-06-13"},
            "'Sessions up to this day' is 2026-06-13, before 'Sessions from",
        ),
        ({"session": "2026-02-30"}, "'2026-02-30' is no day"),
        ({"session": "0001-01-01"}, "'0001-01-01' is no day"),
        ({"from_date": "2026-06-14", "to_date": "9999-12-31"}, "'9999-12-31' is no day"),
        (
            {"session": "2026-06-14", "from_date": "2026-06-01", "to_date": "2026-06-30"},
            "'The session of this day' and 'Sessions from this day' are both filled in",
        ),
        (
            {"session": "2026-06-14", "to_date": "2026-06-30"},
            "'The session of this day' and 'Sessions up to this day' are both filled in",
        ),
        ({"from_date": "2026-11-23"}, "'Sessions from this day' is 2026-11-23, which is still to"),
        (
            {"to_date": "2026-06-14"},
            "'Sessions from this day' is not. Trigger the Dag again with b",
        ),
        ({"time": "19:30"}, "'The session of this day' is not. Trigger the Dag again with both"),
    ],
)
def test_days_that_name_nothing_fail_at_once(params: dict[str, str], said: str) -> None:
    with pytest.raises(AirflowSkipException, match=said):
        window_of_run(run(now=NOW, **params), meeting())


def test_what_was_published_comes_from_the_events_of_the_asset() -> None:
    events = [
        {"session": "old"},  # of before events said how many parts
        {"session": "half", "parts": 1},
        {"session": "whole", "parts": 1},
        {"session": "whole", "parts": 2},
        {"note": "somebody else's"},
    ]
    context = {
        "run_id": "scheduled__2026-11-22T12:00:00+00:00",
        "logical_date": SUNDAYS[2],
        "ti": SimpleNamespace(get_previous_ti=lambda **_: None),
        "inlet_events": {ASSET: Events([SimpleNamespace(extra=extra) for extra in events])},
    }
    earlier = earlier_runs(context, ASSET)
    assert earlier is not None
    assert earlier.published == {"old": ALL_INSTANCES, "half": 1, "whole": 2}


class Events(list[SimpleNamespace]):
    """What Airflow hands over as the events of an asset."""

    def after(self, moment: str) -> Events:
        return self


ASSET = Asset(name="attendance_choir", group="zoom_attendance")


def test_neighbouring_windows_share_no_instant() -> None:
    before, after = RunWindow(*SUNDAYS[:2]), RunWindow(*SUNDAYS[1:])
    edge = SUNDAYS[1]
    assert (before.holds(edge, "any"), after.holds(edge, "any")) == (False, True)
