"""The webhook's secret, as far as it can be judged without Zoom."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from include.preflight.checks import shared_lines, webhook_line
from include.preflight.lines import Outcome
from sandbox.both import Sandbox

TOKEN = "aB3_invented-Secret-01"
"""Of the form of Zoom's, like the next two."""

CLIENT_ID, ACCOUNT_ID = "aB3_invented-Client-01", "aB3_invented-Accnt-01x"
CLIENT_SECRET = "inventedInventedInventedInvented"

Said = Callable[[Any], str]


@pytest.fixture
def said_of(empty_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Said:
    """The line about a secret that the connection holds; None: the form's field is left empty."""

    def said_of(secret: str | None) -> str:
        connection = empty_sandbox.connections["zoom_default"]
        extra = {"account_id": ACCOUNT_ID, "webhook_secret": secret}
        connection |= {"login": CLIENT_ID, "password": CLIENT_SECRET, "extra": extra}
        monkeypatch.setenv("AIRFLOW_CONN_ZOOM_DEFAULT", json.dumps(connection))
        return str(webhook_line())

    return said_of


@pytest.mark.parametrize("secret", [TOKEN, f" {TOKEN}\n"], ids=["whole", "with blanks around it"])
def test_token_of_zooms_form_is_fine(said_of: Said, secret: str) -> None:
    line = said_of(secret)
    assert line.startswith("OK       Webhook: there is a secret token.")
    assert TOKEN not in line


@pytest.mark.parametrize("secret", [None, ""])
def test_webhook_that_is_off_is_fine(said_of: Said, secret: str | None) -> None:
    assert said_of(secret).startswith("OK       Webhook: off, for the connection has no secret")


@pytest.mark.parametrize(
    ("secret", "what_is_wrong"),
    [
        (" \n", "off, for its secret token is nothing but blanks"),
        (CLIENT_ID, "its secret token is the app's client id"),
        (f"{CLIENT_SECRET} ", "its secret token is the app's client secret"),
        (ACCOUNT_ID, "its secret token is the app's account id"),
        (TOKEN[:12], "its secret token is unlike those"),
        (f"{TOKEN[:12]} {TOKEN[12:]}", "its secret token is unlike those"),
        (f"{TOKEN[:-1]}é", "its secret token is unlike those"),
        ("https://airflow.example.org/zoom/webhook", "its secret token is unlike those"),
        ("***", "its secret token is unlike those"),
    ],
)
def test_what_cannot_be_the_secret_is_a_warning_that_keeps_it_secret(
    said_of: Said, secret: str, what_is_wrong: str
) -> None:
    line = said_of(secret)
    assert line.startswith(f"WARNING  Webhook: {what_is_wrong}")
    assert "Copy the Secret Token from the Feature page" in line
    assert not secret.strip() or secret.strip() not in line


def test_it_is_said_once_beside_the_meetings_files(said_of: Said) -> None:
    said_of(TOKEN[:12])
    assert [str(line)[:16] for line in shared_lines()] == [
        "OK       Meeting",
        "OK       Staged ",
        "OK       Attenda",
        "WARNING  Webhook",
    ]


@pytest.mark.parametrize("setting", ["STAGING_URL", "RECORDS_URL"])
def test_a_place_that_takes_no_files(monkeypatch: pytest.MonkeyPatch, setting: str) -> None:
    name = f"AIRFLOW__ZOOM_ATTENDANCE__{setting}"
    monkeypatch.setenv(name, "no/place")
    wrong = [one.text for one in shared_lines() if one.outcome is Outcome.NOT_OK]
    assert f"{name} names no place" in wrong[0]


def test_a_place_is_left_as_it_was(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("AIRFLOW__ZOOM_ATTENDANCE__STAGING_URL", f"file://{tmp_path}")
    assert "OK       Staged files: their place takes files." in map(str, shared_lines())
    assert list(tmp_path.iterdir()) == []


def test_an_airflow_that_shows_no_mistakes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST")
    (said,) = [one.text for one in shared_lines() if one.outcome is Outcome.WARNING]
    assert said.startswith("Meetings: Airflow's start page shows no mistakes in their files")


def test_missing_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AIRFLOW_CONN_ZOOM_DEFAULT", raising=False)
    line = str(webhook_line())
    assert line.startswith("NOT OK   Webhook: ")
    assert "`zoom_default` isn't defined. Make it at Admin > Connections" in line
