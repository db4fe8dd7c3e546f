"""Two workers that share no disk, at work on one run."""

from __future__ import annotations

from collections import Counter

import pytest

from sandbox.both import Sandbox
from sandbox.waiting import wait_until
from sandbox.zoom.state import RequestRecord
from tests.airflow_runs import finished, instances, log_of, reports, seen, states
from tests.workers.alone import Alone
from tests.workers.conftest import HEAVY_PER_SECOND
from tests.workers.invented import ASSEMBLIES, ASSEMBLY, BIBLE_STUDY, NUMBERS, PEOPLE, uuid_of
from tests.workers.settings import BUCKET
from tests.workers.stack import Stack

DAYS = [str(start.date()) for start in ASSEMBLIES]
PAGES = 7

HELD = 100
"""Seconds that an answer is held at most: less than a call waits for it."""


def hold(stack: Stack, uuid: str) -> None:
    """Let Zoom answer nothing about an instance until all faults are cleared."""
    where = {"meeting": uuid, "endpoint": "report_participants"}
    stack.sandbox.zoom.faults.add("slow", seconds=HELD, **where)


@pytest.fixture(scope="module")
def assemblies(stack: Stack) -> str:
    """A run of four sessions, as many as the two workers can extract at once."""
    for held in stack.sandbox.zoom.world.instances(NUMBERS[ASSEMBLY]):
        hold(stack, held.uuid)
    run_id = stack.airflow.trigger(ASSEMBLY, from_date=DAYS[0], to_date=DAYS[-1])
    wait_until(
        lambda: instances(stack.airflow, ASSEMBLY, run_id, "report.extract"),
        "all extracts at work at once",
        accept=lambda all_: [one["state"] for one in all_] == ["running"] * len(DAYS),
    )
    stack.sandbox.zoom.faults.clear()
    assert finished(stack.airflow, ASSEMBLY, run_id)["state"] == "success"
    return run_id


def heavy_calls(sandbox: Sandbox) -> list[RequestRecord]:
    return [one for one in list(sandbox.zoom.requests) if one.label == "HEAVY"]


def test_workers_divide_the_plan_s_limit(stack: Stack, assemblies: str) -> None:
    extracts = instances(stack.airflow, ASSEMBLY, assemblies, "report.extract")
    assert {one["hostname"] for one in extracts} == set(stack.workers)
    assert max(one["start_date"] for one in extracts) < min(one["end_date"] for one in extracts)
    calls = heavy_calls(stack.sandbox)
    arrivals = [one.arrival for one in calls if one.status == 200]
    assert len(arrivals) >= PAGES * len(DAYS)
    assert len(arrivals) <= HEAVY_PER_SECOND * (max(arrivals) - min(arrivals) + 1)
    statuses = Counter(one.status for one in calls)
    # On a busy machine a call may be long on its way, and meet those of the next second. If each
    # worker took the whole limit, every second call would be refused.
    assert statuses[429] <= statuses[200] / 4
    assert statuses.keys() <= {200, 429}


def test_each_session_has_its_report(stack: Stack, assemblies: str) -> None:
    published = reports(stack.airflow, ASSEMBLY, assemblies)
    assert {day: report["people"] for day, report in published.items()} == dict.fromkeys(
        DAYS, PEOPLE
    )


def test_staged_files_are_in_the_bucket_and_on_no_disk(stack: Stack, assemblies: str) -> None:
    for instance in instances(stack.airflow, ASSEMBLY, assemblies, "report.extract"):
        key = stack.airflow.result(ASSEMBLY, assemblies, "report.extract", instance["map_index"])
        names = {"session.json", "rows-0.jsonl", "attendance.json", "record.parquet"}
        assert stack.servers.s3.read(f"staging/{key}/").keys() == names
    folders = [container.home for container in stack.containers.values()]
    left = [file for folder in folders for file in folder.rglob("*") if file.suffix == ".jsonl"]
    assert left == []


@pytest.mark.parametrize(
    ("task_id", "said"),
    [("report.extract", "2100 participant rows"), ("report.load", "Published 2100 people")],
)
def test_logs_come_from_the_bucket(stack: Stack, assemblies: str, task_id: str, said: str) -> None:
    for instance in instances(stack.airflow, ASSEMBLY, assemblies, task_id):
        # A worker sends the log when the task has ended, a moment after the run may have.
        wait_until(
            lambda instance=instance: log_of(stack.airflow, instance),
            f"{said!r} in the log",
            accept=lambda log: said in log,
        )
        assert f"s3://{BUCKET}/logs/dag_id={ASSEMBLY}/" in log_of(stack.airflow, instance)


def test_a_worker_that_takes_no_more_work_hands_the_session_on(stack: Stack, alone: Alone) -> None:
    day = "2026-03-08"
    hold(stack, uuid_of(stack.sandbox.zoom.world, BIBLE_STUDY, day))
    run_id = stack.airflow.trigger(BIBLE_STUDY, session=day)
    where = (stack.airflow, BIBLE_STUDY, run_id)
    wait_until(
        lambda: states(*where, "report.extract"),
        "the running extract",
        accept=lambda seen: "running" in seen,
    )
    (extract,) = instances(*where, "report.extract")
    with stack.servers.taking_no_work(extract["hostname"]):
        stack.sandbox.zoom.faults.clear()
        assert finished(*where)["state"] == "success"
    (transform,) = instances(*where, "report.transform")
    assert {extract["hostname"], transform["hostname"]} == set(stack.workers)
    report = reports(*where)[day]
    assert seen(stack.sandbox.google, report) == alone.seen(BIBLE_STUDY, day)
