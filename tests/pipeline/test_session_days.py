"""The day on which a session is, as its title and a person who triggers the Dag name it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from include.pipeline.sessions import sessions_of_run
from include.pipeline.task_data import SessionData
from sandbox.both import Sandbox
from sandbox.zoom import World
from tests.pipeline.evenings import EVENING, hold, minutes
from tests.pipeline.runs import meeting, run
from zoom_provider.hooks.zoom import ZoomHook

MIDNIGHT = EVENING + minutes(270)
"""Monday 2026-06-15, 0:00 in Sydney."""

DAY = timedelta(days=1)
AT_MIDNIGHT, BEFORE_MIDNIGHT = "00:00-02:00", "22:00-00:30"


@pytest.fixture
def world(empty_sandbox: Sandbox) -> World:
    return empty_sandbox.zoom.world


def found(class_time: str | None = AT_MIDNIGHT, **params: str) -> list[SessionData]:
    """What a run finds that is triggered with these."""
    choir = meeting(class_time=class_time, schedule="0 6 * * *")
    return sessions_of_run(choir, ZoomHook(), run(now=MIDNIGHT + 9 * DAY, **params))


def labels(*args: str | None, **params: str) -> list[str]:
    return [one.label for one in found(*args, **params)]


@pytest.mark.parametrize(
    ("class_time", "opens", "closes", "label"),
    [
        (AT_MIDNIGHT, -10, 120, "2026-06-15"),
        (AT_MIDNIGHT, -180, 120, "2026-06-15"),
        (AT_MIDNIGHT, 20, 120, "2026-06-15"),
        (AT_MIDNIGHT, -60, 5, "2026-06-14 23:00"),  # a test call
        (BEFORE_MIDNIGHT, -130, 30, "2026-06-14"),
        (BEFORE_MIDNIGHT, 5, 30, "2026-06-14"),
        (BEFORE_MIDNIGHT, 25, 60, "2026-06-15 00:25"),
        (None, -10, 120, "2026-06-14"),
    ],
)
def test_label_is_the_day_of_the_class(
    world: World, class_time: str | None, opens: float, closes: float, label: str
) -> None:
    held = hold(world, MIDNIGHT + minutes(opens), MIDNIGHT + minutes(closes))
    (session,) = found(class_time, uuid=held.uuid)
    assert session.label == label


@pytest.mark.parametrize(
    ("opens", "label"), [(-10, "2026-06-15"), (30, "2026-06-15"), (-300, "2026-06-14")]
)
def test_without_an_end_it_is_that_of_a_class_that_was_near(
    empty_sandbox: Sandbox, world: World, opens: float, label: str
) -> None:
    held = hold(world, MIDNIGHT + minutes(opens), MIDNIGHT + minutes(120))
    empty_sandbox.zoom.faults.add("not_ready", endpoint="past_meeting")
    (session,) = found(uuid=held.uuid)
    assert session.label == label


def test_two_sessions_of_one_class_are_told_apart_whichever_run_finds_them(world: World) -> None:
    opened = [MIDNIGHT + minutes(at) for at in (-10, 60, 24 * 60 - 10)]
    held = [hold(world, start, start + minutes(50)) for start in opened]
    names = ["2026-06-15", "2026-06-15 01:00", "2026-06-16"]
    assert labels(from_date="2026-06-10") == names
    assert [label for one in held for label in labels(uuid=one.uuid)] == names


@pytest.mark.parametrize("day", ["2026-06-15", "2026-06-16"])
def test_a_person_names_the_day_of_the_class(world: World, day: str) -> None:
    for start in (MIDNIGHT - minutes(10), MIDNIGHT + DAY - minutes(10)):
        hold(world, start, start + minutes(130))
    assert labels(session=day) == labels(from_date=day, to_date=day) == [day]


def test_a_class_that_ends_the_next_day_is_found_by_its_own(world: World) -> None:
    hold(world, MIDNIGHT + minutes(5), MIDNIGHT + minutes(30))
    assert labels(BEFORE_MIDNIGHT, session="2026-06-14") == ["2026-06-14"]


def test_the_day_on_which_the_host_opened_is_understood_too(world: World) -> None:
    hold(world, MIDNIGHT - minutes(10), MIDNIGHT + minutes(120))
    call = MIDNIGHT - minutes(500)
    hold(world, call, call + minutes(20))
    assert labels(session="2026-06-14") == ["2026-06-15"]
    assert labels(session="2026-06-14", time="23:50") == ["2026-06-15"]
    assert labels(session="2026-06-14", time="15:40") == ["2026-06-14 15:40"]


def test_what_a_person_asks_for_is_late_for_nobody(world: World) -> None:
    hold(world, MIDNIGHT - minutes(10), MIDNIGHT + minutes(120))
    (session,) = found(session="2026-06-15")
    assert not session.late


def test_a_night_that_skips_midnight_changes_no_day(world: World) -> None:
    """In Cairo the clock of 2026-04-24 begins at 1:00, and a class at 0:00 may begin by it."""
    opens = datetime(2026, 4, 23, 22, 10, tzinfo=UTC)
    held = hold(world, opens, opens + minutes(60))
    cairo = meeting(class_time="00:00-01:00", timezone="Africa/Cairo", schedule="0 6 * * *")
    for named in ({"uuid": held.uuid}, {"session": "2026-04-24"}):
        (session,) = sessions_of_run(cairo, ZoomHook(), run(now=opens + 9 * DAY, **named))
        assert session.label == "2026-04-24"
