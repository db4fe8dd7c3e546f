"""A whole Airflow with the sandbox and a mail server, started once for the tests of a module."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from sandbox.both import running
from sandbox.stack import ROOT, airflow_running, airflow_settings
from sandbox.zoom import World
from tests.conftest import TODAY
from tests.notifications.post_office import connection, open_office
from tests.notifications.stack import EVERYBODY, TOWN_HALL, Stack


def meetings_file(home: Path) -> Path:
    """The Bible study and the town hall tell people, the evening class tells nobody."""
    meetings = yaml.safe_load((ROOT / "sandbox" / "meetings.yaml").read_text())
    bible_study, town_hall, _ = meetings["meetings"]
    bible_study["notify"] = town_hall["notify"] = EVERYBODY
    town_hall["report_within"] = "1 minute"
    for meeting in meetings["meetings"]:
        meeting["schedule"] = "0 0 29 2 *"  # runs when it is triggered
    file = home / "meetings.yaml"
    file.write_text(yaml.safe_dump(meetings))
    return file


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Airflow with its mail connection, and a town hall that goes on and on."""
    home, world = tmp_path_factory.mktemp("airflow"), World(TODAY)
    world.add(TOWN_HALL.number, datetime.now(UTC) - timedelta(hours=1), None, [])
    settings = airflow_settings(home, meetings_file(home))
    with (
        open_office() as (office, port),
        running(world) as sandbox,
        airflow_running(settings) as airflow,
    ):
        connections = {**sandbox.connections, "smtp_default": connection(port)}
        for conn_id, to_it in connections.items():
            airflow.add_connection(conn_id, to_it)
        stack = Stack(airflow, sandbox, office, port, home)
        stack.start()
        yield stack
