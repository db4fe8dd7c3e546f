"""Staged files: what one task leaves for the next, a folder for each session in each dag run.

No pandas: load imports this, and needs none.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any, BinaryIO

from airflow.sdk.exceptions import AirflowFailException
from pydantic import ValidationError

from include.attendance.results import StagedAttendance
from include.pipeline.files.storage import Extent, StorageFolder, extent_of
from include.pipeline.files.storage_faults import STAGED_FILES
from include.pipeline.settings import staging_url
from include.pipeline.task_data import Manifest, SessionData

EXTRACT, TRANSFORM = "extract", "transform"
"""The tasks that write staged files, as the UI calls them."""


class StagedFileBroken(AirflowFailException):
    """A staged file is gone, or not as it was written: the task that wrote it must run again."""

    def __init__(self, what: str, task: str) -> None:
        super().__init__(
            f"{what} Nothing is counted from what is left. Clear the task `{task}` of this session "
            "(its page > Task Instances, by its date): it and the tasks after it run again."
        )


class StagingFolder(StorageFolder):
    """The staged files of one session in one dag run.

    :param key: where below the staging URL; made by ``folder_key``.
    """

    def __init__(self, key: str) -> None:
        super().__init__(staging_url(), key, STAGED_FILES)

    @contextmanager
    def reading_from(self, task: str, name: str) -> Iterator[BinaryIO]:
        """Open what a task has staged for reading bytes. Raises StagedFileBroken if it is gone."""
        with ExitStack() as stack:
            try:
                file = stack.enter_context(self.reading(name))
            except (FileNotFoundError, IsADirectoryError):
                raise StagedFileBroken(f"The staged file {name} is gone.", task) from None
            yield file

    def read_from(self, task: str, name: str) -> bytes:
        """Return the whole of what a task has staged. Raises StagedFileBroken if it is gone."""
        with self.reading_from(task, name) as file:
            return file.read()

    def extent_from(self, task: str, name: str) -> Extent:
        """Measure what a task has staged. Raises StagedFileBroken if it is gone."""
        with self.reading_from(task, name) as file:
            return extent_of(file)


def folder_key(context: Mapping[str, Any], session: SessionData) -> str:
    """Name the folder of a session in a dag run, safe for every UUID, run id and storage."""
    dag_id, run_id = context["dag_run"].dag_id, context["dag_run"].run_id
    day = f"{_safe(session.label)}-{_digest(session.uuid)}"
    return f"{dag_id}/{day}/{_safe(run_id)}-{_digest(run_id)}"


def _safe(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]+", "_", text)[:60]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:10]


MANIFEST = "session.json"
"""Written last: a folder that has it has all that extract stages."""

ATTENDANCE = "attendance.json"


def read_manifest(folder: StagingFolder) -> Manifest:
    """Return what extract staged. Raises StagedFileBroken if it is gone or torn."""
    text = folder.read_from(EXTRACT, MANIFEST)
    try:
        return Manifest.model_validate_json(text)
    except ValidationError:
        raise StagedFileBroken(f"The staged file {MANIFEST} cannot be read.", EXTRACT) from None


def read_attendance(folder: StagingFolder) -> StagedAttendance:
    """Return what transform staged. Raises StagedFileBroken if it is gone, torn or outdated."""
    with folder.reading_from(TRANSFORM, ATTENDANCE) as file:
        try:
            return StagedAttendance.from_json(file)
        except (ValueError, KeyError, TypeError):
            broken = f"The staged file {ATTENDANCE} cannot be read."
            raise StagedFileBroken(broken, TRANSFORM) from None
