"""Ten backfills of a year in a row, pressed in Airflow's dialog in a browser.

    python -m benchmarks.browser_backfills

The Dag is switched on; All Runs of 52 weeks, with 4 runs at once and with 16, while a run for the
newest week and one of the webhook are under way. Every run must succeed, no component of Airflow
may be started again, and the sheets must be as before. It prints a line for each.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from croniter import croniter

from benchmarks.dags_side_by_side import ENTRY, NUMBER, OURS, SCHEDULE
from benchmarks.section import progress
from sandbox.airflow_api import ENDED, AirflowApi
from sandbox.both import Sandbox, running
from sandbox.google.seed import SHARED_SPREADSHEET
from sandbox.meeting_files import write_entries
from sandbox.stack import airflow_running, airflow_settings
from sandbox.waiting import wait_until
from sandbox.zoom import World
from sandbox.zoom.webhook import deliver, meeting_ended
from tests.screens.chromium import browsing, new_window
from tests.screens.dag_page import DagPage, DateTime
from tests.webhook.posting import SECRET, post

WEEK = timedelta(weeks=1)
WEEKS, PEOPLE = 52, 50
AT_ONCE = (4, 4, 16, 16, 4, 4, 16, 16, 4, 16)

LONGEST = 3600
"""Seconds for one backfill on a busy machine."""

Runs = list[dict[str, Any]]


def main() -> int:
    due: datetime = croniter(SCHEDULE, datetime.now(UTC)).get_prev(datetime)
    world = World.empty()
    for age in range(WEEKS + 1):
        world.add_bulk(NUMBER, due - timedelta(hours=5) - age * WEEK, PEOPLE)
    restarted = list[str]()
    with (
        _airflow(world, restarted) as (airflow, sandbox),
        browsing() as browser,
        new_window(browser) as page,
    ):
        done = _all_rounds(DagPage(page, airflow.url, OURS), airflow, sandbox, due)
    print("Started again:", restarted or "nothing")
    return 0 if done and not restarted else 1


@contextmanager
def _airflow(world: World, said: list[str]) -> Iterator[tuple[AirflowApi, Sandbox]]:
    with TemporaryDirectory() as folder:
        meetings = write_entries(Path(folder) / "meetings", [ENTRY])
        settings = airflow_settings(Path(folder), meetings)
        with running(world) as sandbox, airflow_running(settings, say=said.append) as airflow:
            connections = sandbox.connections
            connections["zoom_default"]["extra"]["webhook_secret"] = SECRET
            for conn_id, connection in connections.items():
                airflow.add_connection(conn_id, connection)
            airflow.wait_for_dag(OURS)
            airflow.unpause(OURS)
            airflow.wait_for_runs(OURS)
            yield airflow, sandbox


def _all_rounds(page: DagPage, airflow: AirflowApi, sandbox: Sandbox, due: datetime) -> bool:
    kept, before = [], None
    for number, at_once in enumerate(AT_ONCE, 1):
        progress(f"browser_backfills: {number} of {len(AT_ONCE)}")
        begun, started = time.monotonic(), datetime.now(UTC)
        page.open()
        page.fill_in_backfill(_day(due - WEEKS * WEEK), _day(due), "All Runs", at_once)
        backfill = page.run_backfill()
        others = _meanwhile(airflow, sandbox, number)
        runs = _ended(airflow, started, others)
        airflow.wait_for_backfill(backfill)
        sheets = _sheets(sandbox)
        same = before in (None, sheets)
        before = sheets
        well = sum(run["state"] == "success" for run in runs)
        kept.append(same and well == len(runs) == WEEKS + 1 + others)
        seconds = time.monotonic() - begun
        print(f"{number}: {at_once} at once, {seconds:.0f} s, {well} of {len(runs)} runs succeed,")
        print(f"   sheets {'as before' if same else 'CHANGED'}", flush=True)
    return all(kept)


def _day(moment: datetime) -> DateTime:
    return DateTime(f"{moment:%Y/%m/%d}", f"{moment:%H:%M}")


def _meanwhile(airflow: AirflowApi, sandbox: Sandbox, number: int) -> int:
    """Start a run for the newest week, and let Zoom tell of a session; returns how many."""
    airflow.trigger(OURS)
    instance = sandbox.zoom.world.instances(NUMBER)[number]
    delivery = deliver("meeting.ended", meeting_ended(instance), SECRET)
    post(f"{airflow.url}/zoom/webhook", delivery).raise_for_status()
    return 2


def _ended(airflow: AirflowApi, since: datetime, others: int) -> Runs:
    """The runs of a round, when all have ended."""
    return wait_until(
        lambda: [run for run in airflow.runs(OURS) if _is_of(run, since)],
        "the end of the round",
        accept=lambda runs: (
            len(runs) >= WEEKS + 1 + others and {run["state"] for run in runs} <= ENDED
        ),
        timeout=LONGEST,
        pause=2,
    )


def _is_of(run: dict[str, Any], since: datetime) -> bool:
    if run["state"] not in ENDED:
        return True
    return datetime.fromisoformat(run["start_date"]) >= since


def _sheets(sandbox: Sandbox) -> dict[int, list[list[str]]]:
    google = sandbox.google
    tabs = google.spreadsheets[SHARED_SPREADSHEET].sheets
    return {tab.id: google.read_cells(SHARED_SPREADSHEET, f"'{tab.title}'!A1:F200") for tab in tabs}


if __name__ == "__main__":
    sys.exit(main())
