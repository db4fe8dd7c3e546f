"""The weekly Dag in one process, by ``dag.test()``, against the sandbox.

It runs every task with its templates, XComs and asset events; retries, the report's deadline and
parallel tasks need a running Airflow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from airflow.dag_processing.bundles.manager import DagBundlesManager
from airflow.dag_processing.dagbag import DagBag, sync_bag_to_db
from airflow.models.asset import AssetDagRunQueue, AssetEvent, AssetModel
from airflow.models.dag import DagModel
from airflow.models.dagrun import DagRun
from airflow.sdk import DAG
from airflow.serialization.definitions.dag import SerializedDAG
from airflow.utils.db import initdb
from airflow.utils.session import create_session
from sqlalchemy import select

from include.pipeline import run_note
from include.pipeline.outcome import RegisterResult, book_line
from include.pipeline.waiting import SETTLING, local
from local.postgres import Postgres
from sandbox.both import Sandbox
from sandbox.stack import ROOT
from tests.dags.scheduled import as_the_scheduler_does

BIBLE_STUDY = "zoom_attendance_bible_study"
RunOf = Callable[[str], DagRun]

TASKS = ["sessions", "report.extract", "report.transform", "report.load"]


@pytest.fixture(scope="module")
def dag(database: Postgres) -> DAG:
    """The Dag as the dag-processor has it, in a migrated database."""
    initdb()
    DagBundlesManager().sync_bundles_to_db()
    bag = DagBag(ROOT / "dags" / "zoom_attendance.py")
    assert not bag.import_errors
    sync_bag_to_db(bag, "dags-folder", None)
    return bag.dags[BIBLE_STUDY]


@pytest.fixture
def run_of(dag: DAG, sandbox: Sandbox) -> RunOf:
    """Run the week that ends on this day; the Zoom and the Google are the test's own."""

    def run(day: str) -> DagRun:
        return dag.test(logical_date=datetime.fromisoformat(f"{day}T23:00:00+10:00"))

    return run


def states(run: DagRun) -> dict[str, str]:
    return {one.task_id: one.state for one in run.get_task_instances()}


def sessions(run: DagRun) -> list[str]:
    """The labels of what a run has found."""
    (task,) = (one for one in run.get_task_instances() if one.task_id == "sessions")
    return [session["label"] for session in task.xcom_pull(task_ids="sessions")]


def events() -> list[dict[str, Any]]:
    """What the events of the asset say, oldest first."""
    found = (
        select(AssetEvent)
        .join(AssetModel, AssetModel.id == AssetEvent.asset_id)
        .order_by(AssetEvent.id)
    )
    with create_session() as session:
        of_asset = session.scalars(found.where(AssetModel.name == "attendance_bible_study"))
        return [event.extra for event in of_asset]


def cells(sandbox: Sandbox, link: str) -> list[list[str]]:
    """The only tab of the spreadsheet that the link opens."""
    address, _, sheet_id = link.partition("#gid=")
    spreadsheet_id = address.split("/")[-2]
    title = sandbox.google.spreadsheets[spreadsheet_id].sheet(int(sheet_id)).title
    return sandbox.google.read_cells(spreadsheet_id, f"'{title}'!A1:F200")


def test_a_week_becomes_a_report_and_an_event_of_its_asset(run_of: RunOf, sandbox: Sandbox) -> None:
    before = len(events())
    assert states(run_of("2026-05-17")) == dict.fromkeys(TASKS, "success")
    (event,) = events()[before:]
    link = event.pop("link")
    assert event.pop("session")
    assert event == {"parts": 1, "people": 75, "hours": 113.74, "incomplete": False}
    rows = cells(sandbox, link)
    assert [row[:2] for row in rows[:4]] == [
        ["Sunday Bible study", ""],
        ["Date", "Sunday 17 May 2026, 19:16 to 21:09 (Australia/Sydney)"],
        ["People", "75"],
        ["Total hours", "113.74"],
    ]
    assert [row[0] for row in rows[5:81]][-3:] == ["Galaxy Tab A", "iPhone", "iPhone (2)"]


def test_a_scheduled_run_fills_the_gap_since_the_last_success(
    run_of: RunOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SerializedDAG, "create_dagrun", as_the_scheduler_does)
    first, gap = run_of("2026-04-12"), run_of("2026-04-26")
    assert sessions(first) == ["2026-04-05", "2026-04-12"]  # that before was never published
    assert sessions(gap) == ["2026-04-19", "2026-04-26"]


def test_a_missing_scope_fails_extract_and_loads_nothing(run_of: RunOf, sandbox: Sandbox) -> None:
    before = len(events())
    sandbox.zoom.faults.add("missing_scope", endpoint="report_participants", times=99)
    run = run_of("2026-05-10")
    assert (run.state, states(run)) == (
        "failed",
        {
            "sessions": "success",
            "report.extract": "failed",
            "report.transform": "upstream_failed",
            "report.load": "upstream_failed",
        },
    )
    assert len(events()) == before


@pytest.mark.usefixtures("sandbox")
def test_what_a_person_typed_wrongly_is_no_failure_of_the_dag(
    dag: DAG, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = dag.test(run_conf={"session": "2026-06-16"})
    assert run.state == "success"
    assert states(run)["sessions"] == "skipped"
    with create_session() as session:
        ended = session.get(DagRun, run.id)
        run_note.on_dag_run_success(ended, "success")
        assert ended.note == run_note.NOTHING_DONE
        (tmp_path / "bible_study.yaml").write_text("\ttitle: [")
        monkeypatch.setenv("AIRFLOW__ZOOM_ATTENDANCE__MEETINGS", str(tmp_path))
        run_note.on_dag_run_success(ended, "success")
        mistake = run_note.MISTAKE.format("bible_study.yaml")
        assert ended.note.splitlines() == [mistake, run_note.NOTHING_DONE]


@pytest.mark.parametrize("beginning", ["scheduled", "webhook"])
def test_a_run_that_looks_just_after_a_session_says_that_it_waits(dag: DAG, beginning: str) -> None:
    now = datetime.now(UTC)
    with create_session() as session:
        run = DagRun(
            dag_id=dag.dag_id,
            run_id=f"{beginning}__just_now",
            run_type="scheduled" if beginning == "scheduled" else "manual",
            logical_date=now,
            data_interval=(now, now),
            run_after=now,
            conf={"just_ended": True} if beginning == "webhook" else {},
        )
        session.add(run)
        session.flush()
        run_note.on_dag_run_running(run, "started")
        until = local(now + SETTLING, "Australia/Sydney")
        assert run.note.startswith(f"Waiting for Zoom until {until} at least")
        session.rollback()


def test_the_morning_run_of_the_register_waits_for_nobody(register: DAG) -> None:
    now = datetime.now(UTC)
    with create_session() as session:
        run = DagRun(
            dag_id=register.dag_id,
            run_id="scheduled__this_morning",
            run_type="scheduled",
            logical_date=now,
            data_interval=(now, now),
            run_after=now,
        )
        session.add(run)
        session.flush()
        run_note.on_dag_run_running(run, "started")
        assert run.note is None
        session.rollback()


@pytest.fixture(scope="module")
def register(dag: DAG) -> DAG:
    """The Dag that keeps the same meeting's book."""
    bag = DagBag(ROOT / "dags" / "zoom_register.py")
    assert not bag.import_errors
    sync_bag_to_db(bag, "dags-folder", None)
    return bag.dags["zoom_register_bible_study"]


def test_two_weeks_become_a_book(
    dag: DAG,
    register: DAG,
    sandbox: Sandbox,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AIRFLOW__ZOOM_ATTENDANCE__RECORDS_URL", f"file://{tmp_path}")
    for day in ("2026-02-15", "2026-03-15"):
        dag.test(run_conf={"session": day})
    run = register.test(run_conf={"fill_people": True})
    assert states(run) == dict.fromkeys(["book", "register", "leaders"], "success")
    (task,) = (one for one in run.get_task_instances() if one.task_id == "register")
    written = task.xcom_pull(task_ids="register")
    assert (written["sessions"], written["leaders"]) == (2, False)
    with create_session() as session:
        ended = session.get(DagRun, run.id)
        run_note.on_dag_run_success(ended, "success")
        assert ended.note == book_line(RegisterResult(**written))
        run_note.on_dag_run_failed(ended, "failed")
        assert ended.note.splitlines() == [run_note.FAILED, book_line(RegisterResult(**written))]
    (headline, *_) = cells(sandbox, written["link"])
    assert headline[0].startswith("Sunday Bible study · Sunday 15 Mar 2026")
    spreadsheet = sandbox.google.spreadsheets[written["link"].split("/")[-2]]
    people = sandbox.google.read_cells(spreadsheet.id, "'People'!A3:A200")
    assert len([row for row in people if row[0]]) > 60


def queued(dag: DAG) -> int:
    """How many runs asset events have made due."""
    lines = select(AssetDagRunQueue).where(AssetDagRunQueue.target_dag_id == dag.dag_id)
    with create_session() as session:
        return len(list(session.scalars(lines)))


def switch(dag: DAG, *, on: bool) -> None:
    with create_session() as session:
        session.get(DagModel, dag.dag_id).is_paused = not on


@pytest.fixture
def switched_on(register: DAG) -> Iterator[DAG]:
    switch(register, on=True)
    yield register
    switch(register, on=False)


@pytest.mark.usefixtures("sandbox")
def test_asset_events_wait_together_for_one_run(dag: DAG, switched_on: DAG) -> None:
    """However many sessions a backfill reports on, one line waits in Airflow's queue of them."""
    before, lines = len(events()), []
    for day in ("2026-02-22", "2026-03-01"):
        lines.append(queued(switched_on))
        dag.test(run_conf={"session": day})
    assert len(events()) == before + 2
    assert [*lines, queued(switched_on)] == [0, 1, 1]
