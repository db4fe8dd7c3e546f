"""Deliveries to a real Airflow: one run for each instance, one report for each session."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from include.pipeline.run_note import MISTAKE
from sandbox.meeting_files import write_entries
from sandbox.zoom.instance import Instance
from sandbox.zoom.webhook import Delivery, deliver, meeting_ended
from tests.airflow_runs import finished
from tests.live.stack import Live
from tests.live.weekly import Weekly
from tests.webhook.posting import SECRET, drip, head
from tests.webhook.stack import HOME_GROUP, ITALIAN, LECTURE, Stack, held
from zoom_provider.webhook.dag_runs import run_id_of
from zoom_provider.webhook.signature import encrypt_token

UNKNOWN = "81299990000"
TOPIC = "What the host has called it"

CHOIR = Weekly("town_hall", "choir", "Choir", 81200003456)


@pytest.fixture(scope="module")
def stack(live: Live) -> Stack:
    return Stack(live)


@pytest.fixture
def lecture(stack: Stack) -> Instance:
    return held(stack.live.world, LECTURE, 1).instances[0]


@pytest.fixture
def one_more_file(stack: Stack) -> Iterator[None]:
    """A meeting that nobody has told Airflow's dag-processor of."""
    write_entries(stack.live.meetings, [CHOIR.entry()])
    yield
    (stack.live.meetings / f"{CHOIR.name}.yaml").unlink()


@pytest.fixture
def a_mistake(stack: Stack) -> Iterator[None]:
    """A new file that is no YAML yet, as while somebody types in it."""
    file = stack.live.meetings / "typing.yaml"
    file.write_text("title: Choir\n\tnotify: [")
    yield
    file.unlink()


def test_the_plugin_is_loaded(stack: Stack) -> None:
    assert stack.live.airflow.call("GET", "/plugins/importErrors")["total_entries"] == 0
    plugins = stack.live.airflow.call("GET", "/plugins")["plugins"]
    (plugin,) = (one for one in plugins if one["name"] == "zoom_attendance")
    assert [app["url_prefix"] for app in plugin["fastapi_apps"]] == ["/zoom"]


def test_url_validation_is_answered(stack: Stack) -> None:
    answer = stack.post(deliver("endpoint.url_validation", {"plainToken": "abc"}, SECRET))
    assert answer.status_code == 200
    assert answer.json()["encryptedToken"] == encrypt_token(SECRET, "abc")


def test_ten_deliveries_make_one_run_and_one_report_even_to_a_paused_dag(stack: Stack) -> None:
    airflow, instance = stack.live.airflow, held(stack.live.world, ITALIAN, 1).instances[0]
    delivery = deliver("meeting.ended", meeting_ended(instance), SECRET)
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(stack.post, [delivery] * 6))
    answers += [stack.post(delivery) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [204] * 10
    (run,) = stack.started(ITALIAN)
    assert (run["dag_run_id"], run["state"]) == (run_id_of(instance.uuid), "queued")
    airflow.unpause(ITALIAN.dag_id)
    assert finished(airflow, ITALIAN.dag_id, run["dag_run_id"])["state"] == "success"
    assert len(stack.started(ITALIAN)) == 1
    spreadsheet = stack.live.sandbox.google.spreadsheets[ITALIAN.spreadsheet]
    tabs = [tab.title for tab in spreadsheet.sheets if tab.title.startswith("20")]
    assert len(tabs) == 1
    assert tabs[0].startswith(str(instance.start.date()))


def test_restarted_evening_beside_its_weekly_run_leaves_one_whole_report(stack: Stack) -> None:
    """Three runs at the same time: two instances have ended, and a backfill does the week."""
    airflow, dag_id = stack.live.airflow, HOME_GROUP.dag_id
    instances = held(stack.live.world, HOME_GROUP, 2).instances
    start = instances[0].start
    airflow.unpause(dag_id)
    week = [start, start + timedelta(days=6)]
    airflow.backfill(dag_id, *(edge.isoformat() for edge in week))
    assert [stack.end(one).status_code for one in instances] == [204, 204]
    ids = [run["dag_run_id"] for run in airflow.runs(dag_id)]
    runs = [finished(airflow, dag_id, run_id) for run_id in ids]
    assert [run["state"] for run in runs] == ["success"] * 3
    assert len(stack.started(HOME_GROUP)) == 2
    ran = [airflow.result(dag_id, run["dag_run_id"], "sessions") for run in runs]
    uuids = [instance.uuid for instance in instances]
    same = [one for sessions in ran for one in sessions if one["uuid"] == uuids[0]]
    assert [[i["uuid"] for i in one["instances"]] for one in same] == [uuids] * 3
    first, *others = stack.reports(HOME_GROUP)
    assert others == [first] * 2
    google = stack.live.sandbox.google
    (folder,) = (file.id for file in google.files if file.name == HOME_GROUP.folder)
    assert [f.id for f in google.files if folder in f.parents] == [first["spreadsheet_id"]]
    assert len(google.spreadsheets[first["spreadsheet_id"]].sheets) == 1


def test_an_instance_that_zoom_does_not_list_yet_is_waited_for(
    stack: Stack, lecture: Instance
) -> None:
    unlisted = "/new//Instance+0000000=="
    stack.live.airflow.unpause(LECTURE.dag_id)
    assert stack.end(lecture, uuid=unlisted).status_code == 204
    stack.wait_for_state(LECTURE, run_id_of(unlisted), "sessions", "up_for_reschedule")


def test_an_event_that_a_mistake_in_the_file_may_have_hidden_is_to_come_again(
    stack: Stack, lecture: Instance, a_mistake: None
) -> None:
    before = all_runs(stack)
    assert stack.end(lecture, id=UNKNOWN).status_code == 503
    assert all_runs(stack) == before


def all_runs(stack: Stack) -> int:
    path = "/dags/~/dagRuns?run_type=manual&limit=1"
    return stack.live.airflow.call("GET", path)["total_entries"]


def test_an_unknown_meeting_is_acknowledged_and_starts_nothing(
    stack: Stack, lecture: Instance
) -> None:
    before = all_runs(stack)
    assert stack.end(lecture, id=UNKNOWN, topic=TOPIC).status_code == 204
    assert all_runs(stack) == before


@pytest.mark.parametrize("signed_with", [None, "another"])
def test_unsigned_is_refused_and_starts_nothing(
    stack: Stack, lecture: Instance, signed_with: str | None
) -> None:
    before = all_runs(stack)
    delivery = deliver("meeting.ended", meeting_ended(lecture), signed_with or SECRET)
    headers = delivery.headers if signed_with else {"content-type": "application/json"}
    assert stack.post(Delivery(delivery.body, headers)).status_code == 401
    assert all_runs(stack) == before


@pytest.mark.parametrize(("signed_with", "status"), [(None, b"401"), ("another", b"408")])
def test_a_slow_sender_is_hung_up_on(stack: Stack, signed_with: str | None, status: bytes) -> None:
    delivery = deliver("meeting.ended", {}, signed_with or SECRET)
    headers = {**(delivery.headers if signed_with else {}), "content-length": "60000"}
    url = f"{stack.live.airflow.url}/zoom/webhook"
    assert drip(url, head(headers, "/zoom/webhook")).split()[1] == status


def test_a_meeting_whose_dag_is_not_there_yet_is_to_be_delivered_again(
    stack: Stack, lecture: Instance, one_more_file: None
) -> None:
    assert stack.end(lecture, id=str(CHOIR.number), topic=TOPIC).status_code == 503
    assert stack.log_with(f"There is no Dag {CHOIR.dag_id} now")


@pytest.fixture
def a_slip_in_its_own_file(stack: Stack) -> Iterator[None]:
    file = stack.live.meetings / f"{HOME_GROUP.name}.yaml"
    before = file.read_text()
    file.write_text("title: Home group\n\tmeeting_id: [")
    yield
    file.write_text(before)


def test_a_meeting_whose_file_has_got_a_mistake_goes_on_and_its_run_says_so(
    stack: Stack, a_slip_in_its_own_file: None
) -> None:
    airflow, instance = stack.live.airflow, held(stack.live.world, HOME_GROUP, 1).instances[0]
    airflow.unpause(HOME_GROUP.dag_id)
    assert stack.end(instance).status_code == 204
    run = finished(airflow, HOME_GROUP.dag_id, run_id_of(instance.uuid))
    assert run["state"] == "success"
    mistake, report = run["note"].splitlines()
    assert mistake == MISTAKE.format(f"{HOME_GROUP.name}.yaml")
    assert " people: http" in report


def test_the_log_shows_neither_the_secret_nor_a_topic(stack: Stack, lecture: Instance) -> None:
    assert SECRET not in stack.live.airflow.call("GET", "/connections/zoom_default")["extra"]
    assert stack.end(lecture, id=UNKNOWN, topic=TOPIC).status_code == 204
    log = stack.log_with(f"Meeting {UNKNOWN} has no file in the folder of the meetings")
    assert SECRET not in log
    assert TOPIC not in log
