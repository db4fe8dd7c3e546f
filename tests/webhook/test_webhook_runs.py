"""Deliveries to a real Airflow: one run for each instance, one report for each session."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from sandbox.both import running
from sandbox.google.seed import SHARED_SPREADSHEET
from sandbox.stack import ROOT, airflow_running, airflow_settings
from sandbox.zoom import World
from sandbox.zoom.webhook import Delivery, deliver, meeting_ended
from tests.webhook.posting import SECRET
from tests.webhook.stack import BIBLE_STUDY, DAGS, EVENING_CLASS, TOWN_HALL, Stack, settled
from zoom_provider.webhook.dag_runs import run_id_of
from zoom_provider.webhook.signature import encrypt_token

NEW_ENTRY = """
  - {name: choir, title: Choir, meeting_id: 812 0000 3456, timezone: Europe/London,
     schedule: "0 23 * * SUN", publish_to: {folder: Attendance reports}}
"""


@pytest.fixture(scope="module")
def stack(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    home = tmp_path_factory.mktemp("airflow")
    meetings = home / "meetings.yaml"
    meetings.write_text((ROOT / "sandbox" / "meetings.yaml").read_text())
    settings = airflow_settings(home, meetings)
    with running(world) as sandbox, airflow_running(settings) as airflow:
        for conn_id, connection in sandbox.connections.items():
            if conn_id == "zoom_default":
                connection["extra"]["webhook_secret"] = SECRET
            airflow.add_connection(conn_id, connection)
        for dag_id in DAGS.values():
            airflow.wait_for_dag(dag_id)
        yield Stack(airflow, sandbox, home, meetings)


def test_the_plugin_is_loaded(stack: Stack) -> None:
    assert stack.airflow.call("GET", "/plugins/importErrors")["total_entries"] == 0
    plugins = stack.airflow.call("GET", "/plugins")["plugins"]
    (plugin,) = (one for one in plugins if one["name"] == "zoom_attendance")
    assert [app["url_prefix"] for app in plugin["fastapi_apps"]] == ["/zoom"]


def test_url_validation_is_answered(stack: Stack) -> None:
    answer = stack.post(deliver("endpoint.url_validation", {"plainToken": "abc"}, SECRET))
    assert answer.status_code == 200
    assert answer.json()["encryptedToken"] == encrypt_token(SECRET, "abc")


def test_ten_deliveries_make_one_run_and_one_report_even_to_a_paused_dag(
    stack: Stack, world: World
) -> None:
    held = settled(world, EVENING_CLASS, 1).instances[0]
    delivery = deliver("meeting.ended", meeting_ended(held), SECRET)
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(stack.post, [delivery] * 6))
    answers += [stack.post(delivery) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [204] * 10
    (run,) = stack.started(EVENING_CLASS)
    assert (run["dag_run_id"], run["state"]) == (run_id_of(held.uuid), "queued")
    stack.airflow.unpause(DAGS[EVENING_CLASS])
    runs = stack.airflow.wait_for_runs(DAGS[EVENING_CLASS], 120)
    assert {run["state"] for run in runs} == {"success"}
    assert len(stack.started(EVENING_CLASS)) == 1
    tabs = [sheet.title for sheet in stack.sandbox.google.spreadsheets[SHARED_SPREADSHEET].sheets]
    assert len([tab for tab in tabs if tab.startswith(str(held.start.date()))]) == 1


def test_restarted_evening_beside_its_weekly_run_leaves_one_whole_report(
    stack: Stack, world: World
) -> None:
    """Three runs at the same time: two instances have ended, and a backfill does the week."""
    session = settled(world, BIBLE_STUDY, 2)
    dag_id, start = DAGS[BIBLE_STUDY], session.instances[0].start
    stack.airflow.unpause(dag_id)
    week = [start - timedelta(days=7), start - timedelta(minutes=1)]
    stack.airflow.backfill(dag_id, *(edge.isoformat() for edge in week))
    assert [stack.end(one) for one in session.instances] == [204, 204]
    runs = stack.airflow.wait_for_runs(dag_id, 120)
    assert {run["state"] for run in runs} == {"success"}
    assert len(stack.started(BIBLE_STUDY)) == 2
    ran = [stack.airflow.result(dag_id, run["dag_run_id"], "sessions") for run in runs]
    uuids = [instance.uuid for instance in session.instances]
    same = [one for sessions in ran for one in sessions if one["uuid"] == uuids[0]]
    assert [[i["uuid"] for i in one["instances"]] for one in same] == [uuids] * 3
    day = same[0]["label"]
    files = [file for file in stack.sandbox.google.files if day in file.name]
    assert len(files) == 1
    own = [one for one in stack.reports(BIBLE_STUDY) if one["spreadsheet_id"] == files[0].id]
    assert len(own) == 3
    assert own[0] == own[1] == own[2]
    assert len(stack.sandbox.google.spreadsheets[files[0].id].sheets) == 1


def test_an_instance_that_zoom_does_not_list_yet_is_waited_for(stack: Stack, world: World) -> None:
    held = settled(world, TOWN_HALL, 1).instances[0]
    payload = meeting_ended(held)
    payload["object"]["uuid"] = unlisted = "/new//Instance+0000000=="
    stack.airflow.unpause(DAGS[TOWN_HALL])
    assert stack.post(deliver("meeting.ended", payload, SECRET)).status_code == 204
    stack.wait_for_state(TOWN_HALL, run_id_of(unlisted), "sessions", "up_for_reschedule")


def all_runs(stack: Stack) -> int:
    return stack.airflow.call("GET", "/dags/~/dagRuns?run_type=manual&limit=1")["total_entries"]


def test_an_unknown_meeting_is_acknowledged_and_starts_nothing(stack: Stack, world: World) -> None:
    before = all_runs(stack)
    payload = meeting_ended(settled(world, TOWN_HALL, 1).instances[0])
    payload["object"]["id"] = "81299990000"
    assert stack.post(deliver("meeting.ended", payload, SECRET)).status_code == 204
    assert all_runs(stack) == before


@pytest.mark.parametrize("signed_with", [None, "another"])
def test_unsigned_is_refused_and_starts_nothing(
    stack: Stack, world: World, signed_with: str | None
) -> None:
    before = all_runs(stack)
    held = settled(world, TOWN_HALL, 1).instances[0]
    delivery = deliver("meeting.ended", meeting_ended(held), signed_with or SECRET)
    headers = delivery.headers if signed_with else {"content-type": "application/json"}
    assert stack.post(Delivery(delivery.body, headers)).status_code == 401
    assert all_runs(stack) == before


def test_a_meeting_whose_dag_is_not_there_yet_is_to_be_delivered_again(
    stack: Stack, world: World
) -> None:
    with stack.meetings.open("a") as file:
        file.write(NEW_ENTRY)
    payload = meeting_ended(settled(world, TOWN_HALL, 1).instances[0])
    payload["object"]["id"] = "81200003456"
    assert stack.post(deliver("meeting.ended", payload, SECRET)).status_code == 503
    assert stack.log_with("There is no Dag zoom_attendance_choir now")


def test_the_secret_is_shown_nowhere(stack: Stack) -> None:
    assert SECRET not in stack.airflow.call("GET", "/connections/zoom_default")["extra"]
    log = stack.log_with("Meeting 81299990000 has no entry in the meetings file")
    assert SECRET not in log
    assert "Evening class" not in log
