"""ZoomHook: past meetings and participant reports of one Zoom account."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import quote

import requests
from airflow.sdk import BaseHook

from zoom_provider import answers, report
from zoom_provider.account import ZoomAccount
from zoom_provider.client import ZoomClient
from zoom_provider.errors import (
    ZoomError,
    ZoomRefused,
    ZoomReportNotReady,
    ZoomUnavailable,
    ZoomUnknownMeeting,
)


@dataclass(frozen=True)
class Instance:
    """One time a meeting was held. ``start`` is aware UTC."""

    uuid: str
    start: datetime


class ZoomHook(BaseHook):
    """A Zoom account, reached through an Airflow connection of type ``zoom``."""

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
        """Return the session that sends the account's token with every request."""
        return self._client.session

    def list_past_instances(self, number: int) -> list[Instance]:
        """Return the ended instances of a meeting, oldest first; Zoom goes back 15 months."""
        try:
            body = self._client.get("medium", f"/past_meetings/{number}/instances")
        except answers.ZoomNotFound:
            return []
        found = map(_instance, answers.field(body, "meetings", list))
        return sorted(found, key=lambda instance: instance.start)

    def get_past_meeting(self, uuid: str) -> dict[str, Any]:
        """Return the details of one ended instance, ``end_time`` among them."""
        try:
            return self._client.get("light", f"/past_meetings/{path_segment(uuid)}")
        except answers.ZoomNotFound as error:
            raise ZoomReportNotReady(str(error)) from None

    def get_meeting(self, number: int) -> dict[str, Any]:
        """Return a meeting as scheduled; its ``status`` is ``started`` while it runs."""
        try:
            return self._client.get("light", f"/meetings/{number}")
        except answers.ZoomNotFound as error:
            raise ZoomUnknownMeeting(
                f"Zoom knows no meeting {number} in this account, or it has expired. Check "
                f"`meeting_id` in the meetings file, and that the connection {self.zoom_conn_id!r} "
                f"belongs to the account that hosts it. {error}"
            ) from None

    def iter_report_pages(self, uuid: str) -> Iterator[report.ReportPage]:
        """Yield the participant report of one instance, page by page.

        Raises ZoomReportNotReady, and after the last page ZoomRowsDoNotAddUp when the rows are not
        ``total_records``. A page token that runs out makes the pages start at number 1 again.
        """
        path = f"/report/meetings/{path_segment(uuid)}/participants"
        return report.iter_pages(self._client, path)

    def test_connection(self) -> tuple[bool, str]:
        """Log in and make one call, for the Test button of the connection form."""
        try:
            self.list_past_instances(0)
        except ZoomError as error:
            # A plain refusal is about the meeting number 0; the login was accepted.
            if type(error) is not ZoomRefused:
                return False, str(error)
        return True, "Zoom accepts the login: client id, secret and account id are right."


def path_segment(uuid: str) -> str:
    """Encode a UUID for a path: twice if it begins with ``/`` or contains ``//`` (Zoom's rule)."""
    once = quote(uuid, safe="")
    return quote(once, safe="") if uuid.startswith("/") or "//" in uuid else once


def parse_time(text: str) -> datetime:
    """Read Zoom's ISO 8601 UTC time; fractions occur. Raises ZoomUnavailable for anything else."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise ZoomUnavailable(f"Zoom sent a time that cannot be read: {text!r}.") from None


def _instance(row: answers.Body) -> Instance:
    start = answers.field(row, "start_time", str)
    return Instance(answers.field(row, "uuid", str), parse_time(start))
