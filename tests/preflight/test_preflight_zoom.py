"""Each thing that can be wrong at Zoom, as the line that the administrator reads."""

from __future__ import annotations

import json
from typing import Any

import pytest

from include.preflight.checks import meeting_lines
from include.preflight.lines import carried_out
from sandbox.both import Sandbox
from tests.pipeline.evenings import EVENING, hold, minutes
from tests.pipeline.runs import meeting
from tests.preflight.conftest import Said, complaints

GRANULAR = {
    "meeting:read:list_past_instances:admin": "Past instances",
    "meeting:read:meeting:admin": "Meeting",
    "meeting:read:past_meeting:admin": "End of a session",
    "report:read:list_meeting_participants:admin": "Participant report",
}


def test_all_is_fine(said: Said) -> None:
    lines = said()
    assert complaints(lines) == []
    assert len(lines) == 9
    assert "Past instances: Zoom lists 33, the newest of 2026-05-17 09:16 UTC." in lines[1]


@pytest.mark.parametrize("scope", GRANULAR)
def test_missing_scope_is_named_and_the_other_checks_run(
    said: Said, today: Sandbox, scope: str
) -> None:
    today.zoom.scopes -= {scope}
    lines = said()
    (line,) = complaints(lines)
    assert line.startswith(f"NOT OK   {GRANULAR[scope]}: Zoom refused the token: add scope")
    assert scope in line
    assert lines[-1].startswith("OK       Folder 'Attendance reports'")


def test_every_missing_scope_is_named(said: Said, today: Sandbox) -> None:
    today.zoom.scopes = frozenset()
    lines = complaints(said())
    assert [line.split(":")[0] for line in lines] == [
        f"NOT OK   {what}" for what in GRANULAR.values()
    ]
    assert all(scope in line for scope, line in zip(GRANULAR, lines, strict=True))


def test_classic_scopes_are_enough(said: Said, today: Sandbox) -> None:
    today.zoom.scopes = frozenset({"report:read:admin", "meeting:read:admin"})
    assert complaints(said()) == []


@pytest.mark.parametrize(
    ("changes", "fix"),
    [
        ({"password": "wrong"}, "Copy both again from the app's App Credentials page"),
        ({"extra": {"account_id": "wrong"}}, "Check the account id"),
        ({"login": ""}, "lacks: Client ID. Fill it in under Admin > Connections"),
    ],
)
def test_refused_login_leaves_google_to_be_checked(
    said: Said,
    today: Sandbox,
    monkeypatch: pytest.MonkeyPatch,
    changes: dict[str, Any],
    fix: str,
) -> None:
    connection = today.connections["zoom_default"]
    extra = connection["extra"] | changes.pop("extra", {})
    changed = connection | changes | {"extra": extra}
    monkeypatch.setenv("AIRFLOW_CONN_ZOOM_DEFAULT", json.dumps(changed))
    login, rest, *google = said()
    assert login.startswith("NOT OK   Zoom's login: ")
    assert fix in login
    assert rest == "NOT OK   The rest at Zoom: not checked, because it needs the login."
    assert [line[:7] for line in google] == ["OK     ", "OK     "]


def test_missing_connection(said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AIRFLOW_CONN_ZOOM_DEFAULT")
    assert "`zoom_default` isn't defined. Make it at Admin > Connections" in said()[0]


def test_free_plan_has_no_reports(said: Said, today: Sandbox) -> None:
    today.zoom.plan = "free"
    (line,) = complaints(said())
    assert line.startswith("NOT OK   Participant report: Zoom does not let this app read reports.")


def test_unknown_number(said: Said) -> None:
    (line,) = complaints(said(meeting_id=123_456_789))
    assert line.startswith("NOT OK   Meeting: Zoom knows no meeting 123456789 in this account")
    assert "Check `meeting_id` in the meeting's file" in line


@pytest.fixture
def choir_said(empty_sandbox: Sandbox) -> Said:
    """The lines about the choir, of which the sandbox knows only what a test adds."""
    empty_sandbox.zoom.clock = EVENING.timestamp
    return lambda: [str(line) for line in meeting_lines(meeting())]


def test_meeting_that_was_never_held(choir_said: Said, empty_sandbox: Sandbox) -> None:
    hold(empty_sandbox.zoom.world, EVENING, None)
    lines = choir_said()
    assert [line[:7] for line in lines[:5]] == ["OK     "] * 5
    assert all("no past instance to ask about yet" in line for line in lines[3:5])


def test_report_of_the_newest_instance_is_not_there(
    choir_said: Said, empty_sandbox: Sandbox
) -> None:
    ready_at = EVENING + minutes(1)
    hold(empty_sandbox.zoom.world, EVENING - minutes(90), EVENING, ready_at=ready_at)
    (report,) = [line for line in choir_said() if "Participant report" in line]
    assert report.startswith("WARNING  Participant report: Zoom has none of the newest instance.")


def test_newest_instance_that_is_too_old_stops_nothing(said: Said, today: Sandbox) -> None:
    for endpoint in ("past_meeting", "report_participants"):
        today.zoom.faults.add("too_old", endpoint=endpoint)
    old = complaints(said())
    assert [line.split(":")[0] for line in old] == [
        "WARNING  End of a session",
        "WARNING  Participant report",
    ]
    assert all("the newest instance is too old for Zoom" in line for line in old)


def test_meeting_that_has_expired_since(said: Said, today: Sandbox) -> None:
    today.zoom.faults.add("not_ready", endpoint="meeting")
    (line,) = complaints(said())
    assert line.startswith("WARNING  Meeting 98765432101: it has expired at Zoom.")


def test_check_that_breaks_off_is_a_line_of_its_own() -> None:
    line = carried_out("Meeting", lambda: {}["Ada Example"])
    assert (
        str(line) == "NOT OK   Meeting: the check itself broke off (KeyError). Report it as a bug."
    )


def test_no_participant_is_in_the_lines(said: Said, today: Sandbox) -> None:
    newest = today.zoom.world.instances(98765432101)[-1]
    people = {row[field] for row in newest.rows for field in ("name", "user_email") if row[field]}
    text = "\n".join(said())
    assert people
    assert not [one for one in people if one in text]
