"""Which sessions in the hours of the class are on a day of the class."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from airflow.sdk.exceptions import AirflowSkipException

from include.attendance.sessions import HeldInstance, Session
from include.pipeline.selection.own_sessions import class_held, label_of, may_be_class
from include.pipeline.sessions import sessions_of_run
from sandbox.both import Sandbox
from tests.pipeline.evenings import EVENING, hold, minutes
from tests.pipeline.runs import meeting, run
from zoom_provider.hooks.zoom import ZoomHook
from zoom_provider.instances import Instance

SYDNEY = ZoneInfo("Australia/Sydney")
SUNDAY = datetime(2026, 6, 14, tzinfo=SYDNEY)
DAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]


def session(day: datetime, hours: str = "19:30-21:30") -> Session:
    """The class of a day."""
    hour, minute = map(int, hours[:5].split(":"))
    start = day.replace(hour=hour, minute=minute)
    held = HeldInstance(f"{day:%m-%d}", start, start + minutes(90), 2)
    return Session((held,))


def days_of_class(schedule: str, hours: str = "19:30-21:30", first: datetime = SUNDAY) -> list[str]:
    """The days of a week on which a session is of the class."""
    choir = meeting(schedule=schedule, class_time=hours)
    week = [first + timedelta(days=number) for number in range(7)]
    held = [Instance(f"{day:%m-%d}", session(day, hours).start) for day in week]
    # A week before the next: held each day, but never at the same hour a week apart.
    found = [day for day in week if may_be_class(session(day, hours), choir, held)]
    return [f"{day:%a}".upper() for day in found]


@pytest.mark.parametrize(
    ("schedule", "hours", "days"),
    [
        ("0 23 * * SUN", "19:30-21:30", ["SUN"]),
        ("0 20 * * SUN", "19:30-21:30", ["SUN"]),  # too early, but it is Sunday's
        ("30 19 * * SUN", "19:30-21:30", ["SUN"]),
        ("0 6 * * MON", "19:30-21:30", ["SUN"]),
        ("30 1 * * MON", "22:00-00:30", ["SUN"]),
        ("0 0 * * MON", "19:30-21:30", ["SUN"]),
        ("0 23 * * SUN,WED", "19:30-21:30", ["SUN", "WED"]),
        ("0 23 * * *", "19:30-21:30", DAYS),
        ("*/15 * * * *", "19:30-21:30", DAYS),
        ("0 23 * * MON-FRI", "19:30-21:30", DAYS[1:6]),
        # It cannot be told.
        ("0 12 * * WED", "19:30-21:30", DAYS),
        ("0 23 * * SUN", "08:00-09:00", DAYS),
        ("0 23 * * SUN#1", "19:30-21:30", DAYS),
        ("0 23 1 * *", "19:30-21:30", DAYS),
        ("0 23 29 2 *", "19:30-21:30", DAYS),
    ],
)
def test_the_schedule_tells_the_days(schedule: str, hours: str, days: list[str]) -> None:
    assert days_of_class(schedule, hours) == days


@pytest.mark.parametrize(("month", "day"), [(4, 5), (10, 4)])
def test_when_the_clocks_change_a_day_is_a_day(month: int, day: int) -> None:
    for before in (0, 7):
        sunday = datetime(2026, month, day, tzinfo=SYDNEY) - timedelta(days=before)
        assert days_of_class("0 6 * * MON", first=sunday) == ["SUN"]


@pytest.mark.parametrize(("weeks", "own"), [(-1, True), (1, True), (0, False), (2, False)])
def test_an_hour_of_every_week_is_a_class_too(weeks: int, own: bool) -> None:
    wednesday = SUNDAY + timedelta(days=3)
    one = session(wednesday)
    other = Instance("other", one.start + timedelta(weeks=weeks, minutes=7))
    choir = meeting(class_time="19:30-21:30")
    sunday = Instance("05-14", session(SUNDAY).start)
    assert may_be_class(one, choir, [sunday, Instance("05-17", one.start), other]) is own


@pytest.mark.parametrize(
    ("schedule", "day", "weeks"),
    [
        ("0 7 * * MON", 5, 2),  # Fridays, a fortnight apart
        ("0 6 * * TUE", 0, 2),
        ("0 23 * * SUN", 3, 2),
        ("0 23 * * SUN", 3, 9),
    ],
)
def test_a_class_whose_run_is_on_another_day_is_not_lost(
    schedule: str, day: int, weeks: int
) -> None:
    choir = meeting(schedule=schedule, class_time="19:30-21:30")
    held = [session(SUNDAY + timedelta(days=day, weeks=number * weeks)) for number in range(4)]
    listed = [Instance(one.uuid, one.start) for one in held]
    assert [may_be_class(one, choir, listed) for one in held] == [True] * 4


@pytest.mark.parametrize(
    ("schedule", "opened", "closed", "day"),
    [
        ("0 23 * * SUN", "2026-06-13T19:00", "2026-06-14T21:30", 14),
        ("0 23 * * SUN", "2026-06-13T19:00", "2026-06-14T21:20", 14),
        ("0 12 * * WED", "2026-06-13T19:00", "2026-06-14T21:30", 14),
        ("0 23 * * SUN", "2026-06-14T19:25", "2026-06-15T22:00", 14),
        ("0 8 * * MON", "2026-06-14T19:25", "2026-06-15T22:00", 14),
        ("0 23 * * SAT", "2026-06-13T19:25", "2026-06-14T21:30", 13),
        ("0 23 * * *", "2026-06-13T19:25", "2026-06-14T21:30", 13),
    ],
)
def test_a_room_left_open_overnight_held_the_class_of_its_day(
    schedule: str, opened: str, closed: str, day: int
) -> None:
    start, end = (datetime.fromisoformat(one).replace(tzinfo=SYDNEY) for one in (opened, closed))
    choir = meeting(schedule=schedule, class_time="19:30-21:30")
    held = Session((HeldInstance("a==", start, end, 9),))
    assert class_held(choir, "19:30-21:30", start, end).day == date(2026, 6, day)
    assert label_of(held, [held], choir) == f"2026-06-{day}"
    assert may_be_class(held, choir, [Instance("a==", start)])


def test_without_class_time_every_session_is_own() -> None:
    assert may_be_class(session(SUNDAY + timedelta(days=3)), meeting(), [])


def test_a_test_in_the_hours_of_the_class_on_another_day_is_named_and_left_out(
    empty_sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    world, class_time = empty_sandbox.zoom.world, "19:30-21:30"
    sunday = hold(world, EVENING, EVENING + minutes(90))
    start = EVENING + timedelta(days=3, minutes=30)
    wednesday = hold(world, start, start + minutes(40))
    choir, due = meeting(class_time=class_time), EVENING + timedelta(days=7, hours=3.5)

    def found(**params: str) -> list[str]:
        context = run(now=due, **params) if params else run(EVENING, due)
        return [one.uuid for one in sessions_of_run(choir, ZoomHook(), context)]

    assert found() == [sunday.uuid]
    assert f"Session {wednesday.uuid}: Wed 2026-06-17 20:00:00" in caplog.text
    assert "is on no day of the class" in caplog.text
    assert found(uuid=wednesday.uuid) == found(session="2026-06-17") == [wednesday.uuid]
    context = run(now=due, uuid=wednesday.uuid)
    context["params"]["just_ended"] = True  # as the webhook asks
    with pytest.raises(AirflowSkipException, match="on a day of the class"):
        sessions_of_run(choir, ZoomHook(), context)
