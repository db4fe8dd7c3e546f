"""Table and review of random sessions against the rules written down slowly, in any row order."""

from __future__ import annotations

import random
from datetime import timedelta
from itertools import pairwise

import pytest

from tests.attendance.made_rows import START, Row, attendance, row
from tests.attendance.slow_way import Groups, slow_count, slow_rejected

LENGTH = 900
BEGIN = int(START.timestamp())
GROUPS = 1300  # sessions that share no name and no identifier: many are counted in one
NAMES = [
    *["{0}Ann {0}L", "{0}ann  {0}l ", "{0}Ann, {0}L", "{0}Ann# {0}L", "{0}Ａｎｎ {0}L"],
    *[
        "{0}Ann\u200b {0}L",
        "{0}Ann",
        "{0}iPhone",
        "{0}iPhone",
        "{0}iPhone (2)",
        "{0}Ann's {0}iPhone",
        "Jo{0}Annie",
    ],
    *["{0}Bo", "", "\u200b", " ", "\u3164\u2800", "\x00\ufe0f"],
]
ADDRESSES = ["ann{}@example.org", " ANN{}@Example.org", "bo{}@example.org", "STRAẞE{}@example.org"]
FIELDS = {
    "registrant_id": ["", "", "", "r{}", "x{}"],
    "participant_user_id": ["", "", " ", "a{}", "x{}"],
    "id": ["", "", "a{}", "b{}", "x{} "],
    "user_email": ["", "", "", *ADDRESSES],
}
NO_TIMES = ["soon", "0001-01-01T00:00:00Z", "2099-12-31T23:59:59Z", "2025-12-31T08:30:00Z"]
STEPS = [0, 0, 0, 0, 1, -1, 29, 30, 31, 60]  # off the minute: the edges of 30, 60 and 120 seconds


def _group(rng: random.Random, number: int) -> list[Row]:
    names = rng.sample(NAMES, rng.randint(1, 5))
    rows = [_random_row(rng, number, names) for _ in range(rng.randint(2, 8))]
    if rng.random() < 0.2:
        rows += _rooms(rng, number, rng.choice(names))
    again = [{**one, **_change(rng, names, number)} for one in rows if rng.random() < 0.05]
    return rows + again


def _random_row(rng: random.Random, group: int, names: list[str]) -> Row:
    join = rng.randrange(-120, LENGTH, 60) + rng.choice(STEPS)
    leave = rng.choice([None, join - 1, *[join + rng.randrange(0, 600, 60)] * 18])
    shown = rng.random() < 0.5
    fields = {name: rng.choice(texts).format(group) for name, texts in FIELDS.items() if shown}
    made = row(
        rng.choice(names).format(f"g{group}x"),
        join,
        leave if leave is None else max(leave + rng.choice(STEPS), join - 1),
        **fields,
        status="in_waiting_room" if rng.random() < 0.08 else "in_meeting",
        bo_mtg_id="k2==" if rng.random() < 0.2 else "",
        user_id=rng.choice(["", f"1{group:04}", f"2{group:04}"]),
    )
    if rng.random() < 0.05:
        made[rng.choice(["join_time", "leave_time", "leave_time"])] = rng.choice(NO_TIMES)
    return made


def _rooms(rng: random.Random, group: int, name: str) -> list[Row]:
    """Somebody who goes from room to room, seldom with an identifier."""
    moments = range(0, LENGTH + 1, rng.choice([120, 180, 300]))
    return [
        row(
            name.format(f"g{group}x"),
            join + rng.choice([0, 0, 1, 29, 31]),
            leave,
            id=rng.choice(["", "", "", f"a{group}"]),
            bo_mtg_id=rng.choice(["", "k2==", "k2=="]),
        )
        for join, leave in pairwise(moments)
    ]


def _change(rng: random.Random, names: list[str], group: int) -> Row:
    """What a row that is delivered twice may come with the second time."""
    return rng.choice([{}, {"name": rng.choice(names).format(f"g{group}x")}, {"id": f"b{group}"}])


@pytest.mark.parametrize("seed", range(8))
def test_random_sessions_equal_the_slow_way(seed: int) -> None:
    rng = random.Random(seed)
    _compare([_group(rng, number) for number in range(GROUPS)], rng)


@pytest.mark.parametrize("seed", range(100, 102))
def test_small_sessions_equal_the_slow_way(seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(15):
        _compare([_group(rng, 0)], rng)


def _compare(groups: Groups, rng: random.Random) -> None:
    first, last = rng.choice([(0, LENGTH), (200, 600)])
    class_time = (START + timedelta(seconds=first), START + timedelta(seconds=last))
    sent = [one for group in groups for one in group]
    results = []
    for _ in range(2):
        rng.shuffle(sent)
        results.append(attendance(sent, length=LENGTH, class_time=class_time))
    result, shuffled = results
    window = (BEGIN + first, BEGIN + last)
    table, review = slow_count(groups, BEGIN + LENGTH, window)
    stored = result.people.astype({"join_time": "int64", "leave_time": "int64"})
    assert list(stored.itertuples(index=False, name=None)) == table
    assert [(line.kind, line.names) for line in result.review] == [line[:2] for line in review]
    for line, (*_, says) in zip(result.review, review, strict=True):
        assert all(one in line.text for one in says)
    assert len(result.rejected) == slow_rejected(groups, BEGIN + LENGTH)
    assert shuffled.people.equals(result.people)
    assert shuffled.review == result.review
    assert (shuffled.rejected, shuffled.untimed) == (result.rejected, result.untimed)
