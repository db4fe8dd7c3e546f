"""A session whose rows never add up, in a run that was triggered to publish it all the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from airflow.sdk.exceptions import AirflowFailException, AirflowRescheduleException

from include.attendance.fields import staged_row
from include.pipeline.extract import extract_session
from include.pipeline.failures import advice
from include.pipeline.files.staging import StagingFolder, read_manifest
from include.pipeline.task_data import InstanceData, SessionData
from sandbox.both import Sandbox
from sandbox.zoom.rows import Row, numbered
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
from zoom_provider.errors import (
    ZoomAnswerCutShort,
    ZoomError,
    ZoomMissingScope,
)
from zoom_provider.hooks.zoom import ZoomHook

PEOPLE = 650


def extract(session: dict[str, Any], folder: StagingFolder) -> None:
    extract_session(session, ZoomHook(), folder, publish_incomplete=True)


def staged(staging: Path, number: int = 0) -> list[dict[str, str]]:
    lines = (staging / f"rows-{number}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def as_staged(rows: list[Row]) -> list[dict[str, str]]:
    return [staged_row(row) for row in rows]


WITH_SWITCH = (
    "with {} under 'The session with this UUID' and with 'Publish although rows are missing'"
)


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "cut_short"},
        {"kind": "stale_page_token", "times": 10},
        {"kind": "not_ready", "endpoint": "report_participants"},
    ],
    ids=lambda fault: fault["kind"],
)
def test_error_without_the_switch_names_it_and_the_session_that_failed(
    empty_sandbox: Sandbox, folder: StagingFolder, fault: dict[str, Any]
) -> None:
    session = session_of(empty_sandbox.zoom.world.add_bulk(NUMBER, EVENING, PEOPLE))
    empty_sandbox.zoom.faults.add(**fault)
    with pytest.raises((ZoomError, AirflowFailException)) as raised:
        extract_session(session, ZoomHook(), folder, publish_incomplete=False)
    assert WITH_SWITCH.format(session.uuid) in advice(raised.value)


def test_unknown_end_without_the_switch_names_it_and_the_session(folder: StagingFolder) -> None:
    endless = InstanceData(uuid="a==", participants=4, ended=False)
    session = SESSION.model_copy(update={"instances": (endless,)})
    with pytest.raises(AirflowFailException) as raised:
        extract_session(session, ZoomHook(), folder, publish_incomplete=False)
    assert WITH_SWITCH.format("a==") in advice(raised.value)


@pytest.mark.parametrize(("after", "came"), [(0, 299), (1, 599), (2, 649)])
def test_what_came_is_staged_and_both_numbers_are_kept(
    empty_sandbox: Sandbox, staging: Path, folder: StagingFolder, after: int, came: int
) -> None:
    held = empty_sandbox.zoom.world.add_bulk(NUMBER, EVENING, PEOPLE)
    empty_sandbox.zoom.faults.add("cut_short", after=after)
    extract(session_of(held), folder)
    assert staged(staging) == as_staged(held.rows[:came])
    (file,) = read_manifest(folder).files
    assert (file.uuid, file.name) == (held.uuid, "rows-0.jsonl")
    assert (file.rows, file.total_records) == (came, PEOPLE)


def test_whole_report_is_staged_as_without_the_switch(
    empty_sandbox: Sandbox, staging: Path, folder: StagingFolder
) -> None:
    session = session_of(empty_sandbox.zoom.world.add_bulk(NUMBER, EVENING, PEOPLE))
    extract(session, folder)
    with_switch = {file.name: file.read_bytes() for file in staging.iterdir()}
    extract_session(session, ZoomHook(), folder)
    assert {file.name: file.read_bytes() for file in staging.iterdir()} == with_switch


def test_repeated_page_is_staged_once_and_both_numbers_are_kept(
    empty_sandbox: Sandbox, staging: Path, folder: StagingFolder
) -> None:
    held = empty_sandbox.zoom.world.add_bulk(NUMBER, EVENING, PEOPLE)
    empty_sandbox.zoom.faults.add("repeated_page", times=10)
    extract(session_of(held), folder)
    assert staged(staging) == as_staged(held.rows[:300])
    (file,) = read_manifest(folder).files
    assert (file.rows, file.total_records) == (300, PEOPLE)


def test_report_that_started_over_counts_each_row_once(
    empty_sandbox: Sandbox, staging: Path, folder: StagingFolder
) -> None:
    held = empty_sandbox.zoom.world.add_bulk(NUMBER, EVENING, PEOPLE)
    empty_sandbox.zoom.faults.add("stale_page_token", after=1)
    empty_sandbox.zoom.faults.add("cut_short", after=5)
    extract(session_of(held), folder)
    assert staged(staging) == as_staged(held.rows[:-1])


def test_only_the_part_that_does_not_add_up_is_noted(
    empty_sandbox: Sandbox, staging: Path, folder: StagingFolder
) -> None:
    world = empty_sandbox.zoom.world
    first = world.add_bulk(NUMBER, EVENING, 3)
    second = world.add_bulk(NUMBER, first.end + minutes(5), 4)
    empty_sandbox.zoom.faults.add("cut_short", after=1)
    extract(session_of(first, second), folder)
    assert [file.total_records for file in read_manifest(folder).files] == [None, 4]
    assert [len(staged(staging, number)) for number in (0, 1)] == [3, 3]


def test_other_errors_remain_errors(
    empty_sandbox: Sandbox, staging: Path, folder: StagingFolder
) -> None:
    session = session_of(empty_sandbox.zoom.world.add_bulk(NUMBER, EVENING, PEOPLE))
    empty_sandbox.zoom.faults.add("missing_scope", endpoint="report_participants", after=1)
    with pytest.raises(ZoomMissingScope):
        extract(session, folder)
    assert list(staging.iterdir()) == []


def test_part_whose_pages_never_come_to_an_end_stops_no_other(
    empty_sandbox: Sandbox, staging: Path, folder: StagingFolder
) -> None:
    world = empty_sandbox.zoom.world
    first = world.add_bulk(NUMBER, EVENING, 3)
    second = world.add_bulk(NUMBER, first.end + minutes(5), PEOPLE)
    empty_sandbox.zoom.faults.add("stale_page_token", times=20)
    soon = recent_session_of(first, second, ended=just_now() - minutes(30))
    with pytest.raises(ZoomAnswerCutShort):
        extract(soon, folder)
    extract(session_of(first, second), folder)
    assert [file.missing for file in read_manifest(folder).files] == [None, "report"]
    assert sorted(file.name for file in staging.iterdir()) == ["rows-0.jsonl", "session.json"]


@pytest.mark.parametrize(
    "broken",
    [
        {"participants": [{"name": "Ada"}, None]},
        {"participants": "none"},
        {"total_records": None},
    ],
    ids=["a row", "rows", "number"],
)
def test_part_whose_answer_is_of_no_form_stops_no_other(
    scripted_zoom: ScriptedZoom, folder: StagingFolder, broken: dict[str, Any]
) -> None:
    parts = (InstanceData(uuid="a==", participants=4), InstanceData(uuid="b==", participants=4))
    scripted_zoom.will_say(page([]) | broken)
    scripted_zoom.will_say(page(numbered(two_people(EVENING, EVENING + minutes(90)) * 2)))
    extract(SESSION.model_copy(update={"instances": parts}), folder)
    files = read_manifest(folder).files
    assert [(file.rows, file.missing) for file in files] == [(0, "report"), (4, None)]


def test_unfinished_report_is_waited_for_all_the_same(
    empty_sandbox: Sandbox, folder: StagingFolder
) -> None:
    held = empty_sandbox.zoom.world.add_bulk(NUMBER, EVENING, 400)
    empty_sandbox.zoom.faults.add("zero_durations", times=2)
    with pytest.raises(AirflowRescheduleException):
        extract(recent_session_of(held, ended=just_now() - minutes(30)), folder)


SESSION = SessionData(
    uuid="a==",
    label="2026-06-14",
    start=EVENING,
    end=EVENING + minutes(90),
    instances=(InstanceData(uuid="a==", participants=4),),
)


def page(rows: list[Row], token: str = "") -> dict[str, Any]:
    return {"participants": rows, "total_records": 4, "next_page_token": token}


def test_rows_too_many_are_staged_to_the_last(
    scripted_zoom: ScriptedZoom, staging: Path, folder: StagingFolder
) -> None:
    rows = numbered(two_people(EVENING, EVENING + minutes(90)) * 3)
    scripted_zoom.will_say(page(rows[:5], token="b"))
    scripted_zoom.will_say(page(rows[5:]))
    extract(SESSION, folder)
    (file,) = read_manifest(folder).files
    assert (file.rows, file.total_records) == (6, 4)
    assert staged(staging) == as_staged(rows)


def test_report_of_which_nothing_came_says_how_many_rows_there_are(
    scripted_zoom: ScriptedZoom, staging: Path, folder: StagingFolder
) -> None:
    scripted_zoom.will_say(page([]))
    extract(SESSION, folder)
    (file,) = read_manifest(folder).files
    assert (file.rows, file.total_records, file.missing) == (0, 4, None)
    assert staged(staging) == []
