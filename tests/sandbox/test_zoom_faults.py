"""Faults on request: each that refuses, when it strikes, and the door through which it comes."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from sandbox.waiting import TIMEOUT, wait_until
from sandbox.zoom import World
from tests.sandbox.conftest import Play
from tests.sandbox.zoom_client import Client, report_path

NUMBER = 80000000700
PATH = report_path(NUMBER, page_size=300)
REFUSING = {
    "server_error": (500, 500),
    "per_second_limit": (429, 429),
    "daily_limit": (429, 429),
    "user_daily_limit": (429, 429),
    "not_ready": (404, 3001),
    "revoked_token": (401, 124),
    "missing_scope": (400, 4711),
    "unpaid": (400, 200),
    "too_old": (400, 12702),
    "webinar": (400, 3000),
}
NOT_UNDERSTOOD = [
    {"kind": "earthquake"},
    {},
    ["html"],
    {"kind": "html", "colour": "red"},
    {"kind": "html", "endpoint": "webinars"},
    {"kind": "html", "times": 0},
    {"kind": "html", "times": "2"},
    {"kind": "html", "after": -1},
    {"kind": "server_error", "status": 404},
    {"kind": "slow", "seconds": "long"},
]


@pytest.fixture
def client(play: Play) -> Client:
    world = World.empty()
    world.add_bulk(NUMBER, datetime(2026, 11, 15, tzinfo=UTC), people=700)
    return play(world)


def post(client: Client, fault: object) -> int:
    return client.send("POST", "/_sandbox/faults", {}, json.dumps(fault)).status


def test_refusing_faults_strike_as_often_as_asked(client):
    client.state.limits.per_second["HEAVY"] = 100
    said = {}
    for kind, (status, _) in REFUSING.items():
        client.state.faults.add(kind, times=2, after=1)
        answers = [client.get(PATH) for _ in range(4)]
        assert [one.status for one in answers] == [200, status, status, 200], kind
        said[kind] = answers[1].code
        waits = [one.headers.get("retry-after") for one in answers]
        assert any(waits) == (kind == "daily_limit"), kind
    assert said == REFUSING


def test_page_token_faults_wait_for_a_request_with_a_page_token(client):
    client.state.faults.add("stale_page_token")
    follow = client.get(PATH).body["next_page_token"]
    refused = client.get(f"{PATH}&next_page_token={follow}")
    assert refused.body == {"code": 300, "message": "The next page token is invalid or expired."}
    client.state.faults.add("cut_short")
    second = client.get(f"{PATH}&next_page_token={follow}").body
    assert (len(second["participants"]), second["next_page_token"]) == (299, "")
    assert second["total_records"] == 700


def test_repeated_page_has_rows_of_the_first_and_all_else_of_its_own(client):
    first = client.get(PATH).body
    client.state.faults.add("repeated_page")
    path = f"{PATH}&next_page_token={first['next_page_token']}"
    repeated, second = client.get(path).body, client.get(path).body
    assert repeated["participants"] == first["participants"]
    assert repeated["participants"] != second["participants"]
    assert repeated["next_page_token"]
    third = f"{PATH}&next_page_token={second['next_page_token']}"
    client.state.faults.add("repeated_page")
    assert client.get(third).body["participants"] == first["participants"][:100]


def test_empty_report_says_that_it_has_no_rows(client):
    client.state.faults.add("empty")
    body = client.get(PATH).body
    assert (body["participants"], body["total_records"], body["next_page_token"]) == ([], 0, "")


def test_faults_strike_their_endpoint_and_their_meeting_only(client):
    client.state.faults.add("server_error", endpoint="past_meeting")
    client.state.faults.add("server_error", meeting="80000000701")
    assert client.get(PATH).status == 200
    assert client.get(f"/v2/past_meetings/{NUMBER}").status == 500
    assert client.get("/v2/past_meetings/80000000701").status == 500
    client.state.faults.add("server_error")
    assert client.get(PATH).status == 500  # the token was granted all the same
    client.state.faults.add("server_error", endpoint="token", status=502)
    assert client.send("POST", "/oauth/token", {}).status == 502


def test_faults_over_http(client):
    assert post(client, {"kind": "server_error", "endpoint": "meeting", "times": 3}) == 201
    (listed,) = client.send("GET", "/_sandbox/faults", {}).body["faults"]
    assert (listed["kind"], listed["endpoint"], listed["times"]) == ("server_error", "meeting", 3)
    assert client.get(f"/v2/meetings/{NUMBER}").status == 500
    assert client.send("DELETE", "/_sandbox/faults", {}).status == 204
    assert client.get(f"/v2/meetings/{NUMBER}").status == 200


def test_an_answer_that_is_held_comes_when_the_faults_are_cleared(client):
    client.state.faults.add("slow", endpoint="meeting", seconds=TIMEOUT)
    with ThreadPoolExecutor(1) as pool:
        held = pool.submit(client.get, f"/v2/meetings/{NUMBER}")
        wait_until(lambda: not client.state.faults.list(), "the held call", pause=0.01)
        assert not held.done()
        client.state.faults.clear()
        assert held.result().status == 200


def test_faults_that_it_does_not_understand_are_refused(client):
    accepted = [fault for fault in NOT_UNDERSTOOD if post(client, fault) != 400]
    assert accepted == []
    assert client.send("GET", "/_sandbox/faults", {}).body == {"faults": []}
