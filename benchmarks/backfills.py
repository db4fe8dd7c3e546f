"""Backfills of a year in a Dag that is switched on, beside its weekly run and the webhook's.

All Runs, twice with 4 runs at once and twice with 16. Every run must succeed, and no component of
Airflow may have been started again. Not one of ``make bench``: it takes a quarter of an hour.
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import requests
from croniter import croniter

from sandbox.airflow_api import ENDED, AirflowApi
from sandbox.both import Sandbox, running
from sandbox.google.seed import SHARED_SPREADSHEET
from sandbox.meeting_files import write_entries
from sandbox.stack import airflow_running, airflow_settings
from sandbox.waiting import wait_until
from sandbox.zoom import World
from sandbox.zoom.webhook import deliver, meeting_ended

NUMBER, DAG_ID = 900_000_001, "zoom_attendance_yearly"
SCHEDULE, WEEK = "0 23 * * SUN", timedelta(weeks=1)
WEEKS, PEOPLE = 52, 50
AT_ONCE = (4, 4, 16, 16)
SECRET = "invented-secret-token"
LONGEST = 3600
"""Seconds for one backfill on a busy machine."""


def main() -> int:
    world, due = World.empty(), croniter(SCHEDULE, datetime.now(UTC)).get_prev(datetime)
    for age in range(WEEKS):
        world.add_bulk(NUMBER, due - timedelta(hours=5) - age * WEEK, PEOPLE)
    said: list[str] = []
    with tempfile.TemporaryDirectory() as home:
        settings = airflow_settings(Path(home), _meetings(Path(home)))
        with running(world) as sandbox, airflow_running(settings, say=said.append) as airflow:
            _connect(airflow, sandbox)
            well = [_backfill(airflow, sandbox, due, index) for index in range(len(AT_ONCE))]
    print(f"backfills: started again: {said or 'nothing'}")
    return int(bool(said) or not all(well))


def _meetings(home: Path) -> Path:
    entry = {
        "name": "yearly",
        "title": "A year of meetings",
        "meeting_id": NUMBER,
        "timezone": "UTC",
        "schedule": SCHEDULE,
        "publish_to": {"spreadsheet": SHARED_SPREADSHEET},
    }
    return write_entries(home / "meetings", [entry])


def _connect(airflow: AirflowApi, sandbox: Sandbox) -> None:
    connections = sandbox.connections
    connections["zoom_default"]["extra"]["webhook_secret"] = SECRET
    for conn_id, connection in connections.items():
        airflow.add_connection(conn_id, connection)
    airflow.wait_for_dag(DAG_ID)
    airflow.unpause(DAG_ID)  # its weekly run begins


def _backfill(airflow: AirflowApi, sandbox: Sandbox, due: datetime, index: int) -> bool:
    """Do all weeks again, while Zoom tells of a session; tell whether all runs succeed."""
    begun, at_once = time.monotonic(), AT_ONCE[index]
    first, last = (due - WEEKS * WEEK).isoformat(), (due - WEEK).isoformat()
    how = {"reprocess_behavior": "completed", "max_active_runs": at_once}
    backfill = airflow.backfill(DAG_ID, first, last, **how)
    ended = meeting_ended(sandbox.zoom.world.instances(NUMBER)[index])
    delivery = deliver("meeting.ended", ended, SECRET)
    url = f"{airflow.url}/zoom/webhook"
    requests.post(url, delivery.body, headers=delivery.headers, timeout=300).raise_for_status()
    states = wait_until(
        lambda: [run["state"] for run in airflow.runs(DAG_ID)],
        f"the end of the backfill with {at_once} at once",
        accept=lambda states: len(states) > WEEKS and set(states) <= ENDED,
        timeout=LONGEST,
        pause=2,
    )
    airflow.wait_for_backfill(backfill)
    print(
        f"backfills: {at_once} at once: {states.count('success')} of {len(states)} runs "
        f"succeeded, in {time.monotonic() - begun:.0f} s",
        flush=True,
    )
    return set(states) == {"success"}


if __name__ == "__main__":
    sys.exit(main())
