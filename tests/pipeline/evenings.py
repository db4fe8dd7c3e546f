"""Evenings held in the sandbox's Zoom, and their sessions as the first step hands them on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from include.pipeline.task_data import InstanceData, SessionData
from sandbox.zoom import World
from sandbox.zoom.instance import Instance
from sandbox.zoom.rows import Row, participant_row
from tests.pipeline.runs import NUMBER

EVENING = datetime(2026, 6, 14, 9, 30, tzinfo=UTC)
"""19:30 on a Sunday in Sydney."""


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def just_now() -> datetime:
    """The present, in Zoom's whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)


def two_people(start: datetime, end: datetime | None) -> list[Row]:
    return [
        participant_row("Ada Example", start, end, account_id="ada", email="ada@example.org"),
        participant_row("Ben Example", start, end, account_id="ben", email="ben@example.org"),
    ]


def hold(
    world: World,
    start: datetime,
    end: datetime | None,
    rows: Iterable[Row] | None = None,
    **more: Any,
) -> Instance:
    """Add an instance of the choir with two people in it, or with these rows."""
    rows = two_people(start, end) if rows is None else rows
    return world.add(NUMBER, start, end, rows, **more)


def session_of(*instances: Instance) -> SessionData:
    """The record of a session made up of these instances."""
    return SessionData(
        uuid=instances[0].uuid,
        label=str(instances[0].start.date()),
        start=instances[0].start,
        end=instances[-1].end,
        instances=tuple(
            InstanceData(uuid=one.uuid, participants=len(one.rows), start=one.start, end=one.end)
            for one in instances
        ),
    )


def recent_session_of(*instances: Instance, ended: datetime) -> SessionData:
    """The same, as if it had ended at this time."""
    return session_of(*instances).model_copy(update={"end": ended})
