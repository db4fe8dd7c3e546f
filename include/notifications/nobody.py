"""The notice that a scheduled run has found nobody: silence could be a failure, too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from airflow.sdk import BaseNotifier

from include.meeting import Meeting
from include.notifications.mail import Notice, link_of_run, send
from include.pipeline.screens import title

OF_SESSIONS = "Zoom lists no session of {} since the run before that was to be published."
OF_A_SESSION = "Zoom's report of the session {} has nobody in it, or one person alone."
OF_SOME = "Zoom's reports of the sessions {} have nobody in them, or one person alone."

WHAT_TO_DO = (
    "If there was no class, nothing is to be done. If people met, look in Zoom at Reports > Usage: "
    "they may have met under another number, in another account, or at another hour than that of "
    "the class; the end of the log of `sessions` names what was left out. Then trigger the Dag "
    f"with '{title('session')}'. What Zoom lists late, within a week, the next run takes by itself."
)


class NoSessionNotifier(BaseNotifier):
    """Mails the meeting's people that a scheduled run has found no session of its own time.

    Called when the task `sessions` has succeeded, or has skipped itself.
    """

    def __init__(self, meeting: Meeting) -> None:
        super().__init__()
        self.meeting = meeting

    def notify(self, context: Mapping[str, Any]) -> None:
        """Mail it, if `sessions` has handed on none."""
        if _is_news(context, self.meeting) and not _new_sessions(context["ti"]):
            send(nobody_met(self.meeting.title, [], context["ti"]), self.meeting.notify)


def nobody_notifier(meeting: Meeting) -> Callable[[Mapping[str, Any]], None]:
    """Return the callback that mails the meeting's people when nobody was in any session of a run.

    For the Dag: called in the dag-processor when a run has succeeded. A task does not know what
    becomes of the tasks beside it.
    """
    # No partial: Airflow's log of `airflow dags test` would show the meeting's addresses.
    return lambda context: _tell_nobody(meeting, context)


def _tell_nobody(meeting: Meeting, context: Mapping[str, Any]) -> None:
    """Mail it, if there were sessions, and `extract` has handed on none of them."""
    # Where all tasks have skipped themselves, Airflow hands over no task instance.
    if "ti" not in context or not _is_news(context, meeting):
        return
    ti, new = context["ti"], _new_sessions(context["ti"])
    # One of several without people is a test call.
    came = (ti.xcom_pull(task_ids="report.extract", map_indexes=place) for place in new)
    if new and not any(came):
        send(nobody_met(meeting.title, list(new.values()), ti), meeting.notify)


def _is_news(context: Mapping[str, Any], meeting: Meeting) -> bool:
    """Tell whether to mail it: whoever starts another kind of run looks at it anyway."""
    return bool(meeting.notify) and context["dag_run"].run_type == "scheduled"


def _new_sessions(ti: Any) -> dict[int, str]:
    """Return the names of the sessions of the run's own time, by their place in all it has found.

    Those from before that time say nothing about who met in it.
    """
    found = ti.xcom_pull(task_ids="sessions") or []
    return {
        place: session["label"] for place, session in enumerate(found) if not session.get("late")
    }


def nobody_met(meeting_title: str, sessions: list[str], ti: Any) -> Notice:
    """Compose the notice.

    :param sessions: the names of those with nobody in them, oldest first.
    :param ti: a task instance of the run.
    """
    labels = " and ".join(sessions)
    happened = (OF_SESSIONS, OF_A_SESSION, OF_SOME)[min(len(sessions), 2)]
    return Notice(
        subject=f"Zoom attendance: {f'{meeting_title} {labels}'.rstrip()}, nobody met",
        paragraphs=(happened.format(labels or meeting_title), WHAT_TO_DO, f"Run: {ti.run_id}."),
        link=link_of_run(ti.dag_id, ti.run_id),
    )
