"""What a path names: UUIDs encoded once or twice, and paths that Zoom does not know."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import quote

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
TWICE_ONLY = ["/nkCCDfXSdi2Ev3oEspNxQ==", "abCCDfXSdi2Ev3//EspNxQ=="]
ONCE_WILL_DO = ["i6KKhn7/QNGLiZVJKyW1gQ==", "i6KKhn7+QNGLiZVJKyW1gQ=="]


@pytest.fixture
def client(stage) -> Client:
    world = World.empty()
    world.add(NUMBER, START, END, ROWS, uuid="plain+uuid==", topic="Choir")
    return stage.play(world)


def once(uuid: str) -> str:
    return quote(uuid, safe="")


@pytest.mark.parametrize("uuid", TWICE_ONLY)
def test_uuid_with_awkward_slashes_must_be_encoded_twice(client, uuid):
    client.state.world.add(NUMBER, START, END, ROWS, uuid=uuid)
    refused = client.get(f"/v2/report/meetings/{once(uuid)}/participants")
    assert refused.status == 404
    assert refused.body == {"code": 2300, "message": "This API endpoint is not recognized."}
    assert client.get(report_path(uuid)).body["total_records"] == 2
    assert client.get(f"/v2/past_meetings/{once(uuid)}").code == (404, 2300)
    assert client.get(f"/v2/past_meetings/{once(once(uuid))}").body["uuid"] == uuid


@pytest.mark.parametrize("uuid", ONCE_WILL_DO)
def test_other_uuids_may_be_encoded_once_or_twice(client, uuid):
    client.state.world.add(NUMBER, START, END, ROWS, uuid=uuid)
    for encoded in (once(uuid), once(once(uuid))):
        assert client.get(f"/v2/past_meetings/{encoded}").body["uuid"] == uuid


@pytest.mark.parametrize(
    "path",
    [
        "/v2",
        "/v2/",
        "/v2/users/me",
        "/v2/past_meetings//instances",
        "/v2/past_meetings/ab/cd",
        f"/v2/past_meetings/{NUMBER}/participants",
        f"/v2/past_meetings/{NUMBER}/",
    ],
)
def test_other_paths_are_not_recognized(client, path):
    assert client.get(path).code == (404, 2300)


def test_only_get_is_served(client):
    assert client.send("DELETE", f"/v2/meetings/{NUMBER}", {}).code == (404, 2300)
