"""A meeting for each case in the running Airflow; all their runs are under way at once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sandbox.both import Sandbox
from tests.live.stack import Live
from tests.task_logs.cases import CASES, CONNECTIONS, ENTRIES, NUMBERS, Case, spreadsheet_of
from tests.task_logs.desk import Desk, Run


@pytest.fixture(scope="package")
def desk(live: Live) -> Iterator[Desk]:
    live.add_meetings(ENTRIES)
    desk = Desk(live)
    desk.connect_google()
    plant(live.sandbox, CONNECTIONS, Case(says=""))
    desk.switch_on()
    yield desk
    live.connect("google_cloud_default")


@pytest.fixture(scope="package")
def runs(desk: Desk) -> dict[str, Run]:
    """The run of each case, started."""
    for name, case in CASES.items():
        plant(desk.live.sandbox, name, case)
    return {name: desk.start(name, **case.conf) for name, case in CASES.items()}


def plant(sandbox: Sandbox, name: str, case: Case) -> None:
    """Hold the meeting of a case, make its spreadsheet, switch on its fault."""
    held = case.hold(sandbox.zoom.world, NUMBERS[name])
    sandbox.google.add_spreadsheet(name, id=spreadsheet_of(name))
    for fault in case.zoom:
        meeting = held.uuid if case.task == "report.extract" else str(NUMBERS[name])
        sandbox.zoom.faults.add(**fault, meeting=meeting)
    if case.google:
        sandbox.google.faults.add(**case.google, file=spreadsheet_of(name))
