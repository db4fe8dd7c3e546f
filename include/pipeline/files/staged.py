"""What extract and transform have staged of a session, read back by the next task.

No pandas: load imports this, and needs none.
"""

from __future__ import annotations

from pydantic import ValidationError

from include.attendance.results import StagedAttendance
from include.pipeline.files.staging import EXTRACT, TRANSFORM, StagedFileBroken, StagingFolder
from include.pipeline.task_data import Manifest

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
