"""A real Airflow with a meeting for each case; all their runs are under way at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import yaml

from sandbox.both import Sandbox, running
from sandbox.stack import airflow_running, airflow_settings
from sandbox.zoom import World
from tests.postgres import postgres, program
from tests.task_logs.cases import CASES, Case
from tests.task_logs.desk import Desk, Run

CONNECTIONS = "connections"
"""A meeting that nothing ails but the connections."""

# A task takes a place while the hook waits for a better moment of Zoom's.
PLACES = {"AIRFLOW__CORE__PARALLELISM": "6"}

NUMBERS = {name: 812_0000_0000 + place for place, name in enumerate([CONNECTIONS, *CASES])}


@pytest.fixture(scope="package")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    home = tmp_path_factory.mktemp("airflow")
    meetings = home / "meetings.yaml"
    meetings.write_text(yaml.safe_dump({"meetings": [entry(name) for name in NUMBERS]}))
    settings = airflow_settings(home, meetings) | PLACES
    with (
        database() as where,
        running(World.empty()) as sandbox,
        airflow_running(settings | where) as airflow,
    ):
        desk = Desk(airflow, sandbox)
        desk.connect("zoom_default")
        desk.connect_google()
        plant(sandbox, CONNECTIONS, Case(says=""))
        airflow.wait_for_dag(f"zoom_attendance_{CONNECTIONS}", 240)
        desk.unpause(CONNECTIONS)
        # On a busy machine the first task of all may fail while Airflow's own API warms up.
        desk.start(CONNECTIONS).wait("sessions")
        yield desk


@contextmanager
def database() -> Iterator[dict[str, str]]:
    """Postgres where it is installed: in SQLite, so many tasks at once lock each other out."""
    if not program("initdb"):
        yield {}
        return
    with postgres("sandbox") as server:
        yield server.settings


def entry(name: str) -> dict[str, object]:
    """A meeting that is due on leap days: it runs when it is triggered."""
    case = CASES.get(name)
    return {
        "name": name,
        "title": name,
        "meeting_id": NUMBERS[name],
        "timezone": "UTC",
        "schedule": "0 0 29 2 *",
        "publish_to": (case and case.publish_to) or {"spreadsheet": own_spreadsheet(name)},
    }


def own_spreadsheet(name: str) -> str:
    return f"spreadsheet-of-the-case-{name}"


@pytest.fixture(scope="package")
def runs(desk: Desk) -> dict[str, Run]:
    """The run of each case, started."""
    for name, case in CASES.items():
        plant(desk.sandbox, name, case)
    # Triggered while paused, so that nothing else writes meanwhile.
    started = {name: desk.start(name, **case.conf) for name, case in CASES.items()}
    desk.unpause("%")
    return started


def plant(sandbox: Sandbox, name: str, case: Case) -> None:
    """Hold the meeting of a case, make its spreadsheet, switch on its fault."""
    held = case.hold(sandbox.zoom.world, NUMBERS[name])
    sandbox.google.add_spreadsheet(name, id=own_spreadsheet(name))
    for fault in case.zoom:
        meeting = held.uuid if case.task == "report.extract" else str(NUMBERS[name])
        sandbox.zoom.faults.add(**fault, meeting=meeting)
    if case.google:
        sandbox.google.faults.add(**case.google, file=own_spreadsheet(name))
