"""Meetings' files, written and read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from include.meeting import Meeting, read_meetings
from sandbox.meeting_files import write_entries

GOOD = {
    "name": "choir",
    "title": "Choir",
    "meeting_id": "987 6543 2101",
    "timezone": "Australia/Sydney",
    "schedule": "0 23 * * SUN",
    "publish_to": {"folder": "Attendance reports"},
}

TEXT = """title: Choir
meeting_id: 987 6543 2101
timezone: Australia/Sydney
schedule: "0 23 * * SUN"
publish_to:
  folder: Attendance reports
"""
"""The same as a person writes it."""

Read = tuple[list[Meeting], list[str]]


def read_entries(folder: Path, *entries: dict[str, Any]) -> Read:
    """Read the files of these meetings."""
    return read_meetings(write_entries(folder, entries))


def read_text(folder: Path, text: str | bytes, name: str = "choir.yaml") -> Read:
    """Read a folder with this file in it."""
    data = text if isinstance(text, bytes) else text.encode()
    (folder / name).write_bytes(data)
    return read_meetings(folder)


def mistake(folder: Path, **changes: Any) -> str:
    """Return the one mistake of a good meeting with these changes."""
    good, (mistake,) = read_entries(folder, GOOD | changes)
    assert good == []
    return mistake
