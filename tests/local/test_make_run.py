"""``make run``: what dies comes back, a run goes on, and nothing is left when it is stopped."""

from __future__ import annotations

import os
import signal

from local.airflow import COMPONENTS
from local.postgres import running_in
from sandbox.both import Sandbox
from sandbox.waiting import TIMEOUT, wait_until
from tests.airflow_runs import finished
from tests.local.terminal import Terminal, ask, left_of, rows

DAG_ID = "zoom_attendance_bible_study"
SESSION = "2026-05-17"

RUNS = "SELECT state, count(*) FROM dag_run GROUP BY 1"


def test_a_run_ends_well_though_every_component_is_killed(
    terminal: Terminal, outside: Sandbox
) -> None:
    airflow = terminal.log_in()
    airflow.wait_for_dag(DAG_ID)
    outside.zoom.faults.add("slow", endpoint="report_participants", seconds=20)
    run_id = airflow.trigger(DAG_ID, session=SESSION)
    airflow.unpause(DAG_ID)
    wait_until(lambda: not outside.zoom.faults.list(), "the slow answer")
    for name in COMPONENTS:
        terminal.kill(name)
        terminal.wait_for(f"(The {name} ended .killed by signal 9. and is started again)")
    wait_until(airflow.healthy, "a healthy Airflow")
    assert finished(airflow, DAG_ID, run_id)["state"] == "success"


def test_a_killed_database_comes_back(terminal: Terminal) -> None:
    terminal.kill("postgres")
    terminal.wait_for("(PostgreSQL ended .killed by signal 9. and is started again)")
    assert "('success', " in rows(terminal.settings, RUNS)


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
    assert "('success', " in rows(terminal.settings, RUNS)
    assert not running_in(terminal.home / "postgres")
    assert os.listdir(terminal.home / "running") == []
