"""What the answers about a meeting mean, checked by the types of the meeting's own fields."""

from __future__ import annotations

import os
import re
import unicodedata
from contextlib import suppress
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from pydantic import TypeAdapter, ValidationError

from include.meeting.fields import (
    Address,
    ClassTime,
    FolderName,
    MeetingId,
    Name,
    Schedule,
    SpreadsheetId,
    Timezone,
    Title,
)
from include.setup.asking import needed
from include.setup.weekly import DASH, Weekly, in_24_hours, weekly

DOUBTFUL = {"UTC", "UCT", "Universal", "Zulu", "GMT"}
"""The zones of machines on which nobody has set one."""


NO_PLACES = {"localtime", "Factory"}
"""Names among the zones that are none."""


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


ALL_YEAR = {"EST": "America/New_York", "MST": "America/Denver", "HST": "Pacific/Honolulu"}
"""Zones without summer time, and the place that somebody may mean who types one."""


def zones_like(text: str) -> list[str]:
    """Return the zone of this name, else those of a place: ``sydney`` is in Australia."""
    zones, begun = available_timezones(), text.lower().replace(" ", "_")
    if text in zones or not begun:
        return [text]
    # To the zones of Etc, GMT+10 is ten hours west of Greenwich; nobody else means that.
    places = [one for one in zones if one.rpartition("/")[2].lower().startswith(begun)]
    whole = [one for one in zones if one.lower() == begun]
    return whole or sorted(one for one in places if not one.startswith("Etc/"))


# Each function takes an answer without blanks around it, returns the field as a file has it, and
# raises ValueError with a sentence about what is wrong.


def title(answer: str) -> str:
    """Return what people call the meeting."""
    return str(_checked(Title, needed(answer)))


def name(answer: str) -> str:
    """Return the name of the file and the Dag."""
    return str(_checked(Name, answer))


def name_for(title: str) -> str:
    """Return a name that is like a title."""
    plain = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "_", plain)
    return re.sub(r"^[^a-z]+", "", words)[:50].strip("_") or "meeting"


def meeting_id(answer: str) -> int:
    """Return the number, also out of a link for joining or a line of an invitation."""
    if "zoom" in answer and "/" in answer:
        found = re.search(r"/(?:j|w|s|wc|join|start|meeting)/(\d{9,11})\b", answer)
        if not found:
            raise ValueError("This link has no meeting number in it. Zoom shows it under Meetings.")
        answer = found[1]
    return int(_checked(MeetingId, re.sub(r"(?i)^(?:meeting[ -]?)?id:?\s*", "", answer)))


def timezone(answer: str) -> str:
    """Return the zone's IANA name; a place is enough if there is one zone of that place."""
    like = zones_like(answer)
    if len(like) > 1:
        raise ValueError(f"Please type the whole name: {' or '.join(like[:5])}.")
    if like and like[0] in NO_PLACES:
        raise ValueError("Please type a place, such as Australia/Sydney.")
    if like and like[0] in ALL_YEAR:
        place = ALL_YEAR[like[0]]
        raise ValueError(f"{like[0]} has no summer time. Please type a place, such as {place}.")
    return str(_checked(Timezone, like[0] if like else answer))


def schedule(answer: str) -> str | dict[str, Any]:
    """Return when the Dag runs: days and a time, or a cron line as it is."""
    if len(answer.split()) == 5 and re.match(r"[\d*]", answer):
        return str(_checked(Schedule, answer))
    return weekly(answer).fields


def schedule_after(ends: Weekly, answer: str) -> str | dict[str, Any]:
    """Return when the Dag runs; of a cron line it is not known whether that is after the end."""
    runs = schedule(answer)
    if isinstance(runs, dict) and weekly(answer).is_just_before(ends):
        text = f"That is before the end, {ends}: each would be reported on by the run after it."
        raise ValueError(text)
    return runs


def class_time(answer: str) -> str | None:
    """Return the hours that count; None for all."""
    hours = re.split(rf"\s*(?:{DASH}|\bto\b)\s*", answer.strip("\"'").lower())
    if len({hour.endswith(("m", "m.")) for hour in hours}) > 1:
        raise ValueError("Please type am or pm behind both hours.")
    return str(_checked(ClassTime, "-".join(map(in_24_hours, hours)))) if any(hours) else None


def publish_to(answer: str) -> dict[str, str]:
    """Return the spreadsheet or the folder."""
    if "/spreadsheets/" in answer or re.fullmatch(r"[A-Za-z0-9_-]{40,}", answer):
        return {"spreadsheet": str(_checked(SpreadsheetId, answer))}
    if "://" in answer and "/folders/" not in answer:
        raise ValueError(
            "This opens no spreadsheet. Open one in Google Sheets, and copy its address."
        )
    return {"folder": str(_checked(FolderName, needed(answer)))}


def notify(answer: str) -> list[str]:
    """Return the addresses, of which there may be none."""
    return [str(_checked(Address, part)) for part in re.split(r"[,;\s]+", answer) if part]


def _checked(kind: Any, answer: str) -> Any:
    try:
        return TypeAdapter(kind).validate_python(answer)
    except ValidationError as error:
        said = error.errors()[0]["msg"].removeprefix("Value error, ")
        raise ValueError(f"{said[0].upper()}{said[1:]}.") from None
