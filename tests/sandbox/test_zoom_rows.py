"""The generated rows: as Zoom's reports have them, with all that attendance must survive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from sandbox.zoom.instance import Instance
from sandbox.zoom.series import BIBLE_STUDY, EVENING_CLASS
from tests.sandbox.zoom_client import invented_world

FAR_FUTURE = "9999-01-01T00:00:00Z"


@pytest.fixture(scope="module")
def recent() -> list[Instance]:
    """Every instance of the last twelve weeks."""
    world = invented_world()
    sessions = [session for number in world.series for session in world.sessions(number)]
    return [one for session in sessions if session.plan.age < 12 for one in session.instances]


def gap(before: dict, after: dict) -> float:
    join, leave = after["join_time"], before.get("leave_time", FAR_FUTURE)
    return (datetime.fromisoformat(join) - datetime.fromisoformat(leave)).total_seconds()


def successive(instance: Instance, key: str) -> list[tuple[dict, dict]]:
    """Pairs of rows, one after the other by join time, that share a non-empty `key`."""
    rows = sorted(instance.rows, key=lambda row: (row[key], row["join_time"]))
    return [(one, two) for one, two in pairwise(rows) if one[key] and one[key] == two[key]]


def some_pair(key: str, found: Callable[[dict, dict], bool]) -> Callable[[Instance], bool]:
    return lambda instance: any(found(one, two) for one, two in successive(instance, key))


def some_row(found: Callable[[dict], bool]) -> Callable[[Instance], bool]:
    return lambda instance: any(found(row) for row in instance.rows)


def named(text: str) -> Callable[[Instance], bool]:
    return some_row(lambda row: text in row["name"])


def waits(row: dict) -> bool:
    return row.get("status") == "in_waiting_room"


def guest(row: dict) -> bool:
    return not (row["id"] or row["user_email"])


ROW_QUIRKS = {
    "rejoin": some_pair("id", lambda one, two: 15 < gap(one, two) < 300),
    "to a breakout room": some_pair(
        "id", lambda one, two: "bo_mtg_id" not in one and "bo_mtg_id" in two and gap(one, two) <= 1
    ),
    "back from a breakout room": some_pair(
        "id", lambda one, two: "bo_mtg_id" in one and "bo_mtg_id" not in two and gap(one, two) <= 1
    ),
    "breakout row that lost its id": some_pair(
        "name", lambda one, two: one["id"] and guest(two) and "bo_mtg_id" in two
    ),
    "waiting room, then in the meeting": some_pair(
        "name", lambda one, two: waits(one) and not waits(two) and 0 <= gap(one, two) <= 1
    ),
    "guest without e-mail": some_row(guest),
    "guest with e-mail": some_row(lambda row: not row["id"] and row["user_email"]),
    "registrant": some_row(lambda row: row["registrant_id"]),
    "caller by number": named("61255501234"),
    "caller without number": named("Call-In User_1"),
    "two devices at once": some_pair(
        "user_email", lambda one, two: gap(one, two) < -300 and not waits(one)
    ),
    "renamed": some_pair("id", lambda one, two: one["name"] != two["name"]),
    "two guests of one name at once": some_pair(
        "name", lambda one, two: one["name"] == "iPhone" and gap(one, two) < -300
    ),
    "old connection that timed out late": some_pair(
        "name", lambda one, two: guest(one) and guest(two) and -120 <= gap(one, two) <= -10
    ),
    "member back as a guest": some_pair(
        "name",
        lambda one, two: one["id"] and guest(two) and "bo_mtg_id" not in two and gap(one, two) > 1,
    ),
    "still connected": some_row(lambda row: "leave_time" not in row),
    "failover": some_pair("id", lambda one, two: two.get("failover") and 0 <= gap(one, two) <= 3),
    "no failover key": some_row(lambda row: "failover" not in row),
    "no status key": some_row(lambda row: "status" not in row),
    "no customer_key": some_row(lambda row: "customer_key" not in row),
    "comma typed as #": named("# "),
    "formula": named('=IMPORTXML("http://x","//a")'),
    "emoji": named("🌻"),
    "quotes": named('"'),
    "apostrophe": some_row(lambda row: "'" in row["name"] or "’" in row["name"]),
    "double space": named("  "),
    "another script": some_row(lambda row: not row["name"].isascii()),
}


def test_every_quirk_occurs_in_twelve_weeks(recent):
    missing = [what for what, found in ROW_QUIRKS.items() if not any(map(found, recent))]
    assert missing == []


def test_rows_that_end_after_their_meeting_or_before_they_began(recent):
    late = [
        datetime.fromisoformat(row["leave_time"]) - instance.end
        for instance in recent
        for row in instance.rows
        if "bo_mtg_id" in row
    ]
    assert timedelta(minutes=1) <= max(late) <= timedelta(minutes=3)
    rows = [row for instance in recent for row in instance.rows]
    assert sum(row.get("leave_time", FAR_FUTURE) < row["join_time"] for row in rows) == 1


@pytest.mark.parametrize("series", [BIBLE_STUDY, EVENING_CLASS], ids=lambda one: one.topic)
def test_awkward_uuids(recent, series):
    uuids = [one.uuid for one in recent if one.number == series.number]
    assert any(uuid.startswith("/") for uuid in uuids)
    assert any(uuid[1:].replace("//", "").count("/") == 1 for uuid in uuids)
    assert all(any(text in uuid for uuid in uuids) for text in ("//", "+"))
    assert all(len(uuid) == 24 and uuid.endswith("==") for uuid in uuids)
    assert Counter(uuids).most_common(1)[0][1] == 1


def test_user_ids_rise_by_1024_and_durations_are_those_of_the_times(recent):
    for instance in recent:
        numbers = [int(row["user_id"]) for row in instance.rows]
        assert numbers == list(range(16778240, 16778240 + len(numbers) * 1024, 1024))
        for row in (row for row in instance.rows if "leave_time" in row):
            join, leave = (datetime.fromisoformat(row[f"{end}_time"]) for end in ("join", "leave"))
            assert row["duration"] == max(0, (leave - join).total_seconds())
    joins = [row["join_time"] for row in recent[0].rows]
    assert joins != sorted(joins)
