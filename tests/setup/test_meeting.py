"""``make meeting``: what is asked, what is written, and what is not."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from shutil import copy
from signal import SIGHUP, SIGINT, SIGTERM

import pytest
import yaml

from include.meeting import DEFAULT_FOLDER, Meeting, read_meeting
from include.setup.meeting import NOT_ASKED, main, write
from sandbox.google.seed import SHARED_SPREADSHEET
from sandbox.stack import ROOT, airflow_settings
from tests.setup.terminal import CTRL_C, CTRL_D, Terminal

Answered = Callable[..., tuple[int, str]]

COMMAND = ["-m", "include.setup.meeting"]

TITLE = "What do people call the meeting: "
NAME = "Its short name, for the file and the Dag"
NUMBER = "Zoom's meeting number, or the link for joining: "
ZONE = "Time zone of the meeting, such as Australia/Sydney"
END = "When does it end: day(s) and time, such as Sunday 20:30: "
LOOK = "When shall Airflow look: half an hour after the end, or later"
HOURS = "Count and report only certain hours, such as 19:30-21:00 (empty: all): "
PLACE = "Where do reports go: the address of a spreadsheet, or the name of a folder: "
MAILS = "Whom to mail about them: e-mail addresses (empty: nobody): "

ODD = "Pat's \"Évening\": #2 – {a} & 'b' 😀"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "meetings"


@pytest.fixture
def settings(tmp_path: Path, folder: Path) -> dict[str, str]:
    return airflow_settings(tmp_path, folder) | {"TZ": "Europe/Berlin"}


def piped(settings: dict[str, str], *answers: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *COMMAND],
        cwd=ROOT,
        env=settings,
        input="".join(f"{answer}\n" for answer in answers),
        capture_output=True,
        text=True,
    )


@pytest.fixture
def answered(
    settings: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Answered]:
    """Runs the command here, with these answers; returns its exit code and what it says."""
    before = {number: signal.getsignal(number) for number in (SIGINT, SIGTERM, SIGHUP)}
    for name in ("AIRFLOW__ZOOM_ATTENDANCE__MEETINGS", "TZ"):
        monkeypatch.setenv(name, settings[name])

    def run(*answers: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "stdin", StringIO("".join(f"{answer}\n" for answer in answers)))
        return main(), capsys.readouterr().out

    yield run
    for number, handler in before.items():
        signal.signal(number, handler)


def test_each_answer_is_checked_at_once_and_the_file_is_good(
    settings: dict[str, str], folder: Path
) -> None:
    person = Terminal(COMMAND, settings)
    person.answer(TITLE, "")
    person.answer("This is needed.", ODD)
    person.answer(f"{NAME} [pat_s_evening_2_a_b]: ", "Evening")
    person.answer("Use small letters, digits and _ only", "evening")
    person.answer(NUMBER, "https://us02web.zoom.us/my/pat")
    person.answer("This link has no meeting number in it.", "1234")
    person.answer(
        "Use the meeting's number of 9 to 11 digits",
        "https://us02web.zoom.us/j/98765432101?pwd=abcdef",
    )
    person.answer(f"{ZONE} [Europe/Berlin]: ", "Atlantis")
    person.answer("Use a name from the IANA list", "sydney")
    person.answer(END, "Sunday")
    person.answer("Please type day(s) and time", "Sundays 23:45")
    person.answer(f"{LOOK} [Mondays at 00:15]: ", "Mon 25:00")
    person.answer("Please type day(s) and time", "")
    person.answer(HOURS, "evening")
    person.answer("Use from-to in local time", "22:00 - 23:45")
    person.answer(PLACE, "https://drive.google.com/drive/folders/1abcdefghijklmnopqrstuv")
    person.answer(
        "Use the folder's name, not its address",
        f"https://docs.google.com/spreadsheets/d/{SHARED_SPREADSHEET}/edit?gid=0#gid=0",
    )
    person.answer(MAILS, "Pat")
    person.answer("Use e-mail addresses alone", "pat@example.org, office@example.org")
    person.wait_for("the Dag zoom_attendance_evening:")
    assert person.end() == 0
    assert read_meeting(folder / "evening.yaml") == (
        Meeting(
            name="evening",
            title=ODD,
            meeting_id=98765432101,
            timezone="Australia/Sydney",
            schedule="15 0 * * MON",
            class_time="22:00-23:45",
            publish_to={"spreadsheet": SHARED_SPREADSHEET},
            notify=["pat@example.org", "office@example.org"],
        ),
        [],
    )
    assert (folder / "evening.yaml").read_text() in person.shown
    assert [file.name for file in folder.iterdir()] == ["evening.yaml"]


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
def test_nothing_is_left_when_it_is_stopped(
    settings: dict[str, str], folder: Path, key: str
) -> None:
    person = Terminal(COMMAND, settings)
    person.answer(TITLE, "Choir")
    person.answer(NAME, "")
    person.wait_for(NUMBER)
    person.insist(lambda: person.press(key), "Stopped.\n")
    assert person.end() == 1
    assert not folder.exists()


def test_a_file_that_is_there_stays_unless_it_is_said(
    settings: dict[str, str], folder: Path, answered: Answered
) -> None:
    folder.mkdir()
    copy(DEFAULT_FOLDER / "bible_study.yaml", folder)
    copy(DEFAULT_FOLDER / "bible_study.yaml", folder / "choir.yaml")
    rest = ["", "Sun 20:30", "0 23 * * SUN", "", "Attendance reports", ""]
    done = piped(settings, "Choir", "", "", "choir_2", "987 6543 2102", *rest, "no")
    assert (done.returncode, done.stderr) == (0, "")
    assert (folder / "choir.yaml").read_text() == (folder / "bible_study.yaml").read_text()
    assert yaml.safe_load((folder / "choir_2.yaml").read_text()) == {
        "title": "Choir",
        "meeting_id": 98765432102,
        "timezone": "Europe/Berlin",
        "schedule": "0 23 * * SUN",
        "publish_to": {"folder": "Attendance reports"},
    }
    more = "columns: [name, total_duration]\nreport_within: 90 minutes\n"
    (folder / "choir.yaml").write_text((folder / "choir.yaml").read_text() + more)
    assert answered("Choir", "", "yes", "987 6543 2103", *rest, "")[0] == 0
    meeting, _ = read_meeting(folder / "choir.yaml")
    assert meeting
    assert meeting.meeting_id == 98765432103
    assert meeting.columns == ("name", "total_duration")
    assert meeting.report_within == timedelta(minutes=90)
    assert sorted(file.name for file in folder.iterdir()) == ["choir.yaml", "choir_2.yaml"]


@pytest.mark.parametrize(
    ("before", "question", "kept"),
    [
        (
            "timezone: Sydney\ncolumns: [name]\npresent_from: 70 %\nlate_after: soon\n",
            "choir.yaml is there already. Replace it?",
            {"columns": ["name"], "present_from": "70 %"},
        ),
        (
            "columns: [name]\n\ttitle: x\n",
            "choir.yaml is there already and cannot be read, so nothing of it is kept. Replace it?",
            {},
        ),
    ],
)
def test_of_a_file_with_a_mistake_what_is_good_is_kept(
    folder: Path, answered: Answered, before: str, question: str, kept: dict[str, object]
) -> None:
    folder.mkdir()
    (folder / "choir.yaml").write_text(before)
    rest = ["", "Sun 20:30", "", "", "Attendance reports", ""]
    code, said = answered("Choir", "", "yes", "987 6543 2103", *rest)
    assert code == 0
    assert question in said
    assert ("Not kept, for a mistake was in it: late_after.\n" in said) == bool(kept)
    written = yaml.safe_load((folder / "choir.yaml").read_text())
    assert {field: written[field] for field in NOT_ASKED & written.keys()} == kept


def test_what_would_not_be_read_again_is_not_written(folder: Path) -> None:
    with pytest.raises(ValueError, match=r"choir\.yaml, .*field `meeting_id`: is missing"):
        write(folder, "choir", "title: Choir\n")
    assert list(folder.iterdir()) == []


def test_a_folder_that_cannot_be_written_to(folder: Path, answered: Answered) -> None:
    folder.touch()
    code, said = answered("Choir", "", "987 6543 2102", "", "Sun 20:30", "", "", "Reports", "")
    assert code == 1
    assert "Nothing is written: " in said
