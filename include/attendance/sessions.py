"""Which instances of a meeting are one gathering of people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

GAP = timedelta(minutes=15)
"""A host who drops out and reopens makes a new instance of the same evening."""


@dataclass(frozen=True)
class HeldInstance:
    """One time the meeting was open.

    :param start: aware UTC; ``end`` as well.
    :param participants: Zoom's ``participants_count``: connections, not people.
    """

    uuid: str
    start: datetime
    end: datetime
    participants: int


@dataclass(frozen=True)
class Session:
    """One gathering: instances whose gaps are at most GAP, oldest first."""

    instances: tuple[HeldInstance, ...]

    @property
    def uuid(self) -> str:
        """The first instance's UUID, by which the session is known."""
        return self.instances[0].uuid

    @property
    def start(self) -> datetime:
        return self.instances[0].start

    @property
    def end(self) -> datetime:
        return max(instance.end for instance in self.instances)


def join_instances(instances: Iterable[HeldInstance]) -> list[Session]:
    """Return the sessions that these instances of one meeting make up, oldest first."""
    sessions: list[Session] = []
    for instance in sorted(instances, key=lambda held: held.start):
        if sessions and instance.start - sessions[-1].end <= GAP:
            sessions[-1] = Session((*sessions[-1].instances, instance))
        else:
            sessions.append(Session((instance,)))
    return sessions
