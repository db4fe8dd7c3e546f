"""Past weeks by Airflow's backfill dialog: right sessions, no limit broken, safe to repeat."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.live.weekly import date_of
from tests.screens.camera import Camera
from tests.screens.chromium import new_window
from tests.screens.dag_page import DagPage, DateTime
from tests.screens.stack import DAG_ID, ZONE, Stack, uuids

FIRST, LAST = DateTime("2026/02/24", "00:00"), DateTime("2026/03/18", "00:00")
"""Four Tuesdays; New York's clocks change before the third."""

WEEKS = 4


@pytest.fixture(scope="module")
def dag_page(browser: Browser, stack: Stack) -> Iterator[DagPage]:
    """The Dag's page, in the meeting's time zone."""
    with new_window(browser) as page:
        dag_page = DagPage(page, stack.live.airflow.url, DAG_ID)
        dag_page.open()
        dag_page.choose_time_zone(ZONE)
        yield dag_page


@pytest.fixture(scope="module")
def answered_before(stack: Stack) -> int:
    """How many calls Zoom had answered before: other tests make it refuse some."""
    return len(stack.live.sandbox.zoom.requests)


@pytest.fixture(scope="module")
def runs(
    answered_before: int, dag_page: DagPage, stack: Stack, camera: Camera
) -> list[dict[str, Any]]:
    """The runs that the dialog has made, oldest first, when all have ended."""
    dag_page.fill_in_backfill(FIRST, LAST, "Missing Runs", at_once=WEEKS)
    expect(dag_page.dialog.get_by_text(f"{WEEKS} runs will be triggered")).to_be_visible()
    camera.part(dag_page.dialog, "backfill")
    return backfilled(stack, dag_page)


def backfilled(stack: Stack, dag_page: DagPage) -> list[dict[str, Any]]:
    """Run what is filled in; returns the runs when Airflow would take the next backfill."""
    backfill = dag_page.run_backfill()
    dag_page.leave()
    airflow = stack.live.airflow
    airflow.wait_for_backfill(backfill)
    return [run for run in airflow.runs(DAG_ID) if run["run_type"] == "backfill"]


def test_one_run_a_week_across_the_dst_change_with_its_own_sessions(
    stack: Stack, runs: list[dict[str, Any]]
) -> None:
    assert [run["state"] for run in runs] == ["success"] * WEEKS
    dates = [f"{date_of(run):%d %b %H:%M}" for run in runs]
    assert dates == ["25 Feb 03:00", "04 Mar 03:00", "11 Mar 02:00", "18 Mar 02:00"]  # UTC
    found = [stack.found(run["dag_run_id"]) for run in runs]
    assert found == [uuids(stack.sessions_of(run)) for run in runs]
    assert [len(sessions) for sessions in found] == [1] * WEEKS


def test_no_limit_is_broken_with_all_runs_at_once(
    stack: Stack, runs: list[dict[str, Any]], answered_before: int
) -> None:
    answered = stack.live.sandbox.zoom.requests[answered_before:]
    assert len(answered) > len(runs)
    assert {request.status for request in answered} == {200}


def test_the_grid_shows_the_weeks_and_their_sessions(
    stack: Stack, runs: list[dict[str, Any]], dag_page: DagPage, camera: Camera
) -> None:
    dag_page.open("/tasks/report.load/task_instances")
    dag_page.open_grid()
    for run in runs:
        for session in stack.sessions_of(run):
            expect(dag_page.link(str(session.plan.day))).to_be_visible()
    camera.window(dag_page.page, "grid", height=680, width=1460)


def test_all_runs_again_gives_the_same_sheets(
    stack: Stack, runs: list[dict[str, Any]], dag_page: DagPage
) -> None:
    sheets, before = stack.sheets(), datetime.now(UTC)
    assert len(sheets) > WEEKS
    dag_page.open()
    dag_page.fill_in_backfill(FIRST, LAST, "All Runs", at_once=WEEKS)
    again = backfilled(stack, dag_page)
    assert [run["dag_run_id"] for run in again] == [run["dag_run_id"] for run in runs]
    assert [run["state"] for run in again] == ["success"] * WEEKS
    assert all(datetime.fromisoformat(run["start_date"]) > before for run in again)
    assert stack.sheets() == sheets
