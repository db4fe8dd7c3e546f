"""Logging in to Zoom: Server-to-Server OAuth, and the JWT apps that Zoom retired."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

import requests
from airflow.sdk.log import mask_secret
from requests.auth import AuthBase, HTTPBasicAuth

from zoom_provider.account import ZoomAccount
from zoom_provider.errors import ZoomBadCredentials, ZoomError, ZoomUnavailable

TIMEOUT = (10, 60)
"""Seconds to connect, and between two bytes of a response."""

RENEW_EARLY = 300
"""Seconds before a token's end at which a new one is asked for."""

JWT_LIFETIME = 30 * 60

TOKEN_LIFETIME, MAX_TOKEN_LIFETIME = 3600, 24 * 3600
"""Seconds that Zoom's token lives, as it documents, and that any is believed to live."""

RETRYABLE = (408, 409, 425, 429)
"""HTTP statuses after which a later try may bring a token."""

RETIRED = (
    "Zoom retired JWT apps in September 2023, so this login cannot work any more. Create a "
    "Server-to-Server OAuth app at marketplace.zoom.us (Develop > Build App), and put its client "
    "id, client secret and account id into the connection, with Login set to server_to_server."
)


class BearerToken(AuthBase):
    """Sends a bearer token that is made once, kept, and renewed before it ends.

    :param make: returns a new token and its lifetime in seconds.
    """

    def __init__(self, make: Callable[[], tuple[str, float]]) -> None:
        self._make = make
        self._token = ""
        self._renew_at = 0.0

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Add the token to a request; requests calls this for each."""
        self.ready()
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request

    def ready(self) -> None:
        """Ask for a token if there is none that holds."""
        if not self._token or time.monotonic() >= self._renew_at:
            self._renew()

    def forget(self) -> None:
        """Drop the token: Zoom says it no longer holds."""
        self._token = ""

    def _renew(self) -> None:
        self._token, lifetime = self._make()
        mask_secret(self._token)
        self._renew_at = time.monotonic() + max(lifetime - RENEW_EARLY, lifetime / 2)


def login(account: ZoomAccount) -> BearerToken:
    """Choose the login that the connection names."""
    if account.auth == "jwt":
        return BearerToken(lambda: (_signed_jwt(account), JWT_LIFETIME))
    return BearerToken(lambda: _account_token(account))


def _signed_jwt(account: ZoomAccount) -> str:
    import jwt  # here, as each task would load its cryptography, and few accounts log in so

    claims = {"iss": account.client_id, "exp": int(time.time()) + JWT_LIFETIME}
    return jwt.encode(claims, account.client_secret, algorithm="HS256")


def _account_token(account: ZoomAccount) -> tuple[str, float]:
    response, body = _ask_for_token(account)
    if not (response.ok and body.get("access_token")):
        raise _token_refusal(account, response.status_code, body)
    token = body["access_token"]
    if not isinstance(token, str) or not re.fullmatch(r"[!-~]+", token):
        raise _no_proper_answer("a token that is none")
    return token, _lifetime(body.get("expires_in"))


def _lifetime(seconds: Any) -> float:
    """Return the seconds that a token lives, also where Zoom does not say it properly."""
    usable = type(seconds) in (int, float) and 0 < seconds <= MAX_TOKEN_LIFETIME
    return float(seconds if usable else TOKEN_LIFETIME)


def _ask_for_token(account: ZoomAccount) -> tuple[requests.Response, dict[str, Any]]:
    """Post the parameters in the form body: newer accounts refuse a query string."""
    try:
        response = requests.post(
            account.token_url,
            data={"grant_type": "account_credentials", "account_id": account.account_id},
            # As bytes: as text, a pasted typographic quote is a UnicodeEncodeError.
            auth=HTTPBasicAuth(account.client_id.encode(), account.client_secret.encode()),
            timeout=TIMEOUT,
        )
        body = response.json()
    except (requests.RequestException, ValueError, RecursionError) as error:
        raise _no_proper_answer(type(error).__name__) from None
    if not isinstance(body, dict):
        raise _no_proper_answer(f"a JSON {type(body).__name__}")
    return response, body


def _no_proper_answer(what: str) -> ZoomUnavailable:
    return ZoomUnavailable(
        f"Zoom's token service did not answer properly ({what}). "
        "If it goes on, check the Token URL of the connection and the way to the internet."
    )


def _token_refusal(account: ZoomAccount, status: int, body: dict[str, Any]) -> ZoomError:
    if status >= 500 or status in RETRYABLE:
        return ZoomUnavailable(f"Zoom's token service answered {status}. It usually passes.")
    where = f"(connection {account.conn_id!r}; Zoom answered {status} {body.get('error', '')!r})"
    if body.get("error") == "invalid_client":
        return ZoomBadCredentials(
            "Zoom does not know this client id with this client secret. Copy both again from the "
            f"app's App Credentials page, and check that the app is activated. {where}"
        )
    if body.get("error") == "unsupported_grant_type":
        return ZoomBadCredentials(
            "These credentials are not those of a Server-to-Server OAuth app. Create one at "
            f"marketplace.zoom.us and use its client id, secret and account id. {where}"
        )
    return ZoomBadCredentials(
        "Zoom gave no token. Check the account id, and that the app is activated and its creator "
        f"still has a role that may use it. {where}"
    )
