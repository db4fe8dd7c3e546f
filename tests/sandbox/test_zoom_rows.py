"""The generated rows: order, ids, times and UUIDs as Zoom's reports have them."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import pytest

from sandbox.zoom import World
from sandbox.zoom.instance import Instance
from sandbox.zoom.series import BIBLE_STUDY, EVENING_CLASS
from tests.sandbox.zoom_client import invented_world, twelve_weeks


@pytest.fixture(scope="module")
def world() -> World:
    return invented_world()


@pytest.fixture(scope="module")
def recent() -> list[Instance]:
    return twelve_weeks()


def test_breakout_row_that_outlasts_its_meeting(recent):
    late = [
        datetime.fromisoformat(row["leave_time"]) - instance.end
        for instance in recent
        for row in instance.rows
        if "bo_mtg_id" in row
    ]
    assert timedelta(minutes=1) <= max(late) <= timedelta(minutes=3)


def test_one_row_in_thirty_weeks_ends_before_it_begins(world):
    rows = [row for number in world.series for one in world.instances(number) for row in one.rows]
    assert sum(row.get("leave_time", "9999") < row["join_time"] for row in rows) == 1


@pytest.mark.parametrize(
    ("series", "awkward"),
    [(BIBLE_STUDY, ["//", "+"]), (EVENING_CLASS, ["//", "+"])],
    ids=["Bible study", "Evening class"],
)
def test_awkward_uuids(recent, series, awkward):
    uuids = [one.uuid for one in recent if one.number == series.number]
    assert any(uuid.startswith("/") for uuid in uuids)
    assert any(uuid[1:].replace("//", "").count("/") == 1 for uuid in uuids)
    for text in awkward:
        assert any(text in uuid for uuid in uuids)
    assert all(len(uuid) == 24 and uuid.endswith("==") for uuid in uuids)
    assert Counter(uuids).most_common(1)[0][1] == 1


def test_user_ids_rise_by_1024_and_are_not_the_order_of_joining(recent):
    for instance in recent:
        numbers = [int(row["user_id"]) for row in instance.rows]
        assert numbers == list(range(16778240, 16778240 + len(numbers) * 1024, 1024))
    joins = [row["join_time"] for row in recent[0].rows]
    assert joins != sorted(joins)


def test_duration_is_leave_minus_join(recent):
    for row in (row for instance in recent for row in instance.rows if "leave_time" in row):
        length = datetime.fromisoformat(row["leave_time"]) - datetime.fromisoformat(
            row["join_time"]
        )
        assert row["duration"] == max(0, length.total_seconds())


def test_evening_class_has_early_and_late_comers(world):
    session = world.sessions(EVENING_CLASS.number)[-1]
    begins, ends = session.plan.series.planned(session.plan.day)
    rows = session.instances[0].rows
    joins = [datetime.fromisoformat(row["join_time"]).timestamp() for row in rows]
    leaves = [datetime.fromisoformat(row["leave_time"]).timestamp() for row in rows]
    assert min(joins) < begins - 600
    assert max(leaves) > ends + 300
    assert any(begins + 300 < join for join in joins)
