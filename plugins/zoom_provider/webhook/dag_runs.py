"""Starting dag runs from inside the api-server, once for each key."""

from __future__ import annotations

import base64
import logging
from typing import Any

from airflow.exceptions import DagNotFound, DagRunAlreadyExists
from sqlalchemy.exc import DBAPIError
from tenacity import retry, retry_if_exception_type, stop_after_attempt, wait_random

from zoom_provider.webhook.events import DeliverAgain

log = logging.getLogger(__name__)

ATTEMPTS = 4
PAUSE = wait_random(0.1, 0.4)
"""Seconds. Together well below the 3 seconds that Zoom waits for its response."""


def run_id_of(uuid: str) -> str:
    """Name the run of an instance: Zoom's UUIDs hold ``/`` and ``=``, which run ids must not."""
    return "zoom__" + base64.urlsafe_b64encode(uuid.encode()).decode().rstrip("=")


def start_run(dag_id: str, run_id: str, conf: dict[str, Any]) -> None:
    """Start a run without a data interval, unless there is one of this id.

    The run of a paused Dag stays queued until the Dag is switched on. Raises DeliverAgain if there
    is no such Dag (yet), or the database does not answer.
    """
    try:
        _trigger(dag_id, run_id, conf)
        log.info("Started the run %s of %s.", run_id, dag_id)
    except DagRunAlreadyExists:
        log.info("The run %s of %s is there already.", run_id, dag_id)
    except DagNotFound:
        raise DeliverAgain(f"There is no Dag {dag_id} now: see Airflow's import errors.") from None
    except DBAPIError as error:
        raise DeliverAgain(f"Airflow's database: {type(error.orig).__name__}.") from None


# Two deliveries at the same moment: the slower hits the unique key, and finds the run then.
@retry(
    retry=retry_if_exception_type(DBAPIError),
    wait=PAUSE,
    stop=stop_after_attempt(ATTEMPTS),
    reraise=True,
)
def _trigger(dag_id: str, run_id: str, conf: dict[str, Any]) -> None:
    # The function behind Airflow's own TriggerDagRunOperator, rather than a call of the public REST
    # API: that wants a user, whom each auth manager makes in its own way, and the address at which
    # this server reaches itself. Imported late, for plugins are also loaded where tasks run, and
    # those have no business with Airflow's models.
    from airflow.api.common.trigger_dag import trigger_dag
    from airflow.models.dag import DagModel
    from airflow.utils.types import DagRunTriggeredByType

    dag = DagModel.get_current(dag_id)
    if dag is None or dag.is_stale:
        raise DagNotFound(dag_id)
    trigger_dag(
        dag_id,
        run_id=run_id,
        conf=conf,
        triggered_by=DagRunTriggeredByType.REST_API,
        triggering_user_name="Zoom",
    )
