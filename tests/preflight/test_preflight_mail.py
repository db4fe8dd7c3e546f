"""The mail server, tried where somebody is to be told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from include.preflight.checks import mail_lines, shared_lines
from sandbox.both import Sandbox
from sandbox.meeting_files import write_entries
from sandbox.stack import free_port
from tests.notifications.post_office import connection, open_office
from tests.preflight.conftest import bible_study

SMTP = "AIRFLOW_CONN_SMTP_DEFAULT"

TOLD = [bible_study(notify=["office@example.org"]), bible_study()]


def lead_to(monkeypatch: pytest.MonkeyPatch, port: int, **extra: Any) -> None:
    to_it = connection(port)
    monkeypatch.setenv(SMTP, json.dumps(to_it | {"extra": to_it["extra"] | extra}))


def said() -> str:
    (line,) = mail_lines(TOLD)
    return str(line)


def test_meetings_that_tell_nobody_need_no_mail_server() -> None:
    assert list(mail_lines([bible_study()])) == []


def test_a_server_that_takes_the_login_is_fine(monkeypatch: pytest.MonkeyPatch) -> None:
    with open_office() as (office, port):
        lead_to(monkeypatch, port)
        assert said() == "OK       Mails: the mail server takes the login."
    assert office.mails == []


def test_a_missing_connection_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SMTP, raising=False)
    assert said().startswith("WARNING  Mails: none will be sent, for there is no connection smtp_")


def test_a_server_that_is_down_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    lead_to(monkeypatch, free_port())
    line = said()
    assert "for the mail server takes no login (ConnectionRefusedError). docs/operating.md" in line


def test_it_is_tried_once_beside_the_meetings_files(
    empty_sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = [one.model_dump(mode="json", exclude_none=True) for one in TOLD]
    entries[1]["name"] = "nobody_is_told"
    folder = write_entries(tmp_path / "meetings", entries)
    monkeypatch.setenv("AIRFLOW__ZOOM_ATTENDANCE__MEETINGS", str(folder))
    monkeypatch.delenv(SMTP, raising=False)
    outcomes = [str(line)[:16] for line in shared_lines()]
    assert outcomes == [
        "OK       Meeting",
        "OK       Staged ",
        "OK       Attenda",
        "OK       Webhook",
        "WARNING  Mails: ",
    ]


def test_a_missing_sender_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    with open_office() as (_, port):
        lead_to(monkeypatch, port, from_email="")
        assert "for the connection has no 'From email'. docs/operating.md" in said()
