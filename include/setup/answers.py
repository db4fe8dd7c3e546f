"""What the answers about a meeting mean, checked by the types of the meeting's own fields."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

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
from include.setup.weekly import weekly
from include.setup.zone import zones_like

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
        found = re.search(r"/(?:j|w|s|join|start)/(\d{9,11})\b", answer)
        if not found:
            raise ValueError("This link has no meeting number in it. Zoom shows it under Meetings.")
        answer = found[1]
    return int(_checked(MeetingId, re.sub(r"(?i)^meeting id:?\s*", "", answer)))


def timezone(answer: str) -> str:
    """Return the zone's IANA name; a place is enough if there is one zone of that place."""
    like = zones_like(answer)
    if len(like) > 1:
        raise ValueError(f"Please type the whole name: {' or '.join(like[:5])}.")
    return str(_checked(Timezone, like[0] if like else answer))


def schedule(answer: str) -> str | dict[str, Any]:
    """Return when the Dag runs: days and a time, or a cron line as it is."""
    if len(answer.split()) == 5 and re.match(r"[\d*]", answer):
        return str(_checked(Schedule, answer))
    return weekly(answer).fields


def class_time(answer: str) -> str | None:
    """Return the hours that count; None for all."""
    hours = re.sub(r"\s*[-–]\s*", "-", answer)
    return str(_checked(ClassTime, hours)) if hours else None


def publish_to(answer: str) -> dict[str, str]:
    """Return the spreadsheet or the folder."""
    if "/spreadsheets/" in answer or re.fullmatch(r"[A-Za-z0-9_-]{40,}", answer):
        return {"spreadsheet": str(_checked(SpreadsheetId, answer))}
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
