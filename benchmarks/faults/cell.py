"""One cell: a fault at a place, the run to its end, and what has become of the sheet."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from starlette.applications import Starlette

from benchmarks.faults import evening, places
from benchmarks.faults.processes import Forker
from benchmarks.faults.proxy import Proxy, proxy_before
from benchmarks.faults.run import OF_THE_BOOK, ORDER, RETRIES, TASKS, Job
from benchmarks.faults.sheet import seen
from sandbox.google import GoogleState
from sandbox.google import routes as google_routes
from sandbox.google.person import Person
from sandbox.google.seed import SHARED_SPREADSHEET
from sandbox.server import serve
from sandbox.zoom import routes as zoom_routes
from sandbox.zoom.state import ZoomState

LONGEST = 90.0
"""Seconds between two steps of a run; what takes longer hangs."""


@dataclass
class Stage:
    """The stand-ins of one cell, and where it stages."""

    kind: str
    now: datetime
    hours: int
    zoom: ZoomState
    google: GoogleState
    proxy: Proxy
    staging: Path
    damaged: dict[Path, bytes] = field(default_factory=dict)
    """Files that something has happened to, and what was in them."""

    @property
    def records(self) -> Path:
        """The folder of the meeting's attendance records."""
        return self.staging / "records" / "choir"

    def lift(self) -> None:
        """End the fault."""
        self.proxy.lift()
        for file, content in self.damaged.items():
            file.write_bytes(content)

    def job(self, **changes: Any) -> Job:
        settings = {
            "AIRFLOW__ZOOM_ATTENDANCE__STAGING_URL": f"file://{self.staging}",
            "AIRFLOW__ZOOM_ATTENDANCE__RECORDS_URL": f"file://{self.staging}/records",
        }
        made = Job(
            environment=evening.environment(self.proxy.url) | settings,
            meeting=evening.meeting(self.kind),
            tick=evening.tick(self.now, self.hours),
        )
        if self.kind == "book":
            made = replace(made, task=OF_THE_BOOK[0], last=OF_THE_BOOK[-1])
        return replace(made, **changes)


@dataclass
class Ended:
    """How a run came to its end.

    :param outcome: ``done``, ``failed``, ``waits``, ``nobody``, ``skipped``, ``hangs``.
    """

    outcome: str = "hangs"
    task: str = TASKS[0]
    said: str = ""
    log: str = ""
    tries: int = 0
    handed_on: dict[str, Any] = field(default_factory=dict)


@contextmanager
def stage(kind: str, now: datetime, hours: int, google: GoogleState) -> Iterator[Stage]:
    zoom = evening.zoom_over(_world(now, hours))
    staging = Path(tempfile.mkdtemp(prefix="faults-"))
    app = Starlette(routes=[*zoom_routes(zoom), *google_routes(google)])
    try:
        with serve(app) as url, proxy_before(url, places.place_of) as proxy:
            on = Stage(kind, now, hours, zoom, google, proxy, staging)
            if kind == "book":
                on.records.mkdir(parents=True)
                for name, content in _book(now, hours)[1].items():
                    (on.records / name).write_bytes(content)
            yield on
    finally:
        shutil.rmtree(staging, ignore_errors=True)


@cache
def _world(now: datetime, hours: int, fewer: int = 0) -> Any:
    return evening.world(now, hours, fewer=fewer)


@cache
def before(kind: str, now: datetime, hours: int) -> GoogleState:
    """What Google holds before the run.

    For a tab the former report, with a remark beside it; for a book what people have typed since.
    """
    if kind == "book":
        return _book(now, hours)[0]
    google = evening.new_google()
    if kind == "tab":
        with stage(kind, now, hours, google) as on:
            on.zoom.world = _world(now, hours, evening.FEWER)
            ended = to_its_end(on.job(), on.proxy)
            assert ended.outcome == "done", ended
        title = google.spreadsheets[SHARED_SPREADSHEET].sheets[-1].title
        teacher = Person(google, SHARED_SPREADSHEET)
        teacher.pastes("Notes", "A1", [["Notes for the teachers", "new"]])
        _remark(google, title)
    return google


@cache
def _book(now: datetime, hours: int) -> tuple[GoogleState, dict[str, bytes]]:
    """What Google holds before a run of the second Dag, and the meeting's records by file."""
    google = evening.copy_of(before("tab", now, hours))
    with stage("tab", now, hours, google) as on:
        tasks = on.job(), on.job(task=OF_THE_BOOK[0], last=OF_THE_BOOK[-1])
        for ended in (to_its_end(job, on.proxy) for job in tasks):
            assert ended.outcome == "done", ended
        records = {file.name: file.read_bytes() for file in on.records.iterdir()}
    office = Person(google, SHARED_SPREADSHEET)
    office.pastes("People", "A3", evening.MEMBERS)
    office.pastes("Classes", "A3", [["Youth"], ["Choir"]])
    return google, records


def _remark(google: GoogleState, title: str) -> None:
    sheet = google.spreadsheets[SHARED_SPREADSHEET].titled(title)
    assert sheet is not None
    sheet.cells[8][8] = {"userEnteredValue": {"stringValue": "a remark"}}


@cache
def undisturbed(kind: str, now: datetime, hours: int) -> str:
    """What is seen after a run without a fault."""
    google = evening.copy_of(before(kind, now, hours))
    with stage(kind, now, hours, google) as on:
        ended = to_its_end(on.job(), on.proxy)
        assert ended.outcome == "done", ended
        return seen(google)


def to_its_end(job: Job, proxy: Proxy, longest: float = LONGEST) -> Ended:
    """Run the tasks as a scheduler would; a process that is killed is followed by another."""
    ended = Ended(task=job.task, handed_on=dict(job.handed_on))
    while True:
        alive = _process(job, ended, proxy, longest)
        if alive or ended.tries > RETRIES:
            return ended
        job = replace(job, task=ended.task, tried=ended.tries, handed_on=ended.handed_on)


def _process(job: Job, ended: Ended, proxy: Proxy, longest: float) -> bool:
    """Run one process; False if it was killed."""
    for step in _forker().run(job, longest):
        match step["kind"]:
            case "pid":
                proxy.victim = step["pid"]
            case "hangs":
                ended.outcome = "hangs"
                kill(proxy)
            case "exit":
                return ended.outcome != "killed"
            case _:
                _take(step, ended)
    raise AssertionError("A process ends with its exit.")


@cache
def _forker() -> Forker:
    return Forker()


def begin() -> None:
    """Call this before the process has threads."""
    _forker()


def _take(step: dict[str, Any], ended: Ended) -> None:
    """Take note of a step."""
    match step["kind"]:
        case "begins":
            ended.tries = ended.tries + 1 if step["task"] == ended.task else 1
            ended.task, ended.outcome = step["task"], "killed"
        case "waited":
            ended.tries -= 1
        case "result":
            ended.handed_on[step["task"]] = step["value"]
        case "error":
            ended.said = f"{step['type']}: {step['said']}"
        case outcome:
            ended.outcome, ended.log = outcome, step["log"]
            if outcome == "done" and step["task"] not in (TASKS[-1], OF_THE_BOOK[-1]):
                ended.task, ended.tries = ORDER[ORDER.index(step["task"]) + 1], 0


def kill(proxy: Proxy) -> None:
    """Kill the process that calls."""
    os.kill(proxy.victim, signal.SIGKILL)


def leaks(ended: Ended, on: Stage) -> str:
    """Return what was logged or handed on that must not be; empty if nothing was."""
    text = f"{ended.log} {ended.said} {ended.handed_on}".lower()
    secrets = [*evening.SECRETS, *(token for token in on.zoom.tokens._grants)]
    return next((secret for secret in secrets if secret.lower() in text), "")


def cleared(ended: Ended, on: Stage) -> Job:
    """What runs when a person clears the task that the message names, or else the failed one."""
    named = [task for task in TASKS if f"Clear the task `{task}`" in ended.said]
    task = named[0] if named else ended.task
    before_it = [one for one in ORDER[: ORDER.index(task)] if one in ended.handed_on]
    return on.job(task=task, handed_on={one: ended.handed_on[one] for one in before_it})
