"""A task that needs several tries: each has a log of its own, which says what that try met."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import quote

from include.pipeline.run_note import MARKED
from tests.airflow_runs import finished, run_of
from tests.task_logs.desk import Run

EXTRACT = "report.extract"


def test_each_try_has_its_own_log_with_its_own_sentence(runs: dict[str, Run]) -> None:
    run = runs["rows_missing"]
    first = run.seen(EXTRACT, 1)
    second = run.seen(EXTRACT, 2)  # it comes by itself
    run.clear(EXTRACT)
    third = run.seen(EXTRACT, 3)

    assert "has 2 rows but delivered 1" in first.end_of_log
    assert "It needs a Pro plan or higher" in second.end_of_log
    assert "2 participant rows, all that Zoom has" in third.end_of_log
    tries = run.tries(EXTRACT)
    assert [one["state"] for one in tries] == ["failed", "failed", "success"]
    late = datetime.fromisoformat(tries[1]["start_date"]) - first.next_try
    assert timedelta(seconds=-1) < late < timedelta(minutes=5)


def test_a_run_that_somebody_marks_as_success_does_not_say_that_nobody_met(
    runs: dict[str, Run],
) -> None:
    run = runs["no_folder"]
    finished(run.airflow, run.dag_id, run.run_id)
    path = f"/dags/{run.dag_id}/dagRuns/{quote(run.run_id)}"
    run.airflow.call("PATCH", path, state="success")
    assert run_of(run.airflow, run.dag_id, run.run_id)["note"] == MARKED
