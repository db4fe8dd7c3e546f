"""Waiting as Airflow shows it: neither a failure nor a used try."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from weeks import Stack

TOWN_HALL = "zoom_attendance_town_hall"
NUMBER = 91234567890


def test_a_meeting_that_still_runs_is_waited_for_without_a_try_or_a_worker(stack: Stack) -> None:
    stack.sandbox.zoom.world.add(NUMBER, datetime.now(UTC) - timedelta(hours=1), None, [])
    stack.airflow.wait_for_dag(TOWN_HALL)
    run_id = stack.airflow.trigger(TOWN_HALL)
    stack.airflow.unpause(TOWN_HALL)
    deadline = time.monotonic() + 120
    while (sessions := first_task(stack, run_id))["state"] != "up_for_reschedule":
        assert sessions["state"] not in {"failed", "up_for_retry", "success"}
        assert time.monotonic() < deadline, sessions["state"]
        time.sleep(0.5)
    assert sessions["try_number"] == 1
    log = stack.home / "logs" / f"dag_id={TOWN_HALL}" / f"run_id={run_id}" / "task_id=sessions"
    assert "Meeting 91234567890 is still running. Waiting until" in "".join(
        file.read_text() for file in log.rglob("*.log")
    )


def first_task(stack: Stack, run_id: str) -> dict[str, str]:
    instances = stack.airflow.task_instances(TOWN_HALL, run_id)
    return next(instance for instance in instances if instance["task_id"] == "sessions")
