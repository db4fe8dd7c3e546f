"""Who came to a Zoom session, and for how long.

Each meeting has its Dag. A run finds its *sessions*, *extracts* Zoom's participant report of each,
*transforms* it into people and presence, and *loads* that into Google Sheets, where *Open report*
leads. A run repeated rewrites its own sheets only.
"""

from __future__ import annotations

from typing import Any

import pendulum
from airflow.sdk import CronTriggerTimetable, dag, task, task_group

from include import notifications as notify
from include.meeting import Meeting
from include.pipeline.dag_docs import dag_docs
from include.pipeline.files.staging import StagingFolder, folder_key
from include.pipeline.known_meetings import meetings_here
from include.pipeline.outcome import log_report
from include.pipeline.screens import LOCAL_DATE, PARAMS, PublishOperator, attendance_of
from include.pipeline.task_data import SessionData, dumped


def attendance_dag(meeting: Meeting) -> None:
    """Make the weekly Dag of one meeting."""

    @dag(
        dag_id=meeting.dag_id,
        dag_display_name=f"Zoom attendance: {meeting.title}",
        schedule=CronTriggerTimetable(meeting.schedule, timezone=meeting.timezone),
        start_date=pendulum.datetime(2026, 1, 1, tz=meeting.timezone),
        catchup=False,
        params=PARAMS,
        default_args=notify.task_defaults(meeting),
        on_success_callback=notify.nobody_notifier(meeting),
        deadline=notify.late_report_alert(meeting),
        doc_md=f"{__doc__}\n{dag_docs(meeting)}",
        tags=["zoom"],
    )
    def zoom_attendance() -> None:
        attendance, no_session = attendance_of(meeting), notify.NoSessionNotifier(meeting)

        @task(inlets=[attendance], on_success_callback=no_session, on_skipped_callback=no_session)
        def sessions(**context: Any) -> list[dict[str, Any]]:
            """Find the sessions of this run; wait while one is still running."""
            from include.pipeline.selection.window import earlier_runs
            from include.pipeline.sessions import sessions_of_run
            from zoom_provider.hooks.zoom import ZoomHook

            earlier = earlier_runs(context, attendance)
            return dumped(sessions_of_run(meeting, ZoomHook(), context, earlier))

        @task(map_index_template=LOCAL_DATE)
        def extract(session: dict[str, Any], **context: Any) -> str:
            """Copy Zoom's participant report of a session to staged files, whole or not at all."""
            from include.pipeline.extract import extract_session
            from zoom_provider.hooks.zoom import ZoomHook

            record = SessionData.model_validate(session)
            key, switch = folder_key(context, record), context["params"]["publish_incomplete"]
            extract_session(record, ZoomHook(), StagingFolder(key), publish_incomplete=switch)
            return key

        @task(map_index_template=LOCAL_DATE)
        def transform(session: dict[str, Any], staged: str) -> str:  # noqa: ARG001  (LOCAL_DATE)
            """Work out who was there and how long."""
            from include.pipeline.transform import take_staged_attendance

            take_staged_attendance(meeting, StagingFolder(staged))
            return staged

        def load(session: dict[str, Any], staged: str, **context: Any) -> dict[str, Any]:
            """Publish a session's report in Google Sheets, in the same place every time."""
            from include.pipeline.load import publish_staged

            published = publish_staged(meeting, StagingFolder(staged), notify.announcer(context))
            context["outlet_events"][attendance].extra = published.event(session)
            return published.model_dump(mode="json")

        @task_group
        def report(session: dict[str, Any]) -> None:
            staged = transform(session=session, staged=extract(session=session))
            PublishOperator(
                task_id="load",
                python_callable=load,
                outlets=[attendance],
                op_kwargs={"session": session, "staged": staged},
                map_index_template=LOCAL_DATE,
                post_execute=log_report,
                on_success_callback=notify.ReportNotifier(meeting),
            )

        report.expand(session=sessions())

    zoom_attendance()


for _meeting in meetings_here():
    attendance_dag(_meeting)
