"""The way from a report to the book in a real Airflow: the asset's event starts the second Dag."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from sandbox.waiting import wait_until
from tests.airflow_runs import end_of_log, finished, instances
from tests.live.stack import Live, live_airflow
from tests.live.weekly import Weekly

NIGHT_SCHOOL = Weekly("evening_class", "night_school", "Night school", 85550001404)
REGISTER = f"zoom_register_{NIGHT_SCHOOL.name}"

SELDOM = "0 0 29 2 *"
"""The first Dag makes no run by itself, but on this day, and then it finds nobody."""

STARTS_RUNS = {"AIRFLOW__SCHEDULER__USE_JOB_SCHEDULE": "True"}
"""The scheduler that all other tests share makes no runs, also none for an event of an asset."""


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """An Airflow of its own, in which the second Dag is switched on and has kept an empty book."""
    home, entry = tmp_path_factory.mktemp("register"), NIGHT_SCHOOL.entry(schedule=SELDOM)
    with live_airflow(home, [NIGHT_SCHOOL], [entry], **STARTS_RUNS) as live:
        live.airflow.wait_for_dag(REGISTER)
        live.airflow.unpause(REGISTER)
        live.airflow.wait_for_runs(REGISTER)  # this morning's
        yield live


@pytest.fixture(scope="module")
def reported(live: Live) -> dict[str, Any]:
    """The run that has reported on one session."""
    live.airflow.unpause(NIGHT_SCHOOL.dag_id)
    newest = NIGHT_SCHOOL.sessions(live.world)[-1]
    run_id = live.airflow.trigger(NIGHT_SCHOOL.dag_id, session=str(newest.plan.day))
    return finished(live.airflow, NIGHT_SCHOOL.dag_id, run_id)


@pytest.fixture(scope="module")
def run(live: Live, reported: dict[str, Any]) -> dict[str, Any]:
    """The only run that events have started, and no event is left that could start another."""
    assert reported["state"] == "success"
    wait_until(lambda: _started(live), "a run of the register")
    wait_until(lambda: _queued(live) == 0, "the end of the events that wait for a run")
    live.airflow.wait_for_runs(REGISTER)
    (run,) = _started(live)
    return run


def _started(live: Live) -> list[dict[str, Any]]:
    runs = live.airflow.runs(REGISTER)
    return [run for run in runs if run["run_type"] == "asset_triggered"]


def _queued(live: Live) -> int:
    found = live.airflow.call("GET", f"/dags/{REGISTER}/assets/queuedEvents")
    return int(found["total_entries"])


def test_a_report_starts_one_run_of_the_register(
    live: Live, reported: dict[str, Any], run: dict[str, Any]
) -> None:
    assert run["state"] == "success"
    path = f"/dags/{REGISTER}/dagRuns/{quote(run['dag_run_id'])}/upstreamAssetEvents"
    (event,) = live.airflow.call("GET", path)["asset_events"]
    assert event["source_run_id"] == reported["dag_run_id"]
    assert event["source_task_id"] == "report.load"


def test_until_then_the_book_says_that_there_is_no_session(live: Live, run: dict[str, Any]) -> None:
    of_the_morning = live.airflow.runs(REGISTER)[0]
    assert of_the_morning["run_type"] == "scheduled"
    link = run["note"].rpartition(" ")[2]
    assert of_the_morning["note"] == f"No session yet: {link}"


def test_it_writes_the_book_and_leads_there(live: Live, run: dict[str, Any]) -> None:
    written = live.airflow.result(REGISTER, run["dag_run_id"], "register")
    assert (written["sessions"], written["leaders"]) == (1, False)
    assert written["newest"]["people"] > 0
    newest = NIGHT_SCHOOL.sessions(live.world)[-1]
    line = f"{written['newest']['people']} people ({newest.plan.day}): {written['link']}"
    assert run["note"] == line
    google, place = live.sandbox.google, NIGHT_SCHOOL.spreadsheet
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
    live: Live, run: dict[str, Any], task: str, says: str | None
) -> None:
    (instance,) = instances(live.airflow, REGISTER, run["dag_run_id"], task)
    assert end_of_log(live.airflow, instance) == (says or run["note"])
