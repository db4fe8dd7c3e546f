"""The notice that a task has failed for good."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from airflow.sdk import BaseNotifier

from include.meetings import Meeting
from include.notifications.mail import Notice, send
from include.pipeline.failures import TASK_DEFAULTS, advice, say_why_it_failed

KILLED = (
    "The task was killed, or the machine it ran on was lost; nothing half-finished was published. "
    "If it happens again, look at the machine's memory."
)


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
            said = advice(error) if error else KILLED
            notice = failed(self.meeting.title, context["ti"], said)
            send(notice, self.meeting.notify)


def failed(title: str, ti: Any, said: str) -> Notice:
    """Compose the notice.

    :param ti: the failed task instance; it bears the session's date, except for `sessions`, and
        in the dag-processor.
    :param said: what happened and what to do.
    """
    task = ti.task_id.rpartition(".")[2]
    session = f"{title} {ti.rendered_map_index or ''}".rstrip()
    tried = f"It has been tried {ti.try_number} times and is not tried again by itself. "
    return Notice(
        subject=f"Zoom attendance: {session} failed at {task}",
        paragraphs=(
            said,
            f"{tried if ti.try_number > 1 else ''}When the cause is fixed, open the task and "
            "press Clear: it goes on from there and writes no report twice.",
            f"Session: {session}. Task: {task}. Run: {ti.run_id}.",
        ),
        link=("Open the task and its log", ti.log_url),
    )
