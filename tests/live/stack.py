"""The one Airflow that the tests of several folders share."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local.postgres import Postgres, running_in
from sandbox.airflow_api import AirflowApi
from sandbox.both import Sandbox, running
from sandbox.meeting_files import write_entries
from sandbox.stack import airflow_running, airflow_settings
from sandbox.waiting import wait_until
from sandbox.zoom import World
from tests.live.weekly import LongWorld, Weekly
from tests.notifications.post_office import PostOffice, connection, open_office
from tests.postgres import dump
from tests.webhook.posting import SECRET

QUICK = {
    "AIRFLOW__CORE__EXECUTOR": "tests.live.prepared_executor.PreparedExecutor",
    # A task takes a place while the hook waits for a better moment of Zoom's.
    "AIRFLOW__CORE__PARALLELISM": "6",
    # No runs but those that a test makes: what is due would depend on the day.
    "AIRFLOW__SCHEDULER__USE_JOB_SCHEDULE": "False",
    # Seconds between two looks for work, instead of 1.
    "AIRFLOW__SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME": "0.3",
}


@dataclass(frozen=True)
class Live:
    """A running Airflow and what stands behind it.

    :param meetings: the folder of its meetings' files.
    :param office: takes its mails.
    """

    airflow: AirflowApi
    sandbox: Sandbox
    office: PostOffice
    mail_port: int
    home: Path
    meetings: Path

    @property
    def database(self) -> Postgres:
        server = running_in(self.home / "postgres")
        assert server
        return server

    @property
    def world(self) -> World:
        return self.sandbox.zoom.world

    @property
    def connections(self) -> dict[str, dict[str, Any]]:
        """All that Airflow has, by id, in Airflow's JSON form."""
        made = self.sandbox.connections | {"smtp_default": connection(self.mail_port)}
        made["zoom_default"]["extra"]["webhook_secret"] = SECRET
        return made

    def connect(self, conn_id: str, **changes: Any) -> None:
        """Save a connection with these changes; `extra` is merged."""
        usual = self.connections[conn_id]
        extra = usual["extra"] | changes.pop("extra", {})
        self.disconnect(conn_id)
        self.airflow.add_connection(conn_id, usual | changes | {"extra": extra})

    def disconnect(self, conn_id: str) -> None:
        found = self.airflow.call("GET", "/connections?limit=100")["connections"]
        if conn_id in {one["connection_id"] for one in found}:
            self.airflow.call("DELETE", f"/connections/{conn_id}")

    def add_meetings(self, entries: list[dict[str, Any]]) -> None:
        """Write their files, and wait until Airflow has their Dags."""
        write_entries(self.meetings, entries)
        (like, *_) = self.airflow.call("GET", "/dags?dag_id_pattern=zoom_attendance_%25")["dags"]
        self.airflow.call("PUT", f"/parseDagFile/{like['file_token']}")
        self.wait_for_dags(entries)

    def wait_for_dags(self, entries: list[dict[str, Any]]) -> None:
        for entry in entries:
            self.airflow.wait_for_dag(f"zoom_attendance_{entry['name']}")

    def task_logs(self, run: dict[str, Any], task_id: str) -> list[dict[str, Any]]:
        """Return the lines of a task's log, as soon as it has been written to its end."""
        folder = self.home / "logs" / f"dag_id={run['dag_id']}" / f"run_id={run['dag_run_id']}"
        (file,) = (folder / f"task_id={task_id}").rglob("*.log")
        text = wait_until(file.read_text, f"the end of {file}", accept=_is_whole)
        return [json.loads(line) for line in text.splitlines()]

    def written(self) -> Iterator[tuple[str, bytes]]:
        """Yield all that Airflow has written: its logs and its database, by name."""
        for file in (self.home / "logs").rglob("*.log"):
            yield str(file), file.read_bytes()
        yield "database", dump(self.database)


def _is_whole(log: str) -> bool:
    return "::group::Post Execute" in log and "::endgroup::" in log.splitlines()[-1]


@contextmanager
def live_airflow(
    home: Path, weekly: Iterable[Weekly], entries: list[dict[str, Any]]
) -> Iterator[Live]:
    """Run Airflow with its connections; no Dag has been switched on.

    :param weekly: the meetings that were held.
    :param entries: the fields of the meetings' files, with the names.
    """
    meetings = write_entries(home / "meetings", entries)
    weekly = list(weekly)
    with (
        open_office() as (office, mail_port),
        running(LongWorld(weekly)) as sandbox,
        airflow_running(airflow_settings(home, meetings) | QUICK) as airflow,
    ):
        for meeting in weekly:
            meeting.make_place(sandbox.google)
        live = Live(airflow, sandbox, office, mail_port, home, meetings)
        for conn_id, to_it in live.connections.items():
            airflow.add_connection(conn_id, to_it)
        live.wait_for_dags(entries)
        yield live
