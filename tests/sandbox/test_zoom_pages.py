"""Paging through a report, and what page tokens do not survive."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sandbox.zoom import World
from tests.sandbox.conftest import Play
from tests.sandbox.zoom_client import Client, report_path

SIZES = {2: [2], 300: [300], 301: [300, 1], 600: [300, 300], 650: [300, 300, 50]}
NUMBERS = {80000000000 + people: people for people in SIZES}
NUMBER = 80000000650
EXPIRED = {"code": 300, "message": "The next page token is invalid or expired."}


@pytest.fixture
def client(play: Play) -> Client:
    world = World.empty()
    for number, people in NUMBERS.items():
        world.add_bulk(number, datetime(2026, 11, 15, 8, tzinfo=UTC), people)
    return play(world)


def pages(client: Client, meeting: int) -> list[dict]:
    answers, follow, token = [], {}, client.log_in()
    while not answers or follow["next_page_token"]:
        path = report_path(meeting, page_size=300, **follow)
        answers.append(client.get(path, token).body)
        follow = {"next_page_token": answers[-1]["next_page_token"]}
    return answers


def test_all_rows_come_once_and_no_page_is_missing_or_empty(client):
    client.state.limits.per_second["HEAVY"] = 100
    sizes = {}
    for number, people in NUMBERS.items():
        answers = pages(client, number)
        sizes[people] = [len(page["participants"]) for page in answers]
        assert {page["total_records"] for page in answers} == {people}, people
        assert {page["page_count"] for page in answers} == {len(answers)}, people
        ids = [int(row["user_id"]) for page in answers for row in page["participants"]]
        assert ids == list(range(16778240, 16778240 + people * 1024, 1024))
    assert sizes == SIZES


def test_page_token_dies_after_fifteen_minutes(client):
    token, now = client.log_in(), client.state.clock()
    client.state.clock = lambda: now
    follow = client.get(report_path(NUMBER, page_size=300), token).body["next_page_token"]
    path = report_path(NUMBER, page_size=300, next_page_token=follow)
    client.state.clock = lambda: now + 14 * 60 + 59
    assert client.get(path, token).status == 200
    client.state.clock = lambda: now + 15 * 60
    late = client.get(path, token)
    assert (late.status, late.body) == (400, EXPIRED)


def test_page_token_is_bound_to_its_query(client):
    first = client.get(report_path(NUMBER)).body
    assert len(first["participants"]) == 30
    follow = {"next_page_token": first["next_page_token"]}
    others = {
        "size": report_path(NUMBER, page_size=300, **follow),
        "fields": report_path(NUMBER, include_fields="registrant_id", **follow),
        "meeting": report_path(80000000600, **follow),
        "invented": report_path(NUMBER, next_page_token="invented"),
    }
    assert {what: client.get(path).body for what, path in others.items()} == dict.fromkeys(
        others, EXPIRED
    )
    assert client.get(report_path(NUMBER, **follow)).status == 200
    again = client.get(report_path(NUMBER, next_page_token="")).body
    assert again["participants"] == first["participants"]
