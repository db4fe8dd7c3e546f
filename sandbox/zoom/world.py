"""The invented world: every meeting, every instance, and what really happened in them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import partial

from sandbox.zoom.instance import Instance
from sandbox.zoom.rows import Row, numbered, participant_row
from sandbox.zoom.schedule import plans
from sandbox.zoom.series import SERIES, Series
from sandbox.zoom.session import Session
from sandbox.zoom.uuids import instance_uuid, zoom_id

ONE_YEAR = timedelta(days=365)
FIFTEEN_MONTHS = timedelta(days=457)


class World:
    """Three weekly series over the 30 weeks before `today`; the same for the same `today`.

    With `until`, sessions that had not ended by then are left out.
    Zoom's retention is measured from the newest instance, so a fixed `today` never goes stale.
    """

    def __init__(
        self, today: date, series: Iterable[Series] = SERIES, until: datetime | None = None
    ) -> None:
        self.series = {one.number: one for one in series}
        end = until.timestamp() if until else float("inf")
        planned = (plan for one in self.series.values() for plan in plans(one, today))
        self._sessions = [Session(plan) for plan in planned if plan.end <= end]
        self._instances = {
            instance.uuid: instance for held in self._sessions for instance in held.instances
        }

    @classmethod
    def empty(cls) -> World:
        """A world without the three series, for cases built by hand."""
        return cls(date.min, series=())

    def add(
        self,
        number: int,
        start: datetime,
        end: datetime | None,
        rows: Iterable[Row],
        *,
        uuid: str | None = None,
        ready_at: datetime | None = None,
        topic: str = "Meeting",
    ) -> Instance:
        """Add an instance with these rows (see `participant_row`), user_ids filled in; times aware.

        `end` None means still running. A known `uuid` is replaced: so ends a running meeting.
        """
        known = uuid or instance_uuid(f"{number}/{start.isoformat()}")
        made = partial(numbered, list(rows))
        instance = Instance(known, number, topic, start, end, made, ready_at)
        self._instances[known] = instance
        return instance

    def add_bulk(self, number: int, start: datetime, people: int) -> Instance:
        """Add an hour with one plain row for each of `people` account members, made when read."""
        end = start + timedelta(hours=1)
        uuid = instance_uuid(f"{number}/{start.isoformat()}", 0)
        instance = Instance(
            uuid, number, "Bulk", start, end, partial(_bulk_rows, start, end, people)
        )
        self._instances[uuid] = instance
        return instance

    def knows(self, number: int) -> bool:
        """True for a series and for any number that something was added to."""
        return number in self.series or bool(self.instances(number))

    def instances(self, number: int) -> list[Instance]:
        """Every instance of a meeting, a running one too, oldest first."""
        held = (one for one in self._instances.values() if one.number == number)
        return sorted(held, key=lambda one: one.start)

    def instance(self, uuid: str) -> Instance | None:
        """The instance of that UUID, if there is one."""
        return self._instances.get(uuid)

    def sessions(self, number: int) -> list[Session]:
        """The generated sessions of a series, oldest first; none of those added by hand."""
        return [one for one in self._sessions if one.plan.series.number == number]

    def age(self, instance: Instance) -> timedelta:
        """How long before the newest instance of the world this one began."""
        return max(one.start for one in self._instances.values()) - instance.start


def _bulk_rows(start: datetime, end: datetime, people: int) -> list[Row]:
    return numbered(
        participant_row(
            f"Person {place}",
            start + timedelta(seconds=place % 1200),
            end - timedelta(seconds=place % 600),
            account_id=zoom_id(f"bulk/{place}"),
            email=f"person.{place}@example.org",
        )
        for place in range(people)
    )
