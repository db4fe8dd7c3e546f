"""When the first step waits: the meeting runs, or has only just ended."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from airflow.sdk.exceptions import AirflowFailException, AirflowRescheduleException

from include.pipeline.sessions import LISTED_BY, sessions_of_run
from include.pipeline.task_data import SessionData
from include.pipeline.waiting import CHECK_EVERY, GIVE_UP_AFTER, SETTLING
from sandbox.both import Sandbox
from sandbox.zoom.rows import zoom_time
from tests.pipeline.evenings import hold, just_now, minutes
from tests.pipeline.runs import meeting, run
from tests.zoom_provider.scripted_zoom import ScriptedZoom
from zoom_provider.hooks.zoom import ZoomHook

LOG = "include.pipeline.sessions"


def week_that_ended(end: datetime) -> dict[str, Any]:
    return run(end - timedelta(days=7), end)


def found(context: dict[str, Any]) -> list[SessionData]:
    return sessions_of_run(meeting(), ZoomHook(), context)


@pytest.mark.parametrize("ago", [1, 59, 359])
def test_waits_while_the_meeting_runs(empty_sandbox: Sandbox, ago: int) -> None:
    now = just_now()
    hold(empty_sandbox.zoom.world, now - minutes(ago + 60), None)
    with pytest.raises(AirflowRescheduleException) as waiting:
        found(week_that_ended(now - minutes(ago)))
    assert waiting.value.reschedule_date >= now + CHECK_EVERY


def test_fails_clearly_when_the_meeting_never_ends(empty_sandbox: Sandbox) -> None:
    now = just_now()
    hold(empty_sandbox.zoom.world, now - timedelta(hours=8), None)
    with pytest.raises(AirflowFailException, match="still running. End it in Zoom"):
        found(week_that_ended(now - GIVE_UP_AFTER - minutes(1)))


def test_old_week_does_not_mind_that_the_meeting_runs_now(empty_sandbox: Sandbox) -> None:
    now, world = just_now(), empty_sandbox.zoom.world
    start = now - timedelta(days=9)
    held = hold(world, start, start + minutes(60))
    hold(world, now - minutes(30), None)
    sessions = found(week_that_ended(now - timedelta(days=7)))
    assert [session.uuid for session in sessions] == [held.uuid]


@pytest.mark.parametrize("ago", [1, 29])
def test_waits_half_an_hour_after_the_end(empty_sandbox: Sandbox, ago: int) -> None:
    now = just_now()
    end = now - minutes(ago)
    hold(empty_sandbox.zoom.world, end - minutes(60), end)
    with pytest.raises(AirflowRescheduleException) as waiting:
        found(run(now=now))
    assert waiting.value.reschedule_date == end + SETTLING


def test_takes_what_ended_half_an_hour_ago(empty_sandbox: Sandbox) -> None:
    end = just_now() - SETTLING
    hold(empty_sandbox.zoom.world, end - minutes(60), end)
    assert len(found(week_that_ended(end))) == 1


def test_session_of_wednesday_does_not_hide_that_of_today(empty_sandbox: Sandbox) -> None:
    end = just_now() - minutes(2)
    wednesday = end - timedelta(days=4)
    hold(empty_sandbox.zoom.world, wednesday, wednesday + minutes(60))
    with pytest.raises(AirflowRescheduleException) as waiting:
        found(week_that_ended(end))  # Zoom may not list today's yet
    assert waiting.value.reschedule_date == end + SETTLING


def test_fresh_empty_week_waits(empty_sandbox: Sandbox) -> None:
    end = just_now() - minutes(2)
    old = end - timedelta(days=30)
    hold(empty_sandbox.zoom.world, old, old + minutes(60))
    with pytest.raises(AirflowRescheduleException) as waiting:
        found(week_that_ended(end))
    assert waiting.value.reschedule_date == end + SETTLING


def test_old_empty_week_says_that_nobody_met(
    empty_sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    end = just_now() - LISTED_BY
    old = end - timedelta(days=30)
    hold(empty_sandbox.zoom.world, old, old + minutes(60))
    with caplog.at_level("INFO", LOG):
        assert found(week_that_ended(end)) == []
    assert "Nobody met: Zoom lists no session of Choir between" in caplog.text


@pytest.mark.parametrize(
    "listed", ["nothing", "an older one", "a test call", "not even the meeting"]
)
@pytest.mark.parametrize("ago", [31, 119])
def test_list_may_be_late_before_nobody_has_met(
    empty_sandbox: Sandbox, caplog: pytest.LogCaptureFixture, listed: str, ago: int
) -> None:
    now, world = just_now(), empty_sandbox.zoom.world
    end = now - minutes(ago)
    start = end - (timedelta(hours=9) if listed == "a test call" else timedelta(days=8))
    hold(world, start, start + minutes(5))
    choir = meeting(class_time=class_before(end))
    if listed == "not even the meeting":
        empty_sandbox.zoom.faults.add("not_ready", endpoint="past_instances")
    with caplog.at_level("INFO"), pytest.raises(AirflowRescheduleException) as waiting:
        sessions_of_run(choir, ZoomHook(), week_that_ended(end))
    assert now + CHECK_EVERY <= waiting.value.reschedule_date <= now + 2 * CHECK_EVERY
    assert "it may list it late" in caplog.text


def class_before(end: datetime) -> str:
    """The hours of a class of ninety minutes that has just ended, in Sydney."""
    zone = ZoneInfo("Australia/Sydney")
    first, last = (f"{(end - minutes(ago)).astimezone(zone):%H:%M}" for ago in (95, 5))
    return f"{first}-{last}"


def test_session_that_is_listed_late_is_taken(empty_sandbox: Sandbox) -> None:
    end = just_now() - minutes(45)
    context = week_that_ended(end)
    old = end - timedelta(days=30)
    hold(empty_sandbox.zoom.world, old, old + minutes(60))
    with pytest.raises(AirflowRescheduleException):
        found(context)
    late = hold(empty_sandbox.zoom.world, end - minutes(90), end - minutes(1))
    assert [session.uuid for session in found(context)] == [late.uuid]


def test_run_without_interval_looks_once(empty_sandbox: Sandbox) -> None:
    now = just_now()
    old = now - timedelta(days=30)
    hold(empty_sandbox.zoom.world, old, old + minutes(60))
    assert found(run(now=now)) == []


def test_details_that_are_not_there_yet_are_waited_for(empty_sandbox: Sandbox) -> None:
    start = just_now() - timedelta(hours=1)
    hold(empty_sandbox.zoom.world, start, start + minutes(30))
    empty_sandbox.zoom.faults.add("not_ready", endpoint="past_meeting", times=9)
    with pytest.raises(AirflowRescheduleException):
        found(week_that_ended(start + minutes(60)))


def test_details_that_never_come_stop_nothing(empty_sandbox: Sandbox) -> None:
    start = just_now() - timedelta(hours=7)
    held = hold(empty_sandbox.zoom.world, start, start + minutes(30))
    empty_sandbox.zoom.faults.add("not_ready", endpoint="past_meeting", times=9)
    (session,) = found(week_that_ended(start + minutes(60)))
    (instance,) = session.instances
    assert (instance.uuid, instance.ended, instance.participants) == (held.uuid, False, None)


@pytest.mark.parametrize("ago", [0, 30, 90])
def test_what_ran_past_the_tick_is_waited_for_until_it_is_listed(
    scripted_zoom: ScriptedZoom, ago: int
) -> None:
    now = just_now()
    tick = now - minutes(ago + 150)
    first, last = tick - minutes(60), tick - minutes(35)
    scripted_zoom.will_say({"status": "waiting"})
    scripted_zoom.will_say({"meetings": [{"uuid": "first", "start_time": zoom_time(first)}]})
    ended = {"start_time": zoom_time(last), "end_time": zoom_time(now - minutes(ago))}
    scripted_zoom.will_say({"uuid": "last", **ended})
    with pytest.raises(AirflowRescheduleException):
        found(week_that_ended(tick))


def test_details_of_a_long_meeting_that_has_only_just_ended_are_waited_for(
    empty_sandbox: Sandbox,
) -> None:
    now = just_now()
    start = now - GIVE_UP_AFTER - minutes(40)
    hold(empty_sandbox.zoom.world, start, now - minutes(5))
    empty_sandbox.zoom.faults.add("not_ready", endpoint="past_meeting", times=9)
    with pytest.raises(AirflowRescheduleException):
        found(week_that_ended(now - minutes(10)))


@pytest.mark.parametrize(("ago", "waits"), [(60, True), (121, False)])
def test_a_start_that_zoom_does_not_tell_yet_is_waited_for_two_hours(
    scripted_zoom: ScriptedZoom, ago: int, waits: bool
) -> None:
    tick = just_now() - minutes(ago)
    begun = {"start_time": zoom_time(tick - minutes(60)), "end_time": zoom_time(tick - minutes(40))}
    rows = [{"uuid": "without", "start_time": ""}, {"uuid": "last", **begun}]
    scripted_zoom.will_say({"status": "waiting"})
    scripted_zoom.will_say({"meetings": rows})
    scripted_zoom.will_say({"code": 3001, "message": "not found"}, 404)
    scripted_zoom.will_say({"uuid": "last", **begun})
    scripted_zoom.will_say({"uuid": "last", **begun})
    if waits:
        with pytest.raises(AirflowRescheduleException):
            found(week_that_ended(tick))
    else:
        assert [session.uuid for session in found(week_that_ended(tick))] == ["last"]
