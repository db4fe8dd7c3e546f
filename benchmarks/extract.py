"""Extract at the plan's limit: 24,000 rows in 40 meetings at 10 heavy calls a second.

    python -m benchmarks.extract

80 pages at 10 a second are 8.0 s, whatever one call takes: answers come after 20, 80 and 500 ms.
The pages of one report follow one another, so 16 reports are read at a time, as many task
instances as Airflow by default runs of a Dag: by one process, by four, by ten. And 20 meetings at 2
calls a second. What counts is from the common start to the last staged page, the token included.
Finding the sessions is another task's work and done before.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from benchmarks.section import ROUNDS, Section, median, print_section, progress
from sandbox.both import running
from sandbox.zoom import World

ROWS_EACH, PAGES_EACH = 600, 2
BAR = 1.05
AT_A_TIME = 16

FIRST_NUMBER = 900_000_000
START = datetime(2026, 11, 15, 8, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Case:
    """One measurement; `latency` in seconds."""

    processes: int
    latency: float
    meetings: int = 40
    per_second: int = 10

    @property
    def floor(self) -> float:
        """Seconds that Zoom's limit alone takes."""
        return self.meetings * PAGES_EACH / self.per_second

    def __str__(self) -> str:
        return f"{self.per_second}, {self.latency * 1000:.0f} ms, {self.processes}"


CASES = [
    *(Case(processes, latency) for latency in (0.02, 0.08, 0.5) for processes in (1, 4)),
    Case(10, 0.5),
    *(Case(processes, 0.08, meetings=20, per_second=2) for processes in (1, 4)),
]


def work(numbers: list[int], ready: Any, ended: Any, threads: int) -> None:
    """Extract the sessions of some meetings, as task instances do, and say when it was done."""
    from include.pipeline.extract import extract_session
    from include.pipeline.files.staging import StagingFolder
    from zoom_provider.hooks.zoom import ZoomHook

    def extract(session: Any) -> None:
        extract_session(session, ZoomHook(), StagingFolder(session.uuid.replace("/", "_")))

    sessions = [session for number in numbers for session in sessions_of(number)]
    ready.wait()
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(extract, sessions))
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
    nothing = dict.fromkeys(("time", "uuid", "from_date", "to_date"))
    params = {"session": "2026-11-15"} | nothing
    return sessions_of_run(meeting, ZoomHook(), {"params": params})


def measure(case: Case, environment: dict[str, str]) -> float:
    """Return the seconds from the common start of all processes to the end of the last."""
    os.environ.update(environment)
    numbers = [FIRST_NUMBER + index for index in range(case.meetings)]
    spawn = multiprocessing.get_context("spawn")
    ready, ended = spawn.Barrier(case.processes + 1), spawn.Queue()
    threads = -(-AT_A_TIME // case.processes)
    workers = [
        spawn.Process(target=work, args=(numbers[part :: case.processes], ready, ended, threads))
        for part in range(case.processes)
    ]
    for worker in workers:
        worker.start()
    ready.wait()
    begun = time.monotonic()
    last = max(ended.get(timeout=300) for _ in workers)
    for worker in workers:
        worker.join()
    return last - begun


def carry_out(case: Case) -> tuple[float, int]:
    """Measure one case once: seconds, and how many answers were 429. Every page must come once."""
    world = World.empty()
    for index in range(case.meetings):
        world.add_bulk(FIRST_NUMBER + index, START, ROWS_EACH)
    with running(world, latency=case.latency) as sandbox, tempfile.TemporaryDirectory() as folder:
        sandbox.zoom.limits.per_second["HEAVY"] = case.per_second
        seconds = measure(case, _environment(sandbox.connections, case, folder))
        calls = sandbox.zoom.requests
    refused = sum(call.status == 429 for call in calls)
    heavy = sum(call.endpoint == "report_participants" for call in calls) - refused
    assert heavy == case.meetings * PAGES_EACH, f"{heavy} pages came"
    return seconds, refused


def _environment(connections: dict[str, dict[str, Any]], case: Case, folder: str) -> dict[str, str]:
    connections["zoom_default"]["extra"]["heavy_per_second"] = case.per_second
    return {
        **{f"AIRFLOW_CONN_{name.upper()}": json.dumps(one) for name, one in connections.items()},
        "AIRFLOW__ZOOM_ATTENDANCE__STAGING_URL": f"file://{folder}",
        "AIRFLOW__LOGGING__LOGGING_LEVEL": "WARNING",
        # Lock files of its own: nobody else's calls count.
        "TMPDIR": folder,
    }


def tell(section: Section) -> None:
    """Measure all cases, in turn, and tell their medians."""
    rounds = []
    for number in range(ROUNDS):
        progress(f"extract: round {number + 1} of {ROUNDS}")
        rounds.append([carry_out(case) for case in CASES])
    section.say(
        f"The floor is what Zoom's limit alone takes: pages by calls a second. {AT_A_TIME} reports "
        "are read at a time: as many task instances as Airflow by default runs of a Dag. The "
        "answers of the token and of the last page are in the seconds: with 500 ms that is one."
    )
    rows = [_line(case, found) for case, *found in zip(CASES, *rounds, strict=True)]
    section.table(
        ("calls a second, latency, processes", "rows", "seconds", "× the floor", "429s"), rows
    )
    for case, *found in zip(CASES, *rounds, strict=True):
        section.bar(str(case), median(one for one, _ in found) / case.floor, BAR, " ×")
    section.demand("no 429 in any round", not any(refused for one in rounds for _, refused in one))


def _line(case: Case, found: Sequence[tuple[float, int]]) -> Sequence[str]:
    seconds = median(one for one, _ in found)
    refused = sum(one for _, one in found)
    rows = f"{case.meetings * ROWS_EACH:,}"
    return (str(case), rows, f"{seconds:.2f}", f"{seconds / case.floor:.2f}", str(refused))


if __name__ == "__main__":
    sys.exit(print_section("At the plan's limit", tell))
