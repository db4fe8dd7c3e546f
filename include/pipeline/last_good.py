"""The last good reading of each meeting's file, in one place for all processes and machines.

It is below the staging URL. A mistake in a file leaves its Dag as it was, whoever parses it next.
"""

from __future__ import annotations

import hashlib
import json
import logging
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from pydantic import ValidationError

from include.meeting import Meeting
from include.pipeline.settings import airflow_home, staging_url
from include.pipeline.staging import StagingFolder
from zoom_provider.time_limit import within

log = logging.getLogger(__name__)

FOLDER, FILE = "meetings", "last_good.json"

WRITTEN = "last_good_meetings.sha256"
"""A file of Airflow's home: what this machine has written. A dag-processor parses every half
minute, and its first look at an object storage takes seconds."""

PATIENCE = 10
"""Seconds for the storage. Airflow gives all Dags of a file half a minute."""


def last_good() -> dict[str, Meeting] | None:
    """Return the meetings as their files last said well, by name; None if the storage fails."""
    text = _reached(_read)
    return None if text is None else _meetings(text)


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
        return within(PATIENCE, call, *args)
    except Exception as error:
        log.warning("The last good readings were not reached (%s).", type(error).__name__)
    return None


def _read() -> str:
    try:
        with StagingFolder(FOLDER).reading(FILE) as file:
            return file.read().decode()
    except FileNotFoundError:
        return "{}"


def _write(text: str) -> str:
    """Write the text, and return it."""
    with StagingFolder(FOLDER).writing(FILE) as staged:
        staged.file.write(text.encode())
    return text


def _meetings(text: str) -> dict[str, Meeting]:
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
