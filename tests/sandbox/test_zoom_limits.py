"""Rate limits: the sliding second by arrival, the day, and what a 429 says."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sandbox.zoom import World
from sandbox.zoom.errors import Refusal
from sandbox.zoom.limits import RateLimits
from tests.sandbox.zoom_client import report_path

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC).timestamp()
NUMBER = 80000000003


def admitted(limits: RateLimits, label: str, arrivals: list[float]) -> list[bool]:
    outcomes = []
    for arrival in arrivals:
        try:
            limits.admit(label, arrival, NOON)
            outcomes.append(True)
        except Refusal:
            outcomes.append(False)
    return outcomes


def test_the_second_slides_with_arrivals():
    limits = RateLimits("free")
    arrivals = [0.0, 0.9, 0.95, 1.0, 1.5, 1.91, 2.1]
    # Two a second. A window that jumped at each full second would also admit 1.5.
    assert admitted(limits, "MEDIUM", arrivals) == [True, True, False, True, False, True, True]


@pytest.mark.parametrize(
    ("plan", "label", "limit"),
    [
        ("free", "LIGHT", 4),
        ("free", "HEAVY", 1),
        ("pro", "LIGHT", 30),
        ("pro", "MEDIUM", 20),
        ("pro", "HEAVY", 10),
        ("business", "LIGHT", 80),
        ("business", "MEDIUM", 60),
        ("business", "HEAVY", 40),
    ],
)
def test_limits_of_the_plans(plan, label, limit):
    outcomes = admitted(RateLimits(plan), label, [0.0] * (limit + 1))
    assert outcomes == [True] * limit + [False]


def test_labels_are_limited_apart():
    limits = RateLimits("free")
    assert admitted(limits, "HEAVY", [0.0, 0.0]) == [True, False]
    assert admitted(limits, "MEDIUM", [0.0]) == [True]


def test_per_second_429_over_http(stage):
    world = World.empty()
    world.add_bulk(NUMBER, datetime(2026, 11, 15, tzinfo=UTC), people=3)
    client = stage.play(world)
    client.state.limits.per_second["HEAVY"] = 0
    refused = client.get(report_path(NUMBER))
    assert refused.status == 429
    assert refused.body == {
        "code": 429,
        "message": "You have reached the maximum per-second rate limit for this API. "
        "Try again later.",
    }
    assert refused.headers["x-ratelimit-category"] == "Heavy"
    assert refused.headers["x-ratelimit-type"] == "QPS"
    assert refused.headers["x-ratelimit-limit"] == "0"
    assert refused.headers["x-ratelimit-remaining"] == "0"
    assert "retry-after" not in refused.headers


def test_daily_429_names_the_next_midnight_utc_and_ends_there(stage):
    world = World.empty()
    world.add_bulk(NUMBER, datetime(2026, 11, 15, tzinfo=UTC), people=3)
    client = stage.play(world)
    client.state.clock = lambda: NOON
    client.state.limits.daily["HEAVY"] = 2
    token = client.log_in()
    answers = [client.get(report_path(NUMBER), token) for _ in range(3)]
    client.state.clock = lambda: NOON + 12 * 3600
    tomorrow = client.get(report_path(NUMBER))
    assert [one.status for one in answers] == [200, 200, 429]
    assert "maximum daily rate limit" in answers[2].body["message"]
    assert answers[2].headers["x-ratelimit-type"] == "Daily-limit"
    assert answers[2].headers["retry-after"] == "2026-11-23T00:00:00Z"
    assert tomorrow.status == 200


def test_free_plan_has_no_reports(stage):
    world = World.empty()
    world.add_bulk(NUMBER, datetime(2026, 11, 15, tzinfo=UTC), people=3)
    client = stage.play(world, plan="free")
    refused = client.get(report_path(NUMBER))
    assert refused.code == (400, 200)
    assert client.get(f"/v2/past_meetings/{NUMBER}").status == 200
