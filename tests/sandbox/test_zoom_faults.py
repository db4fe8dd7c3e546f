"""Faults on request: each kind, and when it strikes."""

from __future__ import annotations

from datetime import UTC, datetime
from http.client import IncompleteRead

import pytest
import requests

from sandbox.zoom import World
from tests.sandbox.zoom_client import Client, report_path

NUMBER = 80000000700
PATH = report_path(NUMBER, page_size=300)


@pytest.fixture
def client(stage) -> Client:
    world = World.empty()
    world.add_bulk(NUMBER, datetime(2026, 11, 15, tzinfo=UTC), people=700)
    return stage.play(world)


@pytest.mark.parametrize(
    ("kind", "fields", "code"),
    [
        ("server_error", {}, (500, 500)),
        ("server_error", {"status": 503}, (503, 503)),
        ("per_second_limit", {}, (429, 429)),
        ("daily_limit", {}, (429, 429)),
        ("user_daily_limit", {}, (429, 429)),
        ("not_ready", {}, (404, 3001)),
        ("revoked_token", {}, (401, 124)),
        ("missing_scope", {}, (400, 4711)),
        ("unpaid", {}, (400, 200)),
        ("too_old", {}, (400, 12702)),
        ("webinar", {}, (400, 3000)),
    ],
)
def test_refusing_faults_strike_as_often_as_asked(client, kind, fields, code):
    client.state.faults.add(kind, times=2, after=1, **fields)
    answers = [client.get(PATH) for _ in range(4)]
    assert [one.status for one in answers] == [200, code[0], code[0], 200]
    assert answers[1].code == code


def test_retry_after_comes_with_the_daily_limit_only(client):
    for kind in ("per_second_limit", "user_daily_limit", "daily_limit"):
        client.state.faults.add(kind)
    waits = [client.get(PATH).headers.get("retry-after") for _ in range(3)]
    assert waits[:2] == [None, None]
    assert waits[2].endswith("T00:00:00Z")


def test_revoked_token_stays_invalid_and_a_new_one_works(client):
    token = client.log_in()
    client.state.faults.add("revoked_token")
    assert [client.get(PATH, token).status for _ in range(2)] == [401, 401]
    assert client.get(PATH).status == 200


def test_zero_durations(client):
    client.state.faults.add("zero_durations")
    cooking, done = (client.get(PATH).body["participants"] for _ in range(2))
    assert {row["duration"] for row in cooking} == {0}
    assert all(row["duration"] for row in done)


def test_page_token_faults_wait_for_a_request_with_a_page_token(client):
    client.state.faults.add("stale_page_token")
    follow = client.get(PATH).body["next_page_token"]
    refused = client.get(f"{PATH}&next_page_token={follow}")
    assert refused.body == {"code": 300, "message": "The next page token is invalid or expired."}
    assert client.get(f"{PATH}&next_page_token={follow}").status == 200


def test_repeated_page_token(client):
    client.state.faults.add("repeated_page_token")
    follow = client.get(PATH).body["next_page_token"]
    second = client.get(f"{PATH}&next_page_token={follow}").body
    assert second["next_page_token"] == follow


def test_cut_short_delivers_fewer_rows_than_it_counts(client):
    client.state.faults.add("cut_short", after=1)
    follow = client.get(PATH).body["next_page_token"]
    second = client.get(f"{PATH}&next_page_token={follow}").body
    assert (len(second["participants"]), second["next_page_token"]) == (299, "")
    assert second["total_records"] == 700


def test_connection_closes_in_the_middle_of_the_body(client):
    client.state.faults.add("broken_body")
    with pytest.raises(IncompleteRead):
        client.get(PATH)
    assert client.get(PATH).status == 200


def test_html_with_status_200(client):
    client.state.faults.add("html")
    answer = client.get(PATH)
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.text.startswith("<html>")


def test_slow_answer_outlasts_an_impatient_client(client):
    client.state.faults.add("slow", seconds=0.6)
    headers = {"Authorization": f"Bearer {client.log_in()}"}
    with pytest.raises(requests.exceptions.ReadTimeout):
        requests.get(client.base + PATH, headers=headers, timeout=0.2)


def test_fault_strikes_its_endpoint_only(client):
    client.state.faults.add("server_error", endpoint="past_meeting")
    assert client.get(PATH).status == 200
    assert client.get(f"/v2/past_meetings/{NUMBER}").status == 500


def test_fault_strikes_its_meeting_only(client):
    client.state.faults.add("server_error", meeting="80000000701")
    assert client.get(PATH).status == 200
    assert client.get("/v2/past_meetings/80000000701").status == 500


def test_token_endpoint_is_spared_unless_named(client):
    client.state.faults.add("server_error")
    assert client.get(PATH).status == 500
    client.state.faults.add("server_error", endpoint="token", status=502)
    assert client.send("POST", "/oauth/token", {}).status == 502
