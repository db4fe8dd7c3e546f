"""A year's backfill, task by task, beside one of a Dag whose tasks are empty.

    python -m benchmarks.backfills

52 weekly sessions of 50 rows of a Dag that is switched on, with 4 runs at once and with 16. Every
run must succeed, and no component of Airflow may have been started again. What a task waits and
takes is from Airflow's own records.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from croniter import croniter

from benchmarks.dags_side_by_side import EMPTY, NUMBER, OURS, SCHEDULE, Stack, both_dags
from benchmarks.section import Section, median, print_section, progress
from sandbox.airflow_api import ENDED
from sandbox.waiting import wait_until
from sandbox.zoom import World

WEEK = timedelta(weeks=1)
WEEKS, PEOPLE = 52, 50
CASES = ((EMPTY, 4), (OURS, 4), (EMPTY, 16), (OURS, 16))
"""Which Dag, and how many runs at once."""

NAMES = {OURS: "this project", EMPTY: "empty tasks"}
PARALLEL = 4
"""Tasks at once: Airflow's setting on one machine (`make run`)."""

LONGEST = 3600
"""Seconds for one backfill on a busy machine."""

Instance = dict[str, Any]


@dataclass(frozen=True)
class Backfill:
    """What a backfill took by the clock and of the workers' CPU, and its task instances."""

    dag_id: str
    at_once: int
    clock: float
    cpu: float
    instances: list[Instance]

    def __str__(self) -> str:
        return f"{NAMES[self.dag_id]}, {self.at_once} at once"


def measure(section: Section) -> None:
    world, due = World.empty(), croniter(SCHEDULE, datetime.now(UTC)).get_prev(datetime)
    for age in range(WEEKS + 1):
        world.add_bulk(NUMBER, due - timedelta(hours=5) - age * WEEK, PEOPLE)
    with both_dags(world) as stack:
        done = [_backfill(stack, due, *case) for case in CASES]
        restarted = stack.said
    _tell(section, done)
    section.demand("every run of every backfill succeeds", all(map(_well, done)))
    section.demand("no component was started again", not restarted)


def _backfill(stack: Stack, due: datetime, dag_id: str, at_once: int) -> Backfill:
    """Do all weeks, again where they were done."""
    progress(f"backfills: {NAMES[dag_id]}, {at_once} at once")
    begun, cpu = time.monotonic(), stack.worker_seconds()
    first, last = (due - WEEKS * WEEK).isoformat(), (due - WEEK).isoformat()
    how = {"reprocess_behavior": "completed", "max_active_runs": at_once}
    backfill = stack.airflow.backfill(dag_id, first, last, **how)
    wait_until(
        lambda: [run["state"] for run in stack.airflow.runs(dag_id)],
        f"the end of the backfill with {at_once} at once",
        accept=lambda states: len(states) > WEEKS and set(states) <= ENDED,
        timeout=LONGEST,
        pause=1,
    )
    clock, cpu = time.monotonic() - begun, stack.worker_seconds() - cpu
    stack.airflow.wait_for_backfill(backfill)
    return Backfill(dag_id, at_once, clock, cpu, list(_instances(stack, dag_id)))


def _instances(stack: Stack, dag_id: str) -> Iterator[Instance]:
    for run in stack.airflow.runs(dag_id):
        if run["run_type"] == "backfill":
            yield from stack.airflow.task_instances(dag_id, run["dag_run_id"])


def _well(done: Backfill) -> bool:
    return len(done.instances) == 4 * WEEKS and all(
        one["state"] == "success" for one in done.instances
    )


def _tell(section: Section, done: list[Backfill]) -> None:
    section.say(
        f"{WEEKS} weeks, {PEOPLE} rows each, {PARALLEL} tasks at a time, each once. *Busy* is the "
        f"share of the {PARALLEL} places in which a task ran; the rest is Airflow's scheduling."
    )
    section.table(("backfill", "by the clock", "busy", "CPU of the workers"), map(_line, done))
    section.say("Task by task, medians; *all* is the time of its instances together:")
    rows = [line for one in done for line in _tasks(one)]
    section.table(
        ("backfill, task", "waits for its turn", "waits for a place", "runs", "all"), rows
    )
    for empty, ours in zip(done[::2], done[1::2], strict=True):
        share = ours.clock / empty.clock
        section.say(f"Beside empty tasks, {ours.at_once} at once: {share:.2f} ×.")


def _line(done: Backfill) -> Sequence[str]:
    busy = sum(map(_runs, done.instances)) / PARALLEL / done.clock
    return (str(done), f"{done.clock:.0f} s", f"{busy:.0%}", f"{done.cpu:.0f} s")


def _tasks(done: Backfill) -> Iterator[Sequence[str]]:
    for task in dict.fromkeys(one["task_id"] for one in done.instances):
        found = [one for one in done.instances if one["task_id"] == task]
        turn = median(_between(one, "scheduled_when", "queued_when") for one in found)
        place = median(_between(one, "queued_when", "start_date") for one in found)
        runs = [_runs(one) for one in found]
        times = (turn, place, median(runs), sum(runs))
        yield (f"{done}, `{task}`", *(f"{one:.1f} s" for one in times))


def _runs(instance: Instance) -> float:
    return _between(instance, "start_date", "end_date")


def _between(instance: Instance, first: str, last: str) -> float:
    first, last = (datetime.fromisoformat(instance[name]) for name in (first, last))
    return (last - first).total_seconds()


if __name__ == "__main__":
    sys.exit(print_section("Airflow's share: a year's backfill", measure))
