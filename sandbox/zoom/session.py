"""A generated session: its instances for the API, its truth for the tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, partial

from sandbox.zoom.connections import Connection
from sandbox.zoom.evening import connections
from sandbox.zoom.instance import Instance
from sandbox.zoom.people import cast
from sandbox.zoom.rows import Row, report_rows
from sandbox.zoom.schedule import Part, Plan
from sandbox.zoom.truth import truth, uncertain


@dataclass(frozen=True)
class Session:
    """One gathering of people; nothing is generated before it is asked for."""

    plan: Plan

    @cached_property
    def instances(self) -> list[Instance]:
        """One, or two after a restart, oldest first."""
        return [self._instance(part) for part in self.plan.parts]

    @cached_property
    def truth(self) -> dict[str, int]:
        """Seconds present by label, without the people of `uncertain`."""
        return truth(self.plan, self._connections)

    @cached_property
    def uncertain(self) -> set[str]:
        """Names whose rows alone cannot say who was who."""
        return uncertain(self._connections)

    @cached_property
    def _connections(self) -> list[Connection]:
        return connections(self.plan)

    def _instance(self, part: Part) -> Instance:
        series = self.plan.series
        return Instance(
            uuid=part.uuid,
            number=series.number,
            topic=series.topic,
            start=datetime.fromtimestamp(part.start, UTC),
            end=datetime.fromtimestamp(part.end, UTC),
            make_rows=partial(self._rows, part),
            host=cast(series)[0],
        )

    def _rows(self, part: Part) -> list[Row]:
        own = (stay for stay in self._connections if stay.part == part)
        return report_rows(own, self.plan.rng(f"rows/{part.uuid}"))
