"""The meetings file: which Zoom meetings there are, and where their reports go."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from include.meeting_fields import Address, ClassTime, MeetingId, Name, Schedule, Timezone, Within

DEFAULT_FILE = Path(__file__).with_name("meetings.yaml")

DAG_ID_PREFIX = "zoom_attendance_"

RENAMED = {"number": "meeting_id", "tell": "notify"}
"""Fields of earlier versions, and their names now."""


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
    :param meeting_id: Zoom's meeting number, the same for every session.
    :param timezone: IANA name; schedule, class time and report are in it.
    :param schedule: cron; each run covers the time since the run before.
    :param class_time: ``HH:MM-HH:MM``: presence outside does not count.
    :param notify: the e-mail addresses that are told of reports and failures.
    :param report_within: how long after its run was due a report is late.
    """

    name: Name
    title: str = Field(min_length=1, max_length=80)
    meeting_id: MeetingId
    timezone: Timezone
    schedule: Schedule
    class_time: ClassTime | None = None
    publish_to: Folder | Spreadsheet
    notify: tuple[Address, ...] = ()
    report_within: Within | None = None

    @property
    def dag_id(self) -> str:
        """The Dag that reports on this meeting."""
        return f"{DAG_ID_PREFIX}{self.name}"


class MeetingsFileError(Exception):
    """The meetings file has mistakes; the message lists each with how to fix it."""


def read_meetings(path: Path) -> tuple[list[Meeting], list[str]]:
    """Read the file. Returns the good entries, and a sentence for each mistake in the others."""
    try:
        entries = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)["meetings"] or []
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
            yield f"field `{field}`: {_fix(field, mistake)}"
        seen.add(field)


def _fix(field: str, mistake: Any) -> str:
    kind = mistake["type"]
    if not isinstance(mistake["input"], dict) and field == "entry":
        return "must be a list of fields, such as `name: bible_study`."
    if field == "publish_to" and len(mistake["loc"]) > 1:
        return "give either `folder: <name>` or `spreadsheet: <id from its address>`, not both."
    if field == "notify":  # not quoted: an address stays out of the logs
        return "must be a list of e-mail addresses, such as [office@example.org]."
    if kind == "missing":
        return "is missing. Add it."
    if field in RENAMED:
        return f"is called `{RENAMED[field]}` now. Rename it."
    if kind == "extra_forbidden":
        return f"there is no such field. The fields are: {', '.join(Meeting.model_fields)}."
    return f"{mistake['input']!r}: {mistake['msg'].removeprefix('Value error, ')}."
