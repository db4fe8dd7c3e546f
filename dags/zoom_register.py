"""Who came, by class: the book of a meeting, kept in one spreadsheet.

A run finds the *book*, brings it up to date (*register*), and writes the own sheets of the classes
that have *leaders*. It runs whenever a session has been reported on, and every morning, so that
what people have typed is read. *Trigger* does so at once. What people type is read last thing
before the book is written: so one task does both, and no name travels between tasks.
"""

from __future__ import annotations

from typing import Any

import pendulum
from airflow.sdk import AssetOrTimeSchedule, CronTriggerTimetable, Param, dag, task

from include.meeting import Meeting
from include.notifications import leaders_mailer, task_defaults
from include.pipeline.dag_docs import register_docs
from include.pipeline.known_meetings import meetings_here
from include.pipeline.outcome import log_book, log_book_id, log_result
from include.pipeline.screens import PublishOperator, attendance_of

MORNING = "0 6 * * *"

PARAMS = {
    "fill_people": Param(
        False,
        type="boolean",
        title="Fill People with everybody seen",
        description="Adds a line for each person who has none. Delete those who are not members, "
        "and give the others a class.",
    ),
}


def register_dag(meeting: Meeting) -> None:
    """Make the Dag that keeps the book of one meeting."""

    @dag(
        dag_id=meeting.register_dag_id,
        dag_display_name=f"Zoom register: {meeting.title}",
        schedule=AssetOrTimeSchedule(
            assets=[attendance_of(meeting)],
            timetable=CronTriggerTimetable(MORNING, timezone=meeting.timezone),
        ),
        start_date=pendulum.datetime(2026, 1, 1, tz=meeting.timezone),
        catchup=False,
        max_active_runs=1,  # sessions reported on meanwhile wait together for the next run
        params=PARAMS,
        default_args=task_defaults(meeting),
        doc_md=f"{__doc__}\n{register_docs(meeting)}",
        tags=["zoom"],
    )
    def zoom_register() -> None:
        @task(post_execute=log_book_id)
        def book(**context: Any) -> str:
            """Wait for the end of a backfill; find the book's spreadsheet, in a folder make it."""
            from include.pipeline.register import find_book, wait_for_reports

            wait_for_reports(meeting, context)
            return find_book(meeting)

        def register(spreadsheet_id: str, **context: Any) -> dict[str, Any]:
            """Read the book, match and mark everybody, write the book."""
            from include.pipeline.register import update_book

            return update_book(meeting, spreadsheet_id, fill=context["params"]["fill_people"])

        @task(post_execute=log_result)
        def leaders(spreadsheet_id: str, written: dict[str, Any]) -> str:
            """Write the classes' own sheets, let in their leaders, and tell them."""
            from include.pipeline.leaders import update_own_sheets

            any_leaders = written["leaders"]
            return update_own_sheets(
                meeting, spreadsheet_id, leaders_mailer(meeting), any_leaders=any_leaders
            )

        found = book()
        kept = PublishOperator(
            task_id="register",
            python_callable=register,
            post_execute=log_book,
            op_kwargs={"spreadsheet_id": found},
        )
        leaders(found, kept.output)

    zoom_register()


for _meeting in meetings_here():
    register_dag(_meeting)
