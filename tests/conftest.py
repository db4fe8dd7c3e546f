"""A throw-away Airflow home, the sandbox, and the connections that lead to it."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from sandbox.stack import ROOT, airflow_settings

HOME = Path(tempfile.mkdtemp(prefix="attendance-tests-"))
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
    "notices/test_mails.py",
    "dags/test_backfill.py",
    "webhook/test_webhook_runs.py",
]
"""The tests with a running Airflow: two of them at once are too much for two cores."""


@pytest.hookimpl(tryfirst=True)  # xdist reads the marks in this hook, too
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give the Airflows' tests, first of all, to one process and all others to the other."""
    items.sort(key=_place)
    for item in items:
        if _place(item) < len(ONE_AT_A_TIME):
            item.add_marker(pytest.mark.xdist_group("airflow"))


def _place(item: pytest.Item) -> int:
    path = item.path.relative_to(Path(__file__).parent)
    places = (n for n, name in enumerate(ONE_AT_A_TIME) if path.is_relative_to(name))
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
