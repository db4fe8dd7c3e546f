"""A meeting: which Zoom meeting it is, when to look, and where its reports go."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Discriminator, Tag

from include.meeting.fields import (
    DEFAULT_REPORT_FIELDS,
    Addresses,
    ClassTime,
    Columns,
    Duration,
    FolderName,
    MeetingId,
    Name,
    Percent,
    Schedule,
    SpreadsheetId,
    Timezone,
    Title,
)

DAG_ID_PREFIX = "zoom_attendance_"
REGISTER_PREFIX = "zoom_register_"


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Folder(_Entry):
    """A new spreadsheet for each session, in the Drive folder of this name."""

    folder: FolderName


class Spreadsheet(_Entry):
    """A new tab for each session, in an existing spreadsheet: its id."""

    spreadsheet: SpreadsheetId


def _kind(value: Any) -> str | None:
    fields = value if isinstance(value, dict) else getattr(value, "__dict__", {})
    return next(iter(fields)) if len(fields) == 1 else None


class Meeting(_Entry):
    """A recurring meeting, as its file describes it.

    Its dump as JSON is accepted again.

    :param name: the file's; names the Dag and marks the reports; changing it makes new ones.
    :param meeting_id: Zoom's meeting number, the same for every session.
    :param timezone: IANA name; schedule, class time and report are in it.
    :param schedule: cron; each run covers the time since the run before.
    :param class_time: ``HH:MM-HH:MM``: presence outside does not count, nor do
        sessions outside.
    :param columns: the columns of the report, by the fields of its table.
    :param notify: the e-mail addresses that are told of reports and failures.
    :param report_within: how long after its run was due a report is late.
    :param present_from: percent of the class time from which on somebody came.
    :param late_after: who comes longer than that after its begin is late; None: nobody is.
    :param early_before: who leaves longer than that before its end left early; None: nobody does.
    """

    name: Name
    title: Title
    meeting_id: MeetingId
    timezone: Timezone
    schedule: Schedule
    class_time: ClassTime | None = None
    publish_to: Annotated[
        Annotated[Folder, Tag("folder")] | Annotated[Spreadsheet, Tag("spreadsheet")],
        Discriminator(_kind),
    ]
    columns: Columns = DEFAULT_REPORT_FIELDS
    notify: Addresses = ()
    report_within: Duration | None = None
    present_from: Percent = 50
    late_after: Duration | None = None
    early_before: Duration | None = None

    @property
    def dag_id(self) -> str:
        """The Dag that reports on this meeting."""
        return f"{DAG_ID_PREFIX}{self.name}"

    @property
    def register_dag_id(self) -> str:
        """The Dag that keeps this meeting's book."""
        return f"{REGISTER_PREFIX}{self.name}"
