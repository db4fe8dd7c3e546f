"""The time zone that this machine is set to."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from zoneinfo import available_timezones

DOUBTFUL = {"UTC", "UCT", "Universal", "Zulu", "GMT"}
"""What machines are set to that nobody has set."""


def guessed_zone(etc: Path = Path("/etc")) -> str:
    """Return the IANA name of this machine's zone: TZ, else that of its files, else UTC."""
    named = [os.environ.get("TZ", "").removeprefix(":"), str((etc / "localtime").resolve())]
    with suppress(OSError):
        named.append((etc / "timezone").read_text().strip())
    names = [name.rpartition("zoneinfo/")[2] for name in named]
    return next((name for name in names if name in available_timezones()), "UTC")


def is_doubtful(zone: str) -> bool:
    """Tell whether a machine may be set to this zone without anybody's living in it."""
    return zone.rpartition("/")[2] in DOUBTFUL


def zones_like(text: str) -> list[str]:
    """Return the zone of this name, else those of a place: ``sydney`` is in Australia."""
    zones, begun = available_timezones(), text.lower().replace(" ", "_")
    if text in zones or not begun:
        return [text]
    return sorted(one for one in zones if one.rpartition("/")[2].lower().startswith(begun))
