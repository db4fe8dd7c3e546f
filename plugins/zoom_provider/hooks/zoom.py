"""ZoomHook: past meetings and participant reports of one Zoom account."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any
from urllib.parse import quote

import requests
from airflow.sdk import BaseHook
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception,
    stop_after_attempt,
    wait_random_exponential,
)

from zoom_provider import answers, auth
from zoom_provider.account import ZoomAccount
from zoom_provider.errors import (
    ZoomAnswerCutShort,
    ZoomBadCredentials,
    ZoomError,
    ZoomLimitReached,
    ZoomRefused,
    ZoomReportNotReady,
    ZoomUnavailable,
    ZoomUnknownMeeting,
)
from zoom_provider.pacing import Pace

PAGE_SIZE = 300
"""Rows a page; Zoom's maximum."""

ATTEMPTS = 6
LONGEST_PAUSE = 30
"""Seconds. With ATTEMPTS a call gives up after about a minute; Airflow's retries follow."""

REPORT_STARTS = 3
"""How often a report whose page token ran out is read from page one before the try fails."""

_SHARE_OF_HEAVY = {"heavy": 1.0, "medium": 1.5, "light": 2.0}
"""Every plan allows at least so many calls of a label for each heavy one (Zoom's rate limits)."""


@dataclass(frozen=True)
class Instance:
    """One time a meeting was held. ``start`` is aware UTC."""

    uuid: str
    start: datetime


@dataclass(frozen=True)
class ReportPage:
    """One page of a participant report.

    :param number: counts from 1; a 1 again means that the report starts over and that the pages
        before it must be thrown away.
    :param rows: participant rows as Zoom sent them, one a connection.
    """

    number: int
    rows: list[dict[str, Any]]


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
    def _session(self) -> requests.Session:
        session = requests.Session()
        session.auth = auth.login(self.account)
        return session

    def get_conn(self) -> requests.Session:
        """Return the session that sends the account's token with every request."""
        return self._session

    def list_past_instances(self, number: int) -> list[Instance]:
        """Return the ended instances of a meeting, oldest first; Zoom goes back 15 months."""
        try:
            body = self._get("medium", f"/past_meetings/{number}/instances")
        except answers.ZoomNotFound:
            return []
        found = map(_instance, answers.field(body, "meetings", list))
        return sorted(found, key=lambda instance: instance.start)

    def get_past_meeting(self, uuid: str) -> dict[str, Any]:
        """Return the details of one ended instance, ``end_time`` among them."""
        try:
            return self._get("light", f"/past_meetings/{path_segment(uuid)}")
        except answers.ZoomNotFound as error:
            raise ZoomReportNotReady(str(error)) from None

    def get_meeting(self, number: int) -> dict[str, Any]:
        """Return a meeting as scheduled; its ``status`` is ``started`` while it runs."""
        try:
            return self._get("light", f"/meetings/{number}")
        except answers.ZoomNotFound as error:
            raise ZoomUnknownMeeting(
                f"Zoom knows no meeting {number} in this account, or it has expired. Check "
                f"`number` in the meetings file, and that the connection {self.zoom_conn_id!r} "
                f"belongs to the account that hosts it. {error}"
            ) from None

    def iter_report_pages(self, uuid: str) -> Iterator[ReportPage]:
        """Yield the participant report of one instance, page by page.

        Raises ZoomReportNotReady, and ZoomAnswerCutShort when the rows do not add up to
        ``total_records``. A page token that runs out makes the pages start at number 1 again.
        """
        for _ in range(REPORT_STARTS):
            try:
                yield from self._pages_from_one(uuid)
            except answers.ZoomPageTokenExpired:
                self.log.info("A page token of the report ran out: reading it again from page one")
            else:
                return
        raise ZoomAnswerCutShort(
            f"Zoom's page tokens ran out {REPORT_STARTS} times before the report was read. "
            "Zoom is slow at the moment; the task tries again."
        )

    def _pages_from_one(self, uuid: str) -> Iterator[ReportPage]:
        token, used, rows, number = "", set(), 0, 0
        while True:
            body = self._report_page(uuid, token)
            number += 1
            page = ReportPage(number, answers.field(body, "participants", list))
            rows, total = rows + len(page.rows), answers.field(body, "total_records", int)
            yield page
            token = body.get("next_page_token") or ""
            if not token or rows > total:
                return _check_count(rows, total)
            if token in used:
                raise ZoomAnswerCutShort(REPEATED)
            used.add(token)

    def _report_page(self, uuid: str, token: str) -> dict[str, Any]:
        params = {"page_size": PAGE_SIZE, "include_fields": "registrant_id"}
        if token:
            params["next_page_token"] = token
        path = f"/report/meetings/{path_segment(uuid)}/participants"
        try:
            return self._get("heavy", path, params)
        except answers.ZoomNotFound as error:
            raise ZoomReportNotReady(str(error)) from None

    def test_connection(self) -> tuple[bool, str]:
        """Log in and make one call, for the Test button of the connection form."""
        try:
            self.list_past_instances(0)
        except ZoomError as error:
            # A plain refusal is about the meeting number 0; the login was accepted.
            if type(error) is not ZoomRefused:
                return False, str(error)
        return True, "Zoom accepts the login: client id, secret and account id are right."

    def _get(self, label: str, path: str, params: dict[str, Any] | None = None) -> dict[str, Any]:
        """GET a JSON object, in turn, with back-off for what passes by itself."""
        retrying = Retrying(
            retry=retry_if_exception(_passes_soon),
            wait=_pause,
            stop=stop_after_attempt(ATTEMPTS),
            before_sleep=lambda state: self.log.warning("%s", state.outcome.exception()),
            reraise=True,
        )
        return retrying(self._get_with_token, label, path, params or {})

    def _get_with_token(self, label: str, path: str, params: dict[str, Any]) -> dict[str, Any]:
        try:
            return self._get_once(label, path, params)
        except answers.ZoomTokenRejected:
            self.get_conn().auth.forget()
        try:
            return self._get_once(label, path, params)
        except answers.ZoomTokenRejected as error:
            cause = auth.RETIRED if self.account.auth == "jwt" else FRESH_REJECTED
            raise ZoomBadCredentials(f"{cause} {error}") from None

    def _get_once(self, label: str, path: str, params: dict[str, Any]) -> dict[str, Any]:
        with self._pace(label).turn():
            try:
                answer = self.get_conn().get(
                    f"{self.account.base_url}{path}", params=params, timeout=auth.TIMEOUT
                )
            except requests.RequestException as error:
                raise ZoomUnavailable(
                    f"Zoom's answer did not arrive whole ({type(error).__name__}). If it goes on, "
                    f"check the API host of connection {self.zoom_conn_id!r} and the internet."
                ) from None
        return answers.read(answer)

    def _pace(self, label: str) -> Pace:
        share = self.account.heavy_per_second / self.account.machines
        name = f"{self.account.account_id or self.account.client_id} {label}"
        return Pace(name, int(share * _SHARE_OF_HEAVY[label]))


REPEATED = "Zoom repeats a page of the report: its rows cannot be trusted. The task tries again."

FRESH_REJECTED = (
    "Zoom rejects even a fresh token. Check that the app is still activated at marketplace.zoom.us "
    "and that the API host of the connection belongs to the same account."
)


_backed_off = wait_random_exponential(multiplier=2, min=1, max=LONGEST_PAUSE)


def _seconds_to(instant: datetime) -> float:
    return (instant - datetime.now(UTC)).total_seconds()


def _passes_soon(error: BaseException) -> bool:
    if isinstance(error, ZoomLimitReached):
        return _seconds_to(error.retry_at) <= LONGEST_PAUSE
    return isinstance(error, ZoomUnavailable)


def _pause(state: RetryCallState) -> float:
    """Wait with jitter, and at least as long as Zoom asked for."""
    error = state.outcome.exception()
    asked = _seconds_to(error.retry_at) if isinstance(error, ZoomLimitReached) else 0
    return max(asked, 0) + _backed_off(state)


def _check_count(rows: int, total: int) -> None:
    if rows != total:
        raise ZoomAnswerCutShort(
            f"Zoom says the report has {total} rows but delivered {rows}. Nothing is published "
            "from half a report; the task tries again."
        )


def path_segment(uuid: str) -> str:
    """Encode a UUID for a path: twice if it begins with ``/`` or contains ``//`` (Zoom's rule)."""
    once = quote(uuid, safe="")
    return quote(once, safe="") if uuid.startswith("/") or "//" in uuid else once


def parse_time(text: str) -> datetime:
    """Read Zoom's ISO 8601 UTC time; fractions occur. Raises ZoomUnavailable for anything else."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise ZoomUnavailable(
            f"Zoom sent a time that cannot be read: {text!r}. The task tries again."
        ) from None


def _instance(row: answers.Body) -> Instance:
    start = answers.field(row, "start_time", str)
    return Instance(answers.field(row, "uuid", str), parse_time(start))
