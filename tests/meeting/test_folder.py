"""The folder of the meetings: which files are read, and what is said of the others."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from include.meeting import DEFAULT_FOLDER, read_meeting, read_meetings
from sandbox.stack import ROOT
from tests.meeting.files import GOOD, TEXT, read_entries, read_text

UNREADABLE = Path("/proc/self/mem")


def test_meetings_are_read_by_name_and_a_slip_in_one_touches_no_other(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("title: a\n\tmeeting_id: [")
    entries = [GOOD | {"name": name} for name in ("choir", "band", "a1", "choir_2")]
    good, mistakes = read_entries(tmp_path, *entries)
    assert [meeting.name for meeting in good] == ["a1", "band", "choir", "choir_2"]
    assert mistakes == ["broken.yaml, line 2: a tab; use spaces."]


@pytest.mark.parametrize("name", ["c", "choir_2", "a" * 50])
def test_the_name_is_the_files(tmp_path: Path, name: str) -> None:
    (meeting,), mistakes = read_text(tmp_path, TEXT, f"{name}.yaml")
    assert mistakes == []
    assert meeting.name == name


@pytest.mark.parametrize(
    "name",
    [
        "Choir.yaml",
        "choir.yml",
        "choir.YAML",
        "choir copy.yaml",
        "choir-2.yaml",
        "2choir.yaml",
        "_choir.yaml",
        "chör.yaml",
        "choir.old.yaml",
        "a" * 51 + ".yaml",
        "~choir.yaml",
    ],
)
def test_a_file_of_another_name_is_to_be_renamed(tmp_path: Path, name: str) -> None:
    assert read_text(tmp_path, TEXT, name) == (
        [],
        [
            f"{name} must be called <name>.yaml, with at most 50 small letters, digits and _ "
            "before the dot, such as bible_study.yaml."
        ],
    )


@pytest.mark.parametrize(
    "name",
    [
        ".choir.yaml",
        ".choir.yaml.swp",
        ".#choir.yaml",
        "#choir.yaml#",
        "#choir.yaml",
        "choir.yaml~",
        "choir.yaml.bak",
        "choir.yaml.orig",
        "README.md",
        "key.json",
        "yaml",
        ".yaml",
    ],
)
def test_what_editors_leave_and_what_is_no_yaml_is_passed_over(tmp_path: Path, name: str) -> None:
    assert read_text(tmp_path, "\t", name) == ([], [])


def test_a_name_in_the_file_is_one_too_many(tmp_path: Path) -> None:
    assert read_text(tmp_path, TEXT + "name: choir\n") == (
        [],
        ["choir.yaml, line 7, field `name`: the name is the file's. Remove the line."],
    )


def test_a_folder_that_is_called_like_a_file_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "choir.yaml").mkdir()
    assert read_meetings(tmp_path) == ([], ["choir.yaml is not a file."])


def test_a_link_that_leads_nowhere_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "choir.yaml").symlink_to(tmp_path / "gone")
    assert read_meetings(tmp_path) == ([], ["choir.yaml is not there."])


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "choir.yaml")
    assert read_meetings(tmp_path) == ([], ["choir.yaml is not a file."])


@pytest.mark.skipif(not UNREADABLE.exists(), reason="Linux has a file that nobody can read")
def test_a_file_that_cannot_be_read_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "choir.yaml").symlink_to(UNREADABLE)
    assert read_meetings(tmp_path) == ([], ["choir.yaml cannot be read (OSError)."])


def test_a_link_to_itself_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "choir.yaml").symlink_to(tmp_path / "choir.yaml")
    good, (mistake,) = read_meetings(tmp_path)
    assert good == []
    assert mistake.startswith("choir.yaml ")


def test_a_link_to_a_file_is_read_as_the_file(tmp_path: Path) -> None:
    """As Kubernetes mounts what is in a ConfigMap."""
    data = tmp_path / "..2026_11_30"
    data.mkdir()
    (data / "choir.yaml").write_text(TEXT)
    (tmp_path / "choir.yaml").symlink_to(data / "choir.yaml")
    (meeting,), mistakes = read_meetings(tmp_path)
    assert mistakes == []
    assert meeting.name == "choir"


def test_one_file_is_read_as_in_its_folder(tmp_path: Path) -> None:
    (meeting,), _ = read_text(tmp_path, TEXT)
    assert read_meeting(tmp_path / "choir.yaml") == (meeting, [])
    assert read_meeting(tmp_path / "band.yaml") == (None, ["band.yaml is not there."])


def test_an_empty_folder_has_no_meetings_and_no_mistakes(tmp_path: Path) -> None:
    assert read_meetings(tmp_path) == ([], [])


def test_a_missing_folder_is_a_mistake(tmp_path: Path) -> None:
    folder = tmp_path / "meetings"
    says = "cannot be read (FileNotFoundError). It holds a file for each meeting."
    assert read_meetings(folder) == ([], [f"The folder {folder} {says}"])


def test_a_file_in_the_place_of_the_folder_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "meetings").write_text(TEXT)
    good, (mistake,) = read_meetings(tmp_path / "meetings")
    assert good == []
    assert "cannot be read (NotADirectoryError). It holds a file for each meeting." in mistake


def test_the_file_of_an_earlier_version_is_a_mistake_that_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "meetings.yaml").write_text("meetings: []")
    folder = tmp_path / "meetings"
    folder.mkdir()
    good, mistakes = read_text(folder, TEXT)
    assert [meeting.name for meeting in good] == ["choir"]
    assert mistakes == [
        "meetings.yaml is of an earlier version and is not read any more. Move each of its "
        "meetings into a file of its own, meetings/<name>.yaml, without the line `name`, and "
        "remove it."
    ]


@pytest.mark.parametrize(
    ("folder", "count"), [(DEFAULT_FOLDER, 1), (ROOT / "sandbox" / "meetings", 3)]
)
def test_files_that_come_with_the_project_are_free_of_mistakes(folder: Path, count: int) -> None:
    good, mistakes = read_meetings(folder)
    assert mistakes == []
    assert len(good) == count
