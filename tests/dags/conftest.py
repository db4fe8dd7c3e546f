"""A whole Airflow with the sandbox, started once for the tests of a module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sandbox.both import running
from sandbox.stack import ROOT, airflow_running, airflow_settings
from sandbox.zoom import World
from tests.dags.weeks import BIBLE_STUDY, Stack


@pytest.fixture(scope="module")
def stack(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Airflow with the five weeks backfilled once."""
    home = tmp_path_factory.mktemp("airflow")
    settings = airflow_settings(home, ROOT / "sandbox" / "meetings.yaml")
    with running(world) as sandbox, airflow_running(settings) as airflow:
        for conn_id, connection in sandbox.connections.items():
            airflow.add_connection(conn_id, connection)
        airflow.wait_for_dag(BIBLE_STUDY)
        airflow.unpause(BIBLE_STUDY)
        stack = Stack(airflow, sandbox, home)
        stack.backfill("none")
        yield stack
