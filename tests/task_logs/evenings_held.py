"""Meetings held for the cases, measured from now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sandbox.zoom import World
from sandbox.zoom.instance import Instance
from sandbox.zoom.rows import participant_row

Hold = Callable[[World, int], Instance | None]

HOUR = timedelta(hours=1)


def yesterday(world: World, number: int) -> Instance:
    return _held(world, number, _now() - 25 * HOUR)


def just_now(world: World, number: int) -> Instance:
    """Long enough ago that its report is asked for, but not that it must be there."""
    return _held(world, number, _now() - timedelta(minutes=40))


def still_running(world: World, number: int) -> Instance:
    return world.add(number, _now() - HOUR, None, [])


def many_people(world: World, number: int) -> Instance:
    """More than stand on one page of the report."""
    return world.add_bulk(number, _now() - 25 * HOUR, people=301)


def never(world: World, number: int) -> None:
    """Zoom does not know the number."""


def _held(world: World, number: int, end: datetime) -> Instance:
    rows = [
        participant_row(name, end - HOUR, end, account_id=name.casefold())
        for name in ("Ada", "Ben")
    ]
    return world.add(number, end - HOUR, end, rows)


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)
