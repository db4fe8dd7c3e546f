"""The notice that a report is late."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from airflow.sdk import (  # type: ignore[attr-defined]  # found at run time only
    AsyncCallback,
    DeadlineAlert,
    DeadlineReference,
)
from airflow.sdk.configuration import conf

from include.meetings import Meeting, read_meetings
from include.notifications.mail import Notice, send
from include.pipeline.settings import meetings_file

NEXT_STEP = {
    "queued": "The run has not begun. If the Dag is switched off, switch it on; else another run "
    "of it is still going on.",
    "running": "The run is going on. A task that is up for reschedule waits for Zoom, one that is "
    "up for retry tries again by itself: the end of its log says what is missing.",
    "failed": "The run has failed. The end of the failed task's log says what to do; then press "
    "Clear on the task.",
}
"""What to look at, by the state of the run."""


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
    for meeting in read_meetings(meetings_file())[0]:
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
    base = conf.get("api", "base_url", fallback="http://localhost:8080")
    return Notice(
        subject=f"Zoom attendance: the report of {meeting.title} is late",
        paragraphs=(
            f"The report of {meeting.title} should have been there by {when}.",
            NEXT_STEP[run["state"]],
            f"Run: {run['dag_run_id']}.",
        ),
        link=(
            "Open the run",
            f"{base.rstrip('/')}/dags/{run['dag_id']}/runs/{quote(run['dag_run_id'])}",
        ),
    )
