"""Connections of people to a session, before they are written down as report rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from sandbox.zoom.people import Person
from sandbox.zoom.schedule import Part, Plan


@dataclass(frozen=True)
class Connection:
    """One stretch from `join` to `leave` (epoch seconds) of one person on one device.

    `person` is who it really was, whatever the report shows; `bare` hides id and e-mail;
    `ended` False means that the report lists no leave time.
    """

    person: Person
    part: Part
    join: int
    leave: int
    name: str
    bare: bool = False
    waiting: bool = False
    room: str = ""
    failover: bool = False
    ended: bool = True

    @property
    def seconds(self) -> int:
        return self.leave - self.join

    @property
    def name_only(self) -> bool:
        """True if the row will show nothing of the person but a name."""
        return self.bare or not self.person.identified


def host_visit(host: Person, plan: Plan) -> list[Connection]:
    """The host's presence is what begins and ends each instance."""
    return [Connection(host, part, part.start, part.end, host.name) for part in plan.parts]


def visit(person: Person, plan: Plan, rng: Random) -> list[Connection]:
    """One connection in each instance that the person's stay touches, perhaps none."""
    come, go = _stay(plan, rng)
    return list(_connections(person, plan, come, go, rng))


def _stay(plan: Plan, rng: Random) -> tuple[int, int]:
    begins, ends = plan.series.planned(plan.day)
    late = rng.random() < 0.15
    come = begins + (rng.randint(300, 2400) if late else int(rng.gauss(-60, 240)))
    early = rng.random() < 0.12
    go = ends - rng.randint(300, 2400) if early else plan.end - int(rng.expovariate(1 / 60))
    return come, go


def _connections(
    person: Person, plan: Plan, come: int, go: int, rng: Random
) -> Iterator[Connection]:
    for part in plan.parts:
        reopened = part is not plan.parts[0]
        join = max(come, part.start + rng.randint(5, 120) * (1 + reopened))
        leave = min(go, part.end)
        if leave - join >= 30:
            yield Connection(person, part, join, leave, person.name)
