"""The notice that a scheduled run has found nobody: silence could be a failure, too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from airflow.sdk import BaseNotifier

from include.meeting import Meeting
from include.notifications.mail import Notice, send
from include.pipeline.params import title

OF_SESSIONS = "Zoom lists no session of {} since the run before that was to be published."
OF_A_SESSION = "Zoom's report of the session {} has nobody in it, or one person alone."

WHAT_TO_DO = (
    "If there was no class, nothing is to be done. If people met, look in Zoom at Reports > Usage: "
    "they may have met under another number, in another account, or at another hour than that of "
    "the class; the end of the task's log names what was left out. Then trigger the Dag with "
    f"'{title('session')}'. What Zoom lists late, within a week, the next run takes by itself."
)


class NobodyNotifier(BaseNotifier):
    """Mails the meeting's people that a scheduled run has found no session, or nobody in one.

    Called when a task has succeeded, or has skipped itself. A backfill or a run that a person or
    the webhook has made says nothing: whoever made it looks at it.
    """

    def __init__(self, meeting: Meeting) -> None:
        super().__init__()
        self.meeting = meeting

    def notify(self, context: Mapping[str, Any]) -> None:
        """Mail it, if the task has handed on nothing."""
        if not self.meeting.notify or context["dag_run"].run_type != "scheduled":
            return
        ti = context["ti"]
        if _is_silent(ti):
            send(nobody_met(self.meeting.title, ti), self.meeting.notify)


def _is_silent(ti: Any) -> bool:
    """Tell whether nothing of the run's own time is handed on; one session of more is a test call.

    Late sessions, of before that time, are no answer to who met in it.
    """
    found = ti.xcom_pull(task_ids="sessions") or []
    new = [one for one in found if not one.get("late")]
    if ti.map_index < 0:
        return not new
    handed_on = ti.xcom_pull(task_ids=ti.task_id, map_indexes=ti.map_index)
    return not handed_on and new == [found[ti.map_index]]


def nobody_met(meeting_title: str, ti: Any) -> Notice:
    """Compose the notice.

    :param ti: the task instance; it bears the session's date, except for `sessions`.
    """
    label = ti.rendered_map_index or ""
    happened = OF_A_SESSION.format(label) if label else OF_SESSIONS.format(meeting_title)
    return Notice(
        subject=f"Zoom attendance: {f'{meeting_title} {label}'.rstrip()}, nobody met",
        paragraphs=(happened, WHAT_TO_DO, f"Run: {ti.run_id}."),
        link=("Open the task and its log", ti.log_url),
    )
