"""Who may ask the stand-in: tokens, their life, and the JWT apps of old."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import jwt
import pytest
import requests

from sandbox.zoom import World
from tests.sandbox.conftest import Play
from tests.sandbox.zoom_client import Client

NUMBER = 85012345678
LOGIN = ("sandbox-client", "sandbox-secret")
FORM = {"grant_type": "account_credentials", "account_id": "sandbox-account"}
REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "secret": ({"auth": ("sandbox-client", "wrong")}, "invalid_client"),
    "grant": ({"data": FORM | {"grant_type": "client"}}, "unsupported_grant_type"),
    "no form": ({"data": {}}, "unsupported_grant_type"),
    "account": ({"data": FORM | {"account_id": "another"}}, "invalid_request"),
    "in the query": ({"params": FORM, "data": {}}, "unsupported_grant_type"),
    "twice": ({"params": FORM}, "unsupported_grant_type"),
}


@pytest.fixture
def client(play: Play) -> Client:
    world = World.empty()
    world.add_bulk(NUMBER, datetime(2026, 11, 15, 8, 30, tzinfo=UTC), people=2)
    return play(world)


def test_tokens_are_granted_to_the_right_form_only(client):
    url, right = f"{client.base}/oauth/token", {"data": FORM, "auth": LOGIN, "timeout": 10}
    said = {}
    for what, (change, _) in REFUSED.items():
        answer = requests.post(url, **right | change)
        assert answer.status_code == 400, what
        assert answer.json().keys() == {"reason", "error"}
        said[what] = answer.json()["error"]
    assert said == {what: error for what, (_, error) in REFUSED.items()}
    granted = requests.post(url, **right).json()
    assert (granted["token_type"], granted["expires_in"]) == ("bearer", 3600)
    assert "report:read:list_meeting_participants:admin" in granted["scope"].split()


def test_token_is_needed_in_the_header_and_lives_an_hour(client):
    path, token, other = f"/v2/past_meetings/{NUMBER}", client.log_in(), client.log_in()
    now = client.state.clock()
    invalid = {"code": 124, "message": "Invalid access token."}
    for headers in ({}, {"Authorization": "Bearer made-up"}, {"Authorization": f"Basic {token}"}):
        answer = client.send("GET", path, headers)
        assert (answer.status, answer.body) == (401, invalid)
    assert client.get(f"{path}?access_token={token}", token).body == invalid
    client.state.clock = lambda: now + 3599
    assert [client.get(path, one).status for one in (token, other)] == [200, 200]
    client.state.clock = lambda: now + 3601
    expired = client.get(path, token)
    assert (expired.status, expired.body["message"]) == (401, "Access token is expired.")


@pytest.mark.filterwarnings("ignore::jwt.InsecureKeyLengthWarning")
def test_jwt_apps_are_dead_unless_revived(client):
    def status(secret: str = "sandbox-jwt-secret", **claims: object) -> int:
        told = {"iss": "sandbox-key", "exp": 4e9} | claims
        token = jwt.encode(told, secret, algorithm="HS256")
        return client.get(f"/v2/past_meetings/{NUMBER}", token).status

    assert status() == 401
    client.state.jwt_alive = True
    others = [status("another-secret"), status(iss="another-key"), status(exp=1)]
    assert (status(), others) == (200, [401, 401, 401])
