"""The tasks of a dag run of either Dag, one after the other, in a process that may be killed.

What a scheduler does is done here: each try asks the product's own policy whether there is another.
Pauses are cut short, and so are the limits of time: that they end a call is tried here, not when.
"""

from __future__ import annotations

import io
import logging
import os
import resource
import time
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pendulum
from airflow.sdk import RetryAction
from airflow.sdk.exceptions import (
    AirflowFailException,
    AirflowRescheduleException,
    AirflowSkipException,
)
from googleapiclient.schema import Schemas

from google_workspace import calls, hooks
from include.meeting import Meeting
from include.notifications import mail
from include.notifications.notices import published
from include.pipeline.extract import extract_session
from include.pipeline.failures import (
    RETRIES,
    RetryByCause,
    advice,
    say_when_it_is_tried_again,
    say_why_it_failed,
)
from include.pipeline.files.staging import StagingFolder
from include.pipeline.load import publish_staged
from include.pipeline.register import find_book, update_book
from include.pipeline.sessions import EarlierRuns, sessions_of_run
from include.pipeline.task_data import SessionData, dumped
from include.pipeline.transform import take_staged_attendance
from zoom_provider import auth, client
from zoom_provider.hooks.zoom import ZoomHook

TASKS = ("sessions", "extract", "transform", "load")
OF_THE_BOOK = ("book", "register")
"""The tasks of the second Dag, but for that which writes the classes' own sheets."""

ORDER = (*TASKS, *OF_THE_BOOK)
LONGEST_PAUSE, CALL_LIMIT, SOCKET_SHARE = 0.02, 1.5, 0.4
WAITS = 3
"""How often a run comes back to what Zoom has not finished; then it is given up here."""


@dataclass
class Job:
    """What a process is to do.

    :param task: the first; ``handed_on`` is what those before it have returned.
    :param tried: how many tries the first has had.
    :param file_limit: bytes of the largest file, as on a disk that is full.
    :param call_limit: seconds that a call may take.
    :param notify: who is mailed that the report is new.
    """

    environment: Mapping[str, str]
    meeting: Mapping[str, Any]
    tick: datetime
    task: str = TASKS[0]
    last: str = TASKS[-1]
    tried: int = 0
    handed_on: dict[str, Any] = field(default_factory=dict)
    file_limit: int | None = None
    call_limit: float = CALL_LIMIT
    notify: tuple[str, ...] = ()


def work(job: Job, pipe: Any) -> None:
    """Do the tasks; each step is sent down the pipe, with what was logged."""
    os.environ.update(job.environment)
    _hasten(job.call_limit)
    if job.file_limit is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (job.file_limit, job.file_limit))
    text = _logged()
    tried = job.tried
    for task in ORDER[ORDER.index(job.task) : ORDER.index(job.last) + 1]:
        outcome = _tries(task, tried, job, pipe, text)
        tried = 0
        pipe.send({"kind": outcome, "task": task, "log": text.getvalue()})
        if outcome != "done":
            return


def _tries(task: str, tried: int, job: Job, pipe: Any, text: io.StringIO) -> str:
    waits = 0
    while True:
        pipe.send({"kind": "begins", "task": task})
        try:
            result = STEPS[task](job)
        except AirflowRescheduleException:
            waits += 1
            pipe.send({"kind": "waited", "task": task})
            if waits == WAITS:
                return "waits"
        except AirflowSkipException:
            return "skipped"
        except Exception as error:
            tried += 1
            _report(error, text)
            if not _another(error, tried):
                said = advice(error)
                pipe.send({"kind": "error", "said": said, "type": type(error).__name__})
                return "failed"
        else:
            job.handed_on[task] = result
            pipe.send({"kind": "result", "task": task, "value": result})
            return "nobody" if result == [] else "done"


def _report(error: BaseException, text: io.StringIO) -> None:
    text.write("".join(traceback.format_exception(error)))


def _another(error: BaseException, tried: int) -> bool:
    """Ask the policy as Airflow does, and let the callback say so in the log."""
    ti = SimpleNamespace(id="0199", try_number=tried, max_tries=RETRIES)
    dag = SimpleNamespace(timezone=pendulum.timezone("Australia/Sydney"))
    context = {"ti": ti, "dag": dag, "exception": error}
    decision = RetryByCause().evaluate(error, tried, RETRIES, context)
    again = decision.action == RetryAction.RETRY and not isinstance(error, AirflowFailException)
    (say_when_it_is_tried_again if again else say_why_it_failed)(context)
    return again


def _context(job: Job) -> dict[str, Any]:
    names = ("session", "time", "uuid", "from_date", "to_date")
    run = SimpleNamespace(dag_id="zoom_attendance_choir", run_id="scheduled__1", run_after=job.tick)
    times = {"data_interval_start": job.tick, "data_interval_end": job.tick}
    return {"params": dict.fromkeys(names), "dag_run": run, **times}


def _sessions(job: Job) -> list[dict[str, Any]]:
    earlier = EarlierRuns(None, {})
    return dumped(sessions_of_run(_meeting(job), ZoomHook(), _context(job), earlier))


def _extract(job: Job) -> list[str]:
    """A fault may make several sessions of one; each has a folder of its own."""
    sessions = [SessionData.model_validate(one) for one in job.handed_on["sessions"]]
    keys = [f"run-{place}" for place in range(len(sessions))]
    for session, key in zip(sessions, keys, strict=True):
        extract_session(session, ZoomHook(), StagingFolder(key))
    return keys


def _transform(job: Job) -> list[str]:
    keys: list[str] = job.handed_on["extract"]
    for key in keys:
        take_staged_attendance(_meeting(job), StagingFolder(key))
    return keys


def _load(job: Job) -> list[dict[str, Any]]:
    new: list[dict[str, Any]] = []
    folders = map(StagingFolder, job.handed_on["transform"])
    done = [publish_staged(_meeting(job), folder, new.append) for folder in folders]
    if job.notify:
        for headline in new:
            mail.send(published("Choir", "", headline, done[0].link), job.notify)
    return dumped(done)


def _book(job: Job) -> str:
    return find_book(_meeting(job))


def _register(job: Job) -> dict[str, Any]:
    return update_book(_meeting(job), job.handed_on["book"], today=job.tick.date())


STEPS = dict(zip(ORDER, (_sessions, _extract, _transform, _load, _book, _register), strict=True))


def _meeting(job: Job) -> Meeting:
    return Meeting.model_validate(job.meeting)


def _hasten(call_limit: float) -> None:
    pause = time.sleep
    time.sleep = lambda seconds: pause(min(seconds, LONGEST_PAUSE))
    socket_limit = call_limit * SOCKET_SHARE
    auth.TIMEOUT = (socket_limit, socket_limit)
    client.ZoomClient.__init__.__defaults__ = (call_limit,)
    calls.send.__defaults__ = (call_limit,)
    hooks.TIMEOUT = socket_limit
    mail.TIMEOUT = call_limit
    # Google's client writes pages of help for each client that it makes.
    Schemas.prettyPrintByName = Schemas.prettyPrintSchema = lambda *_, **__: ""


def _logged() -> io.StringIO:
    """Everything that is logged from now on, before any secret in it is masked."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    for name in ("include", "zoom_provider", "google_workspace"):
        logging.getLogger(name).setLevel(logging.DEBUG)
    return text
