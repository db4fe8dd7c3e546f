"""What a failed task does: the last lines of its log, and when it is tried again.

The cause decides how long a task waits for its next try.
"""

from __future__ import annotations

import logging
import random
import textwrap
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from airflow.sdk import RetryDecision, RetryPolicy
from airflow.sdk.exceptions import AirflowFailException, AirflowNotFoundException

from google_workspace.errors import GoogleError, GoogleRefused
from zoom_provider.errors import ZoomError, ZoomLimitReached, ZoomRefused

log = logging.getLogger(__name__)

WIDTH = 88
"""Letters: Airflow's screens cut longer lines off, at the edge of a window of usual width."""

MAKE_IT = "Make it at Admin > Connections (the README shows its fields), then clear this task."


def advice(error: BaseException) -> str:
    """Say what happened and what to do; foreign messages are not quoted, they may hold names."""
    if isinstance(error, AirflowNotFoundException):
        return f"{error}. {MAKE_IT}"  # Airflow's own words name the connection
    if isinstance(error, ZoomError | GoogleError | AirflowFailException):
        return str(error)
    return (
        f"The task ended with {type(error).__name__}, which is unknown here; its log shows "
        "where. If every try ends so, report it as a bug."
    )


def say_last(level: int, *paragraphs: str) -> None:
    """Log what is read without unfolding and without scrolling sideways."""
    # What follows a traceback Airflow folds into "Post Execute", which is closed when the log is
    # opened. This ends that group before its time.
    log.info("::endgroup::")
    log.log(level, "%s", "\n".join(_lines(paragraph) for paragraph in paragraphs))


def _lines(paragraph: str) -> str:
    return textwrap.fill(paragraph, WIDTH, break_long_words=False, break_on_hyphens=False)


def say_why_it_failed(context: Mapping[str, Any]) -> None:
    """End the log of what has failed without RetryByCause; an ``on_failure_callback``."""
    if isinstance(error := context.get("exception"), AirflowFailException):
        say_last(logging.ERROR, advice(error))


TIMES = 5
FIRST_DELAY = timedelta(minutes=1)

USED_UP = "There is no try left: clear this task when the cause has passed."


class RetryByCause(RetryPolicy):
    """Fail at once what no retry mends; wait for a limit to lift; else a while, each time longer.

    Ends the task's log with what happened, what to do and when the next try comes: Airflow's
    screens do not tell.
    """

    def evaluate(
        self,
        exception: BaseException,
        try_number: int,
        max_tries: int,
        context: object | None = None,
    ) -> RetryDecision:
        said, name = advice(exception), type(exception).__name__
        left = max_tries - try_number + 1
        if isinstance(exception, ZoomRefused | GoogleRefused | AirflowNotFoundException):
            say_last(logging.ERROR, said)
            return RetryDecision.fail(reason=name)
        if left < 1:
            say_last(logging.ERROR, said, USED_UP)
            return RetryDecision.fail(reason=name)
        delay = _delay(exception, left)
        say_last(logging.WARNING, said, _next_try(delay, left))
        return RetryDecision.retry(delay=delay, reason=name)


def _next_try(delay: timedelta, left: int) -> str:
    at = datetime.now(UTC) + delay
    return f"Next try: {at:%Y-%m-%d %H:%M:%S} UTC; {left - 1} more after that."


def _delay(exception: BaseException, left: int) -> timedelta:
    if isinstance(exception, ZoomLimitReached):
        return max(exception.retry_at - datetime.now(UTC), timedelta()) + timedelta(minutes=1)
    # Counted from what is left: the number of a try goes on when a person clears the task.
    done = max(TIMES - left, 0)
    return FIRST_DELAY * 2**done * random.uniform(1, 2)


RETRIES = {
    "retries": TIMES,
    # The policy is not asked when a worker was lost.
    "retry_delay": FIRST_DELAY,
    "retry_exponential_backoff": 2.0,
    "max_retry_delay": timedelta(hours=1),
    "retry_policy": RetryByCause(),
}
"""Arguments of every task: 1 to 2 minutes before the second try, then doubling."""
