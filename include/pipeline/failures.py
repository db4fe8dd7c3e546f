"""What a failed task does: the last lines of its log, and when it is tried again.

Errors of Zoom and Google say what happened and what to do there. What to do here, in the meeting's
file or with the task, is added by the error's type. The cause decides how long a task waits for its
next try.
"""

from __future__ import annotations

import logging
import random
import textwrap
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from airflow.sdk import RetryDecision, RetryPolicy
from airflow.sdk.exceptions import (
    AirflowFailException,
    AirflowNotFoundException,
    AirflowRuntimeError,
    AirflowTaskTimeout,
)

from google_workspace import errors as google
from include.pipeline.files.storage_faults import StorageUnavailable
from zoom_provider import errors as zoom

log = logging.getLogger(__name__)

WIDTH = 88
"""Letters: Airflow's screens cut longer lines off, at the edge of a window of usual width."""

REFUSED = (zoom.ZoomRefused, google.GoogleRefused, AirflowNotFoundException)
"""What no retry repairs."""

NO_REMEDY = (zoom.ZoomBadRequest, zoom.ZoomReportTooOld, google.GoogleBadRequest)
"""What nobody can repair either, so clearing the task is no use."""

OURS = (zoom.ZoomError, google.GoogleError, StorageUnavailable, AirflowFailException)
"""Errors whose words are this project's."""

OWNERS = (
    "A service account owns no storage, so somebody else must own the file. Use one of these: "
    "(1) `spreadsheet:` in the meeting's file: make a spreadsheet yourself and share it with the "
    "service account as editor; (2) `folder:` inside a shared drive of which the service account "
    "is a content manager; (3) `folder:` of a Workspace user, with domain-wide delegation and that "
    "user's address as `subject` in the Google connection's extra. "
    "docs/connecting-google.md shows each."
)

HERE: tuple[tuple[type[BaseException], str], ...] = (
    (
        AirflowNotFoundException,
        "Make it at Admin > Connections (docs/connecting-zoom.md and docs/connecting-google.md "
        "show its fields), or with `make connect` where Airflow runs by `make run`.",
    ),
    (
        AirflowRuntimeError,
        "Its api-server or its database is away or overloaded. It usually passes; if every try "
        "ends so, look at the log of the api-server.",
    ),
    (zoom.ZoomWebinar, "Put a meeting's number under `meeting_id` in the meeting's file."),
    (zoom.ZoomHostGone, "Once the host is there again, the next run reports on it."),
    (zoom.ZoomBadRequest, "Report it as a bug, with Zoom's tracking id."),
    (zoom.ZoomReportTooOld, "It cannot be had any more."),
    (zoom.ZoomUnknownMeeting, "Check `meeting_id` in the meeting's file."),
    (
        google.GoogleApiDisabled,
        "`folder:` in the meeting's file, and leaders in the book, need Google Sheets API and "
        "Google Drive API; `spreadsheet:` needs the first alone.",
    ),
    (
        google.GoogleFewScopes,
        "`folder:` in the meeting's file, and leaders in the book, need both; `spreadsheet:` needs "
        "the first alone.",
    ),
    (google.GoogleNoStorage, OWNERS),
    (google.GoogleNotShared, "With `folder:` in the meeting's file, do so with the folder."),
    (google.GoogleNotFound, "It stands under `spreadsheet:` in the meeting's file."),
    (google.GoogleBadRequest, "Report it as a bug."),
)
"""What to do here, by the type of the error: the first that fits."""


def advice(error: BaseException) -> str:
    """Say what happened and all that is to do, for the log of a failed task and its mail."""
    message = explain(error)
    clear = isinstance(error, REFUSED) and not isinstance(error, NO_REMEDY)
    return f"{message} Then clear this task." if clear else message


def explain(error: BaseException) -> str:
    """Say what happened and what to do about it, there and here.

    Foreign messages are not quoted: they may hold names.
    """
    if isinstance(error, AirflowTaskTimeout):
        return f"The task took longer than its time limit and was ended. {_here(error)}"
    if isinstance(error, AirflowNotFoundException):
        return f"{error}. {_here(error)}"  # Airflow's own words name the connection
    if isinstance(error, AirflowRuntimeError):
        return f"Airflow did not answer its own task ({error.error.error.value}). {_here(error)}"
    if isinstance(error, OURS):
        notes = getattr(error, "__notes__", ())  # of the step that knows the session
        return " ".join(filter(None, [str(error), _here(error), *notes]))
    return (
        f"The task ended with {type(error).__name__}, which is unknown here; its log shows "
        "where. If every try ends so, report it as a bug."
    )


def _here(error: BaseException) -> str:
    return next((text for kind, text in HERE if isinstance(error, kind)), "")


def say_last(level: int, *paragraphs: str) -> None:
    """Log what is read without unfolding and without scrolling sideways."""
    # What follows a traceback Airflow folds into "Post Execute", which is closed when the log is
    # opened. This ends that group before its time.
    log.info("::endgroup::")
    lines = [line for paragraph in paragraphs for line in paragraph.splitlines()]
    log.log(level, "%s", "\n".join(map(_wrapped, lines)))


def _wrapped(line: str) -> str:
    return textwrap.fill(line, WIDTH, break_long_words=False, break_on_hyphens=False)


RETRIES = 5
FIRST_DELAY = timedelta(minutes=1)

DAILY_LIMIT_LASTS = timedelta(days=1)
"""A daily limit lifts by then, whatever Zoom says."""

USED_UP = "There is no try left: clear this task when the cause has passed."


class RetryByCause(RetryPolicy):
    """Fail at once what no retry repairs; wait for a limit to lift; else longer each time."""

    def evaluate(
        self,
        exception: BaseException,
        try_number: int,
        max_tries: int,
        context: Any = None,
    ) -> RetryDecision:
        """Decide what becomes of a task after this exception; the same for the same try."""
        left, name = max_tries - try_number + 1, type(exception).__name__
        if isinstance(exception, REFUSED) or left < 1:
            return RetryDecision.fail(reason=name)
        seed = f"{context['ti'].id} {try_number}" if context else None
        return RetryDecision.retry(delay=_delay(exception, left, seed), reason=name)


def _delay(exception: BaseException, left: int, seed: str | None) -> timedelta:
    if isinstance(exception, zoom.ZoomLimitReached):
        lifts = min(max(exception.retry_at - datetime.now(UTC), timedelta()), DAILY_LIMIT_LASTS)
        return lifts + timedelta(minutes=1)
    # Counted from what is left: the number of a try goes on when a person clears the task.
    done = max(RETRIES - left, 0)
    return FIRST_DELAY * (2.0**done * random.Random(seed).uniform(1, 2))


def say_why_it_failed(context: Mapping[str, Any]) -> None:
    """End the log with what happened and what to do; an ``on_failure_callback``."""
    if error := context.get("exception"):  # None where the worker was lost
        tries_help = not isinstance(error, (*REFUSED, AirflowFailException))
        used_up = tries_help and context["ti"].try_number > context["ti"].max_tries
        say_last(logging.ERROR, advice(error), *([USED_UP] if used_up else []))


def say_when_it_is_tried_again(context: Mapping[str, Any]) -> None:
    """End the log with what happened and when the next try comes; an ``on_retry_callback``.

    Airflow's screens do not tell. Airflow 3.3 hands no decision to a callback, so the policy is
    asked once more.
    """
    error, ti = context["exception"], context["ti"]
    decision = RetryByCause().evaluate(error, ti.try_number, ti.max_tries, context)
    zone, delay = context["dag"].timezone, decision.retry_delay or timedelta()
    when = f"{datetime.now(zone) + delay:%a %Y-%m-%d %H:%M:%S} ({zone.name})"
    more = ti.max_tries - ti.try_number
    say_last(logging.WARNING, advice(error), f"Next try: {when}; {more} more after that.")


TASK_TIME_LIMIT = timedelta(hours=1)
"""No task hangs for ever: a report of 50,000 people takes minutes, and no call more than ten."""

TASK_DEFAULTS = {
    "owner": "attendance",
    "execution_timeout": TASK_TIME_LIMIT,
    "retries": RETRIES,
    # The policy is not asked when a worker was lost.
    "retry_delay": FIRST_DELAY,
    "retry_exponential_backoff": 2.0,
    "max_retry_delay": timedelta(hours=1),
    "retry_policy": RetryByCause(),
    "on_retry_callback": say_when_it_is_tried_again,
}
"""Arguments of every task: 1 to 2 minutes before the second try, then doubling."""
