"""What Airflow's screens show of a meeting: asset, "Open report", and the trigger form.

The help texts of the form stand in the form.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from airflow.providers.standard.operators.python import PythonOperator
from airflow.sdk import Asset, BaseOperatorLink, Param
from airflow.sdk.exceptions import AirflowSkipException
from airflow.sdk.execution_time.xcom import XCom

from include.meeting import Meeting

LOCAL_DATE = "{{ task.op_kwargs['session']['label'] }}"
"""What the grid calls a task of one session."""

log = logging.getLogger(__name__)

_DAY: dict[str, Any] = {"default": None, "type": ["null", "string"], "format": "date"}

PARAMS = {
    "session": Param(
        **_DAY,
        title="The session of this day",
        description="In the meeting's time zone. Of several it takes the class.",
    ),
    "time": Param(
        None,
        # No `format`: Airflow's field for times asks for seconds, and refuses a time without them.
        type=["null", "string"],
        pattern="^([01]?[0-9]|2[0-3]):[0-5][0-9]$",
        title="The session at this time",
        description="With its day: when it began, such as 19:30, by the clocks of the meeting's "
        "time zone. The run then takes this session alone, class or not.",
    ),
    "uuid": Param(
        None,
        type=["null", "string"],
        pattern=r"^[A-Za-z0-9+/_-]{20,98}={0,2}$",
        title="The session with this UUID",
        description="Zoom's UUID of one of its instances, from the log of an earlier run.",
    ),
    "from_date": Param(
        **_DAY,
        title="Sessions from this day",
        description="Up to now, if no last day is filled in. With nothing at all filled in, the "
        "run takes the last seven days.",
    ),
    "to_date": Param(
        **_DAY,
        title="Sessions up to this day",
        description="With a first day; both included, in the meeting's time zone.",
    ),
    "publish_incomplete": Param(
        False,
        type="boolean",
        title="Publish although rows are missing",
        description="Only for a session that fails again and again because of rows, a report, "
        "durations or an end that Zoom does not deliver. The report then says at its top what is "
        "missing.",
    ),
}


def attendance_of(meeting: Meeting) -> Asset:
    """Return the asset that says a session of the meeting has been reported on."""
    return Asset(name=f"attendance_{meeting.name}", group="zoom_attendance")


class OpenReport(BaseOperatorLink):
    """Opens what the task published: the ``link`` of its return value."""

    name = "Open report"

    def get_link(self, operator: object, *, ti_key: Any) -> str:  # noqa: ARG002
        """Return the address; empty before the task has ended well."""
        result = XCom.get_value(key="return_value", ti_key=ti_key)
        return result["link"] if result else ""


class PublishOperator(PythonOperator):
    """Calls ``python_callable``, which returns a mapping with a ``link``.

    The callable's docstring is the task's documentation. One instance runs at a time in all runs of
    the Dag: backfill and weekly run may want the same sheet.
    """

    operator_extra_links = (OpenReport(),)

    def __init__(self, *, python_callable: Callable[..., Any], **kwargs: Any) -> None:
        kwargs.setdefault("doc_md", python_callable.__doc__)
        super().__init__(python_callable=python_callable, max_active_tis_per_dag=1, **kwargs)


def nothing_to_do(reason: str) -> AirflowSkipException:
    """Return what skips the run's tasks: what a person typed wrongly is no failure of the Dag.

    :param reason: what is wrong with it, and what to fill in instead.
    """
    log.warning("Nothing was done. %s", reason)  # Airflow folds its own line away
    return AirflowSkipException(reason)


def title(name: str) -> str:
    """Return what the form calls a field."""
    return str(PARAMS[name].schema["title"])


def way_out(uuid: str) -> str:
    """Say what to do when Zoom never delivers what it should of the session with this UUID.

    It is the UUID and no day: of a day the run takes the class, whichever session has failed.
    """
    return (
        f"trigger the Dag with {uuid} under '{title('uuid')}' and with "
        f"'{title('publish_incomplete')}': the report then says at its top what is missing."
    )
