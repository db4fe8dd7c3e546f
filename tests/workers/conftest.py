"""The compose file's stack with two Celery workers, started once for all tests of this folder."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.both import running
from sandbox.waiting import wait_until
from tests.airflow_runs import is_quiet
from tests.large_libraries import LARGE
from tests.workers.alone import Alone
from tests.workers.invented import DAGS, invented_world, write_meetings
from tests.workers.kills import Killed, kill_all_workers
from tests.workers.servers import missing, servers
from tests.workers.settings import with_workers
from tests.workers.stack import Stack, running_stack

HEAVY_PER_SECOND = 4
"""A smaller plan than any but the free one, so that two workers feel it."""

OVERRIDES = {
    # Five minutes by default, until Airflow takes a task that says nothing for dead.
    "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "30",
}

PREPARED = {
    # A worker imports these before it forks its tasks.
    "AIRFLOW__CELERY__EXTRA_CELERY_CONFIG": json.dumps({"imports": [*LARGE, "s3fs"]}),
}


@pytest.fixture(scope="package", autouse=True)
def programs() -> None:
    if absent := missing():
        assert not os.environ.get("CI"), f"not installed: {absent}"
        pytest.skip(f"not installed: {', '.join(absent)}")


@pytest.fixture(scope="package")
def meetings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_meetings(tmp_path_factory.mktemp("home") / "meetings")


@pytest.fixture(scope="package")
def overrides(meetings: Path) -> dict[str, str]:
    """Settings that the compose file does not have."""
    return OVERRIDES | {"AIRFLOW__ZOOM_ATTENDANCE__MEETINGS": str(meetings)}


@pytest.fixture(scope="package")
def stack(overrides: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Two workers that share no disk; the Dags are switched on and have nothing to do."""
    folder = tmp_path_factory.mktemp("celery")
    with servers() as behind, running(invented_world()) as sandbox:
        sandbox.zoom.limits.per_second["HEAVY"] = HEAVY_PER_SECOND
        settings = with_workers(behind.s3.url)
        with running_stack(behind, folder, settings, overrides | PREPARED, sandbox) as stack:
            connect(stack, heavy_per_second=HEAVY_PER_SECOND, machines=len(stack.workers))
            switch_on(stack)
            yield stack


def connect(stack: Stack, **zoom_extra: int) -> None:
    """Enter the connections that lead to the sandbox."""
    connections = stack.sandbox.connections
    connections["zoom_default"]["extra"] |= zoom_extra
    for conn_id, connection in connections.items():
        stack.airflow.add_connection(conn_id, connection)


def switch_on(stack: Stack) -> None:
    """Let the Dags run, and their newest scheduled runs end."""
    for dag_id in DAGS:
        stack.airflow.wait_for_dag(dag_id)
        stack.airflow.unpause(dag_id)
    for dag_id in DAGS:
        wait_until(lambda dag_id=dag_id: is_quiet(stack.airflow, dag_id), f"quiet of {dag_id}")


@pytest.fixture(scope="package")
def killed(stack: Stack) -> list[Killed]:
    """Runs whose workers were killed. They recover while other tests go on: it takes minutes."""
    return kill_all_workers(stack)


@pytest.fixture(scope="package")
def alone(meetings: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Alone]:
    """Reports that nothing disturbs."""
    staging = f"file://{tmp_path_factory.mktemp('alone')}"
    with running(invented_world()) as sandbox, pytest.MonkeyPatch.context() as patch:
        for conn_id, connection in sandbox.connections.items():
            patch.setenv(f"AIRFLOW_CONN_{conn_id.upper()}", json.dumps(connection))
        patch.setenv("AIRFLOW__ZOOM_ATTENDANCE__STAGING_URL", staging)
        yield Alone(meetings, sandbox.google)
