"""The meetings of this installation: each as its file says, or said before it got a mistake.

The last good reading of each file is below the staging URL, in one place for all processes and
machines. A mistake in a file leaves its Dag as it was, whoever parses it next.
"""

from __future__ import annotations

import hashlib
import json
import logging
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from airflow.sdk import get_parsing_context
from pydantic import ValidationError

from google_workspace.time_limit import within
from include.meeting import (
    DAG_ID_PREFIX,
    REGISTER_PREFIX,
    Meeting,
    meeting_files,
    read_meeting,
    read_meetings,
)
from include.pipeline.files.storage import StorageFolder
from include.pipeline.files.storage_faults import STAGED_FILES
from include.pipeline.settings import airflow_home, meetings_folder, staging_url

log = logging.getLogger(__name__)

FOLDER, FILE = "meetings", "last_good.json"

WRITTEN = "last_good_meetings.sha256"
"""A file of Airflow's home: what this machine has written. A dag-processor parses every half
minute, and its first look at an object storage takes seconds."""

PATIENCE = 10
"""Seconds for the storage. Airflow gives all Dags of a file half a minute."""


class Known(NamedTuple):
    """The meetings that have a good reading, now or before.

    :param complete: whether every file has one.
    """

    meetings: list[Meeting]
    complete: bool


def meetings_here() -> list[Meeting]:
    """Return the meetings whose Dags the process that parses needs: a task's process its own."""
    dag_id = get_parsing_context().dag_id
    if dag_id is not None:
        return _meeting(dag_id.removeprefix(DAG_ID_PREFIX).removeprefix(REGISTER_PREFIX))
    meetings, reached = _meetings()
    # Nothing is kept over readings that were not reached: that of a file with a mistake is there.
    if reached:
        keep(meetings)
    return meetings


def known_meetings() -> Known:
    """Return the meetings that have a good reading; keeps none."""
    meetings, _ = _meetings()
    return Known(meetings, _is_complete(meetings_folder(), meetings))


def _meeting(name: str) -> list[Meeting]:
    meeting = read_meeting(meetings_folder() / f"{name}.yaml")[0]
    before = {} if meeting else last_good() or {}
    return [known for known in (meeting, before.get(name)) if known]


def _meetings() -> tuple[list[Meeting], bool]:
    """Return the meetings, and whether the last good readings were reached, if need was."""
    good, mistakes = read_meetings(meetings_folder())
    before = last_good() if mistakes else {}
    return _with_last_good(good, before or {}), before is not None


def _with_last_good(good: list[Meeting], before: Mapping[str, Meeting]) -> list[Meeting]:
    """Add the last good readings of the files that are there and are not good now."""
    folder, known = meetings_folder(), {meeting.name: meeting for meeting in good}
    for name in before.keys() - known.keys():
        # A file that was deleted is a meeting less; a folder that is not there is a mistake.
        if not folder.is_dir() or (folder / f"{name}.yaml").exists():
            known[name] = before[name]
    return [known[name] for name in sorted(known)]


def _is_complete(folder: Path, known: list[Meeting]) -> bool:
    try:
        return {file.stem for file in meeting_files(folder)} <= {meeting.name for meeting in known}
    except OSError:
        return False


def last_good() -> dict[str, Meeting] | None:
    """Return the meetings as their files last said well, by name; None if the storage fails."""
    text = _reached(_read)
    return None if text is None else _good(text)


def keep(meetings: Iterable[Meeting]) -> None:
    """Put these meetings in the place of the last good readings, if they are others.

    With the day in it, it is written anew each day, and outlives a rule that deletes what is old.
    """
    readings = {meeting.name: meeting.model_dump(mode="json") for meeting in meetings}
    day = datetime.fromtimestamp(time.time(), UTC).date()
    text = json.dumps({"day": str(day), "meetings": readings})
    written, digest = airflow_home() / WRITTEN, _digest(text)
    with suppress(OSError):
        if written.read_text() == digest:
            return
    if _reached(_write, text) is not None:
        with suppress(OSError):
            written.write_text(digest)


def _digest(text: str) -> str:
    return hashlib.sha256(f"{staging_url()} {text}".encode()).hexdigest()


def _reached(call: Callable[..., str], *args: Any) -> str | None:
    """Return what the call returns; None if the storage fails: good meetings do not need it."""
    try:
        return within(PATIENCE, "object storage call", call, *args)
    except Exception as error:
        log.warning("The last good readings were not reached (%s).", type(error).__name__)
    return None


def _storage() -> StorageFolder:
    return StorageFolder(staging_url(), FOLDER, STAGED_FILES)


def _read() -> str:
    try:
        return _storage().read(FILE).decode()
    except FileNotFoundError:
        return "{}"


def _write(text: str) -> str:
    """Write the text, and return it."""
    _storage().write(FILE, text.encode())
    return text


def _good(text: str) -> dict[str, Meeting]:
    """Return those that this version, too, takes for good."""
    good = {}
    for name, reading in _readings(text).items():
        try:
            good[name] = Meeting.model_validate(reading)
        except ValidationError:
            log.warning("The last good reading of %s.yaml is of no use to this version.", name)
    return good


def _readings(text: str) -> dict[str, Any]:
    try:
        return dict(json.loads(text)["meetings"])
    except (KeyError, TypeError, ValueError):
        return {}
