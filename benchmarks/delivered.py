"""How many of Zoom's rows arrive: ours, what others made, and the plain script, on the same work.

    python -m benchmarks.delivered

Three meetings, four past weeks each, 650 rows a session, each row once; Zoom answers after 80 ms
and allows ten heavy calls a second. Ours is a real Airflow that backfills the weeks.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from starlette.applications import Starlette

from benchmarks.peers import DLT, TAP_ZOOM
from benchmarks.peers.lenient_zoom import Lenient, listing_routes
from benchmarks.section import Section, print_section, progress, reason
from sandbox import google, zoom
from sandbox.airflow_api import AirflowApi
from sandbox.both import Sandbox, app_over
from sandbox.google.seed import SHARED_SPREADSHEET
from sandbox.meeting_files import write_entries
from sandbox.server import serve
from sandbox.stack import airflow_running, airflow_settings
from sandbox.zoom import World

NUMBERS = {"first": 900_000_001, "second": 900_000_002, "third": 900_000_003}
WEEKS, ROWS = 4, 650
EXPECTED = len(NUMBERS) * WEEKS * ROWS
NEWEST = datetime(2026, 11, 15, 19, 30, tzinfo=UTC)
LATENCY = 0.08
NOTES = """How the others are pointed at the stand-in, each by a script of ours:

- **tap-zoom** (`benchmarks/peers/run_tap_zoom.py`): `ZoomClient.BASE_URL` is set, and its
  development mode is given a token, since the address of tokens is fixed in its code. It asks for a
  report by the meeting's *number*, which Zoom takes for the newest session, and for its pages by
  `page_number`, which this report does not have; as `page_size` it sends 1000, where Zoom's
  reference allows 300. By the reference Zoom answers 400, which the tap takes for an empty report.
  In its second row the stand-in cuts the size and ignores the number: each page is the first.
- **dlt** (`benchmarks/peers/run_dlt.py`): `base_url` and `access_token_url` lead to the stand-in;
  its login for client credentials is given Zoom's `grant_type`; resources of meetings, instances
  and participants, a cursor for the pages; into DuckDB.
- **The plain script** (`benchmarks/plain_client.py`): requests in a loop, urllib3's retries."""


@dataclass(frozen=True)
class Way:
    """A way to get the rows: returns them, each with what tells it from others."""

    name: str
    rows: Callable[[Sandbox], Sequence[Any]]
    lenient: bool = False


def measure(section: Section) -> None:
    """Carry out every way on a fresh sandbox."""
    lines = [_line(way, section) for way in WAYS]
    section.say(
        f"{len(NUMBERS)} meetings, {WEEKS} past weeks each, {ROWS} rows a session: {EXPECTED:,} "
        f"rows, 36 pages. Zoom answers after {LATENCY * 1000:.0f} ms and refuses an eleventh heavy "
        "call in a second."
    )
    section.table(("way", "rows delivered", "distinct", "calls", "429s"), lines)
    section.say(NOTES)


def _line(way: Way, section: Section) -> Sequence[str]:
    """Return a way's line of the table; what fails is named there."""
    progress(f"delivered: {way.name}")
    with _sandbox(way.lenient) as sandbox:
        try:
            rows = way.rows(sandbox)
        except Exception as error:
            section.failed = True
            return (way.name, f"**not measured**: {reason(error)}", "", "", "")
        calls = sandbox.zoom.requests
    refused, distinct = sum(call.status == 429 for call in calls), len(set(rows))
    if way is WAYS[0]:
        section.demand("ours: every row, once, no 429", _whole(rows) and not refused)
    return (way.name, f"{len(rows):,}", f"{distinct:,}", f"{len(calls):,}", f"{refused:,}")


def _whole(rows: Sequence[Any]) -> bool:
    return len(rows) == len(set(rows)) == EXPECTED


@contextmanager
def _sandbox(lenient: bool) -> Iterator[Sandbox]:
    world = World.empty()
    for number in NUMBERS.values():
        for week in range(WEEKS):
            world.add_bulk(number, NEWEST - timedelta(weeks=week), ROWS)
    states = zoom.ZoomState(world, "pro", LATENCY), google.GoogleState()
    users = listing_routes(list(NUMBERS.values()))
    app = Starlette(routes=[*users, *app_over(*states).routes])
    with serve(Lenient(app) if lenient else app) as url:
        yield Sandbox(url, *states)


def _ours(sandbox: Sandbox) -> Sequence[Any]:
    with tempfile.TemporaryDirectory() as home:
        settings = airflow_settings(Path(home), _meetings(Path(home)))
        with airflow_running(settings, say=progress) as airflow:
            return _deliver(airflow, sandbox)


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


def _numbers() -> list[str]:
    return [str(number) for number in NUMBERS.values()]


def _tap_zoom(sandbox: Sandbox) -> Sequence[Any]:
    token = sandbox.zoom.tokens.issue(sandbox.zoom.scopes, sandbox.zoom.clock())
    lines = TAP_ZOOM.run(sandbox.url, token).splitlines()
    return [line for line in lines if line.startswith('{"type": "RECORD"')]


def _dlt(sandbox: Sandbox) -> Sequence[Any]:
    return DLT.run(sandbox.url, *_numbers()).splitlines()


def _plain(sandbox: Sandbox) -> Sequence[Any]:
    command = [sys.executable, "-m", "benchmarks.plain_client", sandbox.url, *_numbers()]
    return subprocess.check_output(command, text=True).splitlines()


WAYS = (
    Way("this project", _ours),
    Way(f"{TAP_ZOOM.name}, Zoom as its reference says", _tap_zoom),
    Way(f"{TAP_ZOOM.name}, Zoom lenient", _tap_zoom, lenient=True),
    Way(DLT.name, _dlt),
    Way("the plain script", _plain),
)


if __name__ == "__main__":
    sys.exit(print_section("Delivered", measure))
