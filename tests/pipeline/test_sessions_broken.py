"""One instance of which Zoom tells nothing usable stops no other."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from include.pipeline.sessions import sessions_of_run
from include.pipeline.task_data import InstanceData, SessionData
from sandbox.both import Sandbox
from sandbox.zoom.rows import zoom_time
from tests.pipeline.evenings import EVENING, hold, minutes
from tests.pipeline.runs import meeting, run
from tests.zoom_provider.scripted_zoom import ScriptedZoom
from zoom_provider.errors import ZoomReportTooOld
from zoom_provider.hooks.zoom import ZoomHook

BROKEN, GOOD = "broken+broken+broken+br==", "good+good+good+good+good=="
NEVER = {"code": 3001, "message": "Meeting does not exist."}
HOUR = minutes(60)


def found() -> list[SessionData]:
    context = run(EVENING, EVENING + timedelta(days=7))
    return sessions_of_run(meeting(), ZoomHook(), context)


def row(uuid: str, start: datetime) -> dict[str, str]:
    return {"uuid": uuid, "start_time": zoom_time(start)}


def details(start: datetime, **changes: Any) -> dict[str, Any]:
    """Those of an hour of two people; None takes a field away."""
    whole = {
        "start_time": zoom_time(start),
        "end_time": zoom_time(start + HOUR),
        "duration": 60,
        "total_minutes": 120,
        "participants_count": 2,
    }
    return {name: value for name, value in (whole | changes).items() if value is not None}


def only(zoom: ScriptedZoom, **changes: Any) -> SessionData:
    """The session of one instance with such details."""
    zoom.will_say({"meetings": [row(GOOD, EVENING)]})
    zoom.will_say(details(EVENING, **changes))
    (session,) = found()
    return session


def test_hour_of_two_people_is_not_broken(scripted_zoom: ScriptedZoom) -> None:
    session = only(scripted_zoom)
    assert session.end == EVENING + HOUR
    assert session.instances == (
        InstanceData(uuid=GOOD, participants=2, start=EVENING, end=EVENING + HOUR),
    )


@pytest.mark.parametrize("hours", [-29, -7, -2, 24, 90])
def test_instance_without_details_stops_no_other(scripted_zoom: ScriptedZoom, hours: int) -> None:
    start = EVENING + timedelta(hours=hours)
    rows = [row(BROKEN, start), row(GOOD, EVENING + timedelta(days=2))]
    scripted_zoom.will_say({"meetings": rows})
    for one in sorted(rows, key=lambda one: one["start_time"]):
        broken = one["uuid"] == BROKEN
        good = details(EVENING + timedelta(days=2))
        scripted_zoom.will_say(NEVER if broken else good, 404 if broken else 200)
    sessions = {session.uuid: session for session in found()}
    assert sessions[GOOD].end == EVENING + timedelta(days=2) + HOUR
    assert (BROKEN in sessions) == (hours > 0)
    if hours > 0:
        (instance,) = sessions[BROKEN].instances
        assert not instance.ended


@pytest.mark.parametrize(
    "end",
    [None, "", 0, "yesterday", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"]
    + [zoom_time(EVENING - HOUR), zoom_time(EVENING + timedelta(hours=31))],
    ids=repr,
)
def test_end_that_cannot_be_is_that_of_the_duration(
    scripted_zoom: ScriptedZoom, caplog: pytest.LogCaptureFixture, end: Any
) -> None:
    session = only(scripted_zoom, end_time=end)
    assert session.end == EVENING + HOUR
    assert session.instances[0].ended
    assert "no usable end of the instance of Sun 2026-06-14 19:30" in caplog.text


@pytest.mark.parametrize("duration", [None, 0, -5, "60", True, 10**9], ids=repr)
def test_instance_of_which_no_end_is_known(
    scripted_zoom: ScriptedZoom, caplog: pytest.LogCaptureFixture, duration: Any
) -> None:
    session = only(scripted_zoom, end_time=None, duration=duration)
    assert (session.start, session.end) == (EVENING, EVENING)
    assert not session.instances[0].ended
    assert "does not tell when the instance of Sun 2026-06-14 19:30" in caplog.text


@pytest.mark.parametrize("count", [None, -1, 0, "2", False, 1.5], ids=repr)
def test_number_of_joins_that_is_none(scripted_zoom: ScriptedZoom, count: Any) -> None:
    session = only(scripted_zoom, participants_count=count)
    assert [(one.uuid, one.participants) for one in session.instances] == [(GOOD, None)]


@pytest.mark.parametrize(
    ("joins", "minutes_in_all", "alone"),
    [(1, 60, True), (1, 0, True), (2, 58, True), (3, 62, True), (2, 63, False), (None, 60, True)]
    + [(40, 0, False), (40, 60, False), (6, 60, False), (0, 60, True), (0, 63, False)]
    + [(2, None, False), (None, None, False)],
)
def test_who_was_alone(
    scripted_zoom: ScriptedZoom, joins: int | None, minutes_in_all: int | None, alone: bool
) -> None:
    """Joins are no people: a host who came back is alone, too."""
    session = only(scripted_zoom, participants_count=joins, total_minutes=minutes_in_all)
    assert session.instances[0].alone == alone


def test_uuid_that_zoom_refuses_stops_no_other(scripted_zoom: ScriptedZoom) -> None:
    later = EVENING + timedelta(days=2)
    scripted_zoom.will_say({"meetings": [row(BROKEN, EVENING), row(GOOD, later)]})
    scripted_zoom.will_say({"code": 300, "message": "Validation Failed."}, 400)
    scripted_zoom.will_say(details(later))
    assert [session.uuid for session in found()] == [BROKEN, GOOD]


TOO_OLD = {"code": 12702, "message": "Can not access meeting a year ago."}


def test_one_that_is_too_old_stops_no_other(
    scripted_zoom: ScriptedZoom, caplog: pytest.LogCaptureFixture
) -> None:
    later = EVENING + timedelta(days=2)
    scripted_zoom.will_say({"meetings": [row(BROKEN, EVENING), row(GOOD, later)]})
    scripted_zoom.will_say(TOO_OLD, 400)
    scripted_zoom.will_say(details(later))
    assert [session.uuid for session in found()] == [GOOD]
    assert f"instance of Sun 2026-06-14 19:30 (Australia/Sydney) ({BROKEN}) is left" in caplog.text


@pytest.mark.parametrize("hours", [-40, -2], ids=["nothing else", "only one of before"])
def test_one_that_is_too_old_is_said_if_nothing_else_is_left(
    scripted_zoom: ScriptedZoom, hours: int
) -> None:
    before = EVENING + timedelta(hours=hours)
    scripted_zoom.will_say({"meetings": [row(GOOD, before), row(BROKEN, EVENING)]})
    if hours > -30:
        scripted_zoom.will_say(details(before))
    scripted_zoom.will_say(TOO_OLD, 400)
    with pytest.raises(ZoomReportTooOld):
        found()


def test_one_that_is_too_old_is_said_to_whom_asked_for_it(scripted_zoom: ScriptedZoom) -> None:
    later = EVENING + timedelta(hours=20)
    scripted_zoom.will_say({"status": "waiting"})
    scripted_zoom.will_say({"meetings": [row(BROKEN, EVENING), row(GOOD, later)]})
    scripted_zoom.will_say(TOO_OLD, 400)
    scripted_zoom.will_say(details(later))
    with pytest.raises(ZoomReportTooOld):
        sessions_of_run(meeting(), ZoomHook(), run(now=later, uuid=BROKEN))


@pytest.mark.parametrize("asked", [BROKEN, GOOD, None], ids=["it", "the other", "the week"])
def test_part_that_is_too_old_is_not_left_out_of_its_session(
    scripted_zoom: ScriptedZoom, asked: str | None
) -> None:
    second = EVENING + minutes(10)
    context = run(EVENING, EVENING + timedelta(days=7))
    if asked:
        context = run(now=second, uuid=asked)
        scripted_zoom.will_say({"status": "waiting"})
    scripted_zoom.will_say({"meetings": [row(BROKEN, EVENING), row(GOOD, second)]})
    scripted_zoom.will_say(TOO_OLD, 400)
    scripted_zoom.will_say(details(second))
    (session,) = sessions_of_run(meeting(), ZoomHook(), context)
    assert [(one.uuid, one.ended) for one in session.instances] == [(BROKEN, False), (GOOD, True)]


def test_session_asked_for_by_its_uuid_although_its_end_is_unknown(
    empty_sandbox: Sandbox,
) -> None:
    held = hold(empty_sandbox.zoom.world, EVENING, EVENING + HOUR)
    empty_sandbox.zoom.faults.add("not_ready", endpoint="past_meeting")
    (session,) = sessions_of_run(meeting(), ZoomHook(), run(now=EVENING, uuid=held.uuid))
    assert session.uuid == held.uuid
