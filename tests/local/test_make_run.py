"""``make run``: what dies comes back, a run goes on, and nothing is left when it is stopped."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator

import pytest

from local.airflow import COMPONENTS
from local.postgres import running_in
from sandbox.both import Sandbox, running
from sandbox.stack import ROOT, free_port
from sandbox.waiting import TIMEOUT, wait_until
from sandbox.zoom import World
from tests.airflow_runs import finished
from tests.local.terminal import Terminal, ask, environment, left_of, start

DAG_ID = "zoom_attendance_bible_study"
SESSION = "2026-05-17"

COUNT_RUNS = """
import os, sqlalchemy
engine = sqlalchemy.create_engine(os.environ["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"])
with engine.connect() as connection:
    found = connection.execute(sqlalchemy.text("SELECT state, count(*) FROM dag_run GROUP BY 1"))
    print(dict(map(tuple, found)))
"""


@pytest.fixture(scope="module")
def sandbox(world: World) -> Iterator[Sandbox]:
    with running(world) as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def terminal(sandbox: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    settings = environment(
        tmp_path_factory.mktemp("home"),
        AIRFLOW__API__PORT=str(free_port()),
        AIRFLOW__ZOOM_ATTENDANCE__MEETINGS=str(ROOT / "sandbox" / "meetings"),
        **{
            f"AIRFLOW_CONN_{conn_id.upper()}": json.dumps(connection)
            for conn_id, connection in sandbox.connections.items()
        },
    )
    terminal = start(settings)
    yield terminal
    terminal.process.send_signal(signal.SIGTERM)
    terminal.process.wait(TIMEOUT)


def test_a_run_ends_well_though_every_component_is_killed(
    terminal: Terminal, sandbox: Sandbox
) -> None:
    airflow = terminal.log_in()
    airflow.wait_for_dag(DAG_ID)
    sandbox.zoom.faults.add("slow", endpoint="report_participants", seconds=20)
    run_id = airflow.trigger(DAG_ID, session=SESSION)
    airflow.unpause(DAG_ID)
    wait_until(lambda: not sandbox.zoom.faults.list(), "the slow answer")
    for name in COMPONENTS:
        terminal.kill(name)
        terminal.wait_for(f"(The {name} ended .killed by signal 9. and is started again)")
    wait_until(airflow.healthy, "a healthy Airflow")
    assert finished(airflow, DAG_ID, run_id)["state"] == "success"


def test_a_killed_database_comes_back(terminal: Terminal) -> None:
    terminal.kill("postgres")
    terminal.wait_for("(PostgreSQL ended .killed by signal 9. and is started again)")
    answer = ask(terminal.settings, "python", "-c", COUNT_RUNS)
    assert "'success': " in answer.stdout, answer.stderr


def test_a_second_one_is_refused(terminal: Terminal) -> None:
    refused = ask(terminal.settings)
    assert refused.returncode == 1
    assert refused.stderr == (
        "Airflow runs here already, or a command uses its database: "
        f"process {terminal.process.pid}.\n"
    )


def test_ctrl_c_leaves_the_data_and_no_process(terminal: Terminal) -> None:
    # What died with its database is started again, one after the other.
    numbers = wait_until(
        terminal.sessions,
        "the database and all components",
        accept=lambda found: len(left_of(found)) > len(COMPONENTS),
    )
    terminal.process.send_signal(signal.SIGINT)
    assert terminal.process.wait(TIMEOUT) == 0
    assert left_of(numbers) == []
    assert not running_in(terminal.home / "postgres")
    answer = ask(terminal.settings, "python", "-c", COUNT_RUNS)
    assert "'success': " in answer.stdout, answer.stderr
    assert not running_in(terminal.home / "postgres")
    assert os.listdir(terminal.home / "running") == []
