"""Which time a dag run looks at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from airflow.sdk.exceptions import AirflowFailException

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Window:
    """Sessions that start in ``[start, end)``, aware UTC."""

    start: datetime
    end: datetime

    def holds(self, instant: datetime) -> bool:
        """Tell whether an instant lies in the window."""
        return self.start <= instant < self.end


def window_of_run(context: Mapping[str, Any], timezone: str) -> Window:
    """Return the dates that the run's params name, else its data interval, else the last week.

    Runs from the API or an asset have no data interval: its keys are absent from the context.
    """
    params = context["params"]
    first, last = params["from_date"], params["to_date"]
    if day := params["session"]:
        first = last = day
    if first or last:
        return _days(first or last, last or first, ZoneInfo(timezone))
    if (start := context.get("data_interval_start")) and (end := context["data_interval_end"]):
        return Window(start, end)
    now = context["dag_run"].run_after
    return Window(now - WEEK, now)


def _days(first: str, last: str, zone: ZoneInfo) -> Window:
    """Return whole local days, the last one included."""
    from_date, to_date = _day(first), _day(last)
    if to_date < from_date:
        raise AirflowFailException(
            f"The run's params end ({to_date}) before they begin ({from_date}). Trigger the Dag "
            "again with from_date on or before to_date."
        )
    return Window(_midnight(from_date, zone), _midnight(to_date + timedelta(days=1), zone))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise AirflowFailException(
            f"The run's params name {text!r}, which is no day of the calendar. Trigger the Dag "
            "again with a date such as 2026-03-01."
        ) from None


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)
