"""When a meeting's Dag runs, as cron or as a day and a time."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from airflow.timetables.trigger import CronTriggerTimetable
from pendulum import instance

from include.meeting.fields import cron_of
from tests.meeting.files import TEXT, Read, read_text

FORM = 'use {day: Sunday, time: "23:00"}, or a cron line of five fields, such as "0 23 * * SUN".'


def read(folder: Path, schedule: str) -> Read:
    return read_text(folder, TEXT.replace('"0 23 * * SUN"', schedule))


@pytest.mark.parametrize(
    ("schedule", "cron"),
    [
        ('{day: Sunday, time: "23:00"}', "0 23 * * SUN"),
        ("{day: Sunday, time: 23:00}", "0 23 * * SUN"),
        ("{time: 7:05, day: wednesday}", "5 7 * * WED"),
        ("{day: SATURDAY, time: 00:00}", "0 0 * * SAT"),
        ("{day: [Sunday, Wednesday], time: 09:30}", "30 9 * * SUN,WED"),
        ("\n  day: Friday\n  time: 20:15", "15 20 * * FRI"),
        ("\n  day:\n    - Monday\n    - Tuesday\n  time: 20:15", "15 20 * * MON,TUE"),
        ("0 23 * * SUN", "0 23 * * SUN"),
        ("'0 23 * * sun#2'", "0 23 * * sun#2"),
        ("0 23 29 2 *", "0 23 29 2 *"),
        ("0 23 L * *", "0 23 L * *"),
        ("0 23 * MAR THU,FRI", "0 23 * MAR THU,FRI"),
    ],
)
def test_a_schedule_is_cron_or_a_day_and_a_time(tmp_path: Path, schedule: str, cron: str) -> None:
    (choir,), mistakes = read(tmp_path, schedule)
    assert mistakes == []
    assert choir.schedule == cron
    timetable = CronTriggerTimetable(choir.schedule, timezone=choir.timezone)
    timetable.validate()
    now = instance(datetime(2026, 1, 1, tzinfo=UTC))
    assert timetable._get_next(now) > now


TIME = 'the time must be hours and minutes, such as "23:00".'
DAY = "the day must be a day of the week in English, such as Sunday."


@pytest.mark.parametrize(
    ("schedule", "said"),
    [
        ("weekly", f"'weekly': {FORM}"),
        ("'@weekly'", f"'@weekly': {FORM}"),
        ("0 25 * * SUN", f"'0 25 * * SUN': {FORM}"),
        ("0 0 23 * * SUN", f"'0 0 23 * * SUN': {FORM}"),
        ("R R * * *", f"'R R * * *': {FORM}"),
        ("0 R(9-17) * * *", f"'0 R(9-17) * * *': {FORM}"),
        ("h 23 * * SUN", f"'h 23 * * SUN': {FORM}"),
        ("'0 0 30 2 *'", "'0 0 30 2 *': there is no such day, so it would never run."),
        ("0 0 31 4,6,9,11 *", "there is no such day, so it would never run. Use another day"),
        ("[Sunday, 23:00]", FORM),
        ("{day: Sunday}", FORM),
        ("{time: 23:00}", FORM),
        ("{day: Sunday, time: 23:00, zone: UTC}", FORM),
        ("{day:Sunday, time: 23:00}", FORM),
        ("{day: Sun, time: 23:00}", DAY),
        ("{day: Sonntag, time: 23:00}", DAY),
        ("{day: [], time: 23:00}", DAY),
        ("{day: , time: 23:00}", DAY),
        ("{day: Sunday, time: 25:00}", TIME),
        ("{day: Sunday, time: 23}", TIME),
        ("{day: Sunday, time: 11:00 pm}", TIME),
        ("{day: Sunday, time: 23:0}", TIME),
        ("{day: Sunday, time: [23:00]}", TIME),
        ("{day: Sunday, time: }", TIME),
    ],
)
def test_what_is_no_schedule_is_said(tmp_path: Path, schedule: str, said: str) -> None:
    good, (mistake,) = read(tmp_path, schedule)
    assert good == []
    assert mistake.startswith("choir.yaml, line 4, field `schedule`: ")
    assert said in mistake


PARTS: tuple[tuple[str, ...], ...] = (
    ("0", "59-1", "70"),
    ("23", "*", "*/0"),
    ("*", "L", "29-31", "15W", "?"),
    ("*", "2", "JAN-MAR"),
    ("*", "SUN", "7", "SUN#5", "L5", "1.5"),
)


def good_cron_lines() -> Iterator[str]:
    for parts in itertools.product(*PARTS):
        with suppress(ValueError):
            yield cron_of(" ".join(parts))


def test_airflow_takes_every_cron_line_that_is_good() -> None:
    now, crons = instance(datetime(2026, 1, 1, tzinfo=UTC)), list(good_cron_lines())
    assert 100 < len(crons) < 500
    for cron in crons:
        timetable = CronTriggerTimetable(cron, timezone="Europe/London")
        timetable.validate()
        assert timetable._get_next(now) > now
