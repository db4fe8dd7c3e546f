"""What an installation may set, in Airflow's own way: AIRFLOW__ZOOM_ATTENDANCE__<NAME>."""

from __future__ import annotations

import os
from pathlib import Path

from airflow.sdk.configuration import conf

from include.meeting import DEFAULT_FOLDER

_SECTION = "zoom_attendance"


def meetings_folder() -> Path:
    """Return the folder of the meetings' files: MEETINGS, by default include/meetings."""
    return Path(conf.get(_SECTION, "meetings", fallback=str(DEFAULT_FOLDER)))


def staging_url() -> str:
    """Return where staged files go: STAGING_URL, by default a folder of Airflow's home."""
    return str(conf.get(_SECTION, "staging_url", fallback=f"file://{airflow_home()}/staging"))


def records_url() -> str:
    """Return where attendance records are kept: RECORDS_URL, by default a folder of the home."""
    return str(conf.get(_SECTION, "records_url", fallback=f"file://{airflow_home()}/records"))


def airflow_home() -> Path:
    """Return Airflow's own folder on this machine."""
    return Path(os.environ.get("AIRFLOW_HOME", "~/airflow")).expanduser().absolute()


def outdated_settings() -> list[str]:
    """Return what to do with each setting of earlier versions that is still there."""
    if conf.get(_SECTION, "meetings_file", fallback=None) is None:
        return []
    return [
        "The setting AIRFLOW__ZOOM_ATTENDANCE__MEETINGS_FILE is of an earlier version. Give each "
        "meeting a file of its own, <name>.yaml, without the line `name`, and name their folder "
        "in AIRFLOW__ZOOM_ATTENDANCE__MEETINGS."
    ]
