"""The checks in their order, and how a task ends with them."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator

from airflow.sdk.exceptions import AirflowFailException

from include.meetings import Meeting
from include.preflight.google import google_lines
from include.preflight.lines import Line, Outcome, not_ok_among, summary
from include.preflight.zoom import zoom_lines

log = logging.getLogger(__name__)

LEVELS = {
    Outcome.OK: logging.INFO,
    Outcome.WARNING: logging.WARNING,
    Outcome.NOT_OK: logging.ERROR,
}


def meeting_lines(meeting: Meeting) -> Iterator[Line]:
    """Check what one meeting needs; every check runs, whatever those before it found."""
    yield from zoom_lines(meeting)
    yield from google_lines(meeting)


def log_lines(lines: Iterable[Line]) -> None:
    """Log each line as its check ends.

    Raises AirflowFailException at the end, repeating the lines that are not OK.
    """
    seen = []
    for line in lines:
        log.log(LEVELS[line.outcome], "%s", line)
        seen.append(line)
    if failed := not_ok_among(seen):
        raise AirflowFailException("\n".join([summary(seen), *map(str, failed)]))
    log.info("%s", summary(seen))
