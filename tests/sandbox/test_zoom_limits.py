"""Rate limits: the sliding second by arrival, the day, and what a 429 says."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sandbox.zoom import World
from sandbox.zoom.errors import Refusal
from sandbox.zoom.limits import RateLimits
from tests.sandbox.conftest import Play
from tests.sandbox.zoom_client import Client, report_path

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC).timestamp()
NUMBER = 80000000003


@pytest.fixture
def client(play: Play) -> Client:
    world = World.empty()
    world.add_bulk(NUMBER, datetime(2026, 11, 15, tzinfo=UTC), people=3)
    return play(world)


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


def test_each_label_has_a_limit_of_its_own_in_each_plan():
    plans = {
        "free": {"LIGHT": 4, "MEDIUM": 2, "HEAVY": 1},
        "pro": {"LIGHT": 30, "MEDIUM": 20, "HEAVY": 10},
    }
    found = {}
    for plan, labels in plans.items():
        limits = RateLimits(plan)
        found[plan] = {label: sum(admitted(limits, label, [0.0] * 50)) for label in labels}
    assert found == plans


def test_per_second_429_over_http(client):
    client.state.limits.per_second["HEAVY"] = 0
    refused = client.get(report_path(NUMBER))
    assert refused.status == 429
    assert refused.body == {
        "code": 429,
        "message": "You have reached the maximum per-second rate limit for this API. "
        "Try again later.",
    }
    told = {name: refused.headers.get(f"x-ratelimit-{name}") for name in ("category", "type")}
    assert told == {"category": "Heavy", "type": "QPS"}
    assert refused.headers["x-ratelimit-limit"] == "0"
    assert refused.headers["x-ratelimit-remaining"] == "0"
    assert "retry-after" not in refused.headers


def test_daily_429_names_the_next_midnight_utc_and_ends_there(client):
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
