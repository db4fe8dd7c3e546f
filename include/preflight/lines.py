"""What a check found, in a line for the person who runs this: fine, or what to do."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from airflow.sdk.exceptions import AirflowFailException, AirflowNotFoundException

from google_workspace.errors import GoogleError
from include.pipeline.failures import explain
from include.pipeline.files.storage_faults import StorageRefused, StorageUnavailable
from zoom_provider.errors import ZoomError

log = logging.getLogger(__name__)


class Outcome(StrEnum):
    """Only NOT_OK keeps the pipeline from working."""

    OK = "OK"
    WARNING = "WARNING"
    NOT_OK = "NOT OK"


EXPLAINED = (
    ZoomError,
    GoogleError,
    AirflowNotFoundException,
    StorageRefused,
    StorageUnavailable,
)
"""Errors that say what happened and what to do."""

LEVELS = {
    Outcome.OK: logging.INFO,
    Outcome.WARNING: logging.WARNING,
    Outcome.NOT_OK: logging.ERROR,
}


@dataclass(frozen=True)
class Line:
    """The outcome of one check, without names, e-mails or secrets."""

    outcome: Outcome
    text: str

    def __str__(self) -> str:
        return f"{self.outcome:<7}  {self.text}"


def ok(text: str) -> Line:
    """Return the line of a check that is fine."""
    return Line(Outcome.OK, text)


def warning(text: str) -> Line:
    """Return a line about what may be meant so."""
    return Line(Outcome.WARNING, text)


def not_ok(text: str) -> Line:
    """Return a line about what keeps the pipeline from working."""
    return Line(Outcome.NOT_OK, text)


def carried_out(what: str, check: Callable[[], Line]) -> Line:
    """Carry out a check. What it raises becomes its line: the checks after it run all the same."""
    try:
        return check()
    except EXPLAINED as error:
        return not_ok(f"{what}: {explain(error)}")
    except Exception as error:
        log.debug("%s broke off", what, exc_info=True)
        kind = type(error).__name__
        return not_ok(f"{what}: the check itself broke off ({kind}). Report it as a bug.")


def not_ok_among(lines: Iterable[Line]) -> list[Line]:
    """Return the lines that are not OK."""
    return [line for line in lines if line.outcome is Outcome.NOT_OK]


def summary(lines: list[Line]) -> str:
    """Return how the checks ended, in a sentence."""
    count = Counter(line.outcome for line in lines)
    if failed := count[Outcome.NOT_OK]:
        return f"{failed} of {len(lines)} checks NOT OK: do what they say, then check again."
    warnings = count[Outcome.WARNING]
    ending = f", {warnings} with a warning" if warnings else ""
    return f"{len(lines)} of {len(lines)} checks OK{ending}."


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
