"""Presence and identity against a slow, obvious second-by-second count of random sessions."""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta

import pytest

from include.attendance.report import Attendance
from tests.attendance.made_rows import START, Row, attendance, row
from tests.attendance.slow_way import SlowRow, slow_aside, slow_people

LENGTH = 900
CALLS = 125  # of each seed
GROUPS = 20  # of people who share no name and no id with the other groups: sessions in a session
NAMES = ["Ann L", "ann  l ", "Ann, L", "Ann# L", "Ａｎｎ L", "iPhone", "iPhone", "Bo", ""]
EMAILS = ["", "ann{}@example.org", " ANN{}@Example.org", "bo{}@example.org", "STRAẞE{}@example.org"]
IDS = {
    "registrant_id": ["", "", "r{}", "s{}"],
    "account": ["", "", "a{}", "b{}"],
    "user_email": EMAILS,
}


def _group(rng: random.Random, number: int) -> list[SlowRow]:
    return [_random_row(rng, number) for _ in range(rng.randint(0, 9))]


def _random_row(rng: random.Random, group: int) -> SlowRow:
    ids = {kind: rng.choice(choice).format(group) for kind, choice in IDS.items()}
    name = rng.choice(NAMES)
    join = rng.randrange(-120, LENGTH, 20)
    leave = rng.choice([None, join - 1, *[join + rng.randrange(0, 500, 20)] * 18])
    return SlowRow(
        ids if rng.random() < 0.5 else {},
        name and f"{name} {group}",
        join,
        leave,
        waiting=rng.random() < 0.05,
    )


def _as_sent(rng: random.Random, slow: SlowRow) -> Row:
    ids = dict(slow.ids)
    ids[rng.choice(["id", "participant_user_id"])] = ids.pop("account", "")
    status = "in_waiting_room" if slow.waiting else "in_meeting"
    return row(slow.name, slow.join, slow.leave, **ids, status=status)


def _people(result: Attendance) -> Counter:
    """People by longest-used name, seconds and number of rows."""
    people = result.people.select(["names", "seconds", "rows"]).to_pylist()
    names = ((one["names"] or [{"name": "(no name)"}])[0]["name"] for one in people)
    return Counter(
        (name, one["seconds"], one["rows"]) for name, one in zip(names, people, strict=True)
    )


@pytest.mark.parametrize("seed", range(4))
def test_random_sessions_equal_the_count_by_seconds(seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(CALLS):
        groups = [_group(rng, number) for number in range(GROUPS)]
        window = rng.choice([(0, LENGTH), (200, 600)])
        class_time = tuple(START + timedelta(seconds=second) for second in window)
        sent = [_as_sent(rng, one) for group in groups for one in group]
        rng.shuffle(sent)
        result = attendance(sent, length=LENGTH, class_time=class_time)
        slow = (slow_people(group, LENGTH, window) for group in groups)
        assert _people(result) == sum(slow, Counter())
        assert len(result.aside) == sum(slow_aside(group, LENGTH) for group in groups)
        _assert_consistent(result)


def _assert_consistent(result: Attendance) -> None:
    """Merged intervals lie apart and add up to the presence; who shows only a name has it alone."""
    for one in result.people.to_pylist():
        ends = [second for interval in one["presence"] for second in interval]
        assert ends == sorted(set(ends))
        assert sum(ends[1::2]) - sum(ends[::2]) == one["seconds"]
    shown = result.people.to_pylist()
    bare = [one["name"] for one in shown if not (one["id"] or one["user_email"])]
    assert len(bare) == len(set(bare))
