"""A meeting as Zoom plans it, against its entry."""

from __future__ import annotations

from typing import Any

import pytest

from include.preflight.zoom import plan_lines
from tests.pipeline.runs import meeting

SUNDAY = {"start_time": "2026-11-22T08:30:00Z", "duration": 90}
"""19:30 to 21:00 in Sydney."""


def zone_and_schedule(planned: dict[str, Any], **changes: Any) -> tuple[str, str]:
    zone, schedule = map(str, plan_lines(meeting(**changes), planned))
    return zone, schedule


@pytest.mark.parametrize(
    ("theirs", "ours", "outcome"),
    [
        ("Australia/Sydney", "Australia/Sydney", "OK"),
        ("Asia/Calcutta", "Asia/Kolkata", "OK"),
        ("Australia/Sydney", "Australia/Melbourne", "OK"),
        (None, "Australia/Sydney", "OK"),
        ("Australia/Brisbane", "Australia/Sydney", "WARNING"),
        ("Europe/London", "Australia/Sydney", "WARNING"),
        ("Sydney", "Australia/Sydney", "WARNING"),
    ],
)
def test_zone(theirs: str | None, ours: str, outcome: str) -> None:
    line, _ = zone_and_schedule({"timezone": theirs}, timezone=ours)
    assert line.startswith(f"{outcome:7}  Time zone: ")
    if outcome == "WARNING":
        assert f"in {theirs}, the meeting's file says {ours}." in line


@pytest.mark.parametrize(
    ("schedule", "outcome"),
    [
        ("30 21 * * SUN", "OK"),
        ("29 21 * * SUN", "NOT OK"),
        ("0 20 * * SUN", "NOT OK"),
        ("30 19 * * SUN", "OK"),  # the run of the week after
        ("0 8 * * MON", "OK"),
        ("0 * * * *", "NOT OK"),
    ],
)
def test_schedule_comes_half_an_hour_after_the_planned_end(schedule: str, outcome: str) -> None:
    _, line = zone_and_schedule(SUNDAY, schedule=schedule)
    assert line.startswith(f"{outcome:7}  Schedule: ")


def test_schedule_that_is_too_early_says_what_to_take() -> None:
    _, line = zone_and_schedule(SUNDAY, schedule="0 21 * * SUN")
    assert line == (
        'NOT OK   Schedule: "0 21 * * SUN" runs on Sun 2026-11-22 at 21:00, but Zoom plans the '
        "session until Sun 21:00 (Australia/Sydney). Change `schedule` in the meeting's file to "
        "21:30 or later."
    )


def test_planned_time_is_taken_at_its_own_offset() -> None:
    """In winter the same local hour is another hour of UTC."""
    winter = {"start_time": "2026-07-05T09:30:00Z", "duration": 90}
    _, line = zone_and_schedule(winter, schedule="30 21 * * SUN")
    assert line.startswith("OK       Schedule: ")


def test_each_occurrence_counts_but_a_deleted_one() -> None:
    long = SUNDAY | {"duration": 180}
    series = {"occurrences": [SUNDAY, long], **SUNDAY}
    _, line = zone_and_schedule(series, schedule="30 21 * * SUN")
    assert line.startswith("NOT OK   Schedule: ")
    series["occurrences"][1]["status"] = "deleted"
    _, line = zone_and_schedule(series, schedule="30 21 * * SUN")
    assert line.startswith("OK       Schedule: ")


def test_meeting_without_a_fixed_time() -> None:
    _, line = zone_and_schedule({"type": 3, "timezone": "Australia/Sydney"})
    assert line.startswith("WARNING  Schedule: Zoom plans no fixed time.")


@pytest.mark.parametrize(
    ("class_time", "outcome"),
    [
        ("19:30-21:00", "OK"),
        ("20:50-23:00", "OK"),
        ("20:51-23:00", "WARNING"),
        ("07:30-09:00", "WARNING"),  # half past seven in the evening, typed by a twelve-hour clock
        ("19:30-19:35", "OK"),
    ],
)
def test_class_time_is_in_the_planned_hours(class_time: str, outcome: str) -> None:
    *_, line = map(str, plan_lines(meeting(class_time=class_time), SUNDAY))
    assert line.startswith(f"{outcome:7}  Class time: ")


def test_class_time_of_a_meeting_without_a_fixed_time() -> None:
    assert len(list(plan_lines(meeting(class_time="19:30-21:00"), {"type": 3}))) == 2
