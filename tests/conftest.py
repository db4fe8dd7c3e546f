"""A throw-away Airflow home, the sandbox, and the connections that lead to it."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

from sandbox.stack import ROOT, airflow_settings

HOME = Path(tempfile.mkdtemp(prefix="attendance-tests-"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
# Airflow reads its settings when it is first imported, so they must stand before any test module.
os.environ.update(airflow_settings(HOME, ROOT / "sandbox" / "meetings.yaml"))

from sandbox.both import Sandbox, running  # noqa: E402
from sandbox.zoom import World  # noqa: E402

TODAY = date(2026, 11, 22)
"""The invented world ends here, so that every test sees the same one."""

ONE_AT_A_TIME = [
    "workers",
    "screens",
    "task_logs",
    "notifications/test_mails.py",
    "dags/test_backfill.py",
    "webhook/test_webhook_runs.py",
]
"""The tests with a running Airflow: two of them at once are too much for two cores."""


class OneAirflow(LoadScopeScheduling):
    """Gives all of the Airflows' tests to one process, and the other files to the other."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return "airflow" if _place(ROOT / file) < len(ONE_AT_A_TIME) else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> OneAirflow:
    return OneAirflow(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the Airflows."""
    items.sort(key=lambda item: _place(item.path))


def _place(path: Path) -> int:
    below = path.relative_to(ROOT / "tests")
    places = (place for place, name in enumerate(ONE_AT_A_TIME) if below.is_relative_to(name))
    return next(places, len(ONE_AT_A_TIME))


@pytest.fixture(scope="session")
def world() -> World:
    """The three invented series; read only."""
    return World(TODAY)


@pytest.fixture
def sandbox(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """Zoom and Google over the invented world, with Airflow's default connections to them."""
    with running(world) as sandbox:
        for conn_id, connection in sandbox.connections.items():
            monkeypatch.setenv(f"AIRFLOW_CONN_{conn_id.upper()}", json.dumps(connection))
        yield sandbox


@pytest.fixture
def empty_sandbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """The same without meetings, for cases built by hand."""
    with running(World.empty()) as sandbox:
        for conn_id, connection in sandbox.connections.items():
            monkeypatch.setenv(f"AIRFLOW_CONN_{conn_id.upper()}", json.dumps(connection))
        yield sandbox
