"""Both workers get SIGKILL while they extract, transform and publish, and are started again."""

from __future__ import annotations

import pytest

from tests.airflow_runs import finished, reports, seen
from tests.workers.alone import Alone
from tests.workers.kills import TASKS, Killed, tries
from tests.workers.stack import Stack


@pytest.mark.parametrize("task_id", ["report.extract", "report.transform", "report.load"])
def test_the_run_ends_with_the_report_it_would_have_had(
    stack: Stack, killed: list[Killed], alone: Alone, task_id: str
) -> None:
    (one,) = (one for one in killed if one.task_id == task_id)
    assert finished(stack.airflow, one.dag_id, one.run_id)["state"] == "success"
    assert tries(stack, one) == dict.fromkeys(TASKS, 1) | {task_id: 2}
    report = reports(stack.airflow, one.dag_id, one.run_id)[one.day]
    assert seen(stack.sandbox.google, report) == alone.seen(one.dag_id, one.day)
