"""Who may ask the stand-in: tokens, their life and scopes, and the JWT apps of old."""

from __future__ import annotations

from datetime import UTC, datetime

import jwt
import pytest
import requests

from sandbox.zoom import World
from tests.sandbox.zoom_client import Client, report_path

NUMBER = 85012345678
LOGIN = ("sandbox-client", "sandbox-secret")
FORM = {"grant_type": "account_credentials", "account_id": "sandbox-account"}


@pytest.fixture
def client(stage) -> Client:
    world = World.empty()
    world.add_bulk(NUMBER, datetime(2026, 11, 15, 8, 30, tzinfo=UTC), people=2)
    return stage.play(world)


@pytest.mark.parametrize(
    ("login", "form", "error"),
    [
        (("sandbox-client", "wrong"), FORM, "invalid_client"),
        (LOGIN, FORM | {"grant_type": "client_credentials"}, "unsupported_grant_type"),
        (LOGIN, {}, "unsupported_grant_type"),
        (LOGIN, FORM | {"account_id": "another"}, "invalid_request"),
    ],
)
def test_token_refusals_name_the_cause(client, login, form, error):
    answer = requests.post(f"{client.base}/oauth/token", data=form, auth=login, timeout=10)
    assert answer.status_code == 400
    assert answer.json().keys() == {"reason", "error"}
    assert answer.json()["error"] == error


def test_token_parameters_are_refused_in_the_query_and_granted_in_the_form(client):
    url = f"{client.base}/oauth/token"
    assert requests.post(url, params=FORM, auth=LOGIN, timeout=10).status_code == 400
    assert requests.post(url, params=FORM, data=FORM, auth=LOGIN, timeout=10).status_code == 400
    granted = requests.post(url, data=FORM, auth=LOGIN, timeout=10).json()
    assert granted["token_type"] == "bearer"
    assert granted["expires_in"] == 3600
    assert "report:read:list_meeting_participants:admin" in granted["scope"].split()


def test_token_is_needed_in_the_header_and_lives_an_hour(client):
    path, token = f"/v2/past_meetings/{NUMBER}", client.log_in()
    now = client.state.clock()
    invalid = {"code": 124, "message": "Invalid access token."}
    for headers in ({}, {"Authorization": "Bearer made-up"}, {"Authorization": f"Basic {token}"}):
        answer = client.send("GET", path, headers)
        assert (answer.status, answer.body) == (401, invalid)
    assert client.get(f"{path}?access_token={token}", token).body == invalid
    client.state.clock = lambda: now + 3599
    assert client.get(path, token).status == 200
    client.state.clock = lambda: now + 3601
    expired = client.get(path, token)
    assert (expired.status, expired.body["message"]) == (401, "Access token is expired.")


def test_parallel_tokens_stay_valid(client):
    first, second = client.log_in(), client.log_in()
    assert first != second
    assert client.get(f"/v2/past_meetings/{NUMBER}", first).status == 200


@pytest.mark.filterwarnings("ignore::jwt.InsecureKeyLengthWarning")
@pytest.mark.parametrize(
    ("alive", "secret", "claims", "status"),
    [
        (False, "sandbox-jwt-secret", {}, 401),
        (True, "sandbox-jwt-secret", {}, 200),
        (True, "another-secret", {}, 401),
        (True, "sandbox-jwt-secret", {"iss": "another-key"}, 401),
        (True, "sandbox-jwt-secret", {"exp": 1}, 401),
    ],
)
def test_jwt_apps_are_dead_unless_revived(client, alive, secret, claims, status):
    client.state.jwt_alive = alive
    token = jwt.encode({"iss": "sandbox-key", "exp": 4e9} | claims, secret, algorithm="HS256")
    answer = client.get(f"/v2/past_meetings/{NUMBER}", token)
    assert answer.status == status
    assert answer.body.get("code", 124) == 124


def test_scopes_are_those_at_the_time_the_token_was_issued(client):
    client.state.scopes = frozenset({"meeting:read:admin"})
    token = client.log_in()
    client.state.scopes = frozenset({"report:read:admin"})
    assert client.get(f"/v2/past_meetings/{NUMBER}", token).status == 200
    refused = client.get(report_path(NUMBER), token)
    assert refused.code == (400, 4711)
    assert refused.body["message"] == (
        "Invalid access token, does not contain scopes:"
        "[report:read:list_meeting_participants:admin, report:read:admin]."
    )
