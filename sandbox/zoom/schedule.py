"""When each session of a series was really held: one instance, two after a restart, or a stray."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from sandbox.zoom.series import Series
from sandbox.zoom.uuids import instance_uuid

_DAY = 86_400


@dataclass(frozen=True)
class Part:
    """One instance: UUID, and start and end in epoch seconds."""

    uuid: str
    start: int
    end: int


@dataclass(frozen=True)
class Plan:
    """A session before anybody came: its instances, oldest first, and its age in weeks."""

    series: Series
    day: date
    age: int
    parts: tuple[Part, ...]
    stray: bool = False

    @property
    def start(self) -> int:
        return self.parts[0].start

    @property
    def end(self) -> int:
        return self.parts[-1].end

    def rng(self, purpose: str) -> Random:
        """Chance that depends on meeting, week and purpose, so that no part disturbs another."""
        return Random(f"{self.series.number}/{self.day}/{self.stray}/{purpose}")


def plans(series: Series, today: date) -> list[Plan]:
    """Every session of the series in the 30 weeks before `today`, oldest first."""
    dates = list(enumerate(series.dates(today)))
    held = [_evening(series, day, age) for age, day in dates if age not in series.holidays]
    strays = [_stray(series, day, age) for age, day in dates if age in series.strays]
    return sorted(held + strays, key=lambda plan: plan.start)


def _evening(series: Series, day: date, age: int) -> Plan:
    rng = Random(f"{series.number}/{day}")
    begins, ends = series.planned(day)
    start = begins + 60 * rng.randint(*series.opens) + rng.randrange(60)
    end = ends + 60 * rng.randint(*series.closes) + rng.randrange(60)
    cuts = [(start, end)]
    if age in series.restarts:
        dropped = start + int((end - start) * rng.uniform(0.35, 0.65))
        cuts = [(start, dropped), (dropped + rng.randint(240, 600), end)]
    parts = (_part(series, day, age + place, *cut) for place, cut in enumerate(cuts))
    return Plan(series, day, age, tuple(parts))


def _stray(series: Series, day: date, age: int) -> Plan:
    # Some days after the session the host clicks the link, finds nobody and leaves.
    start = series.planned(day)[0] + 3 * _DAY + Random(f"stray/{day}").randrange(7200)
    return Plan(series, day, age, (_part(series, day, age, start, start + 60),), stray=True)


def _part(series: Series, day: date, shape: int, start: int, end: int) -> Part:
    return Part(instance_uuid(f"{series.number}/{day}/{start}", shape), start, end)
