"""Connections that are missing, half filled in or wrong, as the task's log tells of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from sandbox.google.keys import key_pair
from tests.google_calls import TOKEN
from tests.task_logs.cases import CONNECTIONS, NUMBERS, spreadsheet_of
from tests.task_logs.desk import Desk, Run

MAKE_IT = "isn't defined. Make it at Admin > Connections (docs/connecting-zoom.md and"

LOAD = "report.load"


@pytest.fixture
def zoom(desk: Desk) -> Iterator[Desk]:
    """A desk whose Zoom connection is put right afterwards."""
    yield desk
    desk.live.connect("zoom_default")


def test_missing_zoom_connection(zoom: Desk) -> None:
    zoom.live.disconnect("zoom_default")
    assert f"`zoom_default` {MAKE_IT}" in failed_at_once(zoom)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"extra": {"account_id": ""}}, "lacks: Account ID. Fill it in under Admin > Connections"),
        ({"password": "mistyped"}, "Copy both again from the app's App Credentials page"),
        ({"extra": {"account_id": "mistyped"}}, "Check the account id, and that the app is"),
        ({"extra": {"auth": "jwt"}}, "Zoom retired JWT apps in September 2023"),
        ({"extra": {"heavy_per_second": "ten"}}, "it must be a whole number from 1. Correct it"),
        ({"extra": {"machines": 11}}, "lower 'Worker machines'"),
    ],
)
def test_wrong_zoom_connection(zoom: Desk, wrong: dict[str, Any], says: str) -> None:
    zoom.live.connect("zoom_default", **wrong)
    assert says in failed_at_once(zoom)


def test_credentials_of_another_kind_of_app(zoom: Desk) -> None:
    # Zoom says the same of parameters that are not where they belong.
    zoom.live.connect(
        "zoom_default", extra={"token_url": f"{zoom.live.sandbox.url}/oauth/token?a=b"}
    )
    assert "Create one at marketplace.zoom.us and use its client id" in failed_at_once(zoom)


def test_app_that_was_deactivated(zoom: Desk) -> None:
    number = str(NUMBERS[CONNECTIONS])
    zoom.live.sandbox.zoom.faults.add("revoked_token", times=2, meeting=number)
    assert "Check that the app is still activated at marketplace.zoom.us" in failed_at_once(zoom)


def failed_at_once(desk: Desk) -> str:
    seen = desk.start(CONNECTIONS).seen("sessions")
    assert seen.state == "failed"
    return seen.end_of_log


@pytest.fixture(scope="module")
def published(desk: Desk) -> Run:
    """A run that has published its report: its last task can be cleared."""
    run = desk.start(CONNECTIONS)
    assert run.seen(LOAD).state == "success"
    return run


@pytest.fixture
def google(desk: Desk, published: Run) -> Iterator[Desk]:
    """A desk whose Google connection is put right afterwards."""
    yield desk
    desk.connect_google()


def test_missing_google_connection(google: Desk, published: Run) -> None:
    google.live.disconnect("google_cloud_default")
    assert f"`google_cloud_default` {MAKE_IT}" in cleared(published, "failed")


def test_key_pasted_by_halves(google: Desk, published: Run) -> None:
    google.connect_google(is_anonymous=False, keyfile_dict='{"type": "service_acc')
    assert "Give the whole JSON key file of the service account" in cleared(published, "failed")


def test_key_that_google_refuses(google: Desk, published: Run) -> None:
    google.connect_google(is_anonymous=False, keyfile_dict=json.dumps(dead_key(google)))
    assert "Make a new key (console.cloud.google.com >" in cleared(published, "failed")


def test_token_service_that_is_down(google: Desk, published: Run) -> None:
    faults = google.live.sandbox.google.faults
    faults.add("unavailable", TOKEN, times=9)
    google.connect_google(is_anonymous=False, keyfile_dict=json.dumps(dead_key(google)))
    assert "Google's token service has a fault of its own" in cleared(published, "up_for_retry")
    faults.clear()


def test_tab_that_lost_its_mark(google: Desk, published: Run) -> None:
    for tab in google.live.sandbox.google.spreadsheets[spreadsheet_of(CONNECTIONS)].sheets:
        tab.developer_metadata.clear()
    assert "Duplicate it if you need it, and delete it" in cleared(published, "failed")


def cleared(run: Run, state: str) -> str:
    """Clear the run's last task; the end of the new try's log."""
    tries = run.task(LOAD)["try_number"]
    run.clear(LOAD)
    seen = run.seen(LOAD, tries + 1)
    assert seen.state == state
    return seen.end_of_log


def dead_key(desk: Desk) -> dict[str, str]:
    return {
        "type": "service_account",
        "client_email": "reports@example.iam.gserviceaccount.com",
        "private_key": key_pair()[0],
        "token_uri": f"{desk.live.sandbox.url}/oauth2/token",
    }
