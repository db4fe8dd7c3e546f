"""Airflow's database is restarted in the middle of a run."""

from __future__ import annotations

from sandbox.waiting import wait_until
from tests.airflow_runs import finished, reports, seen, states
from tests.postgres import restart
from tests.workers.alone import Alone
from tests.workers.invented import EVENING_CLASS, uuid_of
from tests.workers.stack import Stack

DAY = "2026-03-24"


def test_the_run_finishes(stack: Stack, alone: Alone) -> None:
    uuid = uuid_of(stack.sandbox.zoom.world, EVENING_CLASS, DAY)
    stack.sandbox.zoom.faults.add("slow", meeting=uuid, endpoint="report_participants", seconds=10)
    run_id = stack.airflow.trigger(EVENING_CLASS, session=DAY)
    wait_until(lambda: not stack.sandbox.zoom.faults.list(), "the slow answer")
    assert states(stack.airflow, EVENING_CLASS, run_id, "report.extract") == {"running"}
    restart(stack.servers.postgres)
    wait_until(stack.airflow.healthy, "a healthy Airflow")
    assert finished(stack.airflow, EVENING_CLASS, run_id)["state"] == "success"
    report = reports(stack.airflow, EVENING_CLASS, run_id)[DAY]
    assert seen(stack.sandbox.google, report) == alone.seen(EVENING_CLASS, DAY)
