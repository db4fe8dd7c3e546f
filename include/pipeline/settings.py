"""What an installation may set, in Airflow's own way: AIRFLOW__ZOOM_ATTENDANCE__<NAME>."""

from __future__ import annotations

import os
from pathlib import Path

from airflow.sdk.configuration import conf

from include import meetings

_SECTION = "zoom_attendance"


def meetings_file() -> Path:
    """Return the meetings file: MEETINGS_FILE, by default include/meetings.yaml."""
    return Path(conf.get(_SECTION, "meetings_file", fallback=str(meetings.DEFAULT_FILE)))


def staging_url() -> str:
    """Return where staged files go: STAGING_URL, by default a folder of Airflow's home."""
    home = Path(os.environ.get("AIRFLOW_HOME", "~/airflow")).expanduser().absolute()
    return str(conf.get(_SECTION, "staging_url", fallback=f"file://{home}/staging"))
