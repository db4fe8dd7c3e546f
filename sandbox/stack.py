"""A throw-away Airflow: all of it on this machine, without login, gone when the block ends."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import local.airflow
from local.airflow import ROOT, settings_of
from local.ports import HOST, free_port
from local.supervisor import Say, stop_left_behind
from sandbox.airflow_api import AirflowApi
from sandbox.waiting import wait_until

__all__ = ["HOST", "ROOT", "airflow_running", "airflow_settings", "free_port", "stop_left_behind"]


def airflow_settings(home: Path, meetings: Path) -> dict[str, str]:
    """Return the environment of an Airflow that runs this checkout's Dags out of ``home``.

    :param meetings: the folder of their files.
    """
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("AIRFLOW")}
    return {
        **inherited,
        **settings_of(home),
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS": "True",
        # Seconds. Nobody changes its meetings, and reading them again would keep a processor busy.
        "AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "600",
        "AIRFLOW__ZOOM_ATTENDANCE__MEETINGS": str(meetings),
        "AIRFLOW__ZOOM_ATTENDANCE__STAGING_URL": f"file://{home}/staging",
    }


@contextmanager
def airflow_running(
    settings: Mapping[str, str], port: int = 0, say: Say = print
) -> Iterator[AirflowApi]:
    """Run Airflow until the block ends; its logs are in ``logs`` of its home."""
    with local.airflow.airflow_running(settings, port, say) as url:
        api = AirflowApi(url)
        wait_until(api.healthy, f"a healthy Airflow ({settings['AIRFLOW_HOME']}/logs/*.log)")
        yield api
