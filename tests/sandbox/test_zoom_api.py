"""The stand-in over HTTP: what is answered, and what is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from sandbox.zoom import World, participant_row
from tests.sandbox.zoom_client import Client, report_path

START = datetime(2026, 11, 15, 8, 30, tzinfo=UTC)
END = START + timedelta(hours=1)
NUMBER = 85012345678
ROWS = [
    participant_row("Ann Lee", START, END, account_id="annlee", email="ann@example.org"),
    participant_row("Guest", START, END, registrant_id="registered", room="room=="),
]


@pytest.fixture
def client(stage) -> Client:
    world = World.empty()
    world.add(NUMBER, START, END, ROWS, uuid="plain+uuid==", topic="Choir")
    return stage.play(world)


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/v2/past_meetings/81111111111/instances", (404, 3001)),
        ("/v2/past_meetings/81111111111", (404, 3001)),
        ("/v2/past_meetings/unknown==", (404, 3001)),
        ("/v2/report/meetings/unknown==", (404, 3001)),
        (report_path("unknown=="), (404, 3001)),
        ("/v2/meetings/81111111111", (404, 3001)),
        ("/v2/meetings/plain%2Buuid%3D%3D", (400, 300)),
        ("/v2/past_meetings/plain%2Buuid%3D%3D/instances", (400, 300)),
        (report_path(NUMBER, page_size=301), (400, 300)),
        (report_path(NUMBER, page_size=0), (400, 300)),
        (report_path(NUMBER, page_size="many"), (400, 300)),
        (report_path(NUMBER, include_fields="name"), (400, 300)),
        (report_path(NUMBER, page_number=2), (400, 300)),
    ],
)
def test_refusals(client, path, code):
    assert client.get(path).code == code


def test_unknown_meeting_is_named(client):
    answer = client.get("/v2/past_meetings/81111111111")
    assert answer.body["message"] == "Meeting does not exist: 81111111111."


def test_registrant_id_only_when_asked_for(client):
    plain = client.get(report_path(NUMBER)).body["participants"]
    assert not any("registrant_id" in row for row in plain)
    asked = client.get(report_path(NUMBER, include_fields="registrant_id")).body["participants"]
    assert [row["registrant_id"] for row in asked] == ["", "registered"]


def test_keys_of_guests_and_rooms(client):
    member, guest = client.get(report_path(NUMBER)).body["participants"]
    assert member["participant_user_id"] == member["id"] == "annlee"
    assert "bo_mtg_id" not in member
    assert "participant_user_id" not in guest
    assert (guest["id"], guest["user_email"], guest["bo_mtg_id"]) == ("", "", "room==")
    assert (member["user_id"], guest["user_id"]) == ("16778240", "16779264")


def test_a_number_means_the_latest_ended_instance_even_a_stray_one(client):
    world, later = client.state.world, START + timedelta(days=3)
    host = [participant_row("Ann Lee", later, later + timedelta(minutes=1), account_id="annlee")]
    world.add(NUMBER, later, later + timedelta(minutes=1), host, uuid="stray==")
    world.add(NUMBER, later + timedelta(days=1), None, ROWS, uuid="running==")
    assert client.get(f"/v2/past_meetings/{NUMBER}").body["uuid"] == "stray=="
    assert client.get(report_path(NUMBER)).code == (404, 3001)
    assert client.get("/v2/past_meetings/stray%3D%3D").body["participants_count"] == 1
    assert client.get(report_path("plain+uuid==")).status == 200


def test_running_meeting_is_not_listed_until_it_ends(client):
    world, uuid = client.state.world, "running=="
    world.add(NUMBER, END, None, ROWS, uuid=uuid)
    listed = client.get(f"/v2/past_meetings/{NUMBER}/instances").body["meetings"]
    assert listed == [{"uuid": "plain+uuid==", "start_time": "2026-11-15T08:30:00Z"}]
    meeting = client.get(f"/v2/meetings/{NUMBER}").body
    assert (meeting["status"], meeting["uuid"]) == ("started", uuid)
    assert client.get(report_path(uuid)).code == (404, 3001)
    world.add(NUMBER, END, END + timedelta(hours=1), ROWS, uuid=uuid)
    assert client.get(f"/v2/meetings/{NUMBER}").body["status"] == "waiting"
    assert client.get(report_path(uuid)).status == 200


def test_report_is_refused_until_ready_while_the_instance_is_already_known(client):
    now, uuid = client.state.clock(), "cooking=="
    ready = datetime.fromtimestamp(now + 60, UTC)
    client.state.world.add(NUMBER, END, END + timedelta(hours=1), ROWS, uuid=uuid, ready_at=ready)
    assert client.get("/v2/past_meetings/cooking%3D%3D").body["duration"] == 60
    assert client.get(report_path(uuid)).code == (404, 3001)
    client.state.clock = lambda: now + 61
    assert client.get(report_path(uuid)).status == 200


def test_nothing_older_than_a_year(client):
    old = START - timedelta(days=400)
    client.state.world.add(NUMBER, old, old + timedelta(hours=1), ROWS, uuid="old==")
    answer = client.get(report_path("old=="))
    assert answer.status == 400
    assert answer.body == {"code": 12702, "message": "Can not access meeting a year ago."}


def test_durations_of_meetings_are_minutes_rounded_up(client):
    end = START + timedelta(minutes=3, seconds=50)
    client.state.world.add(NUMBER, START, end, ROWS, uuid="short==")
    detail = client.get("/v2/report/meetings/short%3D%3D").body
    assert (detail["duration"], detail["total_minutes"], detail["participants_count"]) == (
        4,
        120,
        2,
    )


def test_every_answer_has_its_own_tracking_id_and_is_logged_without_content(client):
    token = client.log_in()
    answers = [client.get(path, token) for path in (report_path(NUMBER), "/v2/nothing")]
    assert len({answer.headers["x-zm-trackingid"] for answer in answers}) == 2
    logged = [(one.label, one.endpoint, one.status) for one in client.state.requests]
    assert logged == [
        ("", "token", 200),
        ("HEAVY", "report_participants", 200),
        ("", "unrecognized", 404),
    ]
