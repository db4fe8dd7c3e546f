"""``make meeting``: asks about a meeting, and writes its file when all of it is good."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from pydantic import ValidationError

from include.meeting import Meeting, read_meeting
from include.meeting.folder import fields_in
from include.meeting.syntax import Slip
from include.pipeline.settings import meetings_folder
from include.setup import answers
from include.setup.answers import guessed_zone, is_doubtful
from include.setup.asking import agreed, ask, end_like_ctrl_c, say
from include.setup.weekly import weekly

WELCOME = """\
This describes a recurring Zoom meeting to Airflow. An empty answer takes what is in [brackets];
Ctrl-C stops, and nothing is written.
"""

HEAD = "# A recurring Zoom meeting. docs/meetings-file.md explains every field.\n"

MARGIN = 30
"""Minutes. Zoom's support names up to 30 for a full report."""

EXAMPLE = ("bible_study.yaml", 98765432101)
"""The file that comes with the project, and the number in it, which is nobody's."""


NOT_ASKED = {"columns", "report_within", "present_from", "late_after", "early_before"}
"""Fields that no question is about: a file that is replaced leaves them to the new one."""


def main() -> int:
    """Ask, write and say what comes next; returns the exit code."""
    end_like_ctrl_c()
    folder = meetings_folder()
    say(WELCOME)
    try:
        meeting = _written(folder)
        _remove_example(folder)
    except (KeyboardInterrupt, EOFError):
        say("\nStopped.")
        return 1
    except (OSError, ValueError) as error:
        say(f"\nNothing is written: {error}")
        return 1
    say(
        "Next: `make preflight` checks everything that it needs. Within half a minute a running\n"
        f"Airflow (`make run`) shows the Dag {meeting.dag_id}:\n"
        "switch it on, and it makes the newest report at once."
    )
    return 0


def _written(folder: Path) -> Meeting:
    title = ask("What do people call the meeting", answers.title)
    name = _name(folder, title)
    fields = _fields(title)
    fields |= _kept(folder / f"{name}.yaml", fields)
    text = HEAD + yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=sys.maxsize)
    meeting = write(folder, name, text)
    say(f"\n{text}\nThis is in {folder / f'{name}.yaml'} now.")
    return meeting


def _name(folder: Path, title: str) -> str:
    while True:
        name = ask(
            "Its short name, for the file and the Dag", answers.name, answers.name_for(title)
        )
        file = folder / f"{name}.yaml"
        if not file.exists():
            return name
        if agreed(f"{name}.yaml is there already{_unreadable(file)}. Replace it?", proposed=False):
            return name


def _unreadable(file: Path) -> str:
    try:
        fields_in(file)
    except Slip:
        return " and cannot be read, so nothing of it is kept"
    return ""


def _fields(title: str) -> dict[str, Any]:
    fields = {
        "title": title,
        "meeting_id": ask("Zoom's meeting number, or the link for joining", answers.meeting_id),
        "timezone": _zone(),
        "schedule": _schedule(),
        "class_time": ask(
            "Count and report only certain hours, such as 19:30-21:00 (empty: all)",
            answers.class_time,
        ),
        "publish_to": ask(
            "Where do reports go: the address of a spreadsheet, or the name of a folder",
            answers.publish_to,
        ),
        "notify": ask("Whom to mail about them: e-mail addresses (empty: nobody)", answers.notify),
    }
    return {field: value for field, value in fields.items() if value}


def _kept(file: Path, answered: dict[str, Any]) -> dict[str, Any]:
    """Return what the file before says beyond the answers, as far as that is good."""
    try:
        before = fields_in(file).values
    except Slip:
        return {}
    found = {field: before[field] for field in before if field in NOT_ASKED and before[field]}
    good = {field: said for field, said in found.items() if _is_good(answered | {field: said})}
    if lost := sorted(found.keys() - good.keys()):
        say(f"Not kept, for a mistake was in it: {', '.join(lost)}.")
    return good


def _is_good(fields: dict[str, Any]) -> bool:
    try:
        Meeting.model_validate({"name": "checked", **fields})
    except ValidationError:
        return False
    return True


def _zone() -> str:
    guess = guessed_zone()
    if is_doubtful(guess):
        say(f"This machine's clock is set to {guess}, which is seldom where people meet.")
    return ask("Time zone of the meeting, such as Australia/Sydney", answers.timezone, guess)


def _schedule() -> str | dict[str, Any]:
    ends = ask("When does it end: day(s) and time, such as Sunday 20:30", weekly)
    return ask(
        "When shall Airflow look: half an hour after the end, or later",
        partial(answers.schedule_after, ends),
        str(ends.later(MARGIN)),
    )


def write(folder: Path, name: str, text: str) -> Meeting:
    """Write a meeting's file, in place of one of the same name: all of it or nothing.

    Raises OSError; ValueError with the mistakes if the text is no meeting's.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder, prefix=".") as beside:
        file = Path(beside) / f"{name}.yaml"
        file.write_text(text, encoding="utf-8")
        meeting, mistakes = read_meeting(file)
        if not meeting:
            raise ValueError("\n".join(mistakes))
        file.replace(folder / file.name)
    return meeting


def _remove_example(folder: Path) -> None:
    """Offer to take the example away: Airflow would show its Dag, too."""
    name, number = EXAMPLE
    meeting, _ = read_meeting(folder / name)
    question = f"{name} is the project's example. Remove it?"
    if meeting and meeting.meeting_id == number and agreed(question, proposed=True):
        (folder / name).unlink()


if __name__ == "__main__":
    sys.exit(main())
