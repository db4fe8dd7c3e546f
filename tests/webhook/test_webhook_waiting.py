"""A run that the webhook has started waits for its instance, and for the whole of its session."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from airflow.sdk.exceptions import AirflowFailException, AirflowRescheduleException

from include.attendance.sessions import GAP
from include.pipeline.sessions import sessions_of_run
from include.pipeline.waiting import CHECK_EVERY, GIVE_UP_AFTER, SETTLING
from sandbox.both import Sandbox
from sandbox.zoom import World
from tests.pipeline.evenings import hold, just_now, minutes
from tests.pipeline.runs import meeting, run
from zoom_provider.hooks.zoom import ZoomHook

UUID = "/aB+cD//eF/gHiJkLmNoPq=="


@pytest.fixture
def world(empty_sandbox: Sandbox) -> World:
    return empty_sandbox.zoom.world


def found(uuid: str, delivered: datetime, **params: Any) -> list[list[str]]:
    """The instances of the sessions that a run of the webhook finds."""
    context = run(now=delivered, uuid=uuid, just_ended=True, **params)
    sessions = sessions_of_run(meeting(), ZoomHook(), context)
    return [[one.uuid for one in session.instances] for session in sessions]


def waits_until(uuid: str, delivered: datetime) -> datetime:
    with pytest.raises(AirflowRescheduleException) as waiting:
        found(uuid, delivered)
    return waiting.value.reschedule_date


def test_waits_for_an_instance_that_zoom_does_not_list_yet(world: World) -> None:
    now = just_now()
    hold(world, now - timedelta(days=7), now - timedelta(days=7) + minutes(90))
    assert now + CHECK_EVERY <= waits_until(UUID, now) <= just_now() + CHECK_EVERY + minutes(1)


def test_waits_for_the_first_instance_of_a_new_meeting(world: World) -> None:
    now = just_now()
    hold(world, now - minutes(1), None)
    assert waits_until(UUID, now) >= now + CHECK_EVERY


def test_an_instance_that_is_never_listed_fails_in_the_end(world: World) -> None:
    now = just_now()
    hold(world, now - timedelta(days=7), now - timedelta(days=7) + minutes(90))
    with pytest.raises(AirflowFailException, match="does not list the instance .* Look it up in"):
        found(UUID, now - GIVE_UP_AFTER - minutes(1))


def test_waits_half_an_hour_after_the_end(world: World) -> None:
    end = just_now() - minutes(2)
    held = hold(world, end - minutes(60), end)
    assert waits_until(held.uuid, end) == end + SETTLING


def test_takes_what_has_settled(world: World) -> None:
    end = just_now() - SETTLING
    held = hold(world, end - minutes(60), end)
    assert found(held.uuid, end) == [[held.uuid]]


def test_a_restarted_evening_is_waited_for_and_reported_whole_by_both_runs(world: World) -> None:
    """The host dropped out and came back ten minutes later."""
    end = just_now() - minutes(5)
    dropped, reopened = end - minutes(60), end - minutes(50)
    first = hold(world, dropped - minutes(30), dropped)
    second = hold(world, reopened, None)
    assert waits_until(first.uuid, dropped) >= end + SETTLING
    hold(world, reopened, end, uuid=second.uuid)
    assert waits_until(first.uuid, dropped) == end + SETTLING
    assert waits_until(second.uuid, end) == end + SETTLING
    hold(world, reopened, end - SETTLING, uuid=second.uuid)
    assert found(first.uuid, dropped) == [[first.uuid, second.uuid]]
    assert found(second.uuid, end) == [[first.uuid, second.uuid]]


def test_a_later_session_shows_that_this_one_is_over(world: World) -> None:
    """Even while the meeting runs once more."""
    now = just_now()
    first = hold(world, now - minutes(300), now - minutes(240))
    later = now - minutes(240) + GAP + minutes(1)
    hold(world, later, later + minutes(60))
    hold(world, now - minutes(40), None)
    assert found(first.uuid, now - minutes(240)) == [[first.uuid]]


def test_an_old_session_does_not_mind_that_the_meeting_runs_now(world: World) -> None:
    now = just_now()
    old = hold(world, now - timedelta(days=7), now - timedelta(days=7) + minutes(60))
    hold(world, now - minutes(30), None)
    assert found(old.uuid, now) == [[old.uuid]]
