"""What the pipeline needs of Zoom for one meeting; each scope is tried by the call that needs it.

Zoom checks the scopes before it searches for a meeting, so a scope can be tried before anything was
held: the meeting's number, which names its newest instance, then gets "no such report".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from croniter import croniter

from include.attendance.sessions import class_window, shared
from include.meeting import Meeting
from include.pipeline.selection.own_sessions import OF_CLASS
from include.preflight.lines import Line, Outcome, carried_out, not_ok, ok, warning
from zoom_provider.errors import (
    ZoomBadCredentials,
    ZoomRefused,
    ZoomReportNotReady,
    ZoomReportTooOld,
    ZoomUnknownMeeting,
)
from zoom_provider.hooks.zoom import ZoomHook
from zoom_provider.instances import Instance, usable_time

MARGIN = timedelta(minutes=30)
"""Zoom's support names up to 30 minutes for a full report."""

YEAR = 366


def zoom_lines(meeting: Meeting) -> Iterator[Line]:
    """Yield a line for each check, in the order in which they are best put right."""
    checks = _ZoomChecks(meeting)
    login = carried_out("Zoom's login", checks.log_in)
    yield login
    if login.outcome is Outcome.NOT_OK:
        yield not_ok("The rest at Zoom: not checked, because it needs the login.")
        return
    yield carried_out("Past instances", checks.list_instances)
    yield carried_out("Meeting", checks.find_meeting)
    yield carried_out("End of a session", checks.read_details)
    yield carried_out("Participant report", checks.read_report)
    if checks.planned:
        yield from plan_lines(meeting, checks.planned)


class _ZoomChecks:
    """The checks, which use what those before them found."""

    def __init__(self, meeting: Meeting) -> None:
        self._number = meeting.meeting_id
        self._hook = ZoomHook()
        self._newest: Instance | None = None
        self.planned: dict[str, Any] = {}

    def log_in(self) -> Line:
        try:
            self._hook.list_past_instances(self._number)
        except ZoomBadCredentials:
            raise
        except ZoomRefused:
            pass  # It is about a scope or the meeting: Zoom has accepted the login.
        return ok("Zoom's login: client id, secret and account id are right.")

    def list_instances(self) -> Line:
        if not (instances := self._hook.list_past_instances(self._number)):
            return ok("Past instances: Zoom lets the app list them; there is none yet.")
        self._newest = instances[-1]
        return ok(
            f"Past instances: Zoom lists {len(instances)}, the newest of "
            f"{self._newest.start:%Y-%m-%d %H:%M} UTC."
        )

    def find_meeting(self) -> Line:
        try:
            self.planned = self._hook.get_meeting(self._number)
        except ZoomUnknownMeeting:
            if not self._newest:
                raise
            return warning(
                f"Meeting {self._number}: it has expired at Zoom. Its past instances can still be "
                "read; if people meet again, put the number of their new meeting into the "
                "meeting's file."
            )
        return ok(f"Meeting {self._number}: Zoom knows it.")

    def read_details(self) -> Line:
        return self._read("End of a session", self._hook.get_past_meeting)

    def read_report(self) -> Line:
        return self._read("Participant report", self._first_page)

    def _first_page(self, uuid: str) -> None:
        next(self._hook.iter_report_pages(uuid))

    def _read(self, what: str, call: Callable[[str], object]) -> Line:
        try:
            call(self._newest.uuid if self._newest else str(self._number))
        except ZoomReportNotReady:
            return self._nothing_to_read(what)
        except ZoomReportTooOld:
            return warning(
                f"{what}: the newest instance is too old for Zoom. The next will not be."
            )
        return ok(f"{what}: Zoom shows it for the newest instance.")

    def _nothing_to_read(self, what: str) -> Line:
        if not self._newest:
            return ok(f"{what}: Zoom lets the app ask; there is no past instance to ask about yet.")
        return warning(
            f"{what}: Zoom has none of the newest instance. That is so while it has ended less "
            "than half an hour ago, or when the host sat alone. Else look it up in Zoom under "
            "Reports > Usage."
        )


def plan_lines(meeting: Meeting, planned: Mapping[str, Any]) -> Iterator[Line]:
    """Compare what a meeting's file says with how Zoom plans it.

    :param planned: the answer of ``GET /meetings/{meetingId}``.
    """
    yield carried_out("Time zone", lambda: _zone_line(meeting, planned.get("timezone")))
    yield carried_out("Schedule", lambda: _schedule_line(meeting, planned))
    if meeting.class_time and list(_planned_hours(planned)):
        yield carried_out("Class time", lambda: _class_time_line(meeting, planned))


def _zone_line(meeting: Meeting, theirs: str | None) -> Line:
    if not theirs:
        return ok(f"Time zone: Zoom names none, so {meeting.timezone} holds.")
    if theirs in available_timezones() and _same_clock(theirs, meeting.timezone):
        return ok(f"Time zone: {theirs} at Zoom, {meeting.timezone} in the meeting's file.")
    return warning(
        f"Time zone: Zoom plans the meeting in {theirs}, the meeting's file says "
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
    zone = ZoneInfo(meeting.timezone)
    # Local and naive, as cron counts.
    sessions = [(_local(start, zone), _local(end, zone)) for start, end in _planned_hours(planned)]
    if not sessions:
        return warning(
            f'Schedule: Zoom plans no fixed time. See to it yourself that "{meeting.schedule}" '
            "comes at least 30 minutes after the session's end."
        )
    for start, end in sessions:
        runs = croniter(meeting.schedule, start).get_next(datetime)
        if runs < end + MARGIN:
            return not_ok(_too_early(meeting, runs, end))
    return ok(
        f'Schedule: "{meeting.schedule}" comes at least 30 minutes after the planned end, '
        f"{end:%H:%M} ({meeting.timezone})."
    )


def _class_time_line(meeting: Meeting, planned: Mapping[str, Any]) -> Line:
    class_time, zone = str(meeting.class_time), ZoneInfo(meeting.timezone)
    for start, end in _planned_hours(planned):
        window = class_window(class_time, meeting.timezone, start, end)
        if shared((start, end), window) < min(OF_CLASS, window[1] - window[0]):
            first, last = _local(start, zone), _local(end, zone)
            return warning(
                f"Class time: it is {class_time}, but Zoom plans the session for "
                f"{first:%a %H:%M} to {last:%H:%M} ({meeting.timezone}): nothing of it would be "
                "counted. Correct `class_time` in the meeting's file, or the meeting in Zoom."
            )
    return ok(f"Class time: {class_time} is in the hours that Zoom plans.")


def _planned_hours(planned: Mapping[str, Any]) -> Iterator[tuple[datetime, datetime]]:
    """Yield start and end of each planned session, aware UTC."""
    for session in planned.get("occurrences") or [planned]:
        start = usable_time(session.get("start_time"))
        if start and session.get("duration") and session.get("status") != "deleted":
            yield start, start + timedelta(minutes=session["duration"])


def _local(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None)


def _too_early(meeting: Meeting, runs: datetime, end: datetime) -> str:
    return (
        f'Schedule: "{meeting.schedule}" runs on {runs:%a %Y-%m-%d at %H:%M}, but Zoom plans the '
        f"session until {end:%a %H:%M} ({meeting.timezone}). Change `schedule` in the meeting's "
        f"file to {end + MARGIN:%H:%M} or later."
    )
