"""Dag runs as Airflow's API tells of them, and what they published."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from sandbox.airflow_api import ENDED, AirflowApi
from sandbox.google import GoogleState
from sandbox.waiting import wait_until
from tests.task_logs.log_shown import shown

WAITING = "up_for_reschedule"

TaskInstance = dict[str, Any]


def run_of(airflow: AirflowApi, dag_id: str, run_id: str) -> dict[str, Any]:
    return airflow.call("GET", f"/dags/{dag_id}/dagRuns/{quote(run_id)}")


def finished(airflow: AirflowApi, dag_id: str, run_id: str) -> dict[str, Any]:
    """Return a run when it has ended."""
    return wait_until(
        lambda: run_of(airflow, dag_id, run_id),
        f"the end of {run_id} of {dag_id}",
        accept=lambda run: run["state"] in ENDED,
    )


def is_quiet(airflow: AirflowApi, dag_id: str) -> bool:
    """Tell whether a Dag has had a run, and has none but such as wait for Zoom."""
    runs = airflow.runs(dag_id)
    under_way = [run["dag_run_id"] for run in runs if run["state"] not in ENDED]
    return bool(runs) and all(
        WAITING in {instance["state"] for instance in airflow.task_instances(dag_id, run_id)}
        for run_id in under_way
    )


def instances(airflow: AirflowApi, dag_id: str, run_id: str, task_id: str) -> list[TaskInstance]:
    """The task instances of one task in a run, a session each."""
    found = airflow.task_instances(dag_id, run_id)
    return sorted(
        (one for one in found if one["task_id"] == task_id), key=lambda one: one["map_index"]
    )


def states(airflow: AirflowApi, dag_id: str, run_id: str, task_id: str) -> set[str]:
    return {one["state"] for one in instances(airflow, dag_id, run_id, task_id)}


def log_of(airflow: AirflowApi, instance: TaskInstance) -> str:
    """Return a task instance's log as the UI gets it."""
    return "\n".join(line["event"] for line in _log(airflow, instance))


def end_of_log(airflow: AirflowApi, instance: TaskInstance) -> str:
    """Return the last line that the UI shows of a log when it is opened, once it is whole."""
    log = wait_until(
        lambda: _log(airflow, instance),
        f"the end of the log of {instance['task_id']}",
        accept=lambda log: log and log[-1]["event"] == "::endgroup::",
    )
    return list(shown(log))[-1]


def _log(airflow: AirflowApi, instance: TaskInstance) -> list[dict[str, Any]]:
    path = f"/dags/{instance['dag_id']}/dagRuns/{quote(instance['dag_run_id'])}/taskInstances"
    where = f"{path}/{instance['task_id']}/logs/{instance['try_number']}"
    answer = airflow.call("GET", f"{where}?map_index={instance['map_index']}&full_content=true")
    return answer["content"]


def reports(airflow: AirflowApi, dag_id: str, run_id: str) -> dict[str, dict[str, Any]]:
    """What a run's loads returned, by the session's label."""
    return {
        load["rendered_map_index"]: airflow.result(dag_id, run_id, "report.load", load["map_index"])
        for load in instances(airflow, dag_id, run_id, "report.load")
        if load["state"] == "success"
    }


def seen(google: GoogleState, report: dict[str, Any]) -> list[list[str]]:
    """Everything that a person sees on a report's tab."""
    book = google.spreadsheets[report["spreadsheet_id"]]
    title = book.sheet(int(report["link"].rpartition("#gid=")[2])).title
    return google.read_cells(report["spreadsheet_id"], f"'{title}'")
