"""``python -m local COMMAND``: a command with the database of an Airflow that does not run."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from local import sessions
from sandbox.both import Sandbox
from sandbox.stack import ROOT
from tests.local.terminal import ask, environment, left_of, rows
from tests.setup.terminal import CTRL_C, Terminal

pytestmark = pytest.mark.services

CONNECTIONS, NONE = "SELECT conn_id FROM connection", "[]\n"
CONNECT = ["-m", "local", "python", "-m", "include.setup.connect"]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Those of a home whose database has been made, and holds no connection."""
    settings = environment(tmp_path_factory.mktemp("home"))
    assert rows(settings, CONNECTIONS) == NONE
    return settings


def exported(settings: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """The connections in the database, as Airflow's own command writes them out."""
    file = Path(settings["AIRFLOW_HOME"]) / "exported.json"
    done = ask(settings, "airflow", "connections", "export", str(file))
    assert done.returncode == 0, done.stderr
    found: dict[str, dict[str, Any]] = json.loads(file.read_text())
    file.unlink()
    return found


STOPS = {
    "ctrl-c": lambda person: person.press(CTRL_C),
    "sigterm": lambda person: person.process.send_signal(signal.SIGTERM),
}


@pytest.mark.parametrize("stop", STOPS)
def test_a_command_that_is_stopped_has_put_its_terminal_right(
    settings: dict[str, str], stop: str
) -> None:
    person = Terminal(CONNECT, settings)
    person.answer("Account ID: ", "an-account")
    person.answer("Client ID: ", "a-client")
    person.wait_for("Client secret (you will not see it): ")
    postgres = sessions.remembered(Path(settings["AIRFLOW_HOME"]) / "running" / "postgres")
    assert postgres
    person.insist(
        lambda: STOPS[stop](person),
        "Stopped: nothing was changed, but for what is said above to be saved.\n",
    )
    assert person.end() == 1
    assert person.shows_what_is_typed()
    assert left_of({postgres}) == []
    assert rows(settings, CONNECTIONS) == NONE


def test_a_pipe_reaches_a_command(
    settings: dict[str, str], tmp_path: Path, sandbox: Sandbox
) -> None:
    file = tmp_path / "connections.json"
    file.write_text(json.dumps(sandbox.connections))
    assert ask(settings, "airflow", "connections", "import", str(file)).returncode == 0
    answers = "yes\n\nsandbox-client\nsandbox-secret\nFree\nno\n"
    done = subprocess.run(
        [sys.executable, *CONNECT],
        cwd=ROOT,
        env=settings,
        input=answers,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    found = exported(settings)["zoom_default"]
    assert found["password"] == "sandbox-secret"
    assert json.loads(found["extra"])["heavy_per_second"] == 1
