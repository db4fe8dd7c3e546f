"""The mail that nobody met in any session, as the dag-processor sends it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from airflow.callbacks.database_callback_sink import DatabaseCallbackSink
from airflow.dag_processing.bundles.manager import DagBundlesManager
from airflow.dag_processing.dagbag import DagBag, sync_bag_to_db
from airflow.dag_processing.manager import DagFileProcessorManager
from airflow.models.dagrun import DagRun
from airflow.models.taskinstance import TaskInstance
from airflow.sdk import DAG
from airflow.serialization.definitions.dag import SerializedDAG
from airflow.utils.db import initdb
from airflow.utils.session import create_session
from sqlalchemy import select

from local.postgres import Postgres
from sandbox.both import Sandbox
from sandbox.meeting_files import write_entries
from sandbox.stack import ROOT
from sandbox.zoom.rows import participant_row
from tests.dags.scheduled import as_the_scheduler_does
from tests.notifications.post_office import PostOffice, connection, open_office, subject_of, text_of
from tests.pipeline.evenings import EVENING, hold, minutes
from tests.pipeline.runs import NUMBER, SPREADSHEET

CHOIR = {
    "name": "silent_choir",
    "title": "Choir",
    "meeting_id": NUMBER,
    "timezone": "Australia/Sydney",
    "schedule": "0 23 * * SUN",
    "publish_to": SPREADSHEET,
    "notify": ["office@example.org"],
}
TICK = datetime.fromisoformat("2026-06-14T23:00:00+10:00")


@pytest.fixture(scope="module")
def dag(database: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DAG]:
    """The Dag of a meeting that somebody is notified of, in a migrated database."""
    folder = write_entries(tmp_path_factory.mktemp("meetings"), [CHOIR])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AIRFLOW__ZOOM_ATTENDANCE__MEETINGS", str(folder))
        initdb()
        DagBundlesManager().sync_bundles_to_db()
        bag = DagBag(ROOT / "dags" / "zoom_attendance.py")
        sync_bag_to_db(bag, "dags-folder", None)
        yield bag.dags["zoom_attendance_silent_choir"]


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Iterator[PostOffice]:
    with open_office() as (office, port):
        monkeypatch.setenv("AIRFLOW_CONN_SMTP_DEFAULT", json.dumps(connection(port)))
        yield office


def hold_alone(sandbox: Sandbox, *days: int) -> None:
    """Hold evenings so many days before the tick's, with the host alone: no report is made."""
    for day in days:
        start = EVENING - timedelta(days=day)
        end = start + minutes(60)
        hold(sandbox.zoom.world, start, end, [participant_row("Hana Host", start, end)])


def tell_the_dag_processor(dag: DAG, run: DagRun, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hand over a run's success as the scheduler does, to a dag-processor that reads Dags twice."""
    with create_session() as session:
        found = session.scalars(
            select(TaskInstance).where(
                TaskInstance.run_id == run.run_id, TaskInstance.task_id == "sessions"
            )
        )
        request = session.merge(run).produce_dag_callback(dag, relevant_ti=found.one())
        DatabaseCallbackSink().send(request, session=session)
    monkeypatch.setenv("AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL", "0")
    DagFileProcessorManager(max_runs=2).run()


def test_a_run_with_nobody_in_two_sessions_is_mailed_of_once(
    dag: DAG, empty_sandbox: Sandbox, office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SerializedDAG, "create_dagrun", as_the_scheduler_does)
    hold_alone(empty_sandbox, 4, 0)
    run = dag.test(logical_date=TICK)
    assert office.mails == []
    tell_the_dag_processor(dag, run, monkeypatch)
    (mail,) = office.mails
    assert subject_of(mail) == "Zoom attendance: Choir 2026-06-10 and 2026-06-14, nobody met"
    assert f"/dags/{dag.dag_id}/runs/scheduled__2026-06-14T23" in text_of(mail)
