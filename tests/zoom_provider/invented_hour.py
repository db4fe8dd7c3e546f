"""An hour of two invented people in the sandbox's Zoom."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sandbox.zoom import World, participant_row
from sandbox.zoom.instance import Instance

NUMBER = 80000000700
START = datetime(2026, 11, 15, 9, tzinfo=UTC)


def add_hour(world: World, start: datetime, name: str = "Ada Example", **more: Any) -> Instance:
    """Add an hour with a person of this name and a guest."""
    end = start + timedelta(hours=1)
    rows = [
        participant_row(name, start, end, account_id="ada", email="ada@example.org"),
        participant_row("Guest", start, end),
    ]
    return world.add(NUMBER, start, end, rows, **more)
