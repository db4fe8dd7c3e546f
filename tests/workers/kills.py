"""Workers killed while they are at work: one task at each step, held there by an outside answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sandbox.google.seed import SHARED_SPREADSHEET
from sandbox.waiting import wait_until
from tests.airflow_runs import instances, states
from tests.google_calls import BATCH
from tests.workers.invented import BIBLE_STUDY, EVENING_CLASS, TOWN_HALL, uuid_of
from tests.workers.stack import Stack

FOR_EVER = 3600.0
TASKS = ("sessions", "report.extract", "report.transform", "report.load")


@dataclass(frozen=True)
class Killed:
    """A run that lost its worker at `task_id`."""

    task_id: str
    dag_id: str
    day: str
    run_id: str


def kill_all_workers(stack: Stack) -> list[Killed]:
    """SIGKILL both workers while one session is extracted, one transformed and one published."""
    extracted = _start(stack, "report.extract", EVENING_CLASS, "2026-02-24")
    published = _start(stack, "report.load", TOWN_HALL, "2026-02-26")
    wait_until(lambda: not stack.sandbox.zoom.faults.list(), "the endless answer of Zoom")
    wait_until(lambda: not stack.sandbox.google.faults.coming(), "the endless answer of Google")
    transformed = _start(stack, "report.transform", BIBLE_STUDY, "2026-03-01")
    wait_until(lambda: _is_running(stack, transformed), "the running transform")
    killed = [extracted, transformed, published]
    with stack.servers.s3.stopped():  # transform can neither read nor write
        assert all(_is_running(stack, one) for one in killed)
        for worker in stack.workers.values():
            worker.kill()
    return killed


def _start(stack: Stack, task_id: str, dag_id: str, day: str) -> Killed:
    if task_id == "report.extract":
        uuid = uuid_of(stack.sandbox.zoom.world, dag_id, day)
        stack.sandbox.zoom.faults.add("slow", meeting=uuid, **_slow("report_participants"))
    if task_id == "report.load":
        where = {"method": BATCH, "file": SHARED_SPREADSHEET}
        stack.sandbox.google.faults.add("slow", seconds=FOR_EVER, **where)
    return Killed(task_id, dag_id, day, stack.airflow.trigger(dag_id, session=day))


def _slow(endpoint: str) -> dict[str, Any]:
    return {"endpoint": endpoint, "seconds": FOR_EVER}


def _is_running(stack: Stack, one: Killed) -> bool:
    return states(stack.airflow, one.dag_id, one.run_id, one.task_id) == {"running"}


def tries(stack: Stack, one: Killed) -> dict[str, int]:
    """How often each task of a run was tried."""
    found = {task: instances(stack.airflow, one.dag_id, one.run_id, task) for task in TASKS}
    return {task: instance["try_number"] for task, (instance,) in found.items()}
