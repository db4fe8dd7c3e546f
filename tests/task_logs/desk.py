"""What a person sees of a task in Airflow: its state, its tries, and the log of each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from sandbox.airflow_api import ENDED, AirflowApi
from sandbox.waiting import wait_until
from tests.airflow_runs import run_of
from tests.live.stack import Live
from tests.task_logs.cases import dag_id_of
from tests.task_logs.log_shown import end_of, shown

AT_REST = {"failed", "success", "up_for_retry", "up_for_reschedule", "upstream_failed", "skipped"}
NEXT_TRY = re.compile(r"Next try: \w+ (\S+ \S+) \(UTC\)")


@dataclass(frozen=True)
class Seen:
    """A task instance as one of its tries has left it.

    :param written: when the last line of its log was.
    :param log: the lines of that try that are seen without unfolding a group.
    """

    state: str
    written: datetime
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

    def seen(self, task_id: str, number: int = 1) -> Seen:
        """Wait until that try has ended, its log included."""
        what = f"the end of try {number} of {task_id} in {self.dag_id}"
        return wait_until(lambda: self._seen(task_id, number), what)

    def _seen(self, task_id: str, number: int) -> Seen | None:
        task = self.task(task_id)
        if not task or (task["try_number"], task["state"] in AT_REST) < (number, True):
            return None
        log = self._ask(task, f"logs/{number}")["content"]
        # Airflow tells the state before it has written the last lines.
        if not log or log[-1]["event"] != "::endgroup::":
            return None
        # Once the next try has begun, Airflow calls this one failed.
        state = task["state"] if task["try_number"] == number else "up_for_retry"
        *_, last = (entry for entry in log if entry.get("timestamp") and entry["event"][:2] != "::")
        return Seen(state, datetime.fromisoformat(last["timestamp"]), list(shown(log)))

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
        wait_until(
            lambda: self.task(task_id)["state"] == "up_for_retry" or not self.is_running(),
            f"the end of {self.run_id} of {self.dag_id}",
        )
        path = f"/dags/{self.dag_id}/clearTaskInstances"
        wanted = {"dag_run_id": self.run_id, "task_ids": [task_id], "only_failed": False}
        self.airflow.call("POST", path, dry_run=False, **wanted)

    def is_running(self) -> bool:
        return run_of(self.airflow, self.dag_id, self.run_id)["state"] not in ENDED


@dataclass(frozen=True)
class Desk:
    """The running Airflow, with a meeting for each case."""

    live: Live

    def start(self, name: str, **conf: Any) -> Run:
        """Trigger the Dag of a case."""
        dag_id = dag_id_of(name)
        return Run(self.live.airflow, dag_id, self.live.airflow.trigger(dag_id, **conf))

    def switch_on(self) -> None:
        """Switch on the Dags of all cases at once."""
        pattern = quote(dag_id_of("%"))
        path = f"/dags?dag_id_pattern={pattern}&update_mask=is_paused&limit=100"
        self.live.airflow.call("PATCH", path, is_paused=False)

    def connect_google(self, **extra: Any) -> None:
        """Save the Google connection; what the client repeats by itself is not looked at here."""
        self.live.connect("google_cloud_default", extra={"num_retries": 0, **extra})
