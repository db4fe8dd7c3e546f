"""A report that says less than Zoom does elsewhere: never taken for nobody, never silent."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from airflow.sdk.exceptions import (
    AirflowFailException,
    AirflowRescheduleException,
    AirflowSkipException,
)

from include.pipeline.extract import ALONE, extract_session
from include.pipeline.failures import advice
from include.pipeline.files.staging import StagingFolder, read_manifest
from include.pipeline.screens import PARAMS
from include.pipeline.task_data import InstanceData, SessionData, StagedInstance
from include.pipeline.waiting import GIVE_UP_AFTER
from sandbox.both import Sandbox
from sandbox.zoom.rows import Row
from tests.pipeline.evenings import (
    EVENING,
    just_now,
    minutes,
    recent_session_of,
    session_of,
    two_people,
)
from tests.pipeline.runs import NUMBER
from tests.zoom_provider.scripted_zoom import ScriptedZoom
from zoom_provider.errors import ZoomBadRequest, ZoomReportTooOld
from zoom_provider.hooks.zoom import ZoomHook

LONG_AGO = GIVE_UP_AFTER + minutes(1)
UUID = "good+good+good+good+good=="
SWITCH = str(PARAMS["publish_incomplete"].schema["title"])
NOTHING = ["empty", "not_ready", "zero_durations"]


def doubtful(
    sandbox: Sandbox, ago: timedelta, fault: str, **instance: Any
) -> tuple[SessionData, SessionData]:
    """A session of two parts as it is, and as the run sees it: the second part has the fault."""
    world = sandbox.zoom.world
    first = world.add_bulk(NUMBER, EVENING, 3)
    second = world.add_bulk(NUMBER, first.end + minutes(5), 4)
    changes = {"endpoint": "report_participants", "meeting": second.uuid, "times": 99}
    sandbox.zoom.faults.add(fault, **changes)
    session = recent_session_of(first, second, ended=just_now() - ago)
    parts = (session.instances[0], session.instances[1].model_copy(update=instance))
    return session, session.model_copy(update={"instances": parts})


def second_part(folder: StagingFolder) -> StagedInstance:
    first, second = read_manifest(folder).files
    assert (first.rows, first.missing, first.joins, first.total_records) == (3, None, None, None)
    return second


@pytest.mark.parametrize("fault", NOTHING)
@pytest.mark.parametrize("joins", [2, 40, None])
def test_is_waited_for(
    empty_sandbox: Sandbox, folder: StagingFolder, fault: str, joins: int | None
) -> None:
    _, session = doubtful(empty_sandbox, minutes(30), fault, participants=joins)
    for switch in (False, True):
        with pytest.raises(AirflowRescheduleException):
            extract_session(session, ZoomHook(), folder, publish_incomplete=switch)


@pytest.mark.parametrize("fault", NOTHING)
def test_fails_after_all_patience_and_names_the_way_out(
    empty_sandbox: Sandbox, folder: StagingFolder, fault: str
) -> None:
    _, session = doubtful(empty_sandbox, LONG_AGO, fault)
    with pytest.raises(AirflowFailException, match=f"trigger the Dag .* '{SWITCH}'"):
        extract_session(session, ZoomHook(), folder)


@pytest.mark.parametrize("fault", ["empty", "not_ready"])
def test_report_that_never_comes_can_be_done_without(
    empty_sandbox: Sandbox, folder: StagingFolder, fault: str
) -> None:
    _, session = doubtful(empty_sandbox, LONG_AGO, fault)
    extract_session(session, ZoomHook(), folder, publish_incomplete=True)
    assert second_part(folder) == StagedInstance(
        uuid=session.instances[1].uuid, name=None, rows=0, missing="report"
    )


def test_rows_of_no_duration_can_be_published(
    empty_sandbox: Sandbox, folder: StagingFolder
) -> None:
    _, session = doubtful(empty_sandbox, LONG_AGO, "zero_durations")
    extract_session(session, ZoomHook(), folder, publish_incomplete=True)
    assert (second_part(folder).rows, second_part(folder).missing) == (4, "durations")


@pytest.mark.parametrize("fault", ["empty", "not_ready"])
def test_session_of_which_nothing_ever_comes_can_be_published(
    empty_sandbox: Sandbox, folder: StagingFolder, fault: str
) -> None:
    held = empty_sandbox.zoom.world.add_bulk(NUMBER, EVENING, 2)
    empty_sandbox.zoom.faults.add(fault, endpoint="report_participants", times=99)
    session = recent_session_of(held, ended=just_now() - LONG_AGO)
    extract_session(session, ZoomHook(), folder, publish_incomplete=True)
    (file,) = read_manifest(folder).files
    assert (file.rows, file.missing) == (0, "report")


def test_report_that_zoom_refuses_can_be_done_without(
    scripted_zoom: ScriptedZoom, folder: StagingFolder
) -> None:
    instances = (InstanceData(uuid="a==", participants=2),)
    end = EVENING + minutes(60)
    session = SessionData(
        uuid="a==", label="2026-06-14", start=EVENING, end=end, instances=instances
    )
    for _ in range(2):
        scripted_zoom.will_say({"code": 300, "message": "Validation Failed."}, 400)
    with pytest.raises(ZoomBadRequest):
        extract_session(session, ZoomHook(), folder)
    extract_session(session, ZoomHook(), folder, publish_incomplete=True)
    assert read_manifest(folder).files[0].missing == "report"


def parts_too_old(sandbox: Sandbox, *numbers: int) -> SessionData:
    """A session of two parts, some of which are too old for Zoom's reports."""
    world = sandbox.zoom.world
    first = world.add_bulk(NUMBER, EVENING, 3)
    parts = (first, world.add_bulk(NUMBER, first.end + minutes(5), 4))
    for number in numbers:
        sandbox.zoom.faults.add("too_old", meeting=parts[number].uuid, times=9)
    return session_of(*parts)


def test_first_part_that_is_too_old_can_be_done_without(
    empty_sandbox: Sandbox, folder: StagingFolder
) -> None:
    session = parts_too_old(empty_sandbox, 0)
    with pytest.raises(ZoomReportTooOld) as raised:
        extract_session(session, ZoomHook(), folder)
    said = f"To have the other parts without it, trigger the Dag with {session.uuid} under "
    assert said in advice(raised.value)
    extract_session(session, ZoomHook(), folder, publish_incomplete=True)
    files = read_manifest(folder).files
    assert [(file.rows, file.missing) for file in files] == [(0, "report"), (4, None)]


def test_nothing_is_left_of_a_session_that_is_too_old(
    empty_sandbox: Sandbox, folder: StagingFolder
) -> None:
    session = parts_too_old(empty_sandbox, 0, 1)
    with pytest.raises(ZoomReportTooOld) as raised:
        extract_session(session, ZoomHook(), folder, publish_incomplete=True)
    assert "trigger" not in advice(raised.value)


@pytest.mark.parametrize("fault", ["empty", "not_ready"])
@pytest.mark.parametrize("joins", [0, 1])
def test_one_alone_has_no_report(
    empty_sandbox: Sandbox, folder: StagingFolder, fault: str, joins: int
) -> None:
    _, session = doubtful(empty_sandbox, minutes(30), fault, participants=joins)
    extract_session(session, ZoomHook(), folder)
    assert second_part(folder) == StagedInstance(uuid=session.instances[1].uuid, name=None, rows=0)


def test_one_alone_who_left_at_once_is_not_waited_for(
    empty_sandbox: Sandbox, folder: StagingFolder
) -> None:
    """Some accounts have reports of one person alone."""
    _, session = doubtful(empty_sandbox, minutes(30), "zero_durations", participants=1)
    extract_session(session, ZoomHook(), folder)
    assert (second_part(folder).rows, second_part(folder).missing) == (4, None)


@pytest.mark.parametrize("fault", ["empty", "not_ready"])
def test_one_alone_who_came_twice_is_waited_for_an_hour(
    empty_sandbox: Sandbox, folder: StagingFolder, fault: str
) -> None:
    alone = {"participants": 2, "alone": True}
    _, session = doubtful(empty_sandbox, ALONE - minutes(2), fault, **alone)
    with pytest.raises(AirflowRescheduleException):
        extract_session(session, ZoomHook(), folder)
    later = session.model_copy(update={"end": session.end - minutes(2)})
    extract_session(later, ZoomHook(), folder)
    assert second_part(folder).missing is None


def test_host_who_came_twice_and_met_nobody_is_nobody_in_the_end(
    empty_sandbox: Sandbox, folder: StagingFolder
) -> None:
    held = empty_sandbox.zoom.world.add_bulk(NUMBER, EVENING, 2)
    empty_sandbox.zoom.faults.add("not_ready", endpoint="report_participants", times=2)
    session = recent_session_of(held, ended=just_now() - LONG_AGO)
    one = session.instances[0].model_copy(update={"alone": True})
    session = session.model_copy(update={"instances": (one,)})
    recent = session.model_copy(update={"end": just_now() - 2 * ALONE})
    with pytest.raises(AirflowRescheduleException):
        extract_session(recent, ZoomHook(), folder)
    with pytest.raises(AirflowSkipException, match="Nobody met"):
        extract_session(session, ZoomHook(), folder)


def test_fewer_rows_than_joins_are_noted(
    empty_sandbox: Sandbox, folder: StagingFolder, caplog: pytest.LogCaptureFixture
) -> None:
    session = session_of(empty_sandbox.zoom.world.add_bulk(NUMBER, EVENING, 2))
    many = session.instances[0].model_copy(update={"participants": 40})
    session = session.model_copy(update={"instances": (many,)})
    extract_session(session, ZoomHook(), folder)
    (file,) = read_manifest(folder).files
    assert (file.rows, file.joins, file.missing) == (2, 40, None)
    assert "counts 40 joins" in caplog.text


@pytest.mark.parametrize("joins", [None, 0, 1, 2])
def test_as_many_rows_as_joins_or_more_are_no_news(
    empty_sandbox: Sandbox, folder: StagingFolder, joins: int | None
) -> None:
    session = session_of(empty_sandbox.zoom.world.add_bulk(NUMBER, EVENING, 2))
    one = session.instances[0].model_copy(update={"participants": joins})
    extract_session(session.model_copy(update={"instances": (one,)}), ZoomHook(), folder)
    assert read_manifest(folder).files[0].joins is None


@pytest.fixture
def endless(empty_sandbox: Sandbox) -> SessionData:
    """A session whose end Zoom does not tell."""
    session = session_of(empty_sandbox.zoom.world.add_bulk(NUMBER, EVENING, 2))
    one = session.instances[0].model_copy(update={"ended": False, "participants": None})
    return session.model_copy(update={"instances": (one,), "end": EVENING})


def test_session_without_an_end_fails_and_names_the_way_out(
    endless: SessionData, folder: StagingFolder
) -> None:
    says = rf"does not tell when session .* Clear the task `sessions`.*'{SWITCH}'"
    with pytest.raises(AirflowFailException, match=says):
        extract_session(endless, ZoomHook(), folder)


def test_session_without_an_end_ends_with_its_last_row(
    endless: SessionData, folder: StagingFolder
) -> None:
    extract_session(endless, ZoomHook(), folder, publish_incomplete=True)
    manifest = read_manifest(folder)
    assert manifest.session.end == EVENING + minutes(60)
    assert manifest.files[0].missing == "end"


@pytest.mark.parametrize("left", ["9999-12-31T23:59:59Z", "2026-06-17T00:00:00Z", None, 5])
def test_leave_time_that_cannot_be_is_not_the_end(
    endless: SessionData, scripted_zoom: ScriptedZoom, folder: StagingFolder, left: Any
) -> None:
    times = ["2026-06-14T10:00:00Z", left]
    rows = [
        {"user_id": str(number), "join_time": "2026-06-14T09:30:00Z", "leave_time": time}
        | {"duration": 1800, "name": "Ada"}
        for number, time in enumerate(times)
    ]
    scripted_zoom.will_say({"participants": rows, "total_records": 2, "next_page_token": ""})
    extract_session(endless, ZoomHook(), folder, publish_incomplete=True)
    assert read_manifest(folder).session.end == datetime.fromisoformat(times[0])


def extract_rows(zoom: ScriptedZoom, folder: StagingFolder, rows: list[Row]) -> StagedInstance:
    """What is staged of a session of which Zoom counts as many joins as it delivers rows."""
    zoom.will_say({"participants": rows, "total_records": len(rows), "next_page_token": ""})
    one = InstanceData(uuid=UUID, participants=len(rows))
    end = EVENING + minutes(90)
    extract_session(
        SessionData(uuid=UUID, label="2026-06-14", start=EVENING, end=end, instances=(one,)),
        ZoomHook(),
        folder,
    )
    (file,) = read_manifest(folder).files
    return file


def test_rows_that_come_twice_are_fewer_than_joins(
    scripted_zoom: ScriptedZoom, folder: StagingFolder
) -> None:
    people = two_people(EVENING, EVENING + minutes(90))
    rows = [one | {"user_id": str(number)} for number, one in enumerate(people, 1)]
    assert extract_rows(scripted_zoom, folder, rows).joins is None
    file = extract_rows(scripted_zoom, folder, [*rows, *rows])
    assert (file.rows, file.twice, file.joins) == (4, 2, 4)


def test_rows_without_a_duration_are_no_unfinished_report(
    scripted_zoom: ScriptedZoom, folder: StagingFolder
) -> None:
    rows = two_people(EVENING, EVENING + minutes(90))
    for one in rows:
        del one["duration"]
    assert extract_rows(scripted_zoom, folder, rows).missing is None
