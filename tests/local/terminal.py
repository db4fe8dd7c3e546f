"""``make run`` in a terminal of its own, in a home of its own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil
import requests

from local import sessions
from sandbox.airflow_api import AirflowApi
from sandbox.stack import ROOT
from sandbox.waiting import wait_until

COMMAND = [sys.executable, "-m", "local"]

QUERY = """
import os, sqlalchemy, sys
engine = sqlalchemy.create_engine(os.environ["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"])
with engine.connect() as connection:
    print([tuple(row) for row in connection.execute(sqlalchemy.text(sys.argv[1]))])
"""


def environment(home: Path, **settings: str) -> dict[str, str]:
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("AIRFLOW")}
    return {**inherited, "AIRFLOW_HOME": str(home), **settings}


def ask(settings: Mapping[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    """Run ``python -m local COMMAND`` to its end."""
    return subprocess.run(
        [*COMMAND, *command], cwd=ROOT, env=settings, capture_output=True, text=True
    )


def rows(settings: Mapping[str, str], statement: str) -> str:
    """What the database answers to a statement, as a list of tuples."""
    answer = ask(settings, "python", "-c", QUERY, statement)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


@dataclass(frozen=True)
class Terminal:
    """A ``make run`` under way.

    :param settings: its environment.
    """

    settings: dict[str, str]
    process: subprocess.Popen[bytes]

    @property
    def home(self) -> Path:
        return Path(self.settings["AIRFLOW_HOME"])

    @property
    def said(self) -> str:
        return screen(self.home).read_text()

    def wait_for(self, pattern: str) -> str:
        """Return what the terminal says at the pattern's first group."""

        def found() -> re.Match[str] | None:
            assert self.process.poll() is None, self.said
            return re.search(pattern, self.said)

        return wait_until(found, f"{pattern!r} in the terminal")[1]

    def log_in(self) -> AirflowApi:
        url = self.wait_for("Airflow runs: (.*)")
        asked = {"username": "admin", "password": self.wait_for("as admin with the password (.*)")}
        answer = requests.post(f"{url}/auth/token", json=asked, timeout=300)
        answer.raise_for_status()
        return AirflowApi(url, answer.json()["access_token"])

    def pid(self, component: str) -> int | None:
        return sessions.remembered(self.home / "running" / component)

    def sessions(self) -> set[int]:
        """The sessions of all components."""
        return {self.pid(file.name) or 0 for file in (self.home / "running").glob("*")}

    def kill(self, component: str) -> None:
        """Kill a component, and wait until another process has taken its place."""
        before = self.pid(component)
        assert before
        os.kill(before, signal.SIGKILL)
        wait_until(
            lambda: self.pid(component),
            f"the next {component}",
            accept=lambda pid: pid not in {before, None},
        )


def screen(home: Path) -> Path:
    """The file that stands for the screen."""
    return home / "terminal.txt"


def start(settings: dict[str, str]) -> Terminal:
    home = Path(settings["AIRFLOW_HOME"])
    with screen(home).open("wb") as output:
        process = subprocess.Popen(
            COMMAND, cwd=ROOT, env=settings, stdout=output, stderr=subprocess.STDOUT
        )
    return Terminal(settings, process)


def left_of(numbers: set[int]) -> list[str]:
    """The commands of the processes that these sessions still have.

    One that has ended stays in the list until its parent looks; that is not ours to wait for.
    """
    return [
        " ".join(process.info["cmdline"] or [])
        for process in psutil.process_iter(["cmdline", "status"])
        if _session(process.pid) in numbers and process.info["status"] != psutil.STATUS_ZOMBIE
    ]


def _session(pid: int) -> int:
    try:
        return os.getsid(pid)
    except OSError:
        return -1
