"""Extract, transform and publish one after the other, as the tasks of a dag run call them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from include.meeting import Meeting
from include.pipeline.extract import extract_session
from include.pipeline.files.staging import StagingFolder, read_attendance
from include.pipeline.load import publish_staged
from include.pipeline.sessions import sessions_of_run
from include.pipeline.task_data import (
    InstanceData,
    PublishedReport,
    SessionData,
    dumped,
)
from include.pipeline.transform import take_staged_attendance
from sandbox.both import Sandbox
from sandbox.google import GoogleState
from sandbox.google.seed import SHARED_SPREADSHEET
from sandbox.zoom.rows import participant_row
from tests.pipeline.conftest import ConnectTo
from tests.pipeline.evenings import EVENING, hold, minutes
from tests.pipeline.runs import FOLDER, NUMBER, meeting, run
from tests.zoom_provider.scripted_zoom import scripted
from zoom_provider.hooks.zoom import ZoomHook

END = EVENING + minutes(90)
MANY = 50_000


def run_steps(choir: Meeting, folder: StagingFolder) -> dict[str, Any]:
    """The steps for the one session of the evening; what the last returns."""
    (session,) = sessions_of_run(choir, ZoomHook(), run(session="2026-06-14"))
    extract_session(session, ZoomHook(), folder)
    take_staged_attendance(choir, folder)
    return publish_staged(choir, folder)


def table(
    google: GoogleState, published: PublishedReport, first: int, last: int
) -> list[list[str]]:
    title = google.spreadsheets[published.spreadsheet_id].sheets[-1].title
    return google.read_cells(published.spreadsheet_id, f"'{title}'!A{first}:F{last}")


def test_restarted_evening(
    google: GoogleState, empty_sandbox: Sandbox, folder: StagingFolder
) -> None:
    world, middle = empty_sandbox.zoom.world, EVENING + minutes(40)
    hold(world, EVENING, middle)
    hold(world, middle + minutes(10), END)
    published = run_steps(meeting(publish_to=FOLDER), folder)
    assert [row[:2] for row in table(google, published, 7, 8)] == [
        ["Ada Example", "1.33"],
        ["Ben Example", "1.33"],
    ]


def test_instance_of_one_alone_is_told_to_the_reader(
    google: GoogleState, empty_sandbox: Sandbox, folder: StagingFolder
) -> None:
    world = empty_sandbox.zoom.world
    alone = [participant_row("Ada Example", EVENING, EVENING + minutes(5), account_id="ada")]
    hold(world, EVENING, EVENING + minutes(5), alone)
    hold(world, EVENING + minutes(10), END)
    published = run_steps(meeting(), folder)
    says = table(google, published, 11, 11)[0][1]
    assert says.startswith("One alone: Zoom makes no report of an instance with one participant")


def test_the_same_run_again_changes_nothing(
    google: GoogleState, empty_sandbox: Sandbox, staging: Path, folder: StagingFolder
) -> None:
    hold(empty_sandbox.zoom.world, EVENING, END)
    first = run_steps(meeting(), folder)
    staged = {file.name: file.read_bytes() for file in staging.iterdir()}
    assert run_steps(meeting(), folder) == first
    assert {file.name: file.read_bytes() for file in staging.iterdir()} == staged


def test_nothing_that_is_handed_on_or_logged_names_anybody(
    google: GoogleState,
    empty_sandbox: Sandbox,
    folder: StagingFolder,
    caplog: pytest.LogCaptureFixture,
) -> None:
    hold(empty_sandbox.zoom.world, EVENING, END)
    with caplog.at_level("DEBUG", "include"):
        published = run_steps(meeting(), folder)
    handed_on = json.dumps(
        dumped(sessions_of_run(meeting(), ZoomHook(), run(session="2026-06-14")))
    )
    assert "2 people, 3.00 hours" in caplog.text
    for text in (caplog.text, handed_on, published.model_dump_json()):
        assert "Ada" not in text
        assert "@example" not in text


def test_half_an_emoji_in_a_name(
    google: GoogleState, folder: StagingFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Valid JSON, as some devices send it, but no valid text: the rest of the name is kept."""
    row = participant_row("Zo\ud83c Example", EVENING, END, account_id="zo")
    page = {"participants": [row], "total_records": 1, "next_page_token": ""}
    instances = (InstanceData(uuid="a==", participants=2),)
    session = SessionData(
        uuid="a==", label="2026-06-14", start=EVENING, end=END, instances=instances
    )
    with scripted() as zoom:
        zoom.will_say(page)
        login = {"account_id": "scripted", "token_url": f"{zoom.url}/oauth/token"}
        address = {"host": "http://127.0.0.1", "port": urlsplit(zoom.url).port}
        connection = {"conn_type": "zoom", "login": "x", "password": "y", "extra": login, **address}
        monkeypatch.setenv("AIRFLOW_CONN_ZOOM_DEFAULT", json.dumps(connection))
        extract_session(session, ZoomHook(), folder)
    take_staged_attendance(meeting(), folder)
    assert table(google, publish_staged(meeting(), folder), 7, 7)[0][0] == "Zo? Example"


@pytest.fixture
def fast_plan(empty_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """An account whose plan allows many calls a second."""
    empty_sandbox.zoom.limits.per_second["HEAVY"] = 1000
    connection = empty_sandbox.connections["zoom_default"]
    connection["extra"]["heavy_per_second"] = 200
    monkeypatch.setenv("AIRFLOW_CONN_ZOOM_DEFAULT", json.dumps(connection))


def by_the_clock(seconds: int) -> str:
    return str(datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None))


@pytest.mark.usefixtures("fast_plan")
def test_fifty_thousand_people(
    google: GoogleState, connect: ConnectTo, empty_sandbox: Sandbox, folder: StagingFolder
) -> None:
    # Servers close a connection on which nothing is said for seconds: the hook sends it again.
    connect()
    empty_sandbox.zoom.world.add_bulk(NUMBER, EVENING, MANY)
    published = run_steps(meeting(), folder)
    assert (published.people, published.range) == (MANY, f"A6:F{MANY + 6}")
    people = read_attendance(folder).table
    for place in (0, 777, 25_000, MANY - 1):
        one = {column: values[place] for column, values in people.items()}
        times = [by_the_clock(one[edge]) for edge in ("join_time", "leave_time")]
        assert table(google, published, place + 7, place + 7) == [
            [one["name"], f"{one['total_duration']:.2f}"] + [*times, one["user_email"], one["id"]]
        ]
    grid = google.spreadsheets[SHARED_SPREADSHEET].sheets[-1].grid
    assert grid["rowCount"] > MANY + 6
