"""The invented world as a whole: when it happened, that it repeats, how large it is."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta

import pytest

from sandbox.zoom import World, participant_row
from sandbox.zoom.series import BIBLE_STUDY, EVENING_CLASS, SERIES, TOWN_HALL
from tests.sandbox.zoom_client import invented_world

TODAY = date(2026, 11, 22)
DIGEST = """
import hashlib, json
from datetime import date
from sandbox.zoom import World
world = World(date(2026, 11, 22))
newest = [session for number in world.series for session in world.sessions(number)[-2:]]
facts = [[one.instances[0].uuid, one.truth, sorted(one.uncertain)] for one in newest]
rows = [part.rows for one in newest for part in one.instances]
print(hashlib.sha256(json.dumps([facts, rows]).encode()).hexdigest())
"""


@pytest.fixture(scope="module")
def world() -> World:
    return invented_world()


def test_same_bytes_whatever_the_hash_seed():
    digests = {
        subprocess.run(
            [sys.executable, "-c", DIGEST],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_a_week_later_the_sessions_are_still_those_of_their_dates(world):
    later = World(TODAY + timedelta(weeks=1))
    starts = {one.start for one in world.instances(TOWN_HALL.number)}
    assert len(starts & {one.start for one in later.instances(TOWN_HALL.number)}) == 29


def test_thirty_weeks_none_after_today_began():
    for today in (TODAY, date(2026, 4, 6), date(2027, 1, 1), date(2028, 2, 29)):
        world, midnight = World(today), datetime.combine(today, time(), UTC)
        for series in SERIES:
            held = [one for one in world.sessions(series.number) if not one.plan.stray]
            since, row = midnight - held[-1].instances[-1].end, (today, series.topic)
            assert (*row, len(held)) == (*row, 30 - len(series.holidays))
            assert (*row, held[-1].plan.day - held[0].plan.day) == (*row, timedelta(weeks=29))
            assert timedelta() <= since < timedelta(days=8), row


def test_a_change_of_summer_time_is_always_among_the_sydney_evenings():
    hours = {}
    for month in range(1, 13):
        planned = [BIBLE_STUDY.planned(day)[0] for day in BIBLE_STUDY.dates(date(2026, month, 15))]
        hours[month] = len({moment % 86_400 for moment in planned})
    assert hours == dict.fromkeys(range(1, 13), 2)


def test_holiday_is_the_third_newest_week(world):
    newest, second, third = sorted(
        {one.plan.day for one in world.sessions(BIBLE_STUDY.number) if not one.plan.stray}
    )[:-4:-1]
    assert newest - second == timedelta(weeks=1)
    assert second - third == timedelta(weeks=2)


def test_how_many_people_come(world):
    sizes = {BIBLE_STUDY: (60, 90), EVENING_CLASS: (18, 30), TOWN_HALL: (380, 450)}
    for series, (fewest, most) in sizes.items():
        for session in world.sessions(series.number)[-12:]:
            assert session.plan.stray or fewest <= len(session.truth) <= most, session.plan
    # More than a page takes.
    counts = [len(one.rows) for one in world.instances(TOWN_HALL.number)]
    assert 550 < min(counts) <= max(counts) < 750


def test_all_mail_goes_to_example_domains(world):
    rows = [row for number in world.series for row in world.instances(number)[-1].rows]
    domains = {row["user_email"].partition("@")[2] for row in rows if row["user_email"]}
    assert domains == {"example.org", "example.com", "example.net"}


def test_empty_world_knows_what_is_added():
    world = World.empty()
    assert not world.knows(BIBLE_STUDY.number)
    start = datetime(2026, 11, 1, 9, tzinfo=UTC)
    still = participant_row("Ann Lee", start, None)
    later = world.add(5, start + timedelta(days=1), None, [still])
    first = world.add(5, start, start + timedelta(hours=1), [still, still])
    assert world.instances(5) == [first, later]
    assert world.instance(first.uuid) is first
    assert [row["user_id"] for row in first.rows] == ["16778240", "16779264"]
    assert "leave_time" not in first.rows[0]
