"""The body of GET /meetings/{number}: a meeting as planned, and whether it is running."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sandbox.zoom.answers import known_number
from sandbox.zoom.instance import HOST
from sandbox.zoom.people import cast
from sandbox.zoom.rows import zoom_time
from sandbox.zoom.series import Series
from sandbox.zoom.state import ZoomState
from sandbox.zoom.uuids import instance_uuid


def meeting(state: ZoomState, reference: str, query: Mapping[str, str]) -> dict[str, Any]:
    """`uuid` is that of the running or the next instance; no start link and no passcode."""
    number = known_number(state, reference)
    instances = state.world.instances(number)
    running = next((one for one in instances if one.end is None), None)
    series = state.world.series.get(number)
    host = cast(series)[0] if series else HOST
    return {
        "uuid": running.uuid if running else instance_uuid(f"{number}/next", 0),
        "id": number,
        "host_id": host.account_id,
        "host_email": host.email,
        "topic": series.topic if series else instances[-1].topic,
        "status": "started" if running else "waiting",
        "join_url": f"https://example.com/j/{number}",
        **(_weekly(series, state.clock()) if series else {"type": 3, "timezone": "UTC"}),
    }


def _weekly(series: Series, now: float) -> dict[str, Any]:
    day = datetime.fromtimestamp(now, UTC).date() - timedelta(days=1)
    while day.weekday() != series.weekday or series.planned(day)[0] <= now:
        day += timedelta(days=1)
    begins, ends = series.planned(day)
    return {
        "type": 8,
        "start_time": zoom_time(datetime.fromtimestamp(begins, UTC)),
        "duration": (ends - begins) // 60,
        "timezone": series.zone,
    }
