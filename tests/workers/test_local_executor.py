"""The compose file as it is shipped: tasks run beside the scheduler."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sandbox.both import running
from tests.airflow_runs import finished, instances, log_of, reports, seen
from tests.workers.alone import Alone
from tests.workers.conftest import connect
from tests.workers.invented import EVENING_CLASS, invented_world
from tests.workers.servers import servers
from tests.workers.stack import Stack, running_stack

DAY = "2026-03-17"


@pytest.fixture(scope="module")
def local_stack(
    overrides: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stack]:
    folder = tmp_path_factory.mktemp("local")
    with (
        servers() as behind,
        running(invented_world()) as sandbox,
        running_stack(behind, folder, {}, overrides, sandbox) as stack,
    ):
        connect(stack)
        yield stack


def test_a_report_is_made_and_its_logs_are_read(local_stack: Stack, alone: Alone) -> None:
    airflow = local_stack.airflow
    airflow.wait_for_dag(EVENING_CLASS)
    run_id = airflow.trigger(EVENING_CLASS, session=DAY)
    airflow.unpause(EVENING_CLASS)
    assert finished(airflow, EVENING_CLASS, run_id)["state"] == "success"
    report = reports(airflow, EVENING_CLASS, run_id)[DAY]
    assert seen(local_stack.sandbox.google, report) == alone.seen(EVENING_CLASS, DAY)
    (load,) = instances(airflow, EVENING_CLASS, run_id, "report.load")
    assert f"Published {report['people']} people: {report['link']}" in log_of(airflow, load)
