"""The `load` task's operator: a PythonOperator with an "Open report" button."""

from __future__ import annotations

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
    """Calls ``python_callable``, which returns a mapping with a ``link``."""

    operator_extra_links = (OpenReport(),)
