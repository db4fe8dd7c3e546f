"""Extract at the plan's limit: 24,000 rows in 40 meetings, 80 ms latency, 10 heavy calls a second.

80 pages at 10 a second are 8.0 s. The work is shared by processes, as Airflow's task instances
are; what counts is from their common start to the last staged page, the token included. Finding the
sessions is another task's work and done before.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
import tempfile
import time
from datetime import UTC, datetime
from typing import Any

from sandbox.both import running
from sandbox.zoom import World

MEETINGS, ROWS_EACH, PAGES_EACH = 40, 600, 2
LATENCY = 0.08
HEAVY_PER_SECOND = 10
FLOOR = MEETINGS * PAGES_EACH / HEAVY_PER_SECOND
BAR = 1.10

PROCESSES = 10
FIRST_NUMBER = 900_000_000
START = datetime(2026, 11, 15, 8, 30, tzinfo=UTC)


def work(numbers: list[int], ready: Any, ended: Any) -> None:
    """Extract the sessions of some meetings, as task instances do, and say when it was done."""
    from include.pipeline.extract import extract_session
    from include.pipeline.staging import StagingFolder
    from zoom_provider.hooks.zoom import ZoomHook

    sessions = [session for number in numbers for session in sessions_of(number)]
    ready.wait()
    for session in sessions:
        extract_session(session, ZoomHook(), StagingFolder(session.uuid.replace("/", "_")))
    ended.put(time.monotonic())


def sessions_of(number: int) -> list[dict[str, Any]]:
    from include.meeting import Folder, Meeting
    from include.pipeline.sessions import sessions_of_run
    from zoom_provider.hooks.zoom import ZoomHook

    meeting = Meeting(
        name="bench",
        title="Bench",
        meeting_id=number,
        timezone="UTC",
        schedule="0 23 * * SUN",
        publish_to=Folder(folder="unused"),
    )
    params = {"session": "2026-11-15", "uuid": None, "from_date": None, "to_date": None}
    return sessions_of_run(meeting, ZoomHook(), {"params": params})


def measure(environment: dict[str, str]) -> float:
    """Return the seconds from the common start of all processes to the end of the last."""
    os.environ.update(environment)
    numbers = [FIRST_NUMBER + index for index in range(MEETINGS)]
    spawn = multiprocessing.get_context("spawn")
    ready, ended = spawn.Barrier(PROCESSES + 1), spawn.Queue()
    workers = [
        spawn.Process(target=work, args=(numbers[part::PROCESSES], ready, ended))
        for part in range(PROCESSES)
    ]
    for worker in workers:
        worker.start()
    ready.wait()
    begun = time.monotonic()
    last = max(ended.get(timeout=60) for _ in workers)
    for worker in workers:
        worker.join()
    return last - begun


def main() -> int:
    world = World.empty()
    for index in range(MEETINGS):
        world.add_bulk(FIRST_NUMBER + index, START, ROWS_EACH)
    with running(world, latency=LATENCY) as sandbox, tempfile.TemporaryDirectory() as staging:
        environment = {
            f"AIRFLOW_CONN_{conn_id.upper()}": json.dumps(connection)
            for conn_id, connection in sandbox.connections.items()
        }
        environment["AIRFLOW__ZOOM_ATTENDANCE__STAGING_URL"] = f"file://{staging}"
        environment["AIRFLOW__LOGGING__LOGGING_LEVEL"] = "WARNING"
        seconds = measure(environment)
        calls = sandbox.zoom.requests
    heavy = sum(call.endpoint == "report_participants" for call in calls)
    refused = sum(call.status == 429 for call in calls)
    print(f"extract: {MEETINGS * ROWS_EACH:,} rows, {heavy} heavy calls, {refused} answers 429")
    print(f"extract: {seconds:.2f} s = {seconds / FLOOR:.2f} x the floor (bar {BAR:.2f})")
    return int(refused > 0 or seconds > BAR * FLOOR or heavy != MEETINGS * PAGES_EACH)


if __name__ == "__main__":
    sys.exit(main())
