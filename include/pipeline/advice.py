"""The last lines of a failed task's log: what happened, and what to do."""

from __future__ import annotations

import logging
import textwrap
from collections.abc import Mapping
from typing import Any

from airflow.sdk.exceptions import AirflowFailException, AirflowNotFoundException

from google_workspace.errors import GoogleError
from zoom_provider.errors import ZoomError

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
