"""What each field of a meeting accepts, and what is said of what it does not."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from include.meeting import Folder, Meeting, Spreadsheet
from tests.meeting.files import GOOD, TEXT, mistake, read_entries, read_text

ID = "sandbox-shared-spreadsheet-0000000000000000001"
ADDRESS = "docs.google.com/spreadsheets"
SHOWS = "use one line of text in which everything shows:"


def choir(folder: Path, **changes: Any) -> Meeting:
    (choir,), mistakes = read_entries(folder, GOOD | changes)
    assert mistakes == []
    return choir


def test_a_meeting_is_what_its_file_says(tmp_path: Path) -> None:
    (choir,), mistakes = read_text(tmp_path, TEXT + 'class_time: "19:30-21:30"\n')
    assert mistakes == []
    assert choir.name == "choir"
    assert choir.dag_id == "zoom_attendance_choir"
    assert choir.title == "Choir"
    assert choir.meeting_id == 98765432101
    assert choir.schedule == "0 23 * * SUN"
    assert choir.class_time == "19:30-21:30"
    assert choir.publish_to == Folder(folder="Attendance reports")
    assert (choir.notify, choir.report_within) == ((), None)
    assert choir.register_dag_id == "zoom_register_choir"
    assert (choir.present_from, choir.late_after, choir.early_before) == (50, None, None)


@pytest.mark.parametrize(
    ("field", "value", "read_as"),
    [
        ("meeting_id", 987_6543_210, 9876543210),
        ("meeting_id", "987-654-321", 987654321),
        ("meeting_id", "987 - 654 - 321", 987654321),
        ("title", "Zoë's 🎻 choir: #1", "Zoë's 🎻 choir: #1"),
        ("title", "2026-02-30", "2026-02-30"),
        ("title", "0x_", "0x_"),
        ("title", 7, "7"),
        ("title", True, "true"),
        ("title", "👨\u200d👩\u200d👧 family", "👨\u200d👩\u200d👧 family"),
        ("title", "نرم\u200cافزار", "نرم\u200cافزار"),
        ("title", "x" * 80, "x" * 80),
        ("timezone", "America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("class_time", "22:00-00:30", "22:00-00:30"),
        ("class_time", "9:00-10:00", "09:00-10:00"),
        ("class_time", "19:30 - 21:30", "19:30-21:30"),
        ("class_time", "19:30–21:30", "19:30-21:30"),
        ("class_time", "9:05 — 0:30", "09:05-00:30"),
        ("publish_to", {"folder": 2026}, Folder(folder="2026")),
        ("publish_to", {"spreadsheet": ID}, Spreadsheet(spreadsheet=ID)),
        ("notify", ["office@example.org", "o'hara+zoom@mail.example.org"], None),
        ("notify", [], ()),
        ("report_within", "3 hours", timedelta(hours=3)),
        ("report_within", "1 hour", timedelta(hours=1)),
        ("report_within", "90 minutes", timedelta(minutes=90)),
        ("late_after", "10 minutes", timedelta(minutes=10)),
        ("early_before", "1 minute", timedelta(minutes=1)),
        ("present_from", 75, 75),
        ("present_from", "50 %", 50),
        ("present_from", "100%", 100),
    ],
)
def test_good_values(tmp_path: Path, field: str, value: Any, read_as: Any) -> None:
    expected = tuple(value) if read_as is None else read_as
    assert getattr(choir(tmp_path, **{field: value}), field) == expected


@pytest.mark.parametrize(
    "address",
    [
        f"https://{ADDRESS}/d/{ID}/edit#gid=0",
        f"https://{ADDRESS}/d/{ID}/edit?gid=12#gid=12",
        f"https://{ADDRESS}/d/{ID}",
        f"https://{ADDRESS}/u/1/d/{ID}/edit",
        f"https://docs.google.com/a/example.org/spreadsheets/d/{ID}/edit",
        f"{ADDRESS}/d/{ID}/edit",
        f"http://{ADDRESS}/d/{ID}?usp=sharing",
        f"{ID}/edit#gid=0",
    ],
)
def test_the_id_is_taken_out_of_a_spreadsheets_address(tmp_path: Path, address: str) -> None:
    meeting = choir(tmp_path, publish_to={"spreadsheet": address})
    assert meeting.publish_to == Spreadsheet(spreadsheet=ID)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("title", "x" * 81, f"'{'x' * 60}'...: use 80 characters at most."),
        (
            "title",
            "a\x07b",
            f"'a\\x07b': {SHOWS} character 2 is U+0007. Remove it, or type a plain",
        ),
        ("title", "a\tb", f"'a\\tb': {SHOWS} character 2 is U+0009."),
        (
            "title",
            "O’Brien\xa0x",
            f"'O’Brien\\xa0x': {SHOWS} character 8 is U+00A0 (no-break space).",
        ),
        ("title", "\xad-", f"'\\xad-': {SHOWS} character 1 is U+00AD (soft hyphen)."),
        (
            "title",
            "a\u202eb",
            f"'a\\u202eb': {SHOWS} character 2 is U+202E (right-to-left override).",
        ),
        ("title", "\u3164", f"'\u3164': {SHOWS} character 1 is U+3164 (hangul filler)."),
        ("title", "\u200d", "'\\u200d': nothing of it shows. Write a text."),
        ("title", ["Choir"], "must be one text, without brackets and without fields of its own."),
        ("title", {"Choir": "evening"}, "must be one text, without brackets and without fields"),
        ("meeting_id", 12345678, "'12345678': use the meeting's number of 9 to 11 digits"),
        ("meeting_id", 987654321012, "'987654321012': use the meeting's number"),
        ("meeting_id", -987654321, "'-987654321': use the meeting's number"),
        ("meeting_id", "987654321-", "'987654321-': use the meeting's number"),
        ("meeting_id", "0987654321", "'0987654321': use the meeting's number"),
        ("meeting_id", "0o7346545000", "'0o7346545000': use the meeting's number"),
        ("meeting_id", 98765432101.0, "'98765432101.0': use the meeting's number"),
        ("meeting_id", "٩٨٧٦٥٤٣٢١", "'٩٨٧٦٥٤٣٢١': use the meeting's number"),
        ("meeting_id", "choir", "'choir': use the meeting's number"),
        (
            "timezone",
            "Sydney",
            "'Sydney': use a name from the IANA list, such as Australia/",
        ),
        ("timezone", "+10:00", "'+10:00': use a name from the IANA list"),
        ("class_time", "7:30pm-9pm", "'7:30pm-9pm': use from-to in local time"),
        ("class_time", "24:00-25:00", "'24:00-25:00': use from-to in local time"),
        ("class_time", "19:30-19:30", "'19:30-19:30': use from-to in local time"),
        ("class_time", "9:30-09:30", "'9:30-09:30': use from-to in local time"),
        ("class_time", "19:30 21:30", "'19:30 21:30': use from-to in local time"),
        ("class_time", "١٩:٣٠-٢١:٣٠", "'١٩:٣٠-٢١:٣٠': use from-to in local time"),
        ("class_time", 1930, "'1930': use from-to in local time"),
        ("publish_to", "Reports", "give either `folder: <name>` or `spreadsheet: <address>`."),
        ("publish_to", {}, "give either `folder: <name>` or"),
        ("publish_to", {"drive": "A"}, "give either `folder: <name>` or"),
        ("publish_to", {"folder": "A", "spreadsheet": ID}, "give either `folder: <name>` or"),
        ("late_after", 10, '\'10\': use whole hours or minutes, such as "3 hours" or "10 min'),
        ("early_before", "never", "'never': use whole hours or minutes"),
        ("present_from", 0, "'0': use a whole number of percent from 1 to 100, such as 50 %."),
        ("present_from", 101, "'101': use a whole number of percent"),
        ("present_from", "0.5", "'0.5': use a whole number of percent"),
        ("present_from", "half", "'half': use a whole number of percent"),
        ("report_within", 3, "'3': use whole hours or minutes, such as"),
        ("report_within", "0 hours", "'0 hours': use whole hours or minutes"),
        ("report_within", "1٣ hours", "'1٣ hours': use whole hours or minutes"),
        ("report_within", "3h", "'3h': use whole hours or minutes"),
        ("report_within", "9999999999 hours", "'9999999999 hours': use whole hours or minutes"),
    ],
)
def test_a_mistake_says_where_it_is_what_is_there_and_what_to_write(
    tmp_path: Path, field: str, value: Any, said: str
) -> None:
    sentence = mistake(tmp_path, **{field: value})
    lines = (tmp_path / "choir.yaml").read_text().splitlines()
    line = next(n for n, text in enumerate(lines, 1) if text.startswith(f"{field}:"))
    assert sentence.startswith(f"choir.yaml, line {line}, field `{field}`: {said}")


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("spreadsheet: short", "`spreadsheet`: 'short': use the spreadsheet's address, or its id"),
        (
            f"spreadsheet: https://{ADDRESS}",
            "use the spreadsheet's address, or its id",
        ),
        (f"spreadsheet: https://{ADDRESS}/d/e/2PACX-1vT/pubhtml", "use the spreadsheet's address"),
        (
            f"spreadsheet: https://drive.google.com/drive/folders/{ID}",
            "this is a folder. Write `folder: <its name>`.",
        ),
        (
            f"folder: https://drive.google.com/drive/folders/{ID}",
            "use the folder's name, not its address.",
        ),
        ('folder: "a\\nb"', f"{SHOWS} character 2 is U+000A."),
        ('folder: "a\\0b"', f"{SHOWS} character 2 is U+0000."),
        ('folder: "\\u200b"', f"{SHOWS} character 1 is U+200B (zero width space)."),
        ('folder: "\\u200c"', "nothing of it shows. Write a text."),
        ("folder: [A]", "`folder`: must be one text, without brackets"),
        ("folder:", "`folder`: is empty. Fill it in."),
    ],
)
def test_a_mistake_within_a_field_has_its_own_line(tmp_path: Path, place: str, said: str) -> None:
    text = TEXT.replace("folder: Attendance reports", place)
    _, (mistake,) = read_text(tmp_path, text)
    assert mistake.startswith("choir.yaml, line 6, field `")
    assert said in mistake


@pytest.mark.parametrize("place", ["folder:Reports", f"spreadsheet:https://{ADDRESS}/d/{ID}"])
def test_a_space_that_is_missing_within_a_field_is_said(tmp_path: Path, place: str) -> None:
    _, (mistake,) = read_text(tmp_path, TEXT.replace("folder: Attendance reports", place))
    assert mistake == (
        "choir.yaml, line 5, field `publish_to`: a space is missing after the colon: give either "
        "`folder: <name>` or `spreadsheet: <address>`."
    )


REQUIRED = ("title", "meeting_id", "timezone", "schedule", "publish_to")


@pytest.mark.parametrize("field", REQUIRED)
def test_a_missing_field_is_named(tmp_path: Path, field: str) -> None:
    entry = {name: value for name, value in GOOD.items() if name != field}
    mistakes = [f"choir.yaml, field `{field}`: is missing. Add it."]
    assert read_entries(tmp_path, entry) == ([], mistakes)


@pytest.mark.parametrize("empty", ["", "''", '"  "', "~", "null", "# later"])
@pytest.mark.parametrize("field", REQUIRED)
def test_an_empty_field_is_to_be_filled_in(tmp_path: Path, field: str, empty: str) -> None:
    others = [line for line in TEXT.splitlines() if not line.startswith((field, "  folder"))]
    if field != "publish_to":
        others[-1] = "publish_to: {folder: A}"
    _, mistakes = read_text(tmp_path, "\n".join([f"{field}: {empty}", *others]))
    assert mistakes == [f"choir.yaml, line 1, field `{field}`: is empty. Fill it in."]


@pytest.mark.parametrize("field", ["class_time", "notify", "report_within"])
def test_an_empty_field_that_need_not_be_there_is_as_none(tmp_path: Path, field: str) -> None:
    (empty,), mistakes = read_text(tmp_path, f"{TEXT}{field}:\n")
    assert mistakes == []
    assert empty == choir(tmp_path)


def test_every_mistake_of_a_file_is_named(tmp_path: Path) -> None:
    _, mistakes = read_entries(tmp_path, {"name": "choir", "meeting_id": 1, "timezone": "Mars"})
    fields = ("title", "meeting_id", "timezone", "schedule", "publish_to")
    assert len(mistakes) == len(fields)
    for sentence, field in zip(mistakes, fields, strict=True):
        assert f"field `{field}`:" in sentence


def test_a_field_that_there_is_not_is_named_with_those_that_there_are(tmp_path: Path) -> None:
    assert mistake(tmp_path, zone="Australia/Sydney").endswith(
        ", field `zone`: there is no such field. The fields are: title, meeting_id, timezone, "
        "schedule, class_time, publish_to, columns, notify, report_within, present_from, "
        "late_after, early_before."
    )


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


@pytest.mark.parametrize(
    "changes",
    [
        {"report_within": "90 minutes", "notify": ["office@example.org"]},
        {"late_after": "10 minutes", "early_before": "90 minutes", "present_from": "60 %"},
        {"report_within": "999 hours", "class_time": "22:00-00:30"},
        {"publish_to": {"spreadsheet": ID}, "report_within": "1 minute"},
    ],
)
def test_what_is_kept_of_a_meeting_is_read_as_the_same(
    tmp_path: Path, changes: dict[str, Any]
) -> None:
    meeting = choir(tmp_path, **changes)
    assert Meeting.model_validate(meeting.model_dump(mode="json")) == meeting
