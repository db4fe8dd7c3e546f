"""What the process of a task imports before its work, beside what the worker has imported.

Airflow forks the process of each task from a worker, and the worker from the scheduler. What is
imported after that is imported again by each task.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from benchmarks.dags_side_by_side import ENTRY
from benchmarks.forked import forked
from benchmarks.section import ROUNDS, Section, median
from local.airflow import ROOT, settings_of
from sandbox.meeting_files import write_entries

Steps = dict[str, list[tuple[str, Callable[[], object]]]]


def _read(file: str) -> object:
    from airflow.dag_processing.dagbag import DagBag

    bag = DagBag(file)
    assert bag.dags, bag.import_errors
    return bag


def _client() -> object:
    """Build the client as the hook does: it reads the description of the whole API."""
    from googleapiclient.discovery import build

    options = {"api_endpoint": "http://127.0.0.1/"}
    from google.auth.credentials import AnonymousCredentials

    credentials = AnonymousCredentials()
    return build(
        "sheets", "v4", credentials=credentials, client_options=options, cache_discovery=False
    )


def _steps() -> Steps:
    ours = ("reads the Dag file", lambda: _read(str(ROOT / "dags" / "zoom_attendance.py")))
    empty = ("reads the Dag file", lambda: _read(str(ROOT / "benchmarks" / "empty_dag.py")))
    transform = ("imports pandas and the step", lambda: import_module("include.pipeline.transform"))
    load = ("imports the step", lambda: import_module("include.pipeline.load"))
    return {
        "a task with nothing to do": [empty],
        "`sessions`, `extract`": [ours],
        "`transform`": [ours, transform],
        "`load`": [ours, load, ("builds Google's client", _client)],
    }


def imports_table(section: Section) -> None:
    """Add what each task's process does before its work, in milliseconds."""
    rows = []
    for task, steps in _measured().items():
        rows += [
            (f"{task}: {what}", f"{clock * 1000:.0f} ms", f"{cpu * 1000:.0f} ms")
            for what, clock, cpu in steps
        ]
    section.say("What the process of a task does before its work, after Airflow's own start of it:")
    section.table(("task", "by the clock", "CPU"), rows)


def _measured() -> dict[str, list[tuple[str, float, float]]]:
    with tempfile.TemporaryDirectory() as home:
        meetings = write_entries(Path(home) / "meetings", [ENTRY])
        settings = {
            **os.environ,
            **settings_of(Path(home)),
            "AIRFLOW__ZOOM_ATTENDANCE__MEETINGS": str(meetings),
            "PYTHONPATH": f"{ROOT}:{ROOT}/plugins",
        }
        command = [sys.executable, "-m", "benchmarks.imports"]
        return json.loads(
            subprocess.check_output(command, env=settings, cwd=ROOT, text=True).splitlines()[-1]
        )


def main() -> None:
    """Print the medians of all steps as JSON: the part of the process that is forked from."""
    import airflow.executors.local_executor
    import airflow.jobs.scheduler_job_runner
    import airflow.sdk.execution_time.supervisor
    import airflow.sdk.execution_time.task_runner  # noqa: F401

    found = {}
    for task, steps in _steps().items():
        rounds = [forked([step for _, step in steps]) for _ in range(ROUNDS)]
        found[task] = [
            (what, median(one[place][0] for one in rounds), median(one[place][1] for one in rounds))
            for place, (what, _) in enumerate(steps)
        ]
    print(json.dumps(found))


if __name__ == "__main__":
    main()
