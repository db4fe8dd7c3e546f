"""What tasks hand on to each other: no names, no addresses, only what the next task needs.

A task dumps it at its end (`model_dump(mode="json")`), the next one validates it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from pydantic import AwareDatetime, BaseModel, ConfigDict

from include.sheets.incomplete import Missing


class TaskData(BaseModel):
    """Data that one task hands to another: frozen, and refused with a field that is not its own."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def dumped(data: Iterable[TaskData]) -> list[dict[str, Any]]:
    """Return the data as a task hands it on: plain JSON."""
    return [each.model_dump(mode="json") for each in data]


class InstanceData(TaskData):
    """One instance of a session.

    :param participants: Zoom's ``participants_count``: connections, not people. None if unknown.
    :param start: aware UTC; ``end`` as well. None in runs from before they were recorded.
    :param alone: Zoom's numbers fit one person alone, who may have come more than once.
    :param ended: False if Zoom does not tell when; the session's end is a guess then.
    """

    model_config = ConfigDict(from_attributes=True)

    uuid: str
    participants: int | None
    start: AwareDatetime | None = None
    end: AwareDatetime | None = None
    alone: bool = False
    ended: bool = True


class SessionData(TaskData):
    """A session that a run has found.

    :param uuid: the first instance's.
    :param label: what people call it: its class's local date; if it is not the day's first,
        its own with the time.
    :param start: aware UTC; ``end`` as well.
    :param timezone: the meeting's; of runs from before it was recorded, UTC.
    :param late: it began before the run's own time, and was not published then.
    """

    uuid: str
    label: str
    start: AwareDatetime
    end: AwareDatetime
    instances: tuple[InstanceData, ...]
    timezone: str = "UTC"
    late: bool = False

    @property
    def ended(self) -> bool:
        """False if Zoom does not tell of an instance when it ended."""
        return all(instance.ended for instance in self.instances)

    @property
    def opened(self) -> tuple[tuple[datetime, datetime], ...]:
        """When each instance was open; none if that is not known of all."""
        times = [(one.start, one.end) for one in self.instances if one.start and one.end]
        return tuple(times) if self.ended and len(times) == len(self.instances) else ()

    @property
    def later(self) -> tuple[str, ...]:
        """The UUIDs of its instances after the first."""
        return tuple(instance.uuid for instance in self.instances[1:])


class StagedInstance(TaskData):
    """What was staged of one instance.

    :param name: the file's; None for an instance of which Zoom makes no report.
    :param rows: participant rows in it, a line each; ``twice``: those of them that came again.
    :param total_records: how many rows Zoom says there are, if it is another number.
    :param joins: how many connections Zoom counts besides, if they are more than the rows.
    :param missing: what never came, if somebody had the session published all the same.
    :param size: its bytes; ``sha256``: of them. None in runs from before they were recorded.
    """

    uuid: str
    name: str | None
    rows: int
    twice: int = 0
    total_records: int | None = None
    joins: int | None = None
    missing: Missing | None = None
    size: int | None = None
    sha256: str | None = None


class Manifest(TaskData):
    """What `extract` has staged of a session: a file for each of its instances."""

    session: SessionData
    files: tuple[StagedInstance, ...]


class PublishedReport(TaskData):
    """Where a report was published, and its counts.

    :param range: the table with its header row, in A1 notation within its tab.
    :param people: rows of the table; ``hours``: of all of them together.
    :param incomplete: something is missing, and somebody had it published all the same.
    :param link: opens the report's tab.
    """

    spreadsheet_id: str
    range: str
    people: int
    hours: float
    incomplete: bool
    link: str

    def event(self, session: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the meeting's asset event says of this report.

        :param session: the dump of its SessionData.
        """
        data = SessionData.model_validate(session)
        counts = self.model_dump(include={"link", "people", "hours", "incomplete"})
        return {"session": data.uuid, "parts": len(data.instances)} | counts
