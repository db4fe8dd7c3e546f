"""Calls to Zoom: in turn, with the account's token, and again for what passes by itself."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

import requests
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception,
    stop_after_attempt,
    wait_random_exponential,
)

from zoom_provider import answers, auth
from zoom_provider.account import ZoomAccount
from zoom_provider.errors import ZoomBadCredentials, ZoomLimitReached, ZoomUnavailable
from zoom_provider.pacing import Pace

log = logging.getLogger(__name__)

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
    """GETs JSON objects from one Zoom account."""

    def __init__(self, account: ZoomAccount) -> None:
        self._account = account

    @cached_property
    def session(self) -> requests.Session:
        """A session that sends the account's token with every request."""
        session = requests.Session()
        session.auth = auth.login(self._account)
        return session

    def get(self, label: str, path: str, **params: Any) -> answers.Body:
        """GET ``/v2<path>``.

        :param label: Zoom's rate limit label of the endpoint: ``light``, ``medium``, ``heavy``.
        """
        retrying = Retrying(
            retry=retry_if_exception(_passes_soon),
            wait=_pause,
            stop=stop_after_attempt(ATTEMPTS),
            before_sleep=lambda state: log.warning("%s", state.outcome.exception()),
            reraise=True,
        )
        return retrying(self._get_with_token, label, path, params)

    def _get_with_token(self, label: str, path: str, params: dict[str, Any]) -> answers.Body:
        try:
            return self._get_once(label, path, params)
        except answers.ZoomTokenRejected:
            self.session.auth.forget()
        try:
            return self._get_once(label, path, params)
        except answers.ZoomTokenRejected as error:
            cause = auth.RETIRED if self._account.auth == "jwt" else FRESH_REJECTED
            raise ZoomBadCredentials(f"{cause} {error}") from None

    def _get_once(self, label: str, path: str, params: dict[str, Any]) -> answers.Body:
        url = f"{self._account.base_url}{path}"
        with self._pace(label).turn():
            try:
                answer = self.session.get(url, params=params, timeout=auth.TIMEOUT)
            except requests.RequestException as error:
                raise ZoomUnavailable(
                    f"Zoom's answer did not arrive whole ({type(error).__name__}). If it goes on, "
                    f"check the API host of connection {self._account.conn_id!r} and the internet."
                ) from None
        return answers.read(answer)

    def _pace(self, label: str) -> Pace:
        share = self._account.heavy_per_second / self._account.machines
        name = f"{self._account.account_id or self._account.client_id} {label}"
        return Pace(name, int(share * SHARE_OF_HEAVY[label]))


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
