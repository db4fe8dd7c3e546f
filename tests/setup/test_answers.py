"""What single answers about a meeting mean."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from include.setup import answers
from include.setup.answers import guessed_zone, is_doubtful
from include.setup.weekly import weekly


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("Sunday 20:30", "Sundays at 20:30"),
        ("sundays at 8:30 PM", "Sundays at 20:30"),
        ("Wed, mon and Fri 7.05", "Mondays, Wednesdays and Fridays at 07:05"),
        ("tues thurs 12 am", "Tuesdays and Thursdays at 00:00"),
        ("every day at 12:15pm", "every day at 12:15"),
        ("daily 9:00", "every day at 09:00"),
        ("Mon–Fri 9:00", "Mondays, Tuesdays, Wednesdays, Thursdays and Fridays at 09:00"),
        ("weekdays 9 a.m.", "Mondays, Tuesdays, Wednesdays, Thursdays and Fridays at 09:00"),
        ("Saturday to Monday at 8:30 p.m.", "Sundays, Mondays and Saturdays at 20:30"),
    ],
)
def test_days_and_a_time(typed: str, means: str) -> None:
    assert str(weekly(typed)) == means
    assert weekly(means) == weekly(typed)


@pytest.mark.parametrize(
    "typed",
    ["", "20:30", "Sunday", "Sunday 20", "S 20:30", "Sun 24:00", "Sun 13 pm", "Sun 0 am"]
    + ["Mon-Wed-Fri 9:00", "Mon-Tue, Fri 9:00", "- 9:00", "Mon- 9:00", "to Fri 9:00"],
)
def test_no_days_and_time(typed: str) -> None:
    with pytest.raises(ValueError, match=r"^Please type day\(s\) and time"):
        weekly(typed)


@pytest.mark.parametrize(
    ("ends", "looks"),
    [
        ("Sunday 20:30", "Sunday 19:00"),
        ("Sunday 20:30", "Sunday 20:29"),
        ("Monday 00:15", "Sunday 23:00"),
        ("Sunday 00:15", "Saturday 23:00"),
        ("Sun, Wed 20:30", "Sun, Wed 20:00"),
        ("every day 20:30", "every day 18:00"),
    ],
)
def test_airflow_does_not_look_just_before_the_end(ends: str, looks: str) -> None:
    with pytest.raises(ValueError, match="before the end"):
        answers.schedule_after(weekly(ends), looks)


@pytest.mark.parametrize(
    ("ends", "looks"),
    [
        ("Sunday 20:30", "Sunday 20:30"),
        ("Sunday 20:30", "Monday 06:00"),
        ("Saturday 23:45", "Sunday 00:15"),
        ("every day 20:30", "every day 09:00"),
        ("Sunday 20:30", "0 19 * * 0"),
    ],
)
def test_airflow_may_look_at_any_other_time(ends: str, looks: str) -> None:
    assert answers.schedule_after(weekly(ends), looks) == answers.schedule(looks)


def test_half_an_hour_later_may_be_the_next_day() -> None:
    assert str(weekly("Sat, Sun 23:30").later(30)) == "Sundays and Mondays at 00:00"
    assert str(weekly("Sat 23:29").later(30)) == "Saturdays at 23:59"


@pytest.mark.parametrize(
    ("ask", "typed", "field"),
    [
        (answers.meeting_id, "Meeting ID: 987 6543 2101", 98765432101),
        (answers.meeting_id, "https://zoom.us/wc/join/98765432101", 98765432101),
        (answers.meeting_id, "https://app.zoom.us/wc/98765432101/start", 98765432101),
        (answers.meeting_id, "Meeting-ID: 987 6543 2101", 98765432101),
        (answers.meeting_id, "zoom.us/j/987654321", 987654321),
        (answers.meeting_id, "https://zoom.us/meeting/98765432101", 98765432101),
        (answers.name_for, "2. Größe & Ürnen!", "grosse_urnen"),
        (answers.name_for, "聖書", "meeting"),
        (answers.name_for, "A" * 49 + " and more", "a" * 49),
        (answers.timezone, "UTC", "UTC"),
        (answers.timezone, "los angeles", "America/Los_Angeles"),
        (answers.timezone, "America/New York", "America/New_York"),
        (answers.schedule, "30 21 * * 0#1", "30 21 * * 0#1"),
        (
            answers.schedule,
            "Mon and Wed at 19:30",
            {"day": ["Monday", "Wednesday"], "time": "19:30"},
        ),
        (answers.class_time, "19:30 – 21:00", "19:30-21:00"),
        (answers.class_time, '"19:30-21:00"', "19:30-21:00"),
        (answers.class_time, "19.30 to 21.00", "19:30-21:00"),
        (answers.class_time, "7:30 pm - 9 p.m.", "19:30-21:00"),
        (answers.class_time, "10PM—12:30AM", "22:00-00:30"),
        (answers.class_time, "", None),
        (answers.publish_to, "Reports / 2026", {"folder": "Reports / 2026"}),
        (answers.publish_to, "1b_-" * 11, {"spreadsheet": "1b_-" * 11}),
        (answers.notify, "", []),
    ],
)
def test_an_answer_as_the_field_has_it(
    ask: Callable[[str], object], typed: str, field: object
) -> None:
    assert ask(typed) == field


@pytest.mark.parametrize(
    ("ask", "typed", "says"),
    [
        (answers.timezone, "San", "Please type the whole name: America/Argentina/San_Juan or"),
        (answers.publish_to, "https://docs.google.com/document/d/1b/edit", "opens no spreadsheet"),
        (answers.publish_to, "https://drive.google.com/drive/folders/1b", "the folder's name"),
        (answers.timezone, "localtime", "Please type a place"),
        (answers.timezone, "GMT+10", "a name from the IANA list"),
        (answers.timezone, "est", "EST has no summer time.* such as America/New_York"),
        (answers.class_time, "7:30-9 pm", "am or pm behind both"),
        (answers.class_time, "19-21", "Use from-to in local time"),
        (answers.class_time, "13 pm - 14 pm", "Please type"),
        (answers.class_time, "19:30", "Use from-to in local time"),
        (answers.schedule, "61 21 * * 0", "Use .* a cron line of five fields"),
        (answers.publish_to, "", "This is needed."),
        (answers.title, "x" * 81, "80 characters"),
    ],
)
def test_an_answer_that_is_none(ask: Callable[[str], object], typed: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        ask(typed)


@pytest.fixture
def etc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder like /etc, of a machine whose zone nobody has set."""
    monkeypatch.delenv("TZ", raising=False)
    return tmp_path


def test_the_zone_of_a_machine(etc: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert guessed_zone(etc) == "UTC"
    (etc / "timezone").write_text("Asia/Tokyo\n")
    assert guessed_zone(etc) == "Asia/Tokyo"
    (etc / "localtime").symlink_to("/var/db/timezone/zoneinfo/Europe/Berlin")
    assert guessed_zone(etc) == "Europe/Berlin"
    monkeypatch.setenv("TZ", ":Australia/Sydney")
    assert guessed_zone(etc) == "Australia/Sydney"
    monkeypatch.setenv("TZ", "XYZ-3")
    assert guessed_zone(etc) == "Europe/Berlin"


def test_utc_is_doubted() -> None:
    assert is_doubtful("UTC")
    assert is_doubtful("Etc/UTC")
    assert not is_doubtful("Africa/Accra")
