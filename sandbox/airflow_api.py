"""The parts of Airflow's public REST API that the demo and the tests use."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import quote

import requests

import local.airflow
from sandbox.waiting import wait_until

ENDED = {"success", "failed"}

ANSWER_TIMEOUT = 300
"""Seconds. After its start, and on a busy machine, Airflow may take a minute for an answer."""


class AirflowApi:
    """An Airflow.

    :param url: its address, without a slash at the end.
    :param token: a user's, if it has a login.
    """

    def __init__(self, url: str, token: str = "") -> None:
        self.url = url
        self._session = requests.Session()
        if token:
            self._session.headers["Authorization"] = f"Bearer {token}"

    def healthy(self) -> bool:
        """Tell whether all four components run."""
        return local.airflow.healthy(self.url)

    def call(self, method: str, path: str, **body: Any) -> Any:
        """Call ``/api/v2<path>``; raises requests.HTTPError with Airflow's answer."""
        answer = self._session.request(
            method, f"{self.url}/api/v2{path}", json=body or None, timeout=ANSWER_TIMEOUT
        )
        if not answer.ok:
            raise requests.HTTPError(f"{method} {path}: {answer.status_code} {answer.text[:500]}")
        return answer.json() if answer.content else None

    def add_connection(self, conn_id: str, connection: dict[str, Any]) -> None:
        extra = json.dumps(connection.pop("extra", {}))
        self.call("POST", "/connections", connection_id=conn_id, extra=extra, **connection)

    def wait_for_dag(self, dag_id: str) -> dict[str, Any]:
        """Return a Dag as soon as the dag-processor has parsed it."""
        return wait_until(lambda: self._dag(dag_id), f"the Dag {dag_id}")

    def _dag(self, dag_id: str) -> Any:
        with suppress(requests.HTTPError):
            return self.call("GET", f"/dags/{dag_id}")

    def unpause(self, dag_id: str) -> None:
        """Let a Dag run; its newest scheduled run starts at once."""
        self.call("PATCH", f"/dags/{dag_id}?update_mask=is_paused", is_paused=False)

    def trigger(self, dag_id: str, **conf: Any) -> str:
        """Start a run without a data interval; returns its run id."""
        run = self.call("POST", f"/dags/{dag_id}/dagRuns", logical_date=None, conf=conf)
        return run["dag_run_id"]

    def backfill(self, dag_id: str, first: str, last: str, **options: Any) -> int:
        """Start a backfill of the runs that are dated in [first, last]; returns its id.

        :param options: of the request, besides `max_active_runs`, which is 2.
        """
        wanted = {"dag_id": dag_id, "from_date": first, "to_date": last, "max_active_runs": 2}
        return self.call("POST", "/backfills", **(wanted | options))["id"]

    def wait_for_backfill(self, backfill: int) -> None:
        """Wait until Airflow's sweep has marked a backfill as complete."""
        wait_until(
            lambda: self.call("GET", f"/backfills/{backfill}")["completed_at"],
            f"the end of backfill {backfill}",
            pause=1,
        )

    def runs(self, dag_id: str) -> list[dict[str, Any]]:
        """Return a Dag's runs, oldest first."""
        return self.call("GET", f"/dags/{dag_id}/dagRuns?order_by=run_after&limit=100")["dag_runs"]

    def wait_for_runs(self, dag_id: str) -> list[dict[str, Any]]:
        """Return a Dag's runs as soon as there are some and all have ended."""
        return wait_until(
            lambda: self.runs(dag_id),
            f"the end of the runs of {dag_id}",
            accept=lambda runs: runs and {run["state"] for run in runs} <= ENDED,
        )

    def task_instances(self, dag_id: str, run_id: str) -> list[dict[str, Any]]:
        path = f"/dags/{dag_id}/dagRuns/{quote(run_id)}/taskInstances?limit=1000"
        return self.call("GET", path)["task_instances"]

    def result(self, dag_id: str, run_id: str, task_id: str, map_index: int = -1) -> Any:
        """Return a task instance's return value."""
        path = f"/dags/{dag_id}/dagRuns/{quote(run_id)}/taskInstances/{task_id}/xcomEntries"
        entry = self.call("GET", f"{path}/return_value?map_index={map_index}&deserialize=true")
        return entry["value"]

    def published(self, dag_id: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the date and the result of every load of a Dag, oldest run first."""
        for run in self.runs(dag_id):
            for instance in self.task_instances(dag_id, run["dag_run_id"]):
                if instance["task_id"] == "report.load" and instance["state"] == "success":
                    result = self.result(
                        dag_id, run["dag_run_id"], "report.load", instance["map_index"]
                    )
                    yield run["run_after"], result
