"""The door through which a person asks for faults."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from sandbox.zoom import World
from tests.sandbox.zoom_client import Client

NUMBER = 80000000700


@pytest.fixture
def client(stage) -> Client:
    world = World.empty()
    world.add_bulk(NUMBER, datetime(2026, 11, 15, tzinfo=UTC), people=2)
    return stage.play(world)


def post(client: Client, **fault: object) -> int:
    return client.send("POST", "/_sandbox/faults", {}, json.dumps(fault)).status


def test_faults_over_http(client):
    assert post(client, kind="server_error", endpoint="meeting", times=3) == 201
    (listed,) = client.send("GET", "/_sandbox/faults", {}).body["faults"]
    assert (listed["kind"], listed["endpoint"], listed["times"]) == ("server_error", "meeting", 3)
    assert client.get(f"/v2/meetings/{NUMBER}").status == 500
    assert client.send("DELETE", "/_sandbox/faults", {}).status == 204
    assert client.get(f"/v2/meetings/{NUMBER}").status == 200


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "earthquake"},
        {},
        {"kind": "html", "colour": "red"},
        {"kind": "html", "endpoint": "webinars"},
        {"kind": "html", "times": 0},
        {"kind": "html", "times": "2"},
        {"kind": "html", "after": -1},
        {"kind": "server_error", "status": 404},
        {"kind": "slow", "seconds": "long"},
    ],
)
def test_faults_that_it_does_not_understand_are_refused(client, fault):
    assert post(client, **fault) == 400
    assert client.send("GET", "/_sandbox/faults", {}).body == {"faults": []}


def test_a_fault_that_is_not_an_object_is_refused(client):
    assert client.send("POST", "/_sandbox/faults", {}, '["html"]').status == 400
