"""Checks the real connections, before the first session or after a change of settings.

Trigger it by hand. It has one task instance for each meeting. Each line of its log says OK, or what
to do; the task fails if one is not OK. It reads and tries, and leaves nothing behind.
"""

from __future__ import annotations

from typing import Any

from airflow.sdk import dag, task

from include.meeting import Meeting, read_meetings
from include.pipeline.failures import TASK_TIME_LIMIT, say_why_it_failed
from include.pipeline.settings import meetings_folder


@dag(
    dag_display_name="Zoom preflight",
    schedule=None,
    # Nothing starts it but a person, who should not have to switch it on first.
    is_paused_upon_creation=False,
    doc_md=__doc__,
    default_args={"execution_timeout": TASK_TIME_LIMIT, "on_failure_callback": say_why_it_failed},
    tags=["zoom"],
)
def zoom_preflight() -> None:
    """One task for what all meetings share, and one for each meeting."""

    @task(task_id="shared")
    def check_shared() -> None:
        """Check what all meetings share: their files, the webhook's secret, the mail server."""
        from include.preflight.checks import shared_lines
        from include.preflight.lines import log_lines

        log_lines(shared_lines())

    @task(
        task_id="meeting",
        map_index_template="{{ task.op_kwargs['entry']['name'] }}",
        doc_md="Check what a meeting needs of Zoom and Google.",  # a mapped task has no docstring
    )
    def check_meeting(entry: dict[str, Any]) -> None:
        from include.preflight.checks import meeting_lines
        from include.preflight.lines import log_lines

        log_lines(meeting_lines(Meeting.model_validate(entry)))

    check_shared()
    meetings = read_meetings(meetings_folder())[0]
    # Who is notified is not checked, and addresses stay out of Airflow's database.
    unchecked = {"notify", "report_within"}
    entries = [meeting.model_dump(mode="json", exclude=unchecked) for meeting in meetings]
    check_meeting.expand(entry=entries)


zoom_preflight()
