"""The Airflow connection: its fields, its limits, its Test button."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from zoom_provider.errors import ZoomBadCredentials

URL = "http://127.0.0.1:1"
"""Nothing listens here: whoever asks it, fails in another way."""


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"login": ""}, "Client ID"),
        ({"password": None}, "Client secret"),
        ({"account_id": "  "}, "Account ID"),
        ({"login": "", "password": "", "account_id": ""}, "Client ID, Client secret, Account ID"),
        ({"auth": "jwt", "account_id": "", "password": ""}, "Client secret"),
    ],
)
def test_missing_fields_are_named(hook_to, changes, missing):
    with pytest.raises(ZoomBadCredentials, match=rf"'zoom_changed' lacks: {missing}\."):
        hook_to(URL, **changes).list_past_instances(1)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"heavy_per_second": 10, "machines": 11}, "10 calls a second over 11 machines"),
        ({"heavy_per_second": "many"}, "heavy_per_second = 'many'"),
        ({"heavy_per_second": 2.5}, "heavy_per_second = 2.5"),
        ({"heavy_per_second": 0}, "heavy_per_second = 0"),
        ({"machines": -2}, "machines = -2"),
    ],
)
def test_limits_that_cannot_be_are_refused(hook_to, changes, says):
    with pytest.raises(ZoomBadCredentials, match=says):
        hook_to(URL, **changes).list_past_instances(1)


@pytest.mark.parametrize(
    ("changes", "read"),
    [
        ({}, (10, 1)),
        ({"heavy_per_second": "40", "machines": "4"}, (40, 4)),
        ({"heavy_per_second": None, "machines": ""}, (10, 1)),
    ],
)
def test_limits_may_be_text_or_empty(hook_to, changes, read):
    account = hook_to(URL, **changes).account
    assert (account.heavy_per_second, account.machines) == read


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8080", "http://127.0.0.1:8080/", "http://127.0.0.1:8080/v2"]
)
def test_the_api_root_has_one_version(hook_to, url):
    assert hook_to(url).account.base_url == "http://127.0.0.1:8080/v2"


def test_the_test_button_accepts_a_good_connection(hook):
    assert hook.test_connection() == (
        True,
        "Zoom accepts the login: client id, secret and account id are right.",
    )


def test_the_test_button_tells_what_is_wrong_with_the_secret(empty_sandbox, hook_to):
    well, message = hook_to(empty_sandbox.url, password="wrong").test_connection()
    assert not well
    assert "client secret" in message


def test_the_test_button_names_a_missing_scope(hook, empty_sandbox):
    empty_sandbox.zoom.scopes = frozenset()
    well, message = hook.test_connection()
    assert not well
    assert "meeting:read:list_past_instances:admin" in message


def test_the_test_button_names_a_plan_without_the_feature(hook, empty_sandbox):
    empty_sandbox.zoom.faults.add("unpaid")
    well, message = hook.test_connection()
    assert not well
    assert "Pro plan" in message


def test_the_test_button_tells_a_limit_from_a_wrong_login(hook, empty_sandbox):
    noon = datetime(2099, 5, 30, 12, tzinfo=UTC).timestamp()
    empty_sandbox.zoom.clock = lambda: noon
    empty_sandbox.zoom.limits.daily["MEDIUM"] = 0
    well, message = hook.test_connection()
    assert not well
    assert "no more calls of this kind until" in message


def test_the_test_button_takes_a_refusal_of_its_meeting_number_for_a_login(zoom, scripted_hook):
    zoom.will_say({"code": 300, "message": "Validation Failed."}, 400)
    assert scripted_hook.test_connection()[0]
