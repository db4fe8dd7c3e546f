"""ZoomHook: past meetings and participant reports of one Zoom account."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any
from urllib.parse import quote

import requests
from airflow.sdk import BaseHook

from zoom_provider import instances, report, responses
from zoom_provider.account import ZoomAccount
from zoom_provider.client import ZoomClient
from zoom_provider.errors import (
    ZoomBadRequest,
    ZoomError,
    ZoomReportNotReady,
    ZoomUnavailable,
    ZoomUnknownMeeting,
)
from zoom_provider.instances import Instance


class ZoomHook(BaseHook):
    """A Zoom account, reached through an Airflow connection of type ``zoom``.

    Every call may raise ZoomRefused, ZoomLimitReached or ZoomUnavailable (see
    ``zoom_provider.errors``). A call repeats by itself what passes within a minute, and keeps to
    the plan's per-second limits (https://developers.zoom.us/docs/api/rate-limits/).

    :param zoom_conn_id: the connection; it is read at the first call.
    """

    conn_name_attr = "zoom_conn_id"
    default_conn_name = "zoom_default"
    conn_type = "zoom"
    hook_name = "Zoom"

    def __init__(self, zoom_conn_id: str = default_conn_name) -> None:
        super().__init__()
        self.zoom_conn_id = zoom_conn_id

    @cached_property
    def account(self) -> ZoomAccount:
        """The connection, read at the first request and not before."""
        return ZoomAccount.from_connection(self.get_connection(self.zoom_conn_id))

    @cached_property
    def _client(self) -> ZoomClient:
        return ZoomClient(self.account)

    def get_conn(self) -> requests.Session:
        """Return the session that sends the account's token with every request.

        It knows neither the plan's limits nor a total time limit: prefer the methods below.
        """
        return self._client.session

    def list_past_instances(self, meeting_id: int, *, patient: bool = False) -> list[Instance]:
        """Return the ended instances of a meeting, oldest first; Zoom goes back 15 months.

        Each UUID once, with its earliest start. An instance that is listed without a usable start
        has that of its details; the log names those that have neither. Empty for a meeting that was
        never held, and for one that Zoom does not know. See
        https://developers.zoom.us/docs/api/meetings/#tag/meetings/GET/past_meetings/{meetingId}/instances

        :param patient: raise ZoomReportNotReady while Zoom has no details of one that is listed
            without a start, instead of leaving it out.
        """
        try:
            body = self._client.get("medium", f"/past_meetings/{meeting_id}/instances")
        except responses.ZoomNotFound:
            return []
        listed = responses.rows(body, "meetings")
        found = instances.parse_instances(listed, self.get_past_meeting, patient=patient)
        if listed and not found:
            raise ZoomUnavailable("Zoom lists instances, but none with a UUID and a start.")
        return found

    def get_past_meeting(self, uuid: str) -> dict[str, Any]:
        """Return the details of one ended instance: ``end_time``, ``participants_count`` and more.

        Raises ZoomReportNotReady while Zoom has none. See
        https://developers.zoom.us/docs/api/meetings/#tag/meetings/GET/past_meetings/{meetingId}
        """
        try:
            return self._client.get("light", f"/past_meetings/{path_segment(uuid)}")
        except responses.ZoomNotFound as error:
            raise ZoomReportNotReady(str(error)) from None

    def get_meeting(self, meeting_id: int) -> dict[str, Any]:
        """Return a meeting as scheduled; its ``status`` is ``started`` while it runs.

        The response holds secrets (``start_url``, passcodes): do not log it. Raises
        ZoomUnknownMeeting. See
        https://developers.zoom.us/docs/api/meetings/#tag/meetings/GET/meetings/{meetingId}
        """
        try:
            return self._client.get("light", f"/meetings/{meeting_id}")
        except responses.ZoomNotFound as error:
            raise ZoomUnknownMeeting(
                f"Zoom knows no meeting {meeting_id} in this account, or it has expired. Check the "
                f"number, and that the connection {self.zoom_conn_id!r} belongs to the account "
                f"that hosts it. {error}",
                meeting_id,
            ) from None

    def iter_report_pages(self, uuid: str) -> Iterator[report.ReportPage]:
        """Yield the participant report of one instance, page by page.

        Raises ZoomReportNotReady, and after the last page ZoomRowsDoNotAddUp when the rows are not
        ``total_records``. A page token that runs out makes the pages start at number 1 again. See
        https://developers.zoom.us/docs/api/meetings/#tag/reports/GET/report/meetings/{meetingId}/participants
        """
        path = f"/report/meetings/{path_segment(uuid)}/participants"
        return report.iter_pages(self._client, path)

    def test_connection(self) -> tuple[bool, str]:
        """Log in and make one call, for the Test button of the connection form."""
        try:
            self.list_past_instances(0)
        except ZoomError as error:
            # Such a refusal is about the meeting number 0; the login was accepted.
            if not isinstance(error, ZoomBadRequest):
                return False, str(error)
        return True, "Zoom accepts the login: client id, secret and account id are right."


def path_segment(uuid: str) -> str:
    """Encode a UUID for a path: twice if it begins with ``/`` or contains ``//``.

    The rule stands in Zoom's reference of each call that takes a UUID.
    """
    once = quote(uuid, safe="")
    return quote(once, safe="") if uuid.startswith("/") or "//" in uuid else once
