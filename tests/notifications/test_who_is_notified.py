"""Which runs are mailed of, and what a log says of a mail that could not be sent."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from include.notifications.mail import Notice, send
from include.notifications.nobody import NoSessionNotifier, nobody_notifier
from include.notifications.notices import ReportNotifier, announcer, tell_late
from sandbox.meeting_files import write_entries
from sandbox.stack import free_port
from tests.notifications.post_office import PostOffice, connection, open_office, subject_of, text_of
from tests.pipeline.runs import SPREADSHEET, meeting

EVERYBODY = ["office@example.org", "pat@example.org"]
HEADLINE = {"people": 76, "hours": 101.9, "incomplete": False, "below": {}}
NOTICE = Notice("Choir: {{ ti }} 🎻", ("Zoë & <b>",), ("Open", "http://x"))


class StateStore(dict[str, Any]):
    """Keeps what a task keeps in Airflow's state store, which only a running task has."""

    set, delete = dict.__setitem__, dict.__delitem__


def lead_to(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIRFLOW_CONN_SMTP_DEFAULT", json.dumps(connection(port)))


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Iterator[PostOffice]:
    with open_office() as (office, port):
        lead_to(port, monkeypatch)
        yield office


@pytest.fixture
def choir_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = {
        "name": "choir",
        "title": "Choir",
        "meeting_id": 81200003456,
        "timezone": "Australia/Sydney",
        "schedule": "0 23 * * SUN",
        "publish_to": SPREADSHEET,
        "notify": EVERYBODY,
    }
    folder = write_entries(tmp_path / "meetings", [entry, entry | {"name": "band"}])
    monkeypatch.setenv("AIRFLOW__ZOOM_ATTENDANCE__MEETINGS", str(folder))


@pytest.mark.parametrize(("run_type", "mails"), [("scheduled", 1), ("manual", 1), ("backfill", 0)])
def test_news_of_a_backfill_are_not_mailed(office: PostOffice, run_type: str, mails: int) -> None:
    published = {"link": "http://sheet"}
    context = {
        "task_state_store": StateStore(),
        "dag_run": SimpleNamespace(run_type=run_type),
        "ti": SimpleNamespace(
            task_id="report.load",
            map_index=0,
            rendered_map_index="2026-11-15",
            xcom_pull=lambda task_ids, map_indexes: published,
        ),
    }
    announcer(context)(HEADLINE)
    for _ in range(2):
        ReportNotifier(meeting(notify=EVERYBODY)).notify(context)
    assert len(office.mails) == mails


EVENING, OTHER = {"label": "2026-11-15"}, {"label": "2026-11-11"}
LATE = {"label": "2026-11-08", "late": True}


@pytest.mark.parametrize(
    ("run_type", "sessions", "with_people", "mailed"),
    [
        ("scheduled", None, [], "Choir"),  # the task has skipped itself
        ("scheduled", [], [], "Choir"),
        ("scheduled", [EVENING], [], "Choir 2026-11-15"),
        ("scheduled", [EVENING], [0], None),
        ("scheduled", [OTHER, EVENING], [], "Choir 2026-11-11 and 2026-11-15"),
        ("scheduled", [OTHER, EVENING], [0], None),  # the other one is a test call
        ("scheduled", [OTHER, EVENING], [1], None),
        ("scheduled", [LATE], [0], "Choir"),
        ("scheduled", [LATE, EVENING], [0], "Choir 2026-11-15"),
        ("scheduled", [LATE, EVENING], [1], None),
        ("backfill", [], [], None),
        ("manual", [EVENING], [], None),
    ],
)
def test_nobody_is_news_of_a_scheduled_run(
    office: PostOffice,
    run_type: str,
    sessions: list[dict[str, Any]] | None,
    with_people: list[int],
    mailed: str | None,
) -> None:
    def handed_on(task_ids: str, map_indexes: int = -1) -> Any:
        return sessions if task_ids == "sessions" else "key" if map_indexes in with_people else None

    ti = SimpleNamespace(
        dag_id="zoom_attendance_choir",
        run_id="scheduled__2026-11-22T12:00:00+00:00",
        xcom_pull=handed_on,
    )
    context = {"ti": ti, "dag_run": SimpleNamespace(run_type=run_type)}
    for of_whom in (meeting(notify=EVERYBODY), meeting()):  # and nobody to notify
        NoSessionNotifier(of_whom).notify(context)
        nobody_notifier(of_whom)(context)
    subjects = [subject_of(mail) for mail in office.mails]
    assert subjects == ([f"Zoom attendance: {mailed}, nobody met"] if mailed else [])


@pytest.mark.parametrize(
    ("changes", "mails"),
    [
        ({}, 1),
        ({"state": "failed"}, 1),
        ({"state": "success"}, 0),
        ({"run_type": "backfill"}, 0),
        ({"dag_id": "zoom_attendance_gone"}, 0),
    ],
)
@pytest.mark.usefixtures("choir_file")
def test_only_an_awaited_report_is_late(
    office: PostOffice, changes: dict[str, str], mails: int
) -> None:
    run = {
        "dag_id": "zoom_attendance_choir",
        "dag_run_id": "scheduled__2026-11-22T12:00:00+00:00",
        "run_type": "scheduled",
        "state": "running",
    }
    due = datetime(2026, 11, 22, 15, tzinfo=UTC)
    asyncio.run(tell_late({"dag_run": run | changes, "deadline": {"deadline_time": due}}))
    assert len(office.mails) == mails


def test_a_mail_is_what_was_written(office: PostOffice, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "include")
    send(NOTICE, EVERYBODY)
    (mail,) = office.mails
    assert mail["To"] == ", ".join(EVERYBODY)
    assert subject_of(mail) == NOTICE.subject
    assert text_of(mail) == NOTICE.html
    assert said_by_us(caplog)[-1] == f"Mailed to 2: {NOTICE.subject}"


def test_a_server_that_refuses_is_not_quoted(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with open_office(data_size_limit=10) as (office, port):
        lead_to(port, monkeypatch)
        send(NOTICE, EVERYBODY)
    assert office.mails == []
    (said,) = said_by_us(caplog)
    assert said == "No mail was sent (SMTPSenderRefused): check the connection smtp_default."


def test_a_server_that_is_down_is_one_line(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    lead_to(free_port(), monkeypatch)
    send(NOTICE, EVERYBODY)
    (said,) = said_by_us(caplog)
    assert said == "No mail was sent (ConnectionRefusedError): check the connection smtp_default."


def test_without_a_connection_the_log_says_nothing_of_who_wanted_the_mail(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Those whom the meeting's file names, or the leaders whom its book names."""
    caplog.set_level(logging.INFO, "include")
    send(NOTICE, EVERYBODY)
    (said,) = said_by_us(caplog)
    assert said.startswith(
        "No mail was sent: there is no connection smtp_default. Make it at Admin"
    )
    assert "meeting's file" not in said


def said_by_us(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [one.getMessage() for one in caplog.records if not one.name.startswith("mail.")]
