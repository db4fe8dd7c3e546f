"""Meetings and dag runs, as the steps of the pipeline are given them."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest

from include.meeting import Meeting
from sandbox.google.seed import SHARED_SPREADSHEET

NUMBER = 812_0000_3456
FOLDER = {"folder": "Attendance reports"}
SPREADSHEET = {"spreadsheet": SHARED_SPREADSHEET}
WHERE = pytest.mark.parametrize("place", [FOLDER, SPREADSHEET], ids=["folder", "spreadsheet"])


def meeting(**changes: Any) -> Meeting:
    entry = {
        "name": "choir",
        "title": "Choir",
        "meeting_id": NUMBER,
        "timezone": "Australia/Sydney",
        "schedule": "0 23 * * SUN",
        "publish_to": SPREADSHEET,
    }
    return Meeting.model_validate(entry | changes)


def run(
    start: datetime | None = None,
    end: datetime | None = None,
    *,
    now: datetime | None = None,
    **params: str | None,
) -> dict[str, Any]:
    """A context; without `start` that of a run from the API, which has no date.

    :param start: the run's date.
    :param end: that of its interval, for a run of the old dating.
    """
    nothing = dict.fromkeys(("session", "time", "uuid", "from_date", "to_date"))
    interval = {"data_interval_start": start, "data_interval_end": end or start} if start else {}
    return {
        "params": nothing | params,
        "dag_run": SimpleNamespace(
            dag_id="zoom_attendance_choir",
            run_id="manual__2026-06-14T23:00:00+10:00",
            run_after=now,
        ),
        **interval,
    }
