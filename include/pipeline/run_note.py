"""The note of a run, which Airflow shows beside it: how far it is, and what came of it.

A listener: Airflow calls it in the scheduler, when a run begins and when it has ended.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from airflow.listeners import hookimpl

from include.meeting import DAG_ID_PREFIX, REGISTER_PREFIX, read_meeting
from include.pipeline.outcome import PROGRESS, RegisterResult, book_line, report_line
from include.pipeline.settings import meetings_folder
from include.pipeline.task_data import PublishedReport
from include.pipeline.waiting import SETTLING, local

if TYPE_CHECKING:
    from airflow.models.dagrun import DagRun
    from sqlalchemy.orm import Session as DbSession

MAX_NOTE_CHARACTERS = 1000
"""Characters, as Airflow's database has it."""

FAILED = "A task has failed: the end of its log says what to do."

NOTHING_DONE = (
    "Nothing was published: no session was that of the class, or what was filled in names none. "
    "The end of the log of `sessions` says what to do."
)

MISTAKE = (
    "{} has a mistake: this run used its last good reading. See the import errors on Airflow's "
    "start page."
)


AS_NOBODY_MET = {"success", "skipped", "removed"}
"""States that tasks may be in when nobody met. They are skipped then, or there is none of them."""

MARKED = "Somebody marked this run as success: nothing was published."


@hookimpl
def on_dag_run_running(dag_run: DagRun, msg: str) -> None:  # noqa: ARG001  (as Airflow calls it)
    """Write how far a backfill is, also for the tasks, and how long the run waits for Zoom."""
    _write(dag_run, lambda db: [*_begun(dag_run, db), *_waits(dag_run)])


@hookimpl
def on_dag_run_success(dag_run: DagRun, msg: str) -> None:  # noqa: ARG001
    """Write what was published, or that nobody met."""
    _write(dag_run, lambda db: _came_of(dag_run, db))


@hookimpl
def on_dag_run_failed(dag_run: DagRun, msg: str) -> None:  # noqa: ARG001
    """Write where to look, and what was published all the same."""
    _write(dag_run, lambda db: _came_of(dag_run, db, FAILED))


def _write(dag_run: DagRun, lines_of: Callable[[DbSession], list[str]]) -> None:
    """Write the note, if there is one; one that a person has written stays."""
    # Here, as workers load this module, too, and have no business with Airflow's models.
    from sqlalchemy.orm import object_session

    db = object_session(dag_run)
    # `airflow dags test` hands over a run without one.
    if db is None or not dag_run.dag_id.startswith((DAG_ID_PREFIX, REGISTER_PREFIX)):
        return
    lines = lines_of(db)
    if lines and not (dag_run.dag_run_note and dag_run.dag_run_note.user_id):
        dag_run.note = fitting(lines)


def _came_of(dag_run: DagRun, db: DbSession, first: str = "") -> list[str]:
    """Return what came of a run that has ended."""
    before = [*mistake_now(dag_run.dag_id), *_progress(dag_run, db)]
    if dag_run.dag_id.startswith(REGISTER_PREFIX):
        books = map(RegisterResult.model_validate, _results(dag_run, "register", db))
        return [*before, *_if_any(first), *map(book_line, books)]
    if _looked_for_nothing(dag_run, db):
        return [*before, NOTHING_DONE]
    reports = list(map(PublishedReport.model_validate, _results(dag_run, "report.load", db)))
    if not reports and not first and _is_marked(dag_run, db):
        return [*before, MARKED]
    return [*before, *outcome(reports, first)]


def _begun(dag_run: DagRun, db: DbSession) -> list[str]:
    """Return which run of its backfill it is, after handing that on to its tasks."""
    lines = _progress(dag_run, db)
    if lines:
        dag_run.conf = (dag_run.conf or {}) | {PROGRESS: lines[0]}
    return lines


def _progress(dag_run: DagRun, db: DbSession) -> list[str]:
    """Return which run of its backfill it is, if it is of one."""
    from airflow.models.backfill import BackfillDagRun
    from sqlalchemy import select

    run, ordinal = BackfillDagRun.dag_run_id, BackfillDagRun.sort_ordinal
    of_backfill = select(run).where(BackfillDagRun.backfill_id == dag_run.backfill_id)
    runs = list(db.scalars(of_backfill.where(run.is_not(None)).order_by(ordinal)))
    if dag_run.id not in runs:
        return []
    return [f"Run {runs.index(dag_run.id) + 1} of {len(runs)} of a backfill."]


def _waits(dag_run: DagRun) -> list[str]:
    """Return until when the run waits at least, if it started just after a session."""
    if dag_run.dag_id.startswith(REGISTER_PREFIX):
        return []
    scheduled = dag_run.run_type == "scheduled" and dag_run.data_interval_end
    ended = scheduled or ((dag_run.conf or {}).get("just_ended") and dag_run.run_after)
    if not ended or datetime.now(UTC) >= ended + SETTLING:
        return []
    until = local(ended + SETTLING, _timezone(dag_run.dag_id))
    return [f"Waiting for Zoom until {until} at least: it has not counted everybody yet."]


def _timezone(dag_id: str) -> str:
    """Return the zone of a Dag's meeting; UTC if its file has a mistake now."""
    meeting, _ = read_meeting(_file(dag_id))
    return meeting.timezone if meeting else "UTC"


def _results(dag_run: DagRun, task_id: str, db: DbSession) -> list[Any]:
    """Return what the instances of a task have returned."""
    from airflow.models.xcom import XComModel

    of_task = XComModel.get_many(
        run_id=dag_run.run_id,
        dag_ids=dag_run.dag_id,
        task_ids=task_id,
        key="return_value",
    )
    return [XComModel.deserialize_value(xcom) for xcom in db.scalars(of_task)]


def _looked_for_nothing(dag_run: DagRun, db: DbSession) -> bool:
    """Tell whether what a person filled in names no session: the first task skips itself then."""
    sessions = dag_run.get_task_instance("sessions", session=db)
    return sessions is not None and sessions.state == "skipped"


def _is_marked(dag_run: DagRun, db: DbSession) -> bool:
    """Tell whether a run without reports is a success only because a person marked it as one."""
    states = {task.state for task in dag_run.get_task_instances(session=db)}
    if not states <= AS_NOBODY_MET or not (found := _results(dag_run, "sessions", db)):
        return True
    return bool(found[0]) and "skipped" not in states


def _file(dag_id: str) -> Path:
    name = dag_id.removeprefix(DAG_ID_PREFIX).removeprefix(REGISTER_PREFIX)
    return meetings_folder() / f"{name}.yaml"


def mistake_now(dag_id: str) -> list[str]:
    """Return a line about the file of a Dag's meeting, if it has a mistake now."""
    file = _file(dag_id)
    return [MISTAKE.format(file.name)] if file.exists() and read_meeting(file)[1] else []


def outcome(reports: list[PublishedReport], first: str = "") -> list[str]:
    """Return a line for each report, or that nobody met.

    :param first: how it begins.
    """
    return [*_if_any(first), *map(report_line, reports)] or ["Nobody met."]


def _if_any(line: str) -> list[str]:
    return [line] if line else []


def fitting(lines: list[str]) -> str:
    """Return the note of these lines, without the last ones if there is no room for them."""
    while len(text := "\n".join(lines)) > MAX_NOTE_CHARACTERS:
        lines = lines[:-1]  # half a link leads nowhere
    return text
