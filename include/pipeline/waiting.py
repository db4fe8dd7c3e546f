"""Waiting for Zoom: it holds no worker, uses no try, and ends with a clear message."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from typing import NoReturn
from zoneinfo import ZoneInfo

from airflow.sdk.exceptions import AirflowFailException, AirflowRescheduleException

log = logging.getLogger(__name__)

SETTLING = timedelta(minutes=30)
"""Zoom's support names up to 30 minutes for a full report; a host may also reopen."""

GIVE_UP_AFTER = timedelta(hours=6)
"""A report that is not there after this time will not come by itself."""

CHECK_EVERY = timedelta(minutes=5)


def day_and_time(instant: datetime, timezone: str) -> str:
    """Return a moment by the clocks of a zone: ``Sun 2026-11-15 21:40``."""
    return f"{instant.astimezone(ZoneInfo(timezone)):%a %Y-%m-%d %H:%M}"


def local(instant: datetime, timezone: str) -> str:
    """Return a moment and its zone: ``Sun 2026-11-15 21:40 (Australia/Sydney)``."""
    return f"{day_and_time(instant, timezone)} ({timezone})"


def patience_is_over(since: datetime, patience: timedelta = GIVE_UP_AFTER) -> bool:
    """Tell whether what should be there soon ``since`` (aware UTC) will not come by itself."""
    return datetime.now(UTC) >= since + patience


def wait(reason: str, *, since: datetime, give_up: str, timezone: str) -> NoReturn:
    """Come back in a few minutes; fail GIVE_UP_AFTER ``since`` (aware UTC), saying what to do."""
    if patience_is_over(since):
        raise AirflowFailException(f"{reason} {give_up}")
    wait_a_little(reason, timezone)


def wait_a_little(reason: str, timezone: str) -> NoReturn:
    """Leave the worker and come back in a few minutes."""
    wait_until(datetime.now(UTC) + CHECK_EVERY, reason, timezone)


def wait_until(instant: datetime, reason: str, timezone: str) -> NoReturn:
    """Leave the worker and come back at ``instant``; the UI shows "up for reschedule"."""
    log.info("%s Waiting until %s.", reason, local(instant, timezone))
    raise AirflowRescheduleException(instant)  # type: ignore[no-untyped-call]
