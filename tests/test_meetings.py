from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from include.meeting import DEFAULT_FILE, Folder, Meeting, Spreadsheet, read_meetings
from sandbox.stack import ROOT

GOOD = {
    "name": "choir",
    "title": "Choir",
    "meeting_id": "987 6543 2101",
    "timezone": "Australia/Sydney",
    "schedule": "0 23 * * SUN",
    "publish_to": {"folder": "Attendance reports"},
}
ID = "sandbox-shared-spreadsheet-0000000000000000001"


def read(tmp_path: Path, text: str) -> tuple[list[Meeting], list[str]]:
    file = tmp_path / "meetings.yaml"
    file.write_text(text, encoding="utf-8")
    return read_meetings(file)


def read_entries(tmp_path: Path, *entries: Any) -> tuple[list[Meeting], list[str]]:
    return read(tmp_path, yaml.safe_dump({"meetings": list(entries)}, allow_unicode=True))


def test_good_entry(tmp_path: Path) -> None:
    (choir,), mistakes = read_entries(tmp_path, GOOD | {"class_time": "19:30-21:30"})
    assert mistakes == []
    assert choir.meeting_id == 98765432101
    assert choir.class_time == "19:30-21:30"
    assert choir.publish_to == Folder(folder="Attendance reports")


@pytest.mark.parametrize(
    ("field", "value", "read_as"),
    [
        ("meeting_id", 987_6543_210, 9876543210),
        ("meeting_id", "987-654-321", 987654321),
        ("title", "Zoë's 🎻 choir: #1", "Zoë's 🎻 choir: #1"),
        ("timezone", "America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("class_time", "22:00-00:30", "22:00-00:30"),
        ("publish_to", {"spreadsheet": ID}, Spreadsheet(spreadsheet=ID)),
        (
            "notify",
            ["office@example.org", "o'hara+zoom@mail.example.org"],
            ("office@example.org", "o'hara+zoom@mail.example.org"),
        ),
        ("notify", [], ()),
        ("report_within", "3 hours", timedelta(hours=3)),
        ("report_within", "1 hour", timedelta(hours=1)),
        ("report_within", "90 minutes", timedelta(minutes=90)),
    ],
)
def test_good_values(tmp_path: Path, field: str, value: Any, read_as: Any) -> None:
    (choir,), mistakes = read_entries(tmp_path, GOOD | {field: value})
    assert mistakes == []
    assert getattr(choir, field) == read_as


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": "Choir"}, "field `name`: 'Choir': use small letters, digits and _"),
        ({"name": "ch/oir"}, "field `name`: 'ch/oir': use small letters"),
        ({"name": 7}, "field `name`: 7: Input should be a valid string"),
        ({"title": ""}, "field `title`: '': String should have at least 1 character"),
        ({"title": "x" * 81}, "String should have at most 80 characters"),
        (
            {"meeting_id": 12345678},
            "field `meeting_id`: 12345678: use the meeting's number of 9 to 11",
        ),
        (
            {"meeting_id": 987654321012},
            "field `meeting_id`: 987654321012: use the meeting's number",
        ),
        ({"meeting_id": "choir"}, "field `meeting_id`: 'choir': use the meeting's number"),
        ({"meeting_id": None}, "field `meeting_id`: None: use the meeting's number"),
        ({"timezone": "Sydney"}, "field `timezone`: 'Sydney': use a name from the IANA list"),
        ({"timezone": "+10:00"}, "field `timezone`: '+10:00': use a name from the IANA list"),
        ({"schedule": "weekly"}, "field `schedule`: 'weekly': use a cron line of five fields"),
        ({"schedule": "0 25 * * SUN"}, "field `schedule`: '0 25 * * SUN': use a cron line"),
        ({"schedule": "@weekly"}, "field `schedule`: '@weekly': use a cron line"),
        ({"schedule": "0 0 23 * * SUN"}, "use a cron line of five fields"),
        ({"class_time": "7:30pm-9pm"}, "field `class_time`: '7:30pm-9pm': use from-to in local"),
        ({"class_time": "24:00-25:00"}, "field `class_time`: '24:00-25:00': use from-to"),
        ({"class_time": "19:30-19:30"}, "field `class_time`: '19:30-19:30': use from-to"),
        ({"class_time": 1930}, "field `class_time`: 1930: Input should be a valid string"),
        ({"publish_to": "Reports"}, "field `publish_to`: give either `folder: <name>` or"),
        ({"publish_to": {}}, "field `publish_to`: give either `folder: <name>` or"),
        ({"publish_to": {"folder": ""}}, "field `publish_to`: give either `folder: <name>` or"),
        ({"publish_to": {"spreadsheet": "short"}}, "`spreadsheet: <id from its address>`"),
        ({"publish_to": {"folder": "A", "spreadsheet": ID}}, "not both"),
        ({"report_within": 3}, "field `report_within`: 3: use whole hours or minutes, such as"),
        ({"report_within": "0 hours"}, "'0 hours': use whole hours or minutes"),
        ({"report_within": "3h"}, "'3h': use whole hours or minutes"),
        ({"report_within": "9999999999 hours"}, "use whole hours or minutes"),
        (
            {"zone": "Australia/Sydney"},
            "field `zone`: there is no such field. The fields are: name",
        ),
    ],
)
def test_mistake_names_entry_field_and_mend(
    tmp_path: Path, changes: dict[str, Any], said: str
) -> None:
    good, mistakes = read_entries(tmp_path, GOOD | {"name": "other"}, GOOD | changes)
    assert [meeting.name for meeting in good] == ["other"]
    (mistake,) = mistakes
    assert mistake.startswith(f"meetings.yaml, entry 2 ({changes.get('name', 'choir')}), field ")
    assert said in mistake


@pytest.mark.parametrize(
    "notify",
    [
        "office@example.org",
        None,
        ["office@example.org", "Pat Doe <pat@example.org>"],
        ["office@example.org, pat@example.org"],
        ["office@example.org\nBcc: pat@example.org"],
        ["office@localhost"],
        ["pät@example.org"],
        [7],
    ],
)
def test_addresses_that_are_none_are_not_quoted(tmp_path: Path, notify: Any) -> None:
    assert read_entries(tmp_path, GOOD | {"notify": notify}) == (
        [],
        [
            "meetings.yaml, entry 1 (choir), field `notify`: "
            "must be a list of e-mail addresses, such as [office@example.org]."
        ],
    )


@pytest.mark.parametrize("field", [field for field in GOOD if field != "name"])
def test_missing_field(tmp_path: Path, field: str) -> None:
    entry = {name: value for name, value in GOOD.items() if name != field}
    assert read_entries(tmp_path, entry) == (
        [],
        [f"meetings.yaml, entry 1 (choir), field `{field}`: is missing. Add it."],
    )


def test_every_mistake_of_an_entry_is_named(tmp_path: Path) -> None:
    _, mistakes = read_entries(tmp_path, {"meeting_id": 1, "timezone": "Mars"})
    assert len(mistakes) == 6
    assert all(
        mistake.startswith("meetings.yaml, entry 1 (without a name)") for mistake in mistakes
    )


@pytest.mark.parametrize("entry", ["choir", None, 7, ["choir"]])
def test_entry_that_is_no_mapping(tmp_path: Path, entry: Any) -> None:
    good, (mistake,) = read_entries(tmp_path, entry, GOOD)
    assert len(good) == 1
    assert mistake == (
        "meetings.yaml, entry 1 (not a mapping), field `entry`: "
        "must be a list of fields, such as `name: bible_study`."
    )


def test_second_meeting_of_a_name_is_a_mistake(tmp_path: Path) -> None:
    good, mistakes = read_entries(tmp_path, GOOD, GOOD | {"meeting_id": 123456789})
    assert [meeting.meeting_id for meeting in good] == [98765432101]
    assert mistakes == [
        "meetings.yaml, entry 2 (choir), field `name`: taken by an entry above. Choose another."
    ]


@pytest.mark.parametrize(
    "text", ["", "meeting: []", "- name: choir", "choir", "meetings: choir", "meetings: 5"]
)
def test_file_without_a_list_of_meetings(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text) == (
        [],
        ["meetings.yaml must begin with `meetings:` and a list of entries below it."],
    )


def test_file_with_an_empty_list(tmp_path: Path) -> None:
    assert read(tmp_path, "meetings:\n") == ([], [])


@pytest.mark.parametrize("text", ["meetings: [", "meetings:\n\t- name: choir", "a: b: c"])
def test_broken_yaml(tmp_path: Path, text: str) -> None:
    good, (mistake,) = read(tmp_path, text)
    assert good == []
    assert mistake.startswith("meetings.yaml is not YAML: ")
    assert "line 1" in mistake or "line 2" in mistake


def test_missing_file(tmp_path: Path) -> None:
    mistakes = ["meetings.yaml cannot be read: FileNotFoundError."]
    assert read_meetings(tmp_path / "meetings.yaml") == ([], mistakes)


def test_file_that_is_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "meetings.yaml").write_bytes("meetings: [Zoë]".encode("latin-1"))
    mistakes = ["meetings.yaml cannot be read: UnicodeDecodeError."]
    assert read_meetings(tmp_path / "meetings.yaml") == ([], mistakes)


@pytest.mark.parametrize(
    ("file", "count"), [(DEFAULT_FILE, 1), (ROOT / "sandbox" / "meetings.yaml", 3)]
)
def test_files_that_come_with_the_project_are_free_of_mistakes(file: Path, count: int) -> None:
    good, mistakes = read_meetings(file)
    assert mistakes == []
    assert len(good) == count


@pytest.mark.parametrize(
    ("old", "new", "value"),
    [("number", "meeting_id", 98765432101), ("tell", "notify", ["office@example.org"])],
)
def test_an_old_name_of_a_field_is_a_mistake_that_says_the_new_one(
    tmp_path: Path, old: str, new: str, value: Any
) -> None:
    entry = {field: value for field, value in GOOD.items() if field != new} | {old: value}
    meetings, mistakes = read_entries(tmp_path, entry)
    assert meetings == []
    assert f"field `{old}`: is called `{new}` now. Rename it." in mistakes[-1]
    assert "office@" not in "".join(mistakes)
