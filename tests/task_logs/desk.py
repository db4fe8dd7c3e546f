"""What a person sees of a task in Airflow: its state, its tries, and the log of each."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from sandbox.airflow_api import ENDED, AirflowApi
from sandbox.both import Sandbox
from tests.task_logs.log_shown import end_of, shown
from tests.workers.runs import run_of, wait_until

AT_REST = {"failed", "success", "up_for_retry", "up_for_reschedule", "upstream_failed", "skipped"}
NEXT_TRY = re.compile(r"Next try: (\S+ \S+) UTC")


@dataclass(frozen=True)
class Seen:
    """A task instance as one of its tries has left it.

    :param log: the lines of that try that are seen without unfolding a group.
    """

    state: str
    ended: datetime
    log: list[str]

    @property
    def end_of_log(self) -> str:
        return end_of(self.log)

    @property
    def next_try(self) -> datetime:
        """When the log says that the next try comes."""
        (at,) = NEXT_TRY.findall(self.end_of_log)
        return datetime.fromisoformat(at).replace(tzinfo=UTC)


@dataclass(frozen=True)
class Run:
    """A run of a meeting's Dag, watched by a person."""

    airflow: AirflowApi
    dag_id: str
    run_id: str

    def task(self, task_id: str) -> dict[str, Any] | None:
        instances = self.airflow.task_instances(self.dag_id, self.run_id)
        return next((one for one in instances if one["task_id"] == task_id), None)

    def wait(self, task_id: str) -> None:
        """Wait until the task is at rest, however it got on."""
        wait_until(lambda: (task := self.task(task_id)) and task["state"] in AT_REST)

    def seen(self, task_id: str, number: int = 1) -> Seen:
        """Wait until that try has ended, its log included."""
        deadline = time.monotonic() + 600
        while not (found := self._seen(task_id, number)):
            assert time.monotonic() < deadline, self.task(task_id)
            time.sleep(0.3)
        return found

    def _seen(self, task_id: str, number: int) -> Seen | None:
        task = self.task(task_id)
        if not task or (task["try_number"], task["state"] in AT_REST) < (number, True):
            return None
        log = self._ask(task, f"logs/{number}")["content"]
        # Airflow tells the state before it has written the last lines.
        if not log or log[-1]["event"] != "::endgroup::":
            return None
        tried = next(one for one in self.tries(task_id) if one["try_number"] == number)
        # Once the next try has begun, Airflow calls this one failed.
        state = task["state"] if task["try_number"] == number else "up_for_retry"
        return Seen(state, datetime.fromisoformat(tried["end_date"]), list(shown(log)))

    def tries(self, task_id: str) -> list[dict[str, Any]]:
        """Return the tries as the UI lists them, the first one first."""
        found = self._ask(self.task(task_id), "tries")["task_instances"]
        return sorted(found, key=lambda one: one["try_number"])

    def _ask(self, task: dict[str, Any], what: str) -> dict[str, Any]:
        path = f"/dags/{self.dag_id}/dagRuns/{quote(self.run_id)}/taskInstances/{task['task_id']}"
        return self.airflow.call("GET", f"{path}/{what}?map_index={task['map_index']}")

    def clear(self, task_id: str) -> None:
        """Press Clear on a task that has ended, or waits for its next try."""
        # A run that ends while one of its tasks is cleared stays ended, and the task lies still.
        wait_until(lambda: self.task(task_id)["state"] == "up_for_retry" or not self.is_running())
        path = f"/dags/{self.dag_id}/clearTaskInstances"
        wanted = {"dag_run_id": self.run_id, "task_ids": [task_id], "only_failed": False}
        self.airflow.call("POST", path, dry_run=False, **wanted)

    def is_running(self) -> bool:
        return run_of(self.airflow, self.dag_id, self.run_id)["state"] not in ENDED


@dataclass(frozen=True, eq=False)
class Desk:
    """A running Airflow and the sandbox that its connections lead to."""

    airflow: AirflowApi
    sandbox: Sandbox

    def start(self, name: str, **conf: Any) -> Run:
        """Trigger the Dag of a meeting."""
        dag_id = f"zoom_attendance_{name}"
        return Run(self.airflow, dag_id, self.airflow.trigger(dag_id, **conf))

    def unpause(self, name: str) -> None:
        """Switch on the Dag of a meeting; % stands for any letters."""
        pattern = quote(f"zoom_attendance_{name}")
        path = f"/dags?dag_id_pattern={pattern}&update_mask=is_paused"
        self.airflow.call("PATCH", path, is_paused=False)

    def connect(self, conn_id: str, **changes: Any) -> None:
        """Save a connection with these changes; `extra` is merged."""
        connection = self.sandbox.connections[conn_id]
        extra = connection["extra"] | changes.pop("extra", {})
        self.disconnect(conn_id)
        self.airflow.add_connection(conn_id, connection | changes | {"extra": extra})

    def connect_google(self, **extra: Any) -> None:
        """Save the Google connection; what the client repeats by itself is not looked at here."""
        self.connect("google_cloud_default", extra={"num_retries": 0, **extra})

    def disconnect(self, conn_id: str) -> None:
        if conn_id in self._connections():
            self.airflow.call("DELETE", f"/connections/{conn_id}")

    def _connections(self) -> set[str]:
        found = self.airflow.call("GET", "/connections?limit=100")["connections"]
        return {connection["connection_id"] for connection in found}
