"""The folder of the meetings' files: one each, so that a mistake in one touches no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from pydantic import ValidationError

from include.meeting.fields import NAME
from include.meeting.mistakes import place, sentences
from include.meeting.model import Meeting
from include.meeting.syntax import Slip
from include.meeting.text import LARGEST, Fields, fields_of

DEFAULT_FOLDER = Path(__file__).parent.with_name("meetings")

BAD_NAME = (
    "must be called <name>.yaml, with at most 50 small letters, digits and _ before the dot, such "
    "as bible_study.yaml."
)

MOST = 10
"""How many mistakes of a file are named. A file with more is hardly a meeting's."""


class MeetingFileError(Exception):
    """A meeting's file has mistakes; the message lists each with how to fix it."""


def read_meetings(folder: Path) -> tuple[list[Meeting], list[str]]:
    """Read a folder with a file for each meeting, ``<name>.yaml``; other files are passed over.

    Returns the meetings of the files that are good, by name, and a sentence for each mistake.
    """
    readings = _readings(folder).values()
    good = [meeting for meeting, _ in readings if meeting]
    return good, [mistake for _, mistakes in readings for mistake in mistakes]


def mistakes_by_file(folder: Path) -> dict[str, list[str]]:
    """Return a sentence for each mistake, by its file's name; by the folder's for its own."""
    readings = _readings(folder).items()
    return {name: mistakes for name, (_, mistakes) in readings if mistakes}


def _readings(folder: Path) -> dict[str, tuple[Meeting | None, list[str]]]:
    own = list(_outdated(folder))
    try:
        files = meeting_files(folder)
    except OSError as error:
        why = f"cannot be read ({type(error).__name__}). It holds a file for each meeting."
        files, own = [], [f"The folder {folder} {why}", *own]
    return {folder.name: (None, own)} | {file.name: read_meeting(file) for file in files}


def meeting_files(folder: Path) -> list[Path]:
    """Return the files that are taken for meetings', good or bad, by name; raises OSError.

    Files that editors leave behind, and those that are not YAML, are passed over.
    """
    endings = (".yaml", ".yml")
    files = (file for file in folder.iterdir() if file.suffix.lower() in endings)
    return sorted(file for file in files if not file.name.startswith((".", "#")))


def read_meeting(file: Path) -> tuple[Meeting | None, list[str]]:
    """Read one meeting's file. Returns the meeting, or None and a sentence for each mistake."""
    if not re.fullmatch(rf"{NAME}\.yaml", file.name):
        return None, [f"{file.name} {BAD_NAME}"]
    try:
        fields = fields_in(file)
    except Slip as slip:
        return None, [f"{place(file.name, slip.line, slip.field)} {slip.what}"]
    return _meeting(file, fields)


def fields_in(file: Path) -> Fields:
    """Return what a file says, good or not. Raises Slip if it cannot be read."""
    return fields_of(_content(file))


def _content(file: Path) -> bytes:
    """Return the file's bytes, no more than are needed to see that it is too large."""
    try:
        if not file.is_file():
            raise Slip("is not a file." if file.exists() else "is not there.")
        with file.open("rb") as opened:
            return opened.read(LARGEST + 1)
    except OSError as error:
        raise Slip(f"cannot be read ({type(error).__name__}).") from None


def _meeting(file: Path, fields: Fields) -> tuple[Meeting | None, list[str]]:
    if "name" in fields.values:
        where = place(file.name, fields.lines[("name",)], "name")
        return None, [f"{where} the name is the file's. Remove the line."]
    optional = {name for name, field in Meeting.model_fields.items() if not field.is_required()}
    given = {k: v for k, v in fields.values.items() if v is not None or k not in optional}
    try:
        return Meeting.model_validate({"name": file.stem} | given), []
    except ValidationError as error:
        names = [name for name in Meeting.model_fields if name != "name"]
        all_of_them = sentences(file.name, error, fields.lines, names)
        return None, list(islice(all_of_them, MOST))


def _outdated(folder: Path) -> Iterator[str]:
    """Say what to do with the one file that earlier versions had, beside the folder."""
    if folder.with_suffix(".yaml").is_file():
        yield (
            f"{folder.name}.yaml is of an earlier version and is not read any more. Move each of "
            f"its meetings into a file of its own, {folder.name}/<name>.yaml, without the line "
            "`name`, and remove it."
        )
