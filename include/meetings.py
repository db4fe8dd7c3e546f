"""The meetings file: which Zoom meetings there are, and where their reports go."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import available_timezones

import yaml
from croniter import croniter
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

DEFAULT_FILE = Path(__file__).with_name("meetings.yaml")


def _name(text: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,49}", text):
        raise ValueError("use small letters, digits and _ only, such as bible_study")
    return text


def _number(value: Any) -> int:
    """Read a number, also as Zoom shows it and people copy it: 987 6543 2101."""
    digits = re.sub(r"[\s-]", "", str(value))
    if not re.fullmatch(r"\d{9,11}", digits):
        raise ValueError("use the meeting's number of 9 to 11 digits, such as 987 6543 2101")
    return int(digits)


def _timezone(text: str) -> str:
    if text not in available_timezones():
        raise ValueError("use a name from the IANA list, such as Australia/Sydney")
    return text


def _schedule(text: str) -> str:
    if len(text.split()) != 5 or not croniter.is_valid(text):
        raise ValueError('use a cron line of five fields, such as "0 23 * * SUN"')
    return text


def _class_time(text: str) -> str:
    clock = r"([01]\d|2[0-3]):[0-5]\d"
    if not re.fullmatch(f"{clock}-{clock}", text) or text[:5] == text[6:]:
        raise ValueError('use from-to in local time, such as "19:30-21:30"')
    return text


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Folder(_Entry):
    """A new spreadsheet for each session, in the Drive folder of this name."""

    folder: str = Field(min_length=1)


class Spreadsheet(_Entry):
    """A new tab for each session, in an existing spreadsheet: its id."""

    spreadsheet: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{20,}$")]


class Meeting(_Entry):
    """One entry of the meetings file.

    :param name: names the Dag and marks the reports; changing it makes new ones.
    :param number: Zoom's meeting number, the same for every session.
    :param timezone: IANA name; schedule, class time and report are in it.
    :param schedule: cron; each run covers the time since the run before.
    :param class_time: ``HH:MM-HH:MM``: presence outside does not count.
    """

    name: Annotated[str, AfterValidator(_name)]
    title: str = Field(min_length=1, max_length=80)
    number: Annotated[int, BeforeValidator(_number)]
    timezone: Annotated[str, AfterValidator(_timezone)]
    schedule: Annotated[str, AfterValidator(_schedule)]
    class_time: Annotated[str, AfterValidator(_class_time)] | None = None
    publish_to: Folder | Spreadsheet

    @property
    def dag_id(self) -> str:
        """The Dag that reports on this meeting."""
        return f"zoom_attendance_{self.name}"


class MeetingsFileError(Exception):
    """The meetings file has mistakes; the message lists each with its mend."""


def read_meetings(path: Path) -> tuple[list[Meeting], list[str]]:
    """Read the file. Returns the good entries, and a sentence for each mistake in the others."""
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))["meetings"] or []
    except (OSError, UnicodeDecodeError) as error:
        return [], [f"{path.name} cannot be read: {error.__class__.__name__}."]
    except yaml.YAMLError as error:
        return [], [f"{path.name} is not YAML: {error}"]
    except (KeyError, TypeError):
        entries = None
    if not isinstance(entries, list):
        return [], [f"{path.name} must begin with `meetings:` and a list of entries below it."]
    return _check(path.name, entries)


def _check(file: str, entries: list[Any]) -> tuple[list[Meeting], list[str]]:
    good: dict[str, Meeting] = {}
    mistakes: list[str] = []
    for position, entry in enumerate(entries, start=1):
        name = entry.get("name", "without a name") if isinstance(entry, dict) else "not a mapping"
        where = f"{file}, entry {position} ({name})"
        try:
            meeting = Meeting.model_validate(entry)
        except ValidationError as error:
            mistakes += [f"{where}, {mistake}" for mistake in _sentences(error)]
            continue
        if meeting.name in good:
            mistakes.append(f"{where}, field `name`: taken by an entry above. Choose another.")
        good.setdefault(meeting.name, meeting)
    return list(good.values()), mistakes


def _sentences(error: ValidationError) -> Iterator[str]:
    seen = set()
    for mistake in error.errors(include_url=False):
        field = str(mistake["loc"][0]) if mistake["loc"] else "entry"
        if field not in seen:
            yield f"field `{field}`: {_mend(field, mistake)}"
        seen.add(field)


def _mend(field: str, mistake: dict[str, Any]) -> str:
    kind = mistake["type"]
    if not isinstance(mistake["input"], dict) and field == "entry":
        return "must be a list of fields, such as `name: bible_study`."
    if field == "publish_to" and len(mistake["loc"]) > 1:
        return "give either `folder: <name>` or `spreadsheet: <id from its address>`, not both."
    if kind == "missing":
        return "is missing. Add it."
    if kind == "extra_forbidden":
        return f"there is no such field. The fields are: {', '.join(Meeting.model_fields)}."
    return f"{mistake['input']!r}: {mistake['msg'].removeprefix('Value error, ')}."
