"""What came of a run, in lines for its note and for the end of its tasks' logs."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from include.pipeline.task_data import PublishedReport, TaskData
from include.roster.tabs.newest import Newest

log = logging.getLogger(__name__)

# What logs is a task's `post_execute`: after Airflow has logged the bare return value,
# before the group that is folded.

PROGRESS = "progress"
"""Key in a run's conf: which run of its backfill it is. The scheduler writes it (`run_note`), as a
task may not ask Airflow's database, and nothing that a task may call tells it."""

UNREADABLE = "The book is left as it was: This week says what could not be read"


class RegisterResult(TaskData):
    """What `register` returns.

    :param link: opens the book's tab This week.
    :param sessions: how many are in the book.
    :param leaders: whether any class has leaders.
    :param newest: the numbers of the newest session; None if there is none, or if what people typed
        could not be read.
    """

    link: str
    sessions: int
    leaders: bool
    newest: Newest | None = None


def report_line(report: PublishedReport) -> str:
    """Return the line of a session's report: "80 people: https://…"."""
    people = "1 person" if report.people == 1 else f"{report.people} people"
    incomplete = ", incomplete" if report.incomplete else ""
    return f"{people}{incomplete}: {report.link}"


def book_line(result: RegisterResult) -> str:
    """Return the line of the book: "12 of 15 came, 2 to check (2026-05-17): https://…"."""
    nothing = UNREADABLE if result.sessions else "No session yet"
    return f"{result.newest or nothing}: {result.link}"


def log_result(context: Mapping[str, Any], result: str) -> None:  # noqa: ARG001
    """End the log of `leaders` with the sentence that it returns."""
    log.info("%s", result)


def log_book_id(context: Mapping[str, Any], result: str) -> None:  # noqa: ARG001
    """End the log of `book` with the id that it returns."""
    log.info("The book is the spreadsheet %s.", result)


def log_report(context: Mapping[str, Any], result: Mapping[str, Any]) -> None:
    """End the log of `load` with its line and, in a backfill, how far that is."""
    run = context["dag_run"]
    if run.run_type == "backfill" and (progress := (run.conf or {}).get(PROGRESS)):
        log.info("%s", progress)
    log.info("%s", report_line(PublishedReport.model_validate(result)))


def log_book(context: Mapping[str, Any], result: Mapping[str, Any]) -> None:  # noqa: ARG001
    """End the log of `register` with its line."""
    log.info("%s", book_line(RegisterResult.model_validate(result)))
