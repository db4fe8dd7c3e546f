"""The preflight as a person starts it: the Dag in a real Airflow, and the command in a shell."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from local.postgres import Postgres
from sandbox.both import Sandbox, running
from sandbox.google.seed import SHARED_SPREADSHEET
from sandbox.meeting_files import write_entries
from sandbox.stack import ROOT, airflow_settings
from sandbox.zoom import World
from tests.preflight.conftest import set_to_the_last_day

FINE = {
    "name": "fine",
    "title": "Bible study",
    "meeting_id": "987 6543 2101",
    "timezone": "Australia/Sydney",
    "schedule": "0 23 * * SUN",
    "publish_to": {"folder": "Attendance reports"},
}
OLD_NUMBER = {
    "name": "unknown",
    "title": "Old number",
    "meeting_id": "123 456 789",
    "publish_to": {"spreadsheet": SHARED_SPREADSHEET},
}
MISTAKEN = {"name": "mistaken", "timezone": "Sydney"}
UNKNOWN = "NOT OK   Meeting: Zoom knows no meeting 123456789 in this account, or it has expired."
MISTAKE = "mistaken.yaml, line 5, field `timezone`: 'Sydney': use a name from the IANA"

TEST_DAG = """
import sys
from airflow.utils.db import initdb
initdb()

import json
from airflow.models import Connection
from airflow.settings import Session
for conn_id, fields in json.loads(sys.argv[1]).items():
    fields["extra"] = json.dumps(fields["extra"])
    Session().add(Connection(conn_id, **fields))
Session().commit()

from airflow.dag_processing.dagbag import DagBag
run = DagBag(sys.argv[2]).dags["zoom_preflight"].test()
states = {f"{ti.task_id}[{ti.map_index}]": ti.state for ti in run.get_task_instances()}
print(json.dumps({"run": run.state} | states), file=sys.stderr)
"""


class DagRun(NamedTuple):
    """What a run of the Dag left: states, and the log of all its task instances."""

    states: dict[str, str]
    log: str


@pytest.fixture(scope="module")
def server(world: World) -> Iterator[Sandbox]:
    with running(world) as sandbox:
        set_to_the_last_day(sandbox)
        yield sandbox


@pytest.fixture(scope="module")
def settings(own_connections: Postgres, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    home = tmp_path_factory.mktemp("home")
    entries = [FINE, FINE | OLD_NUMBER, FINE | MISTAKEN]
    return (
        airflow_settings(home, write_entries(home / "meetings", entries)) | own_connections.settings
    )


@pytest.fixture(scope="module")
def tested(server: Sandbox, settings: dict[str, str]) -> DagRun:
    """The Dag run in an Airflow whose database holds the connections."""
    dag_file = str(ROOT / "dags" / "zoom_preflight.py")
    arguments = [sys.executable, "-c", TEST_DAG, json.dumps(server.connections), dag_file]
    done = subprocess.run(arguments, env=settings, capture_output=True, text=True, check=True)
    return DagRun(json.loads(done.stderr.strip().splitlines()[-1]), done.stdout)


class Printed(NamedTuple):
    exit_code: int
    text: str
    errors: str


@pytest.fixture(scope="module")
def printed(tested: DagRun, settings: dict[str, str]) -> dict[str, Printed]:
    """What the command prints and its exit code, for the meetings above and for the fine one."""
    fine = write_entries(Path(settings["AIRFLOW_HOME"]) / "fine", [FINE])
    fixed = settings | {"AIRFLOW__ZOOM_ATTENDANCE__MEETINGS": str(fine)}
    started = {"faulty": preflight(settings), "fine": preflight(fixed)}
    said = {name: process.communicate() for name, process in started.items()}
    return {name: Printed(started[name].returncode, *texts) for name, texts in said.items()}


def preflight(settings: dict[str, str]) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "include.preflight"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, env=settings, text=True, **pipes)


def test_each_meeting_is_checked_though_another_fails(tested: DagRun) -> None:
    assert tested.states == {
        "run": "failed",
        "shared[-1]": "failed",
        "meeting[0]": "success",
        "meeting[1]": "failed",
    }


@pytest.mark.parametrize(
    "sentence",
    [
        UNKNOWN,
        MISTAKE,
        "OK       Writing to the spreadsheet: Google allows it.",
        "9 of 9 checks OK.",
        "AirflowFailException: 1 of 8 checks NOT OK: do what they say, then check again.\n"
        + UNKNOWN,
    ],
)
def test_the_log_says_what_to_do(tested: DagRun, sentence: str) -> None:
    assert sentence in tested.log


def test_the_log_ends_with_what_to_do(tested: DagRun) -> None:
    assert re.search(r"::endgroup::.*\n.*\[error +\] 1 of 8 checks NOT OK: do what", tested.log)


def test_the_command_uses_the_connections_of_the_database(printed: dict[str, Printed]) -> None:
    exit_code, text, errors = printed["faulty"]
    assert (exit_code, errors) == (1, "")
    assert f"\nShared by all meetings\n  NOT OK   {MISTAKE}" in text
    assert "\nBible study (fine)\n  OK       Zoom's login: " in text
    assert f"  {UNKNOWN}" in text
    assert text.endswith("\n2 of 21 checks NOT OK: do what they say, then check again.\n")


def test_the_command_exits_with_0_when_all_is_fine(printed: dict[str, Printed]) -> None:
    exit_code, text, _ = printed["fine"]
    assert "[warning" not in text
    assert (exit_code, text.splitlines()[-1]) == (0, "13 of 13 checks OK.")
