"""Mails as a real Airflow sends them, and what its tasks' logs say of them."""

from __future__ import annotations

import socket
from typing import Any

from sandbox.stack import HOST, free_port
from sandbox.waiting import wait_until
from sandbox.zoom.session import Session
from tests.notifications.post_office import SENDER, text_of
from tests.notifications.stack import CHOIR, COUNCIL, EVERYBODY, FRENCH, LATE, Stack

SCOPE = "report:read:list_meeting_participants:admin"


def lines(stack: Stack, run: dict[str, Any], task_id: str) -> list[str]:
    return [line["event"] for line in stack.live.task_logs(run, task_id)]


def fail(stack: Stack, session: Session) -> dict[str, Any]:
    """Run a session whose report Zoom refuses."""
    uuid = session.instances[0].uuid
    stack.live.sandbox.zoom.faults.add(
        "missing_scope", endpoint="report_participants", meeting=uuid
    )
    run = stack.run(CHOIR, session=str(session.plan.day))
    assert run["state"] == "failed"
    return run


def published(stack: Stack, run: dict[str, Any]) -> dict[str, Any]:
    return stack.live.airflow.result(run["dag_id"], run["dag_run_id"], "report.load", 0)


def test_a_new_report_is_mailed_once_without_names(stack: Stack) -> None:
    session, other = stack.session(CHOIR, 4), stack.session(CHOIR, 5)
    run = stack.run(CHOIR, session=str(session.plan.day))
    stack.run(CHOIR, session=str(session.plan.day))
    # One load at a time: once this one's mail is there, the one before has sent its own.
    stack.run(CHOIR, session=str(other.plan.day))
    stack.mail(f"{CHOIR.title} {other.plan.day}")

    mail, report = stack.mail(f"{CHOIR.title} {session.plan.day}"), published(stack, run)
    assert (mail["From"], mail["To"]) == (SENDER, ", ".join(EVERYBODY))
    assert mail["Subject"].endswith(f"{session.plan.day}, {report['people']} people")
    text = text_of(mail)
    assert f'<a href="{report["link"]}">Open the report</a>' in text
    assert f"{report['people']} people, {hours_shown(stack, report)} hours in all." in text
    rows = [row for instance in session.instances for row in instance.rows]
    names = {row[field] for row in rows for field in ("name", "user_email") if row[field]}
    assert [name for name in names if name in text] == []


def hours_shown(stack: Stack, report: dict[str, Any]) -> str:
    google, spreadsheet_id = stack.live.sandbox.google, report["spreadsheet_id"]
    title = google.spreadsheets[spreadsheet_id].sheets[0].title
    return google.read_cells(spreadsheet_id, f"'{title}'!B4")[0][0]


def test_a_failure_is_mailed_with_session_task_fix_and_log(stack: Stack) -> None:
    session = stack.session(CHOIR, 6)
    run = fail(stack, session)
    mail = stack.mail(f"{session.plan.day} failed")
    assert mail["Subject"] == f"Zoom attendance: {CHOIR.title} {session.plan.day} failed at extract"
    text = text_of(mail)
    assert SCOPE in text
    assert "press Clear" in text
    assert f"Run: {run['dag_run_id']}." in text
    assert f"{stack.live.airflow.url}/dags/{CHOIR.dag_id}/runs/manual__" in text
    assert "/tasks/report.extract/mapped/0?try_number=1" in text
    assert any(SCOPE in line for line in lines(stack, run, "report.extract")[-5:])


def test_a_failure_before_any_session_is_mailed_too(stack: Stack) -> None:
    faults = stack.live.sandbox.zoom.faults
    faults.add("missing_scope", endpoint="past_instances", meeting=str(CHOIR.number))
    assert stack.run(CHOIR, session="2026-03-31")["state"] == "failed"
    mail = stack.mail(f"{CHOIR.title} failed at sessions")
    assert mail["Subject"] == f"Zoom attendance: {CHOIR.title} failed at sessions"
    assert "meeting:read:list_past_instances:admin" in text_of(mail)


def test_a_meeting_that_notifies_nobody_says_nothing_of_mails(stack: Stack) -> None:
    session = stack.session(FRENCH, 4)
    run = stack.run(FRENCH, session=str(session.plan.day))
    assert run["state"] == "success"
    assert not any("mail" in line.casefold() for line in lines(stack, run, "report.load"))
    assert stack.mails(FRENCH.title) == []


def test_a_late_report_is_mailed(stack: Stack) -> None:
    text = text_of(stack.mail(LATE))
    (run,) = stack.live.airflow.runs(COUNCIL.dag_id)
    assert "should have been there by" in text
    assert "The run is going on." in text
    assert f"Run: {run['dag_run_id']}." in text
    assert f"{stack.live.airflow.url}/dags/{COUNCIL.dag_id}/runs/manual__" in text


def test_without_connection_the_log_says_how_to_switch_mails_on(stack: Stack) -> None:
    session = stack.session(CHOIR, 7)
    with stack.mail_server(None):
        run = fail(stack, session)
        said = lines(stack, run, "report.extract")[-6:]
    assert any("there is no connection smtp_default. Make it at" in line for line in said)
    assert any(SCOPE in line for line in said)
    assert stack.mails(str(session.plan.day)) == []


def test_a_dead_mail_server_changes_nothing(stack: Stack) -> None:
    session = stack.session(CHOIR, 8)
    with stack.mail_server(free_port()):
        assert stack.run(CHOIR, session=str(session.plan.day))["state"] == "success"


def test_a_silent_mail_server_does_not_make_a_failure_be_tried_again(stack: Stack) -> None:
    session = stack.session(CHOIR, 9)
    with socket.create_server((HOST, 0)) as silent, stack.mail_server(silent.getsockname()[1]):
        run = fail(stack, session)
        said = lines(stack, run, "report.extract")[-6:]
    assert any("the server of smtp_default is silent or slow" in line for line in said)
    assert any(SCOPE in line for line in said)


def test_no_address_is_in_a_log_or_in_the_database(stack: Stack) -> None:
    wait_until(lambda: stack.live.office.mails, "a mail")
    for where, content in stack.live.written():
        assert [address for address in EVERYBODY if address.encode() in content] == [], where
