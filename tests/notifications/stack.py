"""A running Airflow that mails, and what its tests ask of it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Any, NamedTuple, TypeVar
from urllib.parse import quote

import requests

from sandbox.airflow_api import ENDED, AirflowApi
from sandbox.both import Sandbox
from sandbox.zoom.session import Session
from tests.notifications.post_office import PostOffice, connection

EVERYBODY = ["office@example.org", "pat@example.org"]

PATIENCE = 300
"""Seconds: other tests' Airflows may run on the same machine."""

LATE = "the report of Town hall is late"

T = TypeVar("T")


class Series(NamedTuple):
    """A meeting of the invented world, and its Dag."""

    number: int
    title: str
    dag_id: str


BIBLE_STUDY = Series(98765432101, "Sunday Bible study", "zoom_attendance_bible_study")
TOWN_HALL = Series(91234567890, "Town hall", "zoom_attendance_town_hall")
EVENING_CLASS = Series(85550001111, "Evening class", "zoom_attendance_evening_class")


def wait_for(seen: Callable[[], T]) -> T:
    """Return what `seen` returns as soon as that is something."""
    deadline = time.monotonic() + PATIENCE
    while not (found := seen()):
        assert time.monotonic() < deadline
        time.sleep(0.5)
    return found


@dataclass(frozen=True)
class Stack:
    """A running Airflow, the sandbox and the mail server behind it, and its home."""

    airflow: AirflowApi
    sandbox: Sandbox
    office: PostOffice
    port: int
    home: Path

    def start(self) -> None:
        """Switch the Dags on; a run of the town hall waits from now on."""
        for series in (BIBLE_STUDY, TOWN_HALL, EVENING_CLASS):
            self.airflow.wait_for_dag(series.dag_id, PATIENCE)
            self.airflow.unpause(series.dag_id)
        self.airflow.trigger(TOWN_HALL.dag_id)

    def run(self, series: Series, session: str) -> dict[str, Any]:
        """Run one session, given by its date or UUID, to the end; returns the run."""
        run_id = self.airflow.trigger(series.dag_id, session=session)
        return wait_for(lambda: self._ended(series, run_id))

    def _ended(self, series: Series, run_id: str) -> dict[str, Any] | None:
        with suppress(requests.Timeout):  # a busy machine's api-server is slow to answer
            run = self.airflow.call("GET", f"/dags/{series.dag_id}/dagRuns/{quote(run_id)}")
            return run if run["state"] in ENDED else None
        return None

    def log(self, run: dict[str, Any], task_id: str) -> list[dict[str, Any]]:
        """Return the lines of a task's log, as soon as it has been written to its end."""
        folder = self.home / "logs" / f"dag_id={run['dag_id']}" / f"run_id={run['dag_run_id']}"
        (file,) = (folder / f"task_id={task_id}").rglob("*.log")
        wait_for(lambda: "::group::Post Execute" in file.read_text())
        wait_for(lambda: file.read_text().splitlines()[-1].count("::endgroup::"))
        return [json.loads(line) for line in file.read_text().splitlines()]

    def mails(self, words: str) -> list[Message]:
        """Return the mails with these words in the subject."""
        return [mail for mail in list(self.office.mails) if words in mail["Subject"]]

    def mail(self, words: str) -> Message:
        """Return the one mail with these words in its subject, as soon as it has come."""
        (mail,) = wait_for(lambda: self.mails(words))
        return mail

    def session(self, series: Series, weeks_ago: int) -> Session:
        """Return an ordinary session; each test takes one of its own."""
        held = self.sandbox.zoom.world.sessions(series.number)
        return [one for one in held if not one.plan.stray][-weeks_ago]

    @contextmanager
    def mail_server(self, port: int | None) -> Iterator[None]:
        """Let Airflow's mail connection lead to another port, or away with it."""
        self.mail(LATE)  # it is under way since the start and wants the usual one
        self.airflow.call("DELETE", "/connections/smtp_default")
        if port:
            self.airflow.add_connection("smtp_default", connection(port))
        yield
        if port:
            self.airflow.call("DELETE", "/connections/smtp_default")
        self.airflow.add_connection("smtp_default", connection(self.port))
