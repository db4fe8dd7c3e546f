"""Faults of the disk: staged files damaged between two tasks, and places that take none."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from starlette.responses import Response

from benchmarks.faults import evening
from benchmarks.faults.cell import Stage, before, stage, to_its_end
from benchmarks.faults.run import TASKS, Job
from benchmarks.faults.word import NEVER_CALLED, word
from sandbox.server import serve

FILES = {
    "rows-0.jsonl": "extract",
    "rows-1.jsonl": "extract",
    "session.json": "extract",
    "attendance.json": "transform",
}
"""The staged files, and the task that writes each."""

FULL = {"nothing": 0, "1 byte": 1, "4 kB": 4096, "64 kB": 65_536}
LARGER = ("64 kB", "transform")
"""What this task writes is smaller than what such a disk has left."""

STAGING = "AIRFLOW__ZOOM_ATTENDANCE__STAGING_URL"
WHOLE = "the whole folder"
READ_ONLY = "file:///sys/zoom-attendance"
"""Nobody makes a folder there, not even root."""


STORAGE = {
    "object storage: key refused": (403, "AccessDenied"),
    "object storage: no bucket": (404, "NoSuchBucket"),
}
"""What an object storage answers to every call."""


def _cut_at_a_line_end(file: Path) -> None:
    file.write_bytes(b"".join(file.read_bytes().splitlines(keepends=True)[:-1]))


def _cut_in_a_line(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-20])


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _other_letter(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)


def _zeros(file: Path) -> None:
    file.write_bytes(bytes(file.stat().st_size))


def _a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


DAMAGES: dict[str, Callable[[Path], None]] = {
    "cut at a line's end": _cut_at_a_line_end,
    "cut within a line": _cut_in_a_line,
    "empty": _empty,
    "a letter changed": _other_letter,
    "zeros, as after a loss of power": _zeros,
    "deleted": Path.unlink,
    "a folder instead": _a_folder,
}


def cells() -> Iterator[tuple[str, str]]:
    """Fault and place of each cell."""
    for damage in DAMAGES:
        for name in FILES:
            if (damage, name) != ("cut at a line's end", "session.json"):  # it has one line
                yield damage, name
    for task in ("extract", "transform"):
        yield f"deleted after {task}", WHOLE
    for size in FULL:
        for task in ("extract", "transform"):
            if (size, task) != LARGER:
                yield f"full: {size} left", task
    for fault in ("read-only", *STORAGE):
        for task in ("extract", "transform"):
            yield fault, task


def verdict(fault: str, place: str, now: datetime, hours: int) -> tuple[str, str]:
    """Run a cell to its end; its word, and what was said."""
    google = evening.copy_of(before("tab", now, hours))
    with stage("tab", now, hours, google) as on, _storage(fault) as settings:
        ended = to_its_end(_damaged(fault, place, on, settings), on.proxy)
        if ended.outcome == "done" and TASKS[-1] not in ended.handed_on:  # not full enough
            return NEVER_CALLED, ""
        return word(ended, on), ended.said


@contextmanager
def _storage(fault: str) -> Iterator[dict[str, str]]:
    """Serve an object storage with this fault, if it is one of theirs; what leads to it."""
    if fault not in STORAGE:
        yield {}
        return
    status, code = STORAGE[fault]
    said = f"<Error><Code>{code}</Code><Message>zzname</Message></Error>"
    with serve(Response(said, status, media_type="application/xml")) as url:
        extra = {"endpoint_url": url, "region_name": "eu-west-1"}
        login = {"conn_type": "aws", "login": "zzname", "password": "zzname", "extra": extra}
        yield {"AIRFLOW_CONN_STORAGE": json.dumps(login), STAGING: "s3://storage@bucket/staging"}


def _damaged(fault: str, place: str, on: Stage, storage: dict[str, str]) -> Job:
    """Run up to the damage; the job that meets it.

    :param storage: settings that lead to an object storage.
    """
    last = fault.partition("after ")[2] if place == WHOLE else FILES.get(place, "")
    if not last:
        last = TASKS[TASKS.index(place) - 1]
    first = to_its_end(on.job(last=last), on.proxy)
    task = TASKS[TASKS.index(last) + 1]
    job = on.job(task=task, handed_on=dict(first.handed_on))
    if place == WHOLE:
        shutil.rmtree(on.staging)
    elif fault in DAMAGES:
        DAMAGES[fault](on.staging / "run-0" / place)
    elif fault in ("read-only", *STORAGE):
        settings = storage if fault in STORAGE else {STAGING: READ_ONLY}
        job = replace(job, last=task, environment={**job.environment, **settings})
    else:
        job = replace(job, last=task, file_limit=FULL[fault.split(": ")[1].removesuffix(" left")])
    return job
