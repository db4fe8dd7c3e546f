"""Paging through a report, and what page tokens do not survive."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from sandbox.zoom import World
from tests.sandbox.zoom_client import Client, report_path

NUMBER = 80000000650
EXPIRED = {"code": 300, "message": "The next page token is invalid or expired."}


@pytest.fixture
def client(stage) -> Client:
    world = World.empty()
    world.add_bulk(NUMBER, datetime(2026, 11, 15, 8, tzinfo=UTC), people=650)
    world.add_bulk(NUMBER + 1, datetime(2026, 11, 15, 8, tzinfo=UTC), people=650)
    return stage.play(world)


def pages(client: Client, meeting: object) -> list[dict]:
    answers, follow, token = [], {}, client.log_in()
    while not answers or follow["next_page_token"]:
        path = report_path(meeting, page_size=300, **follow)
        answers.append(client.get(path, token).body)
        follow = {"next_page_token": answers[-1]["next_page_token"]}
    return answers


def test_three_pages_of_650_rows_without_loss_or_repetition(client):
    answers = pages(client, NUMBER)
    assert [len(page["participants"]) for page in answers] == [300, 300, 50]
    assert {page["total_records"] for page in answers} == {650}
    assert {page["page_count"] for page in answers} == {3}
    ids = [int(row["user_id"]) for page in answers for row in page["participants"]]
    assert ids == list(range(16778240, 16778240 + 650 * 1024, 1024))


@pytest.mark.parametrize(
    ("people", "rows"), [(2, [2]), (300, [300]), (301, [300, 1]), (600, [300, 300])]
)
def test_the_last_page_is_neither_missing_nor_empty(stage, people, rows):
    world = World.empty()
    world.add_bulk(NUMBER, datetime(2026, 11, 15, 8, tzinfo=UTC), people=people)
    answers = pages(stage.play(world), NUMBER)
    assert [len(page["participants"]) for page in answers] == rows
    assert [page["page_count"] for page in answers] == [len(rows)] * len(rows)


def test_every_page_of_a_town_hall_arrives(stage):
    world = World(date(2026, 11, 22))
    newest = world.instances(91234567890)[-1]
    client = stage.play(world)
    answers = pages(client, newest.uuid)
    assert len(answers) == 3
    assert sum(len(page["participants"]) for page in answers) == len(newest.rows)


def test_thirty_rows_unless_asked_and_an_empty_token_starts_again(client):
    first = client.get(report_path(NUMBER)).body
    again = client.get(report_path(NUMBER, next_page_token="")).body
    assert len(first["participants"]) == 30
    assert again["participants"] == first["participants"]


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


@pytest.mark.parametrize(
    "other",
    [
        {"page_size": 200},
        {"page_size": 300, "include_fields": "registrant_id"},
        {},
    ],
)
def test_page_token_is_bound_to_the_query(client, other):
    follow = client.get(report_path(NUMBER, page_size=300)).body["next_page_token"]
    refused = client.get(report_path(NUMBER, next_page_token=follow, **other))
    assert (refused.status, refused.body) == (400, EXPIRED)


@pytest.mark.parametrize("meeting", [NUMBER, NUMBER + 1])
def test_page_token_is_bound_to_the_meeting(client, meeting):
    follow = client.get(report_path(NUMBER, page_size=300)).body["next_page_token"]
    other = client.get(report_path(meeting, page_size=300, next_page_token=follow))
    assert other.status == (200 if meeting == NUMBER else 400)


def test_invented_page_token_is_refused(client):
    refused = client.get(report_path(NUMBER, next_page_token="invented"))
    assert (refused.status, refused.body) == (400, EXPIRED)
