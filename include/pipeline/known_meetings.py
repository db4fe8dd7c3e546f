"""The meetings of this installation: each as its file says, or said before it got a mistake."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from airflow.sdk import get_parsing_context

from include.meeting import DAG_ID_PREFIX, Meeting, meeting_files, read_meeting, read_meetings
from include.pipeline.last_good import keep, last_good
from include.pipeline.settings import meetings_folder, outdated_settings


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
        return _meeting(dag_id.removeprefix(DAG_ID_PREFIX))
    meetings, reached = _meetings()
    # Nothing is kept over readings that were not reached: that of a file with a mistake is there.
    if reached:
        keep(meetings)
    return meetings


def known_meetings() -> Known:
    """Return the meetings that have a good reading; keeps none."""
    meetings, _ = _meetings()
    return Known(meetings, _is_complete(meetings_folder(), meetings))


def meeting_mistakes() -> list[str]:
    """Return a sentence for each mistake in the meetings' files and in the settings for them."""
    return read_meetings(meetings_folder())[1] + outdated_settings()


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
        return {file.stem for file in meeting_files(folder)} <= {one.name for one in known}
    except OSError:
        return False
