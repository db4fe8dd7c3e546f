"""JWT apps: right where Zoom still takes them, and else told what to create instead."""

from __future__ import annotations

import time

import jwt
import pytest
import requests

from sandbox.zoom.tokens import JWT_KEY, JWT_SECRET
from tests.zoom_provider.invented_hour import NUMBER
from zoom_provider.errors import ZoomBadCredentials

JWT_LOGIN = {"auth": "jwt", "login": JWT_KEY, "password": JWT_SECRET}

# The sandbox's secret is shorter than Zoom's were.
pytestmark = pytest.mark.filterwarnings("ignore::jwt.InsecureKeyLengthWarning")


def test_a_jwt_app_works_where_zoom_still_takes_it(empty_sandbox, uuid, hook_to):
    empty_sandbox.zoom.jwt_alive = True
    hook = hook_to(empty_sandbox.url, **JWT_LOGIN)
    assert hook.get_past_meeting(uuid)["uuid"] == uuid
    request = hook.get_conn().auth(requests.Request("GET", empty_sandbox.url).prepare())
    token = request.headers["Authorization"].removeprefix("Bearer ")
    claims = jwt.decode(token, JWT_SECRET, algorithms=["HS256"], issuer=JWT_KEY)
    assert 0 < claims["exp"] - time.time() <= 30 * 60


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (401, {"code": 124, "message": "Invalid access token."}),
        (400, {"code": 200, "message": "Account does not enabled REST API."}),
    ],
)
def test_a_jwt_app_is_told_that_zoom_retired_it(zoom, hook_to, status, answer):
    for _ in range(2):
        zoom.will_say(answer, status)
    with pytest.raises(ZoomBadCredentials, match=r"September 2023.*Server-to-Server.*account id"):
        hook_to(zoom.url, **JWT_LOGIN).list_past_instances(NUMBER)


def test_the_test_button_knows_that_jwt_apps_are_dead(empty_sandbox, hook_to):
    well, message = hook_to(empty_sandbox.url, **JWT_LOGIN).test_connection()
    assert not well
    assert "September 2023" in message
