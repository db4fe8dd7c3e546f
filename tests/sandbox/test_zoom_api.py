"""The stand-in over HTTP: what is answered, and what is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest

from sandbox.zoom import World, participant_row
from tests.sandbox.conftest import Play
from tests.sandbox.zoom_client import Client, report_path

START = datetime(2026, 11, 15, 8, 30, tzinfo=UTC)
END = START + timedelta(hours=1)
NUMBER = 85012345678
ROWS = [
    participant_row("Ann Lee", START, END, account_id="annlee", email="ann@example.org"),
    participant_row("Guest", START, END, registrant_id="registered", room="room=="),
]
REFUSED = {
    "/v2": (404, 2300),
    "/v2/": (404, 2300),
    "/v2/users/me": (404, 2300),
    f"/v2/report/meetings/{NUMBER}": (404, 2300),
    "/v2/past_meetings//instances": (404, 2300),
    "/v2/past_meetings/ab/cd": (404, 2300),
    f"/v2/past_meetings/{NUMBER}/participants": (404, 2300),
    f"/v2/past_meetings/{NUMBER}/": (404, 2300),
    "/v2/past_meetings/81111111111/instances": (404, 3001),
    "/v2/past_meetings/81111111111": (404, 3001),
    "/v2/past_meetings/unknown==": (404, 3001),
    report_path("unknown=="): (404, 3001),
    "/v2/meetings/81111111111": (404, 3001),
    "/v2/meetings/plain%2Buuid%3D%3D": (400, 300),
    "/v2/past_meetings/plain%2Buuid%3D%3D/instances": (400, 300),
    report_path(NUMBER, page_size=301): (400, 300),
    report_path(NUMBER, page_size=0): (400, 300),
    report_path(NUMBER, page_size="many"): (400, 300),
    report_path(NUMBER, include_fields="name"): (400, 300),
    report_path(NUMBER, page_number=2): (400, 300),
    report_path("old=="): (400, 12702),
}
TWICE_ONLY = ["/nkCCDfXSdi2Ev3oEspNxQ==", "abCCDfXSdi2Ev3//EspNxQ=="]
ONCE_WILL_DO = ["i6KKhn7/QNGLiZVJKyW1gQ==", "i6KKhn7+QNGLiZVJKyW1gQ=="]


@pytest.fixture
def client(play: Play) -> Client:
    world = World.empty()
    world.add(NUMBER, START, END, ROWS, uuid="plain+uuid==", topic="Choir")
    return play(world)


def once(uuid: str) -> str:
    return quote(uuid, safe="")


def test_refusals(client):
    old = START - timedelta(days=400)
    client.state.world.add(NUMBER, old, old + timedelta(hours=1), ROWS, uuid="old==")
    token = client.log_in()
    assert {path: client.get(path, token).code for path in REFUSED} == REFUSED
    assert client.send("DELETE", f"/v2/meetings/{NUMBER}", {}).code == (404, 2300)
    unknown = client.get("/v2/past_meetings/81111111111", token).body["message"]
    assert unknown == "Meeting does not exist: 81111111111."


def test_keys_of_members_guests_and_rooms(client):
    member, guest = client.get(report_path(NUMBER)).body["participants"]
    assert member["participant_user_id"] == member["id"] == "annlee"
    assert "bo_mtg_id" not in member
    assert "participant_user_id" not in guest
    assert (guest["id"], guest["user_email"], guest["bo_mtg_id"]) == ("", "", "room==")
    assert (member["user_id"], guest["user_id"]) == ("16778240", "16779264")
    assert "registrant_id" not in guest
    asked = client.get(report_path(NUMBER, include_fields="registrant_id")).body["participants"]
    assert [row["registrant_id"] for row in asked] == ["", "registered"]


def test_a_number_means_the_latest_ended_instance_even_a_stray_one(client):
    world, later = client.state.world, START + timedelta(days=3)
    host = [participant_row("Ann Lee", later, later + timedelta(seconds=50), account_id="annlee")]
    world.add(NUMBER, later, later + timedelta(seconds=50), host, uuid="stray==")
    world.add(NUMBER, later + timedelta(days=1), None, ROWS, uuid="running==")
    assert client.get(f"/v2/past_meetings/{NUMBER}").body["uuid"] == "stray=="
    assert client.get(report_path(NUMBER)).code == (404, 3001)
    stray = client.get("/v2/past_meetings/stray%3D%3D").body
    assert (stray["participants_count"], stray["duration"]) == (1, 1)
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


def test_uuid_with_awkward_slashes_must_be_encoded_twice(client):
    for uuid in TWICE_ONLY:
        client.state.world.add(NUMBER, START, END, ROWS, uuid=uuid)
        for path in (
            f"/v2/report/meetings/{once(uuid)}/participants",
            f"/v2/past_meetings/{once(uuid)}",
        ):
            refused = client.get(path).body
            assert refused == {"code": 2300, "message": "This API endpoint is not recognized."}
        assert client.get(report_path(uuid)).body["total_records"] == 2
        assert client.get(f"/v2/past_meetings/{once(once(uuid))}").body["uuid"] == uuid
    for uuid in ONCE_WILL_DO:
        client.state.world.add(NUMBER, START, END, ROWS, uuid=uuid)
        for encoded in (once(uuid), once(once(uuid))):
            assert client.get(f"/v2/past_meetings/{encoded}").body["uuid"] == uuid


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
