"""A Dag of the shape of a meeting's, whose tasks do nothing: what Airflow takes by itself."""

from __future__ import annotations

from typing import Any

import pendulum
from airflow.providers.standard.operators.python import PythonOperator
from airflow.sdk import CronTriggerTimetable, dag, task, task_group


def nothing(**given: Any) -> str:
    """Do nothing."""
    return "nothing"


@dag(
    schedule=CronTriggerTimetable("0 23 * * SUN", timezone="UTC"),
    start_date=pendulum.datetime(2026, 1, 1, tz="UTC"),
    catchup=False,
)
def empty_shape() -> None:
    """Four tasks, three of them for each session."""

    @task
    def sessions() -> list[dict[str, Any]]:
        return [{"session": "a session"}]

    @task
    def extract(session: dict[str, Any]) -> str:
        return "staged"

    @task
    def transform(session: dict[str, Any], staged: str) -> str:
        return staged

    @task_group
    def report(session: dict[str, Any]) -> None:
        staged = transform(session=session, staged=extract(session=session))
        given = {"session": session, "staged": staged}
        PythonOperator(task_id="load", python_callable=nothing, op_kwargs=given)

    report.expand(session=sessions())


empty_shape()
