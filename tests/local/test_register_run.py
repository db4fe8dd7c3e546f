"""The way from a report to the book in ``make run``: the asset's event starts the second Dag."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from sandbox.airflow_api import AirflowApi
from sandbox.both import Sandbox
from sandbox.waiting import wait_until
from tests.airflow_runs import end_of_log, finished, instances
from tests.local.conftest import NIGHT_SCHOOL
from tests.local.terminal import Terminal

REGISTER = f"zoom_register_{NIGHT_SCHOOL.name}"


@pytest.fixture(scope="module")
def airflow(terminal: Terminal) -> AirflowApi:
    """The second Dag is switched on and has kept an empty book."""
    airflow = terminal.log_in()
    airflow.wait_for_dag(REGISTER)
    airflow.unpause(REGISTER)
    airflow.wait_for_runs(REGISTER)  # this morning's
    return airflow


@pytest.fixture(scope="module")
def reported(airflow: AirflowApi, outside: Sandbox) -> dict[str, Any]:
    """The run that has reported on one session."""
    airflow.wait_for_dag(NIGHT_SCHOOL.dag_id)
    airflow.unpause(NIGHT_SCHOOL.dag_id)
    newest = NIGHT_SCHOOL.sessions(outside.zoom.world)[-1]
    run_id = airflow.trigger(NIGHT_SCHOOL.dag_id, session=str(newest.plan.day))
    return finished(airflow, NIGHT_SCHOOL.dag_id, run_id)


@pytest.fixture(scope="module")
def run(airflow: AirflowApi, reported: dict[str, Any]) -> dict[str, Any]:
    """The only run that events have started, and no event is left that could start another."""
    assert reported["state"] == "success"
    wait_until(lambda: _started(airflow), "a run of the register")
    wait_until(lambda: _queued(airflow) == 0, "the end of the events that wait for a run")
    airflow.wait_for_runs(REGISTER)
    (run,) = _started(airflow)
    return run


def _started(airflow: AirflowApi) -> list[dict[str, Any]]:
    runs = airflow.runs(REGISTER)
    return [run for run in runs if run["run_type"] == "asset_triggered"]


def _queued(airflow: AirflowApi) -> int:
    found = airflow.call("GET", f"/dags/{REGISTER}/assets/queuedEvents")
    return int(found["total_entries"])


def test_a_report_starts_one_run_of_the_register(
    airflow: AirflowApi, reported: dict[str, Any], run: dict[str, Any]
) -> None:
    assert run["state"] == "success"
    path = f"/dags/{REGISTER}/dagRuns/{quote(run['dag_run_id'])}/upstreamAssetEvents"
    (event,) = airflow.call("GET", path)["asset_events"]
    assert event["source_run_id"] == reported["dag_run_id"]
    assert event["source_task_id"] == "report.load"


def test_until_then_the_book_says_that_there_is_no_session(
    airflow: AirflowApi, run: dict[str, Any]
) -> None:
    of_the_morning = airflow.runs(REGISTER)[0]
    assert of_the_morning["run_type"] == "scheduled"
    link = run["note"].rpartition(" ")[2]
    assert of_the_morning["note"] == f"No session yet: {link}"


def test_it_writes_the_book_and_leads_there(
    airflow: AirflowApi, outside: Sandbox, run: dict[str, Any]
) -> None:
    written = airflow.result(REGISTER, run["dag_run_id"], "register")
    assert (written["sessions"], written["leaders"]) == (1, False)
    assert written["newest"]["people"] > 0
    newest = NIGHT_SCHOOL.sessions(outside.zoom.world)[-1]
    line = f"{written['newest']['people']} people ({newest.plan.day}): {written['link']}"
    assert run["note"] == line
    google, place = outside.google, NIGHT_SCHOOL.spreadsheet
    titles = {sheet.title for sheet in google.spreadsheets[place].sheets}
    assert {"This week", "Register", "People"} <= titles
    assert google.read_cells(place, "'This week'!A1:A1")[0][0].startswith("Night school · ")


@pytest.mark.parametrize(
    ("task", "says"),
    [
        ("book", f"The book is the spreadsheet {NIGHT_SCHOOL.spreadsheet}."),
        ("register", None),
        ("leaders", "No class has leaders, so none has a spreadsheet of its own."),
    ],
)
def test_its_logs_end_with_what_came_of_it(
    airflow: AirflowApi, run: dict[str, Any], task: str, says: str | None
) -> None:
    (instance,) = instances(airflow, REGISTER, run["dag_run_id"], task)
    assert end_of_log(airflow, instance) == (says or run["note"])
