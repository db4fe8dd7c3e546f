"""Calls to Zoom: in turn, with the account's token, and again for what passes by itself."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, TypeVar

import requests
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception,
    stop_after_attempt,
    stop_after_delay,
    wait_random_exponential,
)

from zoom_provider import auth, responses
from zoom_provider.account import ZoomAccount
from zoom_provider.errors import ZoomBadCredentials, ZoomLimitReached, ZoomUnavailable
from zoom_provider.pacing import Pace
from zoom_provider.responses import ResponseBody
from zoom_provider.sent_adapter import SentAdapter, call_when_sent
from zoom_provider.time_limit import within

log = logging.getLogger(__name__)

T = TypeVar("T")

TIME_LIMIT = 120.0
"""Seconds for a request and its response, and as many for the login if one is due."""

LAST_ATTEMPT_AFTER = 2
"""Time limits after the first attempt within which the last one begins: what took all its time is
tried once or twice more."""

ATTEMPTS = 6
LONGEST_PAUSE = 30
"""Seconds. With ATTEMPTS a call gives up after about a minute; Airflow's retries follow."""

SHARE_OF_HEAVY = {"heavy": 1.0, "medium": 1.5, "light": 2.0}
"""Every plan allows at least so many calls of a label for each heavy one (Zoom's rate limits)."""

FRESH_REJECTED = (
    "Zoom rejects even a fresh token. Check that the app is still activated at marketplace.zoom.us "
    "and that the API host of the connection belongs to the same account."
)


class ZoomClient:
    """GETs JSON objects from one Zoom account.

    :param time_limit: seconds for a request and its response, and as many for a login.
    """

    def __init__(self, account: ZoomAccount, time_limit: float = TIME_LIMIT) -> None:
        self._account = account
        self._time_limit = time_limit

    @cached_property
    def session(self) -> requests.Session:
        """A session that sends the account's token with every request."""
        session = requests.Session()
        session.auth = self._login
        for scheme in ("https://", "http://"):
            session.mount(scheme, SentAdapter())
        return session

    @cached_property
    def _login(self) -> auth.BearerToken:
        return auth.login(self._account)

    def get(self, label: str, path: str, **params: Any) -> ResponseBody:
        """GET ``/v2<path>`` and return the JSON object of its response. Raises ZoomError.

        :param label: Zoom's rate limit label of the endpoint: ``light``, ``medium``, ``heavy``.
        :param path: with its UUIDs encoded (``path_segment``).
        :param params: the query.
        """
        retrying = Retrying(
            retry=retry_if_exception(_is_retryable),
            wait=_wait,
            stop=stop_after_attempt(ATTEMPTS)
            | stop_after_delay(LAST_ATTEMPT_AFTER * self._time_limit),
            before_sleep=lambda state: log.warning("%s", _cause(state)),
            reraise=True,
        )
        return retrying(self._get_with_token, label, path, params)

    def _get_with_token(self, label: str, path: str, params: dict[str, Any]) -> ResponseBody:
        try:
            return self._get_once(label, path, params)
        except responses.ZoomTokenRejected:
            self._login.forget()
        try:
            return self._get_once(label, path, params)
        except responses.ZoomTokenRejected as error:
            cause = auth.RETIRED if self._account.auth == "jwt" else FRESH_REJECTED
            raise ZoomBadCredentials(f"{cause} {error}") from None

    def _get_once(self, label: str, path: str, params: dict[str, Any]) -> ResponseBody:
        # Before the turn: a slot is not kept for a login.
        self._in_time(self._login.ready)
        with self._pace(label).turn() as on_sent:
            response = self._in_time(self._send, path, params, on_sent)
        return responses.parse_response(response)

    def _in_time(self, call: Callable[..., T], *args: Any) -> T:
        try:
            return within(self._time_limit, call, *args)
        except (requests.RequestException, TimeoutError) as error:
            raise ZoomUnavailable(
                f"Zoom's answer did not arrive whole ({type(error).__name__}). If it goes on, "
                f"check the API host of connection {self._account.conn_id!r} and the internet."
            ) from None

    def _send(
        self, path: str, params: dict[str, Any], on_sent: Callable[[], None]
    ) -> requests.Response:
        with call_when_sent(on_sent):
            url = f"{self._account.base_url}{path}"
            return self.session.get(url, params=params, timeout=auth.TIMEOUT)

    def _pace(self, label: str) -> Pace:
        share = self._account.heavy_per_second / self._account.machines
        name = f"{self._account.account_id or self._account.client_id} {label}"
        return Pace(name, int(share * SHARE_OF_HEAVY[label]))


_backed_off = wait_random_exponential(multiplier=2, min=1, max=LONGEST_PAUSE)


def _cause(state: RetryCallState) -> BaseException | None:
    return state.outcome.exception() if state.outcome else None


def _seconds_to(instant: datetime) -> float:
    return (instant - datetime.now(UTC)).total_seconds()


def _is_retryable(error: BaseException) -> bool:
    if isinstance(error, ZoomLimitReached):
        return _seconds_to(error.retry_at) <= LONGEST_PAUSE
    return isinstance(error, ZoomUnavailable)


def _wait(state: RetryCallState) -> float:
    """Wait with jitter, and at least as long as Zoom asked for."""
    error = _cause(state)
    asked = _seconds_to(error.retry_at) if isinstance(error, ZoomLimitReached) else 0
    return max(asked, 0) + _backed_off(state)
