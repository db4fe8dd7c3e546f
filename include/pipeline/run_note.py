"""The note of a run, which Airflow shows beside it: what came of it.

A listener: Airflow calls it in the scheduler, when a run has ended.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from airflow.listeners import hookimpl

from include.meeting import DAG_ID_PREFIX, read_meeting
from include.pipeline.records import Published
from include.pipeline.settings import meetings_folder

if TYPE_CHECKING:
    from airflow.models.dagrun import DagRun
    from sqlalchemy.orm import Session

LONGEST = 1000
"""Characters, as Airflow's database has it."""

FAILED = "A task has failed: the end of its log says what to do."

MISTAKE = (
    "{} has a mistake: this run used its last good reading. See the import errors on Airflow's "
    "start page."
)


@hookimpl
def on_dag_run_success(dag_run: DagRun, msg: str) -> None:  # noqa: ARG001  (as Airflow calls it)
    """Write what was published, or that nobody met."""
    _write(dag_run)


@hookimpl
def on_dag_run_failed(dag_run: DagRun, msg: str) -> None:  # noqa: ARG001
    """Write where to look, and what was published all the same."""
    _write(dag_run, FAILED)


def _write(dag_run: DagRun, first: str = "") -> None:
    """Write the note; one that a person has written stays."""
    # Here, as workers load this module, too, and have no business with Airflow's models.
    from sqlalchemy.orm import object_session

    session = object_session(dag_run)
    # `airflow dags test` hands over a run without a session.
    if session is None or not dag_run.dag_id.startswith(DAG_ID_PREFIX):
        return
    if not (dag_run.dag_run_note and dag_run.dag_run_note.user_id):
        dag_run.note = note(_published(dag_run, session), first, mistake_now(dag_run.dag_id))


def _published(dag_run: DagRun, session: Session) -> list[Published]:
    from airflow.models.xcom import XComModel

    of_load = XComModel.get_many(
        run_id=dag_run.run_id,
        dag_ids=dag_run.dag_id,
        task_ids="report.load",
        key="return_value",
    )
    values = map(XComModel.deserialize_value, session.scalars(of_load))
    return [Published.model_validate(value) for value in values]


def mistake_now(dag_id: str) -> str:
    """Return a line about the file of a Dag's meeting, if it has a mistake now."""
    file = meetings_folder() / f"{dag_id.removeprefix(DAG_ID_PREFIX)}.yaml"
    return MISTAKE.format(file.name) if file.exists() and read_meeting(file)[1] else ""


def note(reports: list[Published], first: str = "", mistake: str = "") -> str:
    """Return the note of a run with these reports.

    :param first: how it begins.
    :param mistake: what stands before all else, if the meeting's file has one.
    """
    came_of_it = [first] * bool(first) + [_line(report) for report in reports]
    lines = [mistake] * bool(mistake) + (came_of_it or ["Nobody met."])
    while len(text := "\n".join(lines)) > LONGEST:
        lines.pop()  # half a link leads nowhere
    return text


def _line(report: Published) -> str:
    people = "1 person" if report.people == 1 else f"{report.people} people"
    incomplete = ", incomplete" if report.incomplete else ""
    return f"{people}{incomplete}: {report.link}"
