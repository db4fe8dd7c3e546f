"""The `load` task's operator: a PythonOperator with an "Open report" button."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from airflow.providers.standard.operators.python import PythonOperator
from airflow.sdk import BaseOperatorLink
from airflow.sdk.execution_time.xcom import XCom


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
