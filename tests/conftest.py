"""A throw-away Airflow home, the sandbox, the connections that lead to it, a running Airflow."""

from __future__ import annotations

import atexit
import gc
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from googleapiclient.schema import Schemas
from tenacity import nap
from xdist.scheduler import LoadScopeScheduling

from local.postgres import NAME, Postgres
from local.supervisor import Supervisor
from sandbox.stack import ROOT, airflow_settings, free_port

HOME = Path(tempfile.mkdtemp(prefix="attendance-tests-"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
# Airflow reads its settings when it is first imported, so they must stand before any test module.
DATABASE = Postgres(HOME / "postgres", free_port(), "of-the-tests")
os.environ.update(airflow_settings(HOME, ROOT / "sandbox" / "meetings"))
os.environ.update(DATABASE.settings)

from airflow.sdk._shared.secrets_masker import reset_secrets_masker  # noqa: E402

from sandbox.both import Sandbox, running  # noqa: E402
from sandbox.zoom import World  # noqa: E402
from tests.live.everybody import ENTRIES, WEEKLY, begin  # noqa: E402
from tests.live.stack import Live, live_airflow  # noqa: E402
from tests.live.weekly import TODAY  # noqa: E402

CHAINS = {
    "the running Airflow": [
        "dags/test_backfill.py",
        "webhook/test_webhook_runs.py",
        "screens",
        "notifications/test_mails.py",
        "task_logs",  # last, for it lets Zoom and Google refuse, and takes the connections away
    ],
    "workers": ["workers"],
    "make run": ["local/test_register_run.py", "local/test_make_run.py"],
    "waiting": [
        "webhook/test_webhook_strangers.py",
        "zoom_provider/test_hook_time_limit.py",
        "pipeline/test_known_meetings.py",
    ],
    "more waiting": [
        "zoom_provider/test_hook_pacing.py",
        "google_workspace/test_google_calls.py",
        "local/test_supervisor.py",
    ],
}
"""The tests that share an Airflow, in their order, and those that wait more than they work. They
take longest, and come first; each chain has a process of its own.
"""

ORDER = [name for chain in CHAINS.values() for name in chain]

SERVICES = {"live", "programs", "compose", "terminal", "database", "browser"}
"""The fixtures of running Airflows, of Compose, of a database and of a browser."""


class OneAirflow(LoadScopeScheduling):
    """Gives the tests that share an Airflow to one process, and each other folder to the next."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        place = _place(ROOT / file)
        if place == len(ORDER):
            return file
        return next(chain for chain, names in CHAINS.items() if ORDER[place] in names)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> OneAirflow:
    config.option.loadscopereorder = False  # else few tests come last, though they may be long
    return OneAirflow(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if SERVICES & set(getattr(item, "fixturenames", ())):
            item.add_marker("services")
    items.sort(key=lambda item: _place(item.path))


def pytest_collection_finish() -> None:
    """What is imported by now stays: else the garbage collector looks through it all the time."""
    gc.freeze()
    gc.set_threshold(20_000)


def _place(path: Path) -> int:
    below = path.relative_to(ROOT / "tests")
    places = (place for place, name in enumerate(ORDER) if below.is_relative_to(name))
    return next(places, len(ORDER))


@pytest.fixture
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no time pass between two tries: how long the pauses are is no matter of the test."""
    monkeypatch.setattr(nap, "time", SimpleNamespace(sleep=lambda _: None))


@pytest.fixture(autouse=True)
def no_secrets_of_earlier_tests() -> None:
    """Airflow looks in all that it logs for all secrets it has met: thousands, after a while."""
    reset_secrets_masker()


@pytest.fixture(scope="session", autouse=True)
def clients_without_manuals() -> Iterator[None]:
    """Google's client writes pages of help for each client it makes: most of a test's time."""
    with pytest.MonkeyPatch.context() as patch:
        for pages in ("prettyPrintByName", "prettyPrintSchema"):
            patch.setattr(Schemas, pages, lambda *_: "")
        yield


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """The one Airflow that many tests share; each folder has meetings of its own in it."""
    with live_airflow(tmp_path_factory.mktemp("live"), WEEKLY, ENTRIES) as live:
        begin(live)
        yield live


@pytest.fixture(scope="session")
def database() -> Iterator[Postgres]:
    """The database of the Airflow in this process; until now nothing listens at its address."""
    with Supervisor(HOME, print) as supervisor:
        DATABASE.start(supervisor)
        yield DATABASE


@pytest.fixture(scope="module")
def own_connections(database: Postgres) -> Iterator[Postgres]:
    """The same; the connections that a module saves in it end with the module."""
    yield database
    database.run("psql", "-c", "DELETE FROM connection", NAME)


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
