"""What the pipeline needs of Zoom for one meeting; each scope is tried by the call that needs it.

Zoom looks at the scopes before it looks for a meeting, so a scope can be tried before anything was
held: the meeting's number, which names its newest instance, then gets "no such report".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from include.meetings import Meeting
from include.preflight.lines import Line, Outcome, carried_out, not_ok, ok, warning
from include.preflight.plan import plan_lines
from zoom_provider.errors import (
    ZoomBadCredentials,
    ZoomRefused,
    ZoomReportNotReady,
    ZoomUnknownMeeting,
)
from zoom_provider.hooks.zoom import Instance, ZoomHook


def zoom_lines(meeting: Meeting) -> Iterator[Line]:
    """Yield a line for each check, in the order in which they are best mended."""
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
                "meetings file."
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
        return ok(f"{what}: Zoom shows it for the newest instance.")

    def _nothing_to_read(self, what: str) -> Line:
        if not self._newest:
            return ok(f"{what}: Zoom lets the app ask; there is no past instance to ask about yet.")
        return warning(
            f"{what}: Zoom has none of the newest instance. That is so while it has ended less "
            "than half an hour ago, or when the host sat alone. Else look it up in Zoom under "
            "Reports > Usage."
        )
