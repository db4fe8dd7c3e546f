"""A meeting as planned at Zoom, against its entry in the meetings file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from croniter import croniter

from include.meetings import Meeting
from include.preflight.lines import Line, carried_out, not_ok, ok, warning
from zoom_provider.hooks.zoom import parse_time

MARGIN = timedelta(minutes=30)
"""Zoom's support names up to 30 minutes for a full report."""

YEAR = 366


def plan_lines(meeting: Meeting, planned: Mapping[str, Any]) -> Iterator[Line]:
    """Compare with the answer of ``GET /meetings/{meetingId}``."""
    yield carried_out("Time zone", lambda: _zone_line(meeting, planned.get("timezone")))
    yield carried_out("Schedule", lambda: _schedule_line(meeting, planned))


def _zone_line(meeting: Meeting, theirs: str | None) -> Line:
    if not theirs:
        return ok(f"Time zone: Zoom names none, so {meeting.timezone} holds.")
    if theirs in available_timezones() and _same_clock(theirs, meeting.timezone):
        return ok(f"Time zone: {theirs} at Zoom, {meeting.timezone} in the meetings file.")
    return warning(
        f"Time zone: Zoom plans the meeting in {theirs}, the meetings file says "
        f"{meeting.timezone}. Schedule, class time and report follow the file; correct the one "
        "that is wrong."
    )


def _same_clock(one: str, other: str) -> bool:
    """Tell whether two zones show the same time all through a year: names have aliases."""
    now = datetime.now(UTC)
    days = [now + timedelta(days=day) for day in range(YEAR)]
    return all(
        day.astimezone(ZoneInfo(one)).utcoffset() == day.astimezone(ZoneInfo(other)).utcoffset()
        for day in days
    )


def _schedule_line(meeting: Meeting, planned: Mapping[str, Any]) -> Line:
    sessions = list(_planned_hours(planned, ZoneInfo(meeting.timezone)))
    if not sessions:
        return warning(
            f'Schedule: Zoom plans no fixed time. See to it yourself that "{meeting.schedule}" '
            "comes at least 30 minutes after the session's end."
        )
    for start, end in sessions:
        looks = croniter(meeting.schedule, start).get_next(datetime)
        if looks < end + MARGIN:
            return not_ok(_too_early(meeting, looks, end))
    return ok(
        f'Schedule: "{meeting.schedule}" comes at least 30 minutes after the planned end, '
        f"{end:%H:%M} ({meeting.timezone})."
    )


def _planned_hours(
    planned: Mapping[str, Any], zone: ZoneInfo
) -> Iterator[tuple[datetime, datetime]]:
    """Yield start and end of each planned session, local and naive, as cron counts."""
    for session in planned.get("occurrences") or [planned]:
        known = session.get("start_time") and session.get("duration")
        if known and session.get("status") != "deleted":
            start = parse_time(session["start_time"])
            end = start + timedelta(minutes=session["duration"])
            yield _local(start, zone), _local(end, zone)


def _local(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None)


def _too_early(meeting: Meeting, looks: datetime, end: datetime) -> str:
    return (
        f'Schedule: "{meeting.schedule}" looks on {looks:%a %Y-%m-%d at %H:%M}, but Zoom plans the '
        f"session until {end:%a %H:%M} ({meeting.timezone}). Change `schedule` in the meetings "
        f"file to {end + MARGIN:%H:%M} or later."
    )
