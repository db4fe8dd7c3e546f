"""Delivery by a real Airflow: 3 meetings, 4 past weeks each, 650 rows a session, each row once."""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sandbox.airflow_api import AirflowApi
from sandbox.both import Sandbox, running
from sandbox.google.seed import SHARED_SPREADSHEET
from sandbox.meeting_files import write_entries
from sandbox.stack import airflow_running, airflow_settings
from sandbox.zoom import World

NUMBERS = {"first": 900_000_001, "second": 900_000_002, "third": 900_000_003}
WEEKS, ROWS = 4, 650
NEWEST = datetime(2026, 11, 15, 19, 30, tzinfo=UTC)


def main() -> int:
    world = World.empty()
    for number in NUMBERS.values():
        for week in range(WEEKS):
            world.add_bulk(number, NEWEST - timedelta(weeks=week), ROWS)
    with tempfile.TemporaryDirectory() as home:
        settings = airflow_settings(Path(home), _meetings(Path(home)))
        with running(world) as sandbox, airflow_running(settings) as airflow:
            begun = time.monotonic()
            delivered = _deliver(airflow, sandbox)
    expected = len(NUMBERS) * WEEKS * ROWS
    print(f"deliver: {len(delivered):,} of {expected:,} rows", end=", ")
    print(f"{len(set(delivered)):,} different, in {time.monotonic() - begun:.0f} s")
    return int(len(delivered) != expected or len(set(delivered)) != expected)


def _meetings(home: Path) -> Path:
    destinations = {"first": {"folder": "Attendance reports"}}
    entries = [
        {
            "name": name,
            "title": f"The {name} meeting",
            "meeting_id": number,
            "timezone": "UTC",
            "schedule": "0 23 * * SUN",
            "publish_to": destinations.get(name, {"spreadsheet": SHARED_SPREADSHEET}),
        }
        for name, number in NUMBERS.items()
    ]
    return write_entries(home / "meetings", entries)


def _deliver(airflow: AirflowApi, sandbox: Sandbox) -> list[tuple[str, ...]]:
    """Backfill the weeks of every meeting; returns the rows of all published tables."""
    for conn_id, connection in sandbox.connections.items():
        airflow.add_connection(conn_id, connection)
    first = (NEWEST - timedelta(weeks=WEEKS - 1, hours=12)).isoformat()
    last = (NEWEST + timedelta(hours=12)).isoformat()
    dag_ids = [f"zoom_attendance_{name}" for name in NUMBERS]
    for dag_id in dag_ids:
        airflow.wait_for_dag(dag_id)
        airflow.unpause(dag_id)
    backfills = [airflow.backfill(dag_id, first, last) for dag_id in dag_ids]
    for backfill in backfills:
        airflow.wait_for_backfill(backfill)
    published = (result for dag_id in dag_ids for _, result in airflow.published(dag_id))
    reports = {result["link"]: result for result in published}  # the newest run may repeat one
    return [(link, *row) for link, report in reports.items() for row in _table(sandbox, report)]


def _table(sandbox: Sandbox, result: dict[str, str]) -> list[list[str]]:
    gid = int(result["link"].rpartition("gid=")[2])
    spreadsheet = sandbox.google.spreadsheets[result["spreadsheet_id"]]
    title = next(sheet.title for sheet in spreadsheet.sheets if sheet.id == gid)
    rows = sandbox.google.read_cells(result["spreadsheet_id"], f"'{title}'!{result['range']}")
    return rows[1:]


if __name__ == "__main__":
    sys.exit(main())
