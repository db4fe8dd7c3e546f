"""A run of dag.test() that counts as the scheduler's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from airflow.models.dagrun import DagRun
from airflow.serialization.definitions.dag import SerializedDAG
from airflow.utils.types import DagRunType


def as_the_scheduler_does(
    dag: SerializedDAG,
    *,
    create: Callable[..., DagRun] = SerializedDAG.create_dagrun,
    **options: Any,
) -> DagRun:
    """Make a run that counts as the scheduler's: those of dag.test() are a person's."""
    run_id = f"scheduled__{options['logical_date'].isoformat()}"
    return create(dag, **options | {"run_id": run_id, "run_type": DagRunType.SCHEDULED})
