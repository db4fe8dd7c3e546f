"""Who came to a Zoom session, and for how long.

There is one Dag for each entry of the meetings file. Its run

1. **sessions**: finds the sessions held in the run's week; waits while one is still running,
2. **extract**: copies Zoom's participant report of each to staged files, all of it or nothing,
3. **transform**: works out people and presence,
4. **load**: publishes the report in Google Sheets; its Details tab has a button *Open report*.

A run can be repeated at any time: it rewrites its own sheets and nothing else. *Backfill* does so
for past weeks, *Trigger* with a date for one session.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pendulum
from airflow.sdk import Asset, CronDataIntervalTimetable, dag, get_parsing_context, task, task_group

from include.meetings import Meeting, read_meetings
from include.notifications.failure import FailureNotifier
from include.notifications.late import late_report_alert
from include.notifications.news import NewsNotifier, announcer
from include.pipeline.extract import extract_session
from include.pipeline.failures import RETRIES, say_why_it_failed
from include.pipeline.operators import PublishOperator
from include.pipeline.params import PARAMS
from include.pipeline.sessions import sessions_of_run
from include.pipeline.settings import meetings_file
from include.pipeline.staging import StagingFolder, folder_key
from zoom_provider.hooks.zoom import ZoomHook

LONGEST_TASK = timedelta(hours=1)
"""Nothing hangs for ever: a report of 50,000 people takes minutes, and no call more than ten."""

LOCAL_DATE = "{{ task.op_kwargs['session']['label'] }}"


def attendance_dag(meeting: Meeting) -> None:
    """Make the weekly Dag of one meeting."""

    @dag(
        dag_id=meeting.dag_id,
        dag_display_name=f"Zoom attendance: {meeting.title}",
        schedule=CronDataIntervalTimetable(meeting.schedule, timezone=meeting.timezone),
        start_date=pendulum.datetime(2026, 1, 1, tz=meeting.timezone),
        catchup=False,
        params=PARAMS,
        default_args={
            **RETRIES,
            "execution_timeout": LONGEST_TASK,
            "on_failure_callback": [say_why_it_failed, FailureNotifier(meeting)],
        },
        deadline=late_report_alert(meeting),
        doc_md=__doc__,
        tags=["zoom"],
    )
    def zoom_attendance() -> None:
        attendance = Asset(name=f"attendance_{meeting.name}", group="zoom_attendance")

        @task
        def sessions(**context: Any) -> list[dict[str, Any]]:
            """Find the sessions of this run; wait while one is still running."""
            return sessions_of_run(meeting, ZoomHook(), context)

        @task(map_index_template=LOCAL_DATE)
        def extract(session: dict[str, Any], **context: Any) -> str:
            """Copy Zoom's participant report of a session to staged files, whole or not at all."""
            key = folder_key(context, session)
            incomplete = context["params"]["publish_incomplete"]
            extract_session(session, ZoomHook(), StagingFolder(key), publish_incomplete=incomplete)
            return key

        @task(map_index_template=LOCAL_DATE)
        def transform(session: dict[str, Any], staged: str) -> str:
            """Work out who was there and how long."""
            from include.pipeline.transform import take_staged_attendance

            take_staged_attendance(meeting, StagingFolder(staged))
            return staged

        def load(session: dict[str, Any], staged: str, **context: Any) -> dict[str, Any]:
            """Publish a session's report in Google Sheets, in the same place every time."""
            from include.pipeline.load import publish_staged

            published = publish_staged(meeting, StagingFolder(staged), announcer(context))
            context["outlet_events"][attendance].extra = published["event"]
            return published["result"]

        @task_group
        def report(session: dict[str, Any]) -> None:
            staged = transform(session=session, staged=extract(session=session))
            PublishOperator(
                task_id="load",
                doc_md=load.__doc__,
                python_callable=load,
                outlets=[attendance],
                op_kwargs={"session": session, "staged": staged},
                map_index_template=LOCAL_DATE,
                on_success_callback=NewsNotifier(meeting),
                # One writer: backfill and weekly run may want the same sheet at the same time.
                max_active_tis_per_dag=1,
            )

        report.expand(session=sessions())

    zoom_attendance()


# A task's process needs its own Dag only, however many meetings there are.
_wanted = get_parsing_context().dag_id
for _meeting in read_meetings(meetings_file())[0]:
    if _wanted in (None, _meeting.dag_id):
        attendance_dag(_meeting)
