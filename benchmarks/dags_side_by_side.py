"""A meeting's Dag beside one of the same shape without work, in a real Airflow, and their cost."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil

from benchmarks.section import progress
from local import sessions
from sandbox.airflow_api import AirflowApi
from sandbox.both import Sandbox, running
from sandbox.google.seed import SHARED_SPREADSHEET
from sandbox.meeting_files import write_entries
from sandbox.stack import ROOT, airflow_running, airflow_settings
from sandbox.waiting import wait_until
from sandbox.zoom import World

NUMBER = 900_000_001
OURS, EMPTY = "zoom_attendance_measured", "empty_shape"
SCHEDULE = "0 23 * * SUN"
WORKER = "airflow worker"
ENDED = {"success", "failed"}

ENTRY = {
    "name": "measured",
    "title": "A measured meeting",
    "meeting_id": NUMBER,
    "timezone": "UTC",
    "schedule": SCHEDULE,
    "publish_to": {"spreadsheet": SHARED_SPREADSHEET},
}


@dataclass(frozen=True)
class Stack:
    """Both Dags in a running Airflow, and the sandbox."""

    airflow: AirflowApi
    sandbox: Sandbox
    home: Path
    said: list[str]
    """What started again, in the supervisor's words."""

    def worker_seconds(self) -> float:
        """Return the CPU seconds of the executor's workers, with all tasks that have ended."""
        leader = sessions.remembered(self.home / "running" / "scheduler")
        children = psutil.Process(leader).children()
        workers = [one for one in children if " ".join(one.cmdline()).startswith(WORKER)]
        assert workers, "the scheduler has no workers"
        return sum(sum(one.cpu_times()[:4]) for one in workers)

    def run(self, dag_id: str, **conf: Any) -> dict[str, Any]:
        """Trigger a Dag and return its run when it has ended. Raises RuntimeError if it fails."""
        run_id = self.airflow.trigger(dag_id, **conf)
        run = wait_until(
            lambda: self._run(dag_id, run_id),
            f"the end of {dag_id}",
            accept=lambda run: run["state"] in ENDED,
        )
        if run["state"] != "success":
            raise RuntimeError(f"a run of {dag_id} has failed")
        return run

    def _run(self, dag_id: str, run_id: str) -> dict[str, Any]:
        return next(run for run in self.airflow.runs(dag_id) if run["dag_run_id"] == run_id)


@contextmanager
def both_dags(world: World, *, latency: float = 0.0) -> Iterator[Stack]:
    """Run an Airflow whose only Dags are the meeting's and the empty one, both switched on."""
    with TemporaryDirectory() as folder:
        home, said = Path(folder), list[str]()
        meetings = write_entries(home / "meetings", [ENTRY])
        settings = airflow_settings(home, meetings)
        settings["AIRFLOW__CORE__DAGS_FOLDER"] = str(_dags(home / "dags"))
        with (
            running(world, latency=latency) as sandbox,
            airflow_running(settings, say=said.append) as airflow,
        ):
            for conn_id, connection in sandbox.connections.items():
                airflow.add_connection(conn_id, connection)
            for dag_id in (OURS, EMPTY):
                progress(f"switching on {dag_id}")
                airflow.wait_for_dag(dag_id)
                airflow.unpause(dag_id)
                airflow.wait_for_runs(dag_id)
            yield Stack(airflow, sandbox, home, said)


def _dags(folder: Path) -> Path:
    folder.mkdir()
    for file in (ROOT / "dags" / "zoom_attendance.py", ROOT / "benchmarks" / "empty_dag.py"):
        shutil.copy(file, folder)
    return folder
