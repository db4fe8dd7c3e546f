"""What Airflow shows under *Docs* of a meeting's Dags."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from itertools import dropwhile, groupby, islice, takewhile
from zoneinfo import ZoneInfo

from airflow.timetables.trigger import CronTriggerTimetable

from include.meeting import Folder, Meeting
from include.pipeline.selection.window import midnight, ticks

MOST_RUNS = 62
"""One on each day of two months."""


def dag_docs(meeting: Meeting) -> str:
    """Describe the meeting, and where to read on. Addresses stay out of Airflow's database."""
    runs = CronTriggerTimetable(meeting.schedule, timezone=meeting.timezone).description
    rows = {
        "Zoom meeting": _number(meeting.meeting_id),
        "Runs": f"{runs}, by the clocks of {meeting.timezone}",
        "Days of runs": _days_of_runs(meeting),
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


def _days_of_runs(meeting: Meeting) -> str:
    """Name those of this month and the next, or the next one after them.

    All of them, and not the next one alone: Docs that change with each run would make a new version
    of the Dag under a run that has just begun. So they change once a month.
    """
    zone = ZoneInfo(meeting.timezone)
    this = datetime.fromtimestamp(time.time(), zone).date().replace(day=1)
    begin, end = midnight(this, zone), midnight(_next_month(_next_month(this)), zone)
    # A search from a night that has its midnight twice would miss a run then.
    runs = ticks(meeting.schedule, meeting.timezone, begin - timedelta(days=1))
    runs = dropwhile(lambda run: run < begin, runs)
    first, others = next(runs), islice(takewhile(lambda run: run < end, runs), MOST_RUNS)
    days = [run.astimezone(zone).date() for run in (first, *others)]
    if len(days) > MOST_RUNS:
        return "more than one a day"
    months = groupby(days, _month)
    return "; ".join(f"{', '.join(str(day.day) for day in of)} {month}" for month, of in months)


def _month(day: date) -> str:
    return f"{day:%B %Y}"


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


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
