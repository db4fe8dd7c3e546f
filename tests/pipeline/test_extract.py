from __future__ import annotations

import json
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from airflow.sdk.exceptions import AirflowSkipException

from include.attendance.fields import staged_row
from include.pipeline.extract import extract_session
from include.pipeline.files.staging import StagingFolder, read_manifest
from include.pipeline.task_data import StagedInstance
from sandbox.both import Sandbox
from sandbox.zoom import World
from sandbox.zoom.instance import Instance
from sandbox.zoom.rows import participant_row
from tests.pipeline.evenings import EVENING, hold, minutes, session_of
from tests.pipeline.runs import NUMBER
from zoom_provider.hooks.zoom import ZoomHook

END = EVENING + minutes(90)


@pytest.fixture
def world(empty_sandbox: Sandbox) -> World:
    return empty_sandbox.zoom.world


def alone(world: World, **more: Any) -> Instance:
    """The host by herself, of whom Zoom makes no report."""
    rows = [participant_row("Ada Example", EVENING, END, account_id="ada")]
    return hold(world, EVENING, END, rows, **more)


def staged_rows(file: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def contents(staging: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in staging.iterdir()}


@pytest.mark.parametrize("people", [2, 300, 301, 1000])
def test_stages_every_row_of_every_instance(
    world: World, staging: Path, folder: StagingFolder, people: int
) -> None:
    first = world.add_bulk(NUMBER, EVENING, people)
    second = hold(world, first.end + minutes(5), first.end + minutes(60))
    extract_session(session_of(first, second), ZoomHook(), folder)
    files = [staged_rows(staging / f"rows-{number}.jsonl") for number in (0, 1)]
    assert files == [[staged_row(row) for row in one.rows] for one in (first, second)]
    assert [file.rows for file in read_manifest(folder).files] == [people, 2]


def test_page_token_that_dies_midway_stages_each_row_once(
    empty_sandbox: Sandbox, world: World, staging: Path, folder: StagingFolder
) -> None:
    held = world.add_bulk(NUMBER, EVENING, 1000)
    empty_sandbox.zoom.faults.add("stale_page_token", after=1)
    extract_session(session_of(held), ZoomHook(), folder)
    assert staged_rows(staging / "rows-0.jsonl") == [staged_row(row) for row in held.rows]


def test_second_run_over_the_first_gives_the_same(
    world: World, staging: Path, folder: StagingFolder
) -> None:
    session = session_of(world.add_bulk(NUMBER, EVENING, 301))
    extract_session(session, ZoomHook(), folder)
    first = contents(staging)
    extract_session(session, ZoomHook(), folder)
    assert contents(staging) == first


def test_session_where_nobody_met_is_skipped(
    world: World, staging: Path, folder: StagingFolder
) -> None:
    with pytest.raises(AirflowSkipException, match="Nobody met"):
        extract_session(session_of(alone(world)), ZoomHook(), folder)
    assert contents(staging) == {}


def test_instance_of_one_alone_is_noted_beside_the_others(
    world: World, staging: Path, folder: StagingFolder
) -> None:
    first = alone(world)
    second = hold(world, END + minutes(5), END + minutes(60))
    extract_session(session_of(first, second), ZoomHook(), folder)
    staged = (staging / "rows-1.jsonl").read_bytes()
    assert read_manifest(folder).files == (
        StagedInstance(uuid=first.uuid, name=None, rows=0),
        StagedInstance(
            uuid=second.uuid,
            name="rows-1.jsonl",
            rows=2,
            size=len(staged),
            sha256=sha256(staged).hexdigest(),
        ),
    )
    assert contents(staging).keys() == {"rows-1.jsonl", "session.json"}


@pytest.mark.parametrize(
    "uuid",
    ["/abcdefghijklmnopqrstu==", "ab//cdefghijklmnopqrst==", "a+b/c+d/e+f/g+h/i+j/kl==", "..=="],
)
def test_awkward_uuids_reach_zoom(
    world: World, staging: Path, folder: StagingFolder, uuid: str
) -> None:
    held = hold(world, EVENING, END, uuid=uuid)
    hold(world, EVENING + timedelta(days=7), END + timedelta(days=7))
    extract_session(session_of(held), ZoomHook(), folder)
    assert staged_rows(staging / "rows-0.jsonl") == [staged_row(row) for row in held.rows]


def test_only_the_fields_that_attendance_needs_are_staged(
    world: World, staging: Path, folder: StagingFolder
) -> None:
    extract_session(session_of(hold(world, EVENING, END)), ZoomHook(), folder)
    (ada, _) = staged_rows(staging / "rows-0.jsonl")
    assert ada == {
        "registrant_id": "",
        "user_email": "ada@example.org",
        "name": "Ada Example",
        "join_time": "2026-06-14T09:30:00Z",
        "leave_time": "2026-06-14T11:00:00Z",
        "status": "in_meeting",
        "participant_user_id": "ada",
        "id": "ada",
        "user_id": ada["user_id"],
        "bo_mtg_id": "",
    }
    assert ada["user_id"]
