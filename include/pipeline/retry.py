"""How long a failed task waits for its next try: the cause decides."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from airflow.sdk import RetryDecision, RetryPolicy
from airflow.sdk.exceptions import AirflowNotFoundException

from google_workspace.errors import GoogleRefused
from zoom_provider.errors import ZoomLimitReached, ZoomRefused

MAKE_IT = "Make it at Admin > Connections (the README shows its fields), then clear this task."


class RetryByCause(RetryPolicy):
    """Fail at once what no retry mends; wait for a limit to lift; else the task's own delays."""

    def evaluate(
        self,
        exception: BaseException,
        try_number: int,
        max_tries: int,
        context: object | None = None,
    ) -> RetryDecision:
        if isinstance(exception, ZoomRefused | GoogleRefused):
            return RetryDecision.fail(reason=str(exception))
        if isinstance(exception, AirflowNotFoundException):
            # Airflow's own words name the connection.
            return RetryDecision.fail(reason=f"{exception}. {MAKE_IT}")
        if isinstance(exception, ZoomLimitReached):
            delay = max(exception.retry_at - datetime.now(UTC), timedelta()) + timedelta(minutes=1)
            return RetryDecision.retry(delay=delay, reason=str(exception))
        return RetryDecision.default()


RETRIES = {
    "retries": 5,
    "retry_delay": timedelta(minutes=1),
    "retry_exponential_backoff": 2.0,
    "max_retry_delay": timedelta(hours=1),
    "retry_policy": RetryByCause(),
}
"""Arguments of every task: 1 to 2 minutes before the second try, then doubling."""
