"""How long a failed task waits for its next try: the cause decides."""

from __future__ import annotations

import logging
import random
from datetime import UTC, datetime, timedelta

from airflow.sdk import RetryDecision, RetryPolicy
from airflow.sdk.exceptions import AirflowNotFoundException

from google_workspace.errors import GoogleRefused
from include.pipeline.advice import advice, say_last
from zoom_provider.errors import ZoomLimitReached, ZoomRefused

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
