"""What a scheduled run needs to know of the runs before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from airflow.sdk import Asset

SCHEDULED = "scheduled__"
"""So the scheduler's run ids begin; a backfill that runs one again changes its type only."""

MEMORY = timedelta(days=90)
"""Older events of the asset say nothing of the sessions that a run may still take."""


@dataclass(frozen=True)
class EarlierRuns:
    """What earlier runs have done.

    :param covered_until: the date of the last scheduled run that succeeded; None if there is none.
    :param published: the sessions, by UUID, that runs of any kind have published.
    """

    covered_until: datetime | None
    published: frozenset[str]


def earlier_runs(context: Mapping[str, Any], attendance: Asset) -> EarlierRuns | None:
    """Ask Airflow; None for a run that is not the scheduler's, as such a run fills no gaps.

    :param attendance: the asset whose events say what was published.
    """
    if not context["run_id"].startswith(SCHEDULED):
        return None
    date = context["logical_date"]
    events = context["inlet_events"][attendance].after((date - MEMORY).isoformat())
    published = frozenset(event.extra["session"] for event in events if "session" in event.extra)
    return EarlierRuns(_last_success(context["ti"], date), published)


def _last_success(ti: Any, before: datetime) -> datetime | None:
    """Return the date of the last scheduled run that succeeded."""
    while earlier := ti.get_previous_ti(logical_date=before):
        before = earlier.logical_date
        scheduled = earlier.run_id.startswith(SCHEDULED)
        if scheduled and ti.get_dagrun_state(ti.dag_id, earlier.run_id) == "success":
            return before
    return None
