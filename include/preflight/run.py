"""The checks in their order, and how a task ends with them."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from pathlib import Path

from airflow.sdk.exceptions import AirflowFailException

from include.meetings import Meeting, read_meetings
from include.pipeline.settings import meetings_file
from include.preflight.google import google_lines
from include.preflight.lines import Line, Outcome, not_ok, ok, summary, wrong
from include.preflight.mail import mail_lines
from include.preflight.webhook import webhook_line
from include.preflight.zoom import zoom_lines

log = logging.getLogger(__name__)

LEVELS = {
    Outcome.OK: logging.INFO,
    Outcome.WARNING: logging.WARNING,
    Outcome.NOT_OK: logging.ERROR,
}


def shared_lines() -> Iterator[Line]:
    """Check what all share: the meetings file, the webhook's secret, the mail server if any."""
    path = meetings_file()
    meetings, mistakes = read_meetings(path)
    yield from _file_lines(path, meetings, mistakes)
    yield webhook_line()
    yield from mail_lines(meetings)


def _file_lines(path: Path, meetings: list[Meeting], mistakes: list[str]) -> Iterator[Line]:
    yield from map(not_ok, mistakes)
    if not meetings and not mistakes:
        yield not_ok(f"{path.name}: there is no meeting in it yet. Describe one.")
    elif not mistakes:
        yield ok(f"{path.name}: no mistakes, {len(meetings)} meeting(s).")


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
    if failed := wrong(seen):
        raise AirflowFailException("\n".join([summary(seen), *map(str, failed)]))
    log.info("%s", summary(seen))
