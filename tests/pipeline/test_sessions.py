from __future__ import annotations

from contextlib import nullcontext
from datetime import timedelta
from typing import Any

import pytest
from airflow.sdk.exceptions import AirflowSkipException

from include.pipeline.sessions import sessions_of_run
from include.pipeline.task_data import InstanceData, SessionData
from sandbox.both import Sandbox
from sandbox.zoom import World
from tests.pipeline.evenings import EVENING, hold, minutes
from tests.pipeline.runs import meeting, run
from zoom_provider.errors import ZoomUnknownMeeting
from zoom_provider.hooks.zoom import ZoomHook

EDGE = EVENING
WEEK = timedelta(days=7)
BEFORE, AFTER = run(EDGE - WEEK, EDGE), run(EDGE, EDGE + WEEK)


@pytest.fixture
def world(empty_sandbox: Sandbox) -> World:
    return empty_sandbox.zoom.world


def found(context: dict[str, Any], **changes: Any) -> list[SessionData]:
    return sessions_of_run(meeting(**changes), ZoomHook(), context)


def uuids(context: dict[str, Any]) -> list[list[str]]:
    """The UUIDs of each session's instances; the session's own must be the first."""
    sessions = found(context)
    together = [[one.uuid for one in session.instances] for session in sessions]
    assert [session.uuid for session in sessions] == [one[0] for one in together]
    return together


def test_record_of_a_session_holds_no_names(world: World) -> None:
    held = hold(world, EDGE + minutes(1), EDGE + minutes(90))
    assert found(AFTER) == [
        SessionData(
            uuid=held.uuid,
            label="2026-06-14",
            start=EDGE + minutes(1),
            end=EDGE + minutes(90),
            instances=(
                InstanceData(
                    uuid=held.uuid,
                    participants=2,
                    start=EDGE + minutes(1),
                    end=EDGE + minutes(90),
                ),
            ),
            timezone="Australia/Sydney",
        )
    ]


@pytest.mark.parametrize(("gap", "sessions"), [(0, 1), (15, 1), (15.1, 2), (60, 2)])
def test_restarted_evening_is_one_session(world: World, gap: float, sessions: int) -> None:
    first = hold(world, EDGE, EDGE + minutes(40))
    second = hold(world, EDGE + minutes(40 + gap), EDGE + minutes(90))
    expected = [[first.uuid, second.uuid]] if sessions == 1 else [[first.uuid], [second.uuid]]
    assert uuids(AFTER) == expected


@pytest.mark.parametrize(
    ("begins", "context"), [(-1, BEFORE), (-30, BEFORE), (-29 * 60, BEFORE), (0, AFTER), (5, AFTER)]
)
def test_session_belongs_to_the_week_of_its_start(
    world: World, begins: float, context: dict[str, Any]
) -> None:
    """Whatever it reaches into: the instances after the first are never a session of their own."""
    first = hold(world, EDGE + minutes(begins), EDGE + minutes(20))
    second = hold(world, EDGE + minutes(30), EDGE + minutes(60))
    third = hold(world, EDGE + minutes(70), EDGE + minutes(90))
    other = AFTER if context is BEFORE else BEFORE
    assert uuids(context) == [[first.uuid, second.uuid, third.uuid]]
    assert uuids(other) == []


def test_neighbours_are_read_no_further_than_needed(empty_sandbox: Sandbox, world: World) -> None:
    for week in range(-20, 20):
        hold(world, EDGE + week * WEEK, EDGE + week * WEEK + minutes(90))
    assert len(found(run(EDGE - minutes(60), EDGE + minutes(60)))) == 1
    asked = [one for one in empty_sandbox.zoom.requests if one.endpoint == "past_meeting"]
    assert len(asked) == 1


def test_week_without_session_is_empty(world: World) -> None:
    hold(world, EDGE + WEEK, EDGE + WEEK + minutes(90))
    assert found(BEFORE) == []


def test_stray_instance_is_a_session_of_its_own(world: World) -> None:
    evening = hold(world, EDGE, EDGE + minutes(90))
    later = EDGE + timedelta(days=3)
    stray = hold(world, later, later + minutes(1))
    assert uuids(AFTER) == [[evening.uuid], [stray.uuid]]


def test_two_sessions_of_a_day_are_told_apart_by_their_times(world: World) -> None:
    for start in (EDGE, EDGE + minutes(120), EDGE + timedelta(days=1)):
        hold(world, start, start + minutes(60))
    labels = [session.label for session in found(AFTER)]
    assert labels == ["2026-06-14", "2026-06-14 21:30", "2026-06-15"]


def test_a_session_has_one_label_whichever_run_finds_it(world: World) -> None:
    first, second = (
        hold(world, start, start + minutes(60)) for start in (EDGE, EDGE + minutes(120))
    )
    tick = EDGE + minutes(90)  # one run's window ends, the next one's begins
    seen = {
        session.uuid: session.label
        for context in (run(EDGE, tick), run(tick, EDGE + WEEK), run(now=EDGE, uuid=first.uuid))
        for session in found(context)
    }
    assert seen == {first.uuid: "2026-06-14", second.uuid: "2026-06-14 21:30"}
    (alone,) = found(run(now=EDGE, uuid=second.uuid))
    assert alone.label == seen[second.uuid]


CLASS = "19:30-21:00"


@pytest.mark.parametrize(
    ("first", "last", "own"),
    [
        (0, 90, True),
        (-20, 10, True),
        (-20, 9.9, False),
        (80, 200, True),
        (80.1, 200, False),
        (30, 30.4, False),  # a test call of some seconds, in the middle of the class time
        (-300, -240, False),  # somebody else in a room that is lent
        (1440, 1500, True),  # the same hours on a Monday, and never on a Sunday
        (-7 * 1440, -7 * 1440 + 60, True),
    ],
)
def test_what_shares_too_little_with_the_class_time_is_not_the_meetings_own(
    world: World, caplog: pytest.LogCaptureFixture, first: float, last: float, own: bool
) -> None:
    held = hold(world, EDGE + minutes(first), EDGE + minutes(last))
    context = run(EDGE - WEEK, EDGE + WEEK)
    if own:
        assert [one.uuid for one in found(context, class_time=CLASS)] == [held.uuid]
    else:
        with pytest.raises(AirflowSkipException, match="none of them in the class time"):
            found(context, class_time=CLASS)
        assert f"Session {held.uuid}: " in caplog.text
    assert len(found(context)) == 1  # without a class time all are


@pytest.mark.parametrize(("first", "own"), [(-20, True), (89, True), (90, False), (150, False)])
def test_without_an_end_it_is_the_meetings_own_if_it_began_before_the_class_was_over(
    world: World, empty_sandbox: Sandbox, first: float, own: bool
) -> None:
    held = hold(world, EDGE + minutes(first), EDGE + minutes(first + 30))
    empty_sandbox.zoom.faults.add("not_ready", endpoint="past_meeting", times=9)
    with nullcontext() if own else pytest.raises(AirflowSkipException):
        (session,) = found(run(EDGE - WEEK, EDGE + WEEK), class_time=CLASS)
        assert session.uuid == held.uuid


def test_beside_the_class_other_sessions_are_named_and_left_out(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    other = hold(world, EDGE - minutes(300), EDGE - minutes(240))
    evening = hold(world, EDGE, EDGE + minutes(90))
    context = run(EDGE - WEEK, EDGE + WEEK)
    assert [one.uuid for one in found(context, class_time=CLASS)] == [evening.uuid]
    assert f"Session {other.uuid}: " in caplog.text


def test_a_class_may_be_shorter_than_ten_minutes(world: World) -> None:
    held = hold(world, EDGE, EDGE + minutes(60))
    (own,) = found(run(EDGE - WEEK, EDGE + WEEK), class_time="19:35-19:40")
    assert own.uuid == held.uuid


def test_a_person_gets_the_session_that_they_ask_for(world: World) -> None:
    other = hold(world, EDGE - minutes(300), EDGE - minutes(240))
    by_uuid = found(run(now=EDGE + WEEK, uuid=other.uuid), class_time=CLASS)
    by_day = found(run(now=EDGE + WEEK, session="2026-06-14"), class_time=CLASS)
    assert [one.uuid for one in by_uuid] == [one.uuid for one in by_day] == [other.uuid]
    assert by_uuid[0].label == by_day[0].label == "2026-06-14 14:30"
    evening = hold(world, EDGE, EDGE + minutes(90))
    by_day = found(run(now=EDGE + WEEK, session="2026-06-14"), class_time=CLASS)
    assert [(one.uuid, one.label) for one in by_day] == [(evening.uuid, "2026-06-14")]


def test_the_webhook_publishes_no_test_call(world: World) -> None:
    call = hold(world, EDGE - minutes(300), EDGE - minutes(299))
    context = run(now=EDGE + WEEK, uuid=call.uuid)
    context["params"]["just_ended"] = True
    with pytest.raises(AirflowSkipException, match="none of them in the class time"):
        found(context, class_time=CLASS)


def test_label_is_the_local_date(world: World) -> None:
    hold(world, EDGE, EDGE + minutes(60))
    labels = [found(AFTER, timezone=zone)[0].label for zone in ("Asia/Tokyo", "Pacific/Honolulu")]
    assert labels == ["2026-06-14", "2026-06-13"]


@pytest.mark.parametrize("which", [0, 1])
def test_session_named_by_the_uuid_of_any_of_its_instances(world: World, which: int) -> None:
    pair = [
        hold(world, EDGE, EDGE + minutes(40), uuid="/aB+cD//eF/gHiJkLmNoPq=="),
        hold(world, EDGE + minutes(50), EDGE + minutes(90)),
    ]
    hold(world, EDGE + minutes(200), EDGE + minutes(230))
    assert uuids(run(now=EDGE, uuid=pair[which].uuid)) == [[one.uuid for one in pair]]


def test_session_named_by_its_date(world: World) -> None:
    held = hold(world, EDGE, EDGE + minutes(90))
    hold(world, EDGE + WEEK, EDGE + WEEK + minutes(90))
    assert uuids(run(now=EDGE + 9 * WEEK, session="2026-06-14")) == [[held.uuid]]


@pytest.mark.parametrize(("hour", "which"), [("14:30", 0), ("19:30", 1), ("9:05", 2)])
def test_session_named_by_its_date_and_time(world: World, hour: str, which: int) -> None:
    """Its label says both; it is taken alone, and whether it is of the class or not."""
    begin = [minutes(-300), minutes(0), minutes(-625)]
    held = [hold(world, EDGE + since, EDGE + since + minutes(60)) for since in begin]
    asked = run(now=EDGE + 9 * WEEK, session="2026-06-14", time=hour)
    (session,) = found(asked, class_time=CLASS)
    assert session.uuid == held[which].uuid
    assert session.label == ("2026-06-14" if which == 1 else f"2026-06-14 {hour:0>5}")


def test_a_time_without_a_session_names_those_of_the_day(world: World) -> None:
    for start in (EDGE - minutes(300), EDGE):
        hold(world, start, start + minutes(60))
    with pytest.raises(
        AirflowSkipException, match=r"at 19:31 of that day .*: 14:30, 19:30\. Trigg"
    ):
        found(run(now=EDGE + 9 * WEEK, session="2026-06-14", time="19:31"))
    with pytest.raises(AirflowSkipException, match="The nearest: Sun 2026-06-14"):
        found(run(now=EDGE + 9 * WEEK, session="2026-06-15", time="19:30"))


def test_a_day_without_a_session_is_no_failure_and_names_the_nearest(world: World) -> None:
    for week in (-2, -1, 1, 2):
        hold(world, EDGE + week * WEEK, EDGE + week * WEEK + minutes(90))
    nearest = r"\(Australia/Sydney\)\. The nearest: Sun 2026-06-07 and Sun 2026-06-21\."
    with pytest.raises(AirflowSkipException, match=nearest):
        found(run(now=EDGE + 9 * WEEK, session="2026-06-14"))


def test_unknown_uuid_fails_at_once(world: World) -> None:
    hold(world, EDGE, EDGE + minutes(90))
    with pytest.raises(AirflowSkipException, match="no past instance 'mistyped=='"):
        found(run(now=EDGE, uuid="mistyped=="))


def test_unknown_number_fails(world: World) -> None:
    with pytest.raises(ZoomUnknownMeeting, match="knows no meeting 81200003456"):
        found(AFTER)
