"""The notices, and when each is mailed: a failed task, a report that is new or late, a class."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from airflow.sdk import (  # type: ignore[attr-defined]  # found at run time only
    AsyncCallback,
    BaseNotifier,
    DeadlineAlert,
    DeadlineReference,
)

from include.meeting import Meeting
from include.notifications.mail import Notice, link_of_run, send
from include.pipeline.failures import TASK_DEFAULTS, advice, say_why_it_failed
from include.pipeline.known_meetings import known_meetings

if TYPE_CHECKING:  # Dag files are read again and again, and need no client of Google's for it
    from include.pipeline.leaders import News

HEADLINE = "headline"
"""The key of a report's headline (see `Report`) in the state store of its task."""

KILLED = (
    "The task was killed, or the machine it ran on was lost; nothing half-finished was published. "
    "If it happens again, look at the machine's memory."
)

NEXT_STEP = {
    "queued": "The run has not begun. If the Dag is switched off, switch it on; else another run "
    "of it is still going on.",
    "running": "The run is going on. A task that is up for reschedule waits for Zoom, one that is "
    "up for retry tries again by itself: the end of its log says what is missing.",
    "failed": "The run has failed. The end of the failed task's log says what to do; then press "
    "Clear on the task.",
}
"""What to look at, by the state of the run."""


def task_defaults(meeting: Meeting) -> dict[str, Any]:
    """Return the arguments of a meeting's tasks: tries, time limit, and who hears of a failure."""
    return {
        **TASK_DEFAULTS,
        "on_failure_callback": [say_why_it_failed, FailureNotifier(meeting)],
    }


class FailureNotifier(BaseNotifier):
    """Mails the meeting's people what has failed and what to do.

    Airflow calls it after a task's last try: in the worker, or, when that was lost, in the
    dag-processor, where the context knows no exception.
    """

    def __init__(self, meeting: Meeting) -> None:
        super().__init__()
        self.meeting = meeting

    def notify(self, context: Mapping[str, Any]) -> None:
        """Mail what has failed, if the meeting has people to notify."""
        if self.meeting.notify:
            error = context.get("exception")
            what_to_do = advice(error) if error else KILLED
            send(failed(self.meeting.title, context["ti"], what_to_do), self.meeting.notify)


def failed(title: str, ti: Any, what_to_do: str) -> Notice:
    """Compose the notice.

    :param ti: the failed task instance; it bears the session's date, except for `sessions`, and
        in the dag-processor.
    :param what_to_do: what happened and what to do.
    """
    task = ti.task_id.rpartition(".")[2]
    session = f"{title} {ti.rendered_map_index or ''}".rstrip()
    tried = f"It has been tried {ti.try_number} times and is not tried again by itself. "
    return Notice(
        subject=f"Zoom attendance: {session} failed at {task}",
        paragraphs=(
            what_to_do,
            f"{tried if ti.try_number > 1 else ''}When the cause is fixed, open the task and "
            "press Clear: it goes on from there and writes no report twice.",
            f"Session: {session}. Task: {task}. Run: {ti.run_id}.",
        ),
        link=("Open the task and its log", ti.log_url),
    )


def announcer(context: Mapping[str, Any]) -> Callable[[dict[str, Any]], None]:
    """Return what keeps a report's headline in the task's state store until it is mailed."""
    return partial(context["task_state_store"].set, HEADLINE)


class ReportNotifier(BaseNotifier):
    """Mails the meeting's people the report's link and its headline, if that is new.

    `load` leaves the headline in its task's state store before it writes the report, where a
    retry finds it again: a crash between report and mail loses no mail.
    """

    def __init__(self, meeting: Meeting) -> None:
        super().__init__()
        self.meeting = meeting

    def notify(self, context: Mapping[str, Any]) -> None:
        """Mail the headline that `load` left, if it left one."""
        store = context["task_state_store"]
        if headline := store.get(HEADLINE):
            store.delete(HEADLINE)
            # Whoever backfills half a year wants no 26 mails.
            if self.meeting.notify and context["dag_run"].run_type != "backfill":
                ti = context["ti"]
                link = ti.xcom_pull(task_ids=ti.task_id, map_indexes=ti.map_index)["link"]
                notice = published(self.meeting.title, ti.rendered_map_index, headline, link)
                send(notice, self.meeting.notify)


def published(title: str, label: str, headline: Mapping[str, Any], link: str) -> Notice:
    """Compose the notice of a report with this headline (see `Report`): counts, no names."""
    people = "1 person" if headline["people"] == 1 else f"{headline['people']} people"
    paragraphs = [f"{people}, {headline['hours']:.2f} hours in all."]
    counts = people
    if banner := headline.get("banner"):
        word, missing = banner
        paragraphs.insert(0, f"{word}: {missing}")
        counts = f"{people}, {word.lower()}"
    if below := headline["below"]:
        listed = ", ".join(f"{heading} ({lines})" for heading, lines in below.items())
        paragraphs.append(f"Please check what stands below the table: {listed}.")
    return Notice(
        subject=f"Zoom attendance: {title} {label}, {counts}",
        paragraphs=tuple(paragraphs),
        link=("Open the report", link),
    )


def late_report_alert(meeting: Meeting) -> DeadlineAlert | None:
    """Return the Dag's alert: `report_within` after the run was queued, which is when it is due."""
    if meeting.report_within is None:
        return None
    return DeadlineAlert(
        reference=DeadlineReference.DAGRUN_QUEUED_AT,
        interval=meeting.report_within,
        # A SyncCallback of Airflow 3.3.2 may read no connection of Airflow's database (403).
        callback=AsyncCallback(tell_late),
        name="report late",
    )


async def tell_late(context: Mapping[str, Any]) -> None:
    """Mail the meeting's people that a run's report is late; runs in the triggerer, by its name.

    :param context: ``dag_run`` as the REST API shows it, and ``deadline``.
    """
    await asyncio.to_thread(_tell_late, context)


def _tell_late(context: Mapping[str, Any]) -> None:
    run, due = context["dag_run"], context["deadline"]["deadline_time"]
    for meeting in known_meetings().meetings:
        # The addresses come from the file: what a callback is given lies in Airflow's database.
        if meeting.dag_id == run["dag_id"] and meeting.notify and _is_awaited(run):
            send(late(meeting, run, due), meeting.notify)


def _is_awaited(run: Mapping[str, Any]) -> bool:
    return run["run_type"] != "backfill" and run["state"] in NEXT_STEP


def late(meeting: Meeting, run: Mapping[str, Any], due: datetime) -> Notice:
    """Compose the notice.

    :param run: a dag run as the REST API shows it.
    :param due: when the report should have been there, aware.
    """
    local = due.astimezone(ZoneInfo(meeting.timezone))
    when = f"{local:%A} {local.day} {local:%B %H:%M} ({meeting.timezone})"
    return Notice(
        subject=f"Zoom attendance: the report of {meeting.title} is late",
        paragraphs=(
            f"The report of {meeting.title} should have been there by {when}.",
            NEXT_STEP[run["state"]],
            f"Run: {run['dag_run_id']}.",
        ),
        link=link_of_run(run["dag_id"], run["dag_run_id"]),
    )


def leaders_mailer(meeting: Meeting) -> Callable[[News], None]:
    """Return what mails a class's leaders its news."""
    return lambda news: send(class_notice(meeting.title, news), news.leaders)


def class_notice(title: str, news: News) -> Notice:
    """Compose the notice: numbers and a link, no names of people."""
    return Notice(
        subject=f"{title} {news.label}, {news.numbers}",
        paragraphs=(f"{news.numbers}.", "Who came, and who was missing, stands in your sheet."),
        link=("Open your class's sheet", news.link),
    )
