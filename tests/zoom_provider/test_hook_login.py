"""Logging in: tokens asked for once, renewed when needed, and messages that say what is wrong."""

from __future__ import annotations

import logging
import time
from itertools import count
from types import SimpleNamespace
from urllib.parse import parse_qs

import pytest
import requests

from tests.zoom_provider.invented_hour import NUMBER
from zoom_provider import auth
from zoom_provider.auth import BearerToken
from zoom_provider.errors import ZoomBadCredentials, ZoomUnavailable
from zoom_provider.hooks.zoom import ZoomHook

UNSUPPORTED = {"reason": "unsupported grant type", "error": "unsupported_grant_type"}


def endpoints(sandbox) -> list[str]:
    return [one.endpoint for one in sandbox.zoom.requests]


def bearer(login) -> str:
    request = requests.Request("GET", "http://127.0.0.1/").prepare()
    return login(request).headers["Authorization"].removeprefix("Bearer ")


def test_the_parameters_travel_in_the_form_body(zoom, scripted_hook):
    zoom.will_say({"meetings": []})
    scripted_hook.list_past_instances(NUMBER)
    asked = zoom.heard[0]
    assert (asked.path, asked.query) == ("/oauth/token", {})
    assert asked.content_type == "application/x-www-form-urlencoded"
    assert parse_qs(asked.body) == {
        "grant_type": ["account_credentials"],
        "account_id": [scripted_hook.account.account_id],
    }


def test_one_token_serves_many_calls(hook, uuid, empty_sandbox):
    for _ in range(3):
        hook.list_past_instances(NUMBER)
        hook.get_past_meeting(uuid)
    assert endpoints(empty_sandbox).count("token") == 1


def test_a_token_is_kept_while_it_lives():
    tokens = count(1)
    login = BearerToken(lambda: (f"token-{next(tokens)}", 3600))
    assert [bearer(login) for _ in range(3)] == ["token-1"] * 3


@pytest.mark.parametrize(("lifetime", "kept"), [(3600, 3299), (2, 0.9)])
def test_a_token_is_renewed_before_it_ends(monkeypatch, lifetime, kept):
    now, tokens = 1000.0, count(1)
    monkeypatch.setattr(auth, "time", SimpleNamespace(monotonic=lambda: now))
    login = BearerToken(lambda: (f"token-{next(tokens)}", lifetime))
    assert bearer(login) == "token-1"
    now += kept
    assert bearer(login) == "token-1"
    now += (lifetime - kept) * 0.9
    assert bearer(login) == "token-2"


def test_a_revoked_token_is_replaced_once(hook, uuid, empty_sandbox):
    hook.get_past_meeting(uuid)
    empty_sandbox.zoom.tokens.revoke_all()
    assert hook.get_past_meeting(uuid)["uuid"] == uuid
    assert endpoints(empty_sandbox) == ["token", *["past_meeting"] * 2, "token", "past_meeting"]


def test_an_expired_token_is_replaced(hook, uuid, empty_sandbox):
    hook.get_past_meeting(uuid)
    later = time.time() + 2 * 3600
    empty_sandbox.zoom.clock = lambda: later
    assert hook.get_past_meeting(uuid)["uuid"] == uuid


def test_a_fresh_token_that_is_refused_ends_it(hook, uuid, empty_sandbox):
    empty_sandbox.zoom.faults.add("revoked_token", times=2)
    with pytest.raises(ZoomBadCredentials, match="even a fresh token.*still activated"):
        hook.get_past_meeting(uuid)
    assert endpoints(empty_sandbox) == ["token", "past_meeting"] * 2


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"password": "wrong"}, "client id with this client secret.*App Credentials"),
        ({"login": "wrong"}, "client id with this client secret"),
        ({"password": "“sandbox-secret”"}, "client id with this client secret"),
        ({"account_id": "wrong"}, "Check the account id"),
    ],
)
def test_wrong_credentials_fail_at_once_and_say_which(empty_sandbox, hook_to, changes, says):
    with pytest.raises(ZoomBadCredentials, match=says):
        hook_to(empty_sandbox.url, **changes).list_past_instances(NUMBER)
    assert endpoints(empty_sandbox) == ["token"]


def test_credentials_of_another_kind_of_app(zoom, scripted_hook):
    zoom.will_answer_login(UNSUPPORTED, 400)
    with pytest.raises(ZoomBadCredentials, match="not those of a Server-to-Server OAuth app"):
        scripted_hook.list_past_instances(NUMBER)


@pytest.mark.parametrize(
    "strange",
    [
        "<html>Maintenance</html>",
        ["a", "list"],
        "null",
        "",
        '{"access_token": ' + "[" * 100_000,
        '{"expires_in": ' + "9" * 5_000 + "}",
        *[{"access_token": token} for token in (7, ["a"], {"a": 1}, "a b", "ä", "a\r\nx: y")],
    ],
)
def test_a_token_service_that_makes_no_sense_may_make_sense_later(zoom, scripted_hook, strange):
    zoom.will_answer_login(strange)
    with pytest.raises(ZoomUnavailable, match="Token URL"):
        bearer(scripted_hook.get_conn().auth)


@pytest.mark.parametrize("status", [408, 409, 425, 429, 500])
def test_a_token_service_that_is_busy_refuses_nobody(zoom, scripted_hook, status):
    zoom.will_answer_login({"reason": "Busy", "error": "busy"}, status)
    with pytest.raises(ZoomUnavailable, match=f"answered {status}"):
        bearer(scripted_hook.get_conn().auth)


@pytest.mark.parametrize("lifetime", ["soon", {}, [], None, True, -1, 0, 1e300, "NaN"])
def test_a_lifetime_that_is_none_is_taken_for_an_hour(monkeypatch, zoom, scripted_hook, lifetime):
    now = 1000.0
    monkeypatch.setattr(auth, "time", SimpleNamespace(monotonic=lambda: now))
    zoom.will_answer_login({"access_token": "a", "expires_in": lifetime})
    zoom.will_answer_login({"access_token": "b", "expires_in": lifetime})
    login = scripted_hook.get_conn().auth
    assert bearer(login) == "a"
    now += 3299  # it is renewed five minutes early
    assert bearer(login) == "a"
    now += 2
    assert bearer(login) == "b"


@pytest.mark.usefixtures("no_pauses")
def test_a_failing_token_service_is_asked_again(hook, uuid, empty_sandbox):
    empty_sandbox.zoom.faults.add("server_error", endpoint="token", status=503)
    assert hook.get_past_meeting(uuid)["uuid"] == uuid


@pytest.mark.usefixtures("no_pauses")
def test_no_secret_and_no_person_in_the_log(hook, uuid, empty_sandbox, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    empty_sandbox.zoom.faults.add("server_error", endpoint="report_participants")
    rows = [row for page in hook.iter_report_pages(uuid) for row in page.rows]
    captured = capfd.readouterr()  # Airflow's own loggers write here
    logged = caplog.text + captured.out + captured.err
    assert "fault of its own" in logged
    assert "/report/meetings/" in logged
    token, row = bearer(hook.get_conn().auth), rows[0]
    private = [token, "sandbox-secret", row["name"], row["user_email"]]
    assert [text for text in private if text in logged] == []


def test_the_connection_is_read_at_the_first_call_and_not_before():
    hook = ZoomHook("no_such_connection")
    with pytest.raises(Exception, match="no_such_connection"):
        hook.list_past_instances(NUMBER)
