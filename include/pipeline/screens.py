"""What Airflow's screens show of a meeting: its asset, its Dags' Docs, the button "Open report"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from airflow.providers.standard.operators.python import PythonOperator
from airflow.sdk import Asset, BaseOperatorLink
from airflow.sdk.execution_time.xcom import XCom
from airflow.timetables.trigger import CronTriggerTimetable

from include.meeting import Folder, Meeting

LOCAL_DATE = "{{ task.op_kwargs['session']['label'] }}"
"""What the grid calls a task of one session."""


def attendance_of(meeting: Meeting) -> Asset:
    """Return the asset that says a session of the meeting has been reported on."""
    return Asset(name=f"attendance_{meeting.name}", group="zoom_attendance")


def dag_docs(meeting: Meeting) -> str:
    """Describe the meeting, and where to read on. Addresses stay out of Airflow's database.

    The rule of the schedule, and not the next run: Docs that change by themselves make a new
    version of the Dag each time. Airflow's own header shows the next run.
    """
    runs = CronTriggerTimetable(meeting.schedule, timezone=meeting.timezone).description
    rows = {
        "Zoom meeting": _number(meeting.meeting_id),
        "Runs": f"{runs}, by the clocks of {meeting.timezone}",
        "Class time": meeting.class_time or "the whole session",
        "Reports go to": _destination(meeting),
        "Mails go to": f"{len(meeting.notify)} address(es), those of the meeting's file",
    }
    return f"""{_table(meeting, rows)}

- **Past weeks**: Trigger > Backfill.
- **One session again**: Trigger, with its date.
- **A task has failed**: the end of its log says what to do.

More in `docs/operating.md` of the project.
"""


def register_docs(meeting: Meeting) -> str:
    """Describe how the meeting's book is kept, and where to read on."""
    late, early = meeting.late_after, meeting.early_before
    rows = {
        "The book is": _book(meeting),
        "Class time": meeting.class_time or "the whole session",
        "Came": f"from {meeting.present_from} % of the class time on",
        "Late": f"who comes after more than {_minutes(late)}" if late else "nobody",
        "Left early": f"who leaves more than {_minutes(early)} before the end"
        if early
        else "nobody",
    }
    return f"""{_table(meeting, rows)}

- **Somebody has typed something**: it acts tomorrow morning, or at once by Trigger.
- **A first list of people**: Trigger, with *Fill People with everybody seen*.
- **Past weeks**: backfill the Dag `{meeting.dag_id}`; the book follows.

More in `docs/book.md` of the project.
"""


def _minutes(duration: timedelta) -> str:
    return f"{duration // timedelta(minutes=1)} minutes"


def _book(meeting: Meeting) -> str:
    if isinstance(meeting.publish_to, Folder):
        return f"a spreadsheet of its own in the folder {_cell(meeting.publish_to.folder)}"
    return f"in the spreadsheet {meeting.publish_to.spreadsheet}, beside the reports"


def _table(meeting: Meeting, rows: Mapping[str, str]) -> str:
    lines = "\n".join(f"| {name} | {value} |" for name, value in rows.items())
    return f"| **{_cell(meeting.title)}** | |\n|---|---|\n{lines}"


def _number(meeting_id: int) -> str:
    """Return a meeting's number as Zoom shows it: 987 6543 2101."""
    digits = str(meeting_id)
    middle = (len(digits) + 3) // 2
    return f"{digits[:3]} {digits[3:middle]} {digits[middle:]}"


def _destination(meeting: Meeting) -> str:
    if isinstance(meeting.publish_to, Folder):
        return (
            f"a new spreadsheet for each session in the folder {_cell(meeting.publish_to.folder)}"
        )
    return f"a new tab for each session in the spreadsheet {meeting.publish_to.spreadsheet}"


def _cell(text: str) -> str:
    """Keep what people have named from ending the cell."""
    return text.replace("|", "\\|").replace("\n", " ")


class OpenReport(BaseOperatorLink):
    """Opens what the task published: the ``link`` of its return value."""

    name = "Open report"

    def get_link(self, operator: object, *, ti_key: Any) -> str:  # noqa: ARG002
        """Return the address; empty before the task has ended well."""
        result = XCom.get_value(key="return_value", ti_key=ti_key)
        return result["link"] if result else ""


class PublishOperator(PythonOperator):
    """Calls ``python_callable``, which returns a mapping with a ``link``.

    The callable's docstring is the task's documentation. One instance runs at a time in all runs of
    the Dag: backfill and weekly run may want the same sheet.
    """

    operator_extra_links = (OpenReport(),)

    def __init__(self, *, python_callable: Callable[..., Any], **kwargs: Any) -> None:
        kwargs.setdefault("doc_md", python_callable.__doc__)
        super().__init__(python_callable=python_callable, max_active_tis_per_dag=1, **kwargs)
