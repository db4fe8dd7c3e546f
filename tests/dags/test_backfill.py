"""Past weeks run through Airflow's own API: right sessions, right reports."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from sandbox.zoom.session import Session
from sandbox.zoom.truth import folded
from tests.airflow_runs import end_of_log, instances, log_of
from tests.dags.weeks import BIBLE_STUDY, DAG_ID, WEEKS, Stack
from tests.live.weekly import date_of


def held_in(stack: Stack, run: dict[str, Any]) -> list[Session]:
    return BIBLE_STUDY.sessions_of(stack.live.world, run)


def loads(stack: Stack, run: dict[str, Any]) -> list[dict[str, Any]]:
    return instances(stack.live.airflow, DAG_ID, run["dag_run_id"], "report.load")


def reports(stack: Stack) -> dict[str, dict[str, Any]]:
    """Return what the newest run of each week published, by the session's label."""
    return {
        load["rendered_map_index"]: stack.live.airflow.result(
            DAG_ID, run["dag_run_id"], "report.load", load["map_index"]
        )
        for run in stack.weeks()
        for load in loads(stack, run)
        if load["state"] == "success"
    }


def cells(stack: Stack, report: dict[str, Any], range_: str) -> list[list[str]]:
    spreadsheet = stack.live.sandbox.google.spreadsheets[report["spreadsheet_id"]]
    title = spreadsheet.sheets[0].title
    return stack.live.sandbox.google.read_cells(report["spreadsheet_id"], f"'{title}'!{range_}")


def base_name(label: str) -> str:
    """Return the name without the number that tells namesakes apart."""
    return folded(label.removesuffix(" (2)").removesuffix(" (3)"))


def test_every_week_across_the_dst_change_succeeds_with_its_own_sessions(stack: Stack) -> None:
    runs = stack.weeks()
    assert [run["state"] for run in runs] == ["success"] * WEEKS
    assert [f"{date_of(run):%a %d %b %H:%M}" for run in runs] == [
        "Sun 05 Apr 13:00",
        "Sun 12 Apr 13:00",
        "Sun 19 Apr 13:00",
        "Sun 26 Apr 13:00",
        "Sun 03 May 13:00",
    ]
    for run in runs:
        found = stack.live.airflow.result(DAG_ID, run["dag_run_id"], "sessions")
        expected = held_in(stack, run)
        assert [session["uuid"] for session in found] == [s.instances[0].uuid for s in expected]


def test_the_holiday_week_succeeds_saying_that_nobody_met(stack: Stack) -> None:
    holiday = stack.weeks()[-1]
    assert stack.live.airflow.result(DAG_ID, holiday["dag_run_id"], "sessions") == []
    assert [load["state"] for load in loads(stack, holiday)] == ["skipped"]
    (sessions,) = instances(stack.live.airflow, DAG_ID, holiday["dag_run_id"], "sessions")
    said = log_of(stack.live.airflow, sessions)
    assert "Nobody met: Zoom lists no session of Sunday Bible study between" in said


def test_the_notes_of_the_runs_say_which_they_are_and_what_came_of_them(stack: Stack) -> None:
    *held, holiday = stack.weeks()
    assert holiday["note"] == "Run 5 of 5 of a backfill.\nNobody met."
    for number, run in enumerate(held, start=1):
        published = [
            stack.live.airflow.result(DAG_ID, run["dag_run_id"], "report.load", load["map_index"])
            for load in loads(stack, run)
            if load["state"] == "success"
        ]
        notes = [f"{report['people']} people: {report['link']}" for report in published]
        assert run["note"].splitlines() == [f"Run {number} of 5 of a backfill.", *notes]


def test_the_log_of_load_ends_with_how_far_it_is(stack: Stack) -> None:
    *held, _ = stack.weeks()
    for run in held:
        progress, *reports = run["note"].splitlines()
        ran = [load for load in loads(stack, run) if load["state"] == "success"]
        assert [end_of_log(stack.live.airflow, load) for load in ran] == reports
        for load in ran:
            assert progress in log_of(stack.live.airflow, load)


def test_the_sheets_show_who_was_really_there(stack: Stack) -> None:
    shown = reports(stack)
    truths = {
        str(session.plan.day): (session.truth, {folded(name) for name in session.uncertain})
        for run in stack.weeks()
        for session in held_in(stack, run)
        if not session.plan.stray
    }
    assert shown.keys() == truths.keys()
    for label, (truth, uncertain) in truths.items():
        table = cells(stack, shown[label], shown[label]["range"])[1:]
        people = Counter((base_name(row[0]), row[1]) for row in table)
        expected = Counter(
            (base_name(name), f"{(seconds + 18) // 36 / 100:.2f}")
            for name, seconds in truth.items()
        )
        assert {person for person in people - expected if person[0] not in uncertain} == set()
        assert expected - people == Counter()


def test_the_load_task_offers_the_report(stack: Stack) -> None:
    run = stack.weeks()[1]
    (load,) = (load for load in loads(stack, run) if load["state"] == "success")
    path = f"/dags/{DAG_ID}/dagRuns/{run['dag_run_id']}/taskInstances/report.load/links"
    links = stack.live.airflow.call("GET", f"{path}?map_index={load['map_index']}")
    report = reports(stack)[load["rendered_map_index"]]
    assert links["extra_links"] == {"Open report": report["link"]}
    assert report["link"].startswith(f"{stack.live.sandbox.url}/spreadsheets/d/")


def test_the_connection_form_tests_the_zoom_connection(stack: Stack) -> None:
    connection = stack.live.sandbox.connections["zoom_default"]
    tested = stack.live.airflow.call(
        "POST",
        "/connections/test",
        **{**connection, "connection_id": "zoom_default", "extra": json.dumps(connection["extra"])},
    )
    assert tested["status"] is True, tested["message"]


def test_no_invented_person_and_no_token_is_in_logs_or_database(stack: Stack) -> None:
    rows = [
        row
        for run in stack.weeks()
        for session in held_in(stack, run)
        for instance in session.instances
        for row in instance.rows
    ]
    secrets = {row[field] for row in rows for field in ("name", "user_email") if row[field]}
    secrets |= {"sandbox-secret", *stack.live.sandbox.zoom.tokens}
    assert len(secrets) > 100
    for where, content in stack.live.written():
        found = {
            s for s in secrets if s.encode() in content or json.dumps(s)[1:-1].encode() in content
        }
        assert not found, f"{where} holds {len(found)}, such as {sorted(found)[:3]}"
