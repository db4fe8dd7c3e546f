"""One ``make run`` in a terminal, for the tests of two files."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator

import pytest

from sandbox.both import Sandbox, running
from sandbox.meeting_files import write_entries
from sandbox.stack import free_port
from sandbox.waiting import TIMEOUT
from sandbox.zoom import World
from tests.live.weekly import ENTRIES, Weekly
from tests.local.terminal import Terminal, environment, start

NIGHT_SCHOOL = Weekly("evening_class", "night_school", "Night school", 85550001111)

SELDOM = "0 0 29 2 *"
"""The night school's Dag makes no run by itself, but on this day, and then it finds nobody."""


@pytest.fixture(scope="package")
def outside(world: World) -> Iterator[Sandbox]:
    """Zoom and Google."""
    with running(world) as sandbox:
        NIGHT_SCHOOL.make_place(sandbox.google)
        yield sandbox


@pytest.fixture(scope="package")
def terminal(outside: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    home = tmp_path_factory.mktemp("home")
    entries = [ENTRIES["bible_study"], NIGHT_SCHOOL.entry(schedule=SELDOM)]
    settings = environment(
        home,
        AIRFLOW__API__PORT=str(free_port()),
        AIRFLOW__ZOOM_ATTENDANCE__MEETINGS=str(write_entries(home / "meetings", entries)),
        **{
            f"AIRFLOW_CONN_{conn_id.upper()}": json.dumps(connection)
            for conn_id, connection in outside.connections.items()
        },
    )
    terminal = start(settings)
    yield terminal
    terminal.process.send_signal(signal.SIGTERM)
    terminal.process.wait(TIMEOUT)
