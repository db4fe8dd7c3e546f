"""Times as sent: fractions, garbage, missing; and which hours a class time means."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product

import pytest

from include.attendance.attendance import take_attendance
from include.attendance.results import RejectedRow, UntimedRow
from include.attendance.sessions import SessionFacts, class_window
from tests.attendance.made_rows import (
    HOUR,
    START,
    at,
    attendance,
    facts,
    minutes,
    presence,
    staged,
)


def test_fractions_are_cut_off() -> None:
    times = {"join_time": "2026-01-05T08:30:00.99Z", "leave_time": "2026-01-05T08:30:10.01Z"}
    assert presence(attendance([{**minutes("Ann", 0, 1), **times}])) == [("Ann", 10)]


AFTER_THE_END = "no usable leave time, and joined after the session's end"


@pytest.mark.parametrize(
    ("join", "leave", "reason"),
    [
        ("", at(60), "no usable join time"),
        ("yesterday", at(60), "no usable join time"),
        ("2026-02-30T08:30:00Z", at(60), "no usable join time"),
        ("0001-01-01T00:00:00Z", at(60), "no usable join time"),
        ("2026-01-05 08:30:00", at(60), "no usable join time"),
        (at(-30 * HOUR - 1), at(60), "no usable join time"),
        (at(31 * HOUR + 1), at(31 * HOUR + 2), "no usable join time"),
        ("2000-01-01T00:00:00Z", at(60), "no usable join time"),
        ("2099-12-31T23:59:59Z", "", "no usable join time"),
        ("9999-12-31T23:59:59Z", "soon", "no usable join time"),
        (at(60), at(59), "leave before join"),
        (at(3601), "", AFTER_THE_END),
        (at(3601), "soon", AFTER_THE_END),
        (at(3601), at(31 * HOUR + 1), AFTER_THE_END),
    ],
)
def test_data_problems_are_rejected_as_sent(join: str, leave: str, reason: str) -> None:
    broken = {**minutes("Bo", 0, 1), "join_time": join, "leave_time": leave}
    result = attendance([minutes("Ann", 0, 60), broken])
    assert presence(result) == [("Ann", 3600)]
    (rejected,) = result.rejected
    assert rejected == RejectedRow("Bo", join, leave, reason)


NO_TIMES = ["soon", "2026-01-05", "0001-01-01T00:00:00Z", "2000-01-01T00:00:00Z", "0", "[]"]
NO_TIMES += ["2099-12-31T23:59:59Z", "9999-12-31T23:59:59Z", at(31 * HOUR + 1), at(-30 * HOUR - 1)]


@pytest.mark.parametrize("leave", NO_TIMES)
def test_a_leave_time_that_is_none_is_the_end_and_said(leave: str) -> None:
    result = attendance([{**minutes("Ann", 10, 11), "leave_time": leave}])
    (person,) = result.people.to_dict("records")
    assert (person["seconds"], person["leave_time"].timestamp()) == (3000, START.timestamp() + HOUR)
    assert result.rejected == ()
    assert result.untimed == (UntimedRow("Ann", at(600), leave),)


def test_no_leave_time_at_all_and_those_of_the_waiting_room_are_not_said() -> None:
    waiting = {**minutes("Bo", 0, 1), "leave_time": "soon", "status": "in_waiting_room"}
    assert attendance([minutes("Ann", 0, None), waiting]).untimed == ()


@pytest.mark.parametrize("edge", [31 * HOUR, -30 * HOUR])
def test_thirty_hours_from_the_session_are_a_time(edge: int) -> None:
    sent = {"join_time": at(min(edge, 0)), "leave_time": at(max(edge, HOUR))}
    result = attendance([{**minutes("Ann", 0, 60), **sent}])
    assert (presence(result), result.untimed) == ([("Ann", HOUR)], ())


def test_zooms_order_does_not_show_in_the_lines() -> None:
    times = product(["x1", "x2", at(60), at(5000)], ["", "y1", "y2", at(0)])
    rows = [{**minutes("Ann", 0, 1), "join_time": one, "leave_time": two} for one, two in times]
    result, reverse = attendance(rows), attendance(rows[::-1])
    assert result.rejected == reverse.rejected
    assert result.untimed == reverse.untimed


def test_a_row_delivered_twice_is_rejected_once() -> None:
    broken = minutes("Bo", 9, 3, user_id="16778240")
    assert len(attendance([broken, broken]).rejected) == 1


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("class_time", "timezone", "session", "window"),
    [
        ("19:30-21:30", "UTC", ("05T19:20", "05T21:40"), ("05T19:30", "05T21:30")),
        ("19:30-21:30", "Australia/Sydney", ("05T08:20", "05T10:40"), ("05T08:30", "05T10:30")),
        ("09:00-10:00", "Australia/Sydney", ("04T21:50", "04T23:10"), ("04T22:00", "04T23:00")),
        ("22:00-00:30", "UTC", ("05T21:50", "06T00:40"), ("05T22:00", "06T00:30")),
        ("22:00-00:30", "UTC", ("06T00:05", "06T00:40"), ("05T22:00", "06T00:30")),
        ("22:00-00:30", "UTC", ("06T00:40", "06T00:50"), ("05T22:00", "06T00:30")),
        ("00:15-01:30", "UTC", ("05T23:50", "06T01:30"), ("06T00:15", "06T01:30")),
        ("19:30-21:30", "UTC", ("05T06:00", "05T23:00"), ("05T19:30", "05T21:30")),
        ("19:30-21:30", "UTC", ("05T21:45", "05T22:00"), ("05T19:30", "05T21:30")),
    ],
)
def test_class_window(class_time: str, timezone: str, session: tuple, window: tuple) -> None:
    start, end = (_utc(f"2026-01-{text}") for text in session)
    expected = tuple(_utc(f"2026-01-{text}") for text in window)
    assert class_window(class_time, timezone, start, end) == expected


@pytest.mark.parametrize(
    ("timezone", "day", "class_time", "hours"),
    [
        ("Australia/Sydney", "2026-10-03T15:00", "01:30-03:30", 2),
        ("Australia/Sydney", "2026-10-03T15:00", "02:30-03:30", 2),
        ("Australia/Sydney", "2026-10-03T15:00", "02:00-03:00", 2),
        ("Australia/Sydney", "2026-10-03T15:00", "02:15-02:45", 1.5),
        ("Australia/Sydney", "2026-10-03T14:00", "01:00-02:00", 1),
        ("Australia/Sydney", "2026-10-03T15:00", "03:00-04:00", 1),
        ("Australia/Sydney", "2026-10-03T12:00", "22:00-02:30", 4.5),
        ("Australia/Sydney", "2026-04-04T15:00", "01:30-03:30", 3),
        ("America/New_York", "2026-03-08T06:00", "01:30-03:30", 2),
        ("America/New_York", "2026-11-01T05:00", "00:30-01:30", 2),
        ("Europe/Berlin", "2026-03-28T18:30", "19:30-21:30", 2),
    ],
)
def test_class_on_the_night_the_clock_changes(
    timezone: str, day: str, class_time: str, hours: float
) -> None:
    session = _utc(day)
    start, end = class_window(class_time, timezone, session, session.replace(minute=59))
    assert (end - start).total_seconds() == hours * 3600


@pytest.mark.parametrize(
    ("class_time", "held"),
    [
        ("02:00-03:00", ("16:00", "17:00")),  # at 03:00, when the clock has skipped 02:00
        ("02:30-03:30", ("16:30", "17:30")),
        ("02:30-03:30", ("16:00", "16:30")),
        ("02:10-02:50", ("16:10", "16:50")),
        ("01:30-02:30", ("15:30", "16:30")),
        ("01:30-03:30", ("15:30", "17:30")),
        ("01:30-03:30", ("15:30", "16:30")),
    ],
)
def test_a_class_in_the_hour_that_the_clock_skips_counts_whole(
    class_time: str, held: tuple[str, str]
) -> None:
    start, end = (_utc(f"2026-10-03T{hour}") for hour in held)
    first, last = class_window(class_time, "Australia/Sydney", start, end)
    assert first <= start
    assert last >= end


@pytest.mark.parametrize("text", ["19:30", "19.30-21.30", "19:30-19:30", "7-9", "", "20:00-24:00"])
def test_a_class_time_of_another_form_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="class time"):
        class_window(text, "UTC", _utc("2026-01-05T19:30"), _utc("2026-01-05T21:30"))


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (datetime(2026, 1, 5), datetime(2026, 1, 6, tzinfo=UTC)),  # noqa: DTZ001
        (datetime(2026, 1, 6, tzinfo=UTC), datetime(2026, 1, 5, tzinfo=UTC)),
    ],
)
def test_impossible_sessions_are_refused(start: datetime, end: datetime) -> None:
    with pytest.raises(ValueError, match="algebra"):
        SessionFacts("algebra", "Algebra", "UTC", start, end)


def test_each_instance_numbers_its_connections_anew() -> None:
    parts = [[{**minutes(name, 0, 9, user_id="16778240"), "join_time": ""}] for name in "AB"]
    rejected = take_attendance(facts(), map(staged, parts))[0].rejected
    assert [one.name for one in rejected] == ["A", "B"]
