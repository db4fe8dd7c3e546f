"""The sandbox's three meetings, and one large enough to need many calls."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from sandbox.meeting_files import read_entries, write_entries
from sandbox.stack import ROOT
from sandbox.zoom import World
from tests.live.weekly import TODAY

BIBLE_STUDY = "zoom_attendance_bible_study"
TOWN_HALL = "zoom_attendance_town_hall"
EVENING_CLASS = "zoom_attendance_evening_class"
ASSEMBLY = "zoom_attendance_assembly"
DAGS = (BIBLE_STUDY, TOWN_HALL, EVENING_CLASS, ASSEMBLY)

NUMBERS = {
    BIBLE_STUDY: 98765432101,
    TOWN_HALL: 91234567890,
    EVENING_CLASS: 85550001111,
    ASSEMBLY: 90000000001,
}

ASSEMBLIES = [datetime(2026, 3, day, 9, tzinfo=UTC) for day in (9, 10, 11, 12)]
PEOPLE = 2_100
"""Of each assembly: seven pages of its report."""

ASSEMBLY_ENTRY = {
    "name": "assembly",
    "title": "Assembly",
    "meeting_id": NUMBERS[ASSEMBLY],
    "timezone": "UTC",
    "schedule": "0 4 * * SAT",
    "publish_to": {"folder": "Attendance reports"},
}


def invented_world() -> World:
    world = World(TODAY)
    for start in ASSEMBLIES:
        world.add_bulk(NUMBERS[ASSEMBLY], start, PEOPLE)
    return world


def write_meetings(folder: Path) -> Path:
    return write_entries(folder, [*read_entries(ROOT / "sandbox" / "meetings"), ASSEMBLY_ENTRY])


def uuid_of(world: World, dag_id: str, day: str) -> str:
    """Return the UUID of the first instance of a session."""
    return next(
        session.instances[0].uuid
        for session in world.sessions(NUMBERS[dag_id])
        if str(session.plan.day) == day
    )
