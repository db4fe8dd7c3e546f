"""One Airflow with the sandbox, one browser, and a fresh window for each test."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from sandbox.both import running
from sandbox.stack import ROOT, airflow_running, airflow_settings
from sandbox.zoom import World
from tests import postgres
from tests.screens import chromium
from tests.screens.camera import Camera
from tests.screens.chromium import PATIENCE, browsing, new_window
from tests.screens.dag_page import DagPage
from tests.screens.stack import DAG_ID, Stack

PASSWORD = "of-the-database"

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="package")
def installed() -> None:
    """Skip these tests where a program is missing, but not where all of them have to run."""
    needed = {"chromium": chromium.program(), "postgresql": postgres.program("initdb")}
    if absent := ", ".join(name for name, found in needed.items() if not found):
        assert not os.environ.get("CI"), f"not installed: {absent}"
        pytest.skip(f"not installed: {absent}")


# The fixtures end with the folder: Playwright's loop would stand in the way of other tests.
@pytest.fixture(scope="package")
def browser(installed: None) -> Iterator[Browser]:
    with browsing() as browser:
        yield browser


@pytest.fixture(scope="package")
def database(installed: None) -> Iterator[dict[str, str]]:
    """Postgres: in SQLite, Airflow's tasks and its busy pages lock each other out."""
    # Airflow hides the password wherever else it stands, also within a word.
    with postgres.postgres(PASSWORD) as server:
        yield server.settings


@pytest.fixture(scope="package")
def stack(
    database: dict[str, str], world: World, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stack]:
    """Airflow with its connections; no Dag has been switched on."""
    home = tmp_path_factory.mktemp("airflow")
    settings = airflow_settings(home, ROOT / "sandbox" / "meetings.yaml") | database
    with running(world) as sandbox, airflow_running(settings) as airflow:
        for conn_id, connection in sandbox.connections.items():
            airflow.add_connection(conn_id, connection)
        airflow.wait_for_dag(DAG_ID)
        yield Stack(airflow, sandbox)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with new_window(browser) as page:
        yield page


@pytest.fixture
def dag_page(page: Page, stack: Stack) -> DagPage:
    return DagPage(page, stack.airflow.url, DAG_ID)


@pytest.fixture(scope="package")
def camera(tmp_path_factory: pytest.TempPathFactory) -> Camera:
    """Takes pictures for the README when the variable SCREENS names their folder."""
    return Camera(Path(os.environ.get("SCREENS") or tmp_path_factory.mktemp("screens")))
