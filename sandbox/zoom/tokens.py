"""Access tokens: opaque, an hour long, holding the scopes the app had when they were issued."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass

import jwt

from sandbox.zoom.errors import expired_token, invalid_token

LIFETIME = 3600
JWT_KEY = "sandbox-key"
JWT_SECRET = "sandbox-jwt-secret"

GRANULAR_SCOPES = (
    "meeting:read:list_past_instances:admin",
    "meeting:read:meeting:admin",
    "meeting:read:past_meeting:admin",
    "report:read:list_meeting_participants:admin",
)


@dataclass(frozen=True)
class _Grant:
    scopes: frozenset[str]
    expires: float


class Tokens:
    """Every token issued; several may be valid at once, as Zoom now allows."""

    def __init__(self) -> None:
        self._grants: dict[str, _Grant] = {}

    def __iter__(self) -> Iterator[str]:
        return iter(self._grants)

    def issue(self, scopes: frozenset[str], now: float) -> str:
        """A new token for these scopes; `now` in epoch seconds."""
        token = secrets.token_urlsafe(48)
        self._grants[token] = _Grant(scopes, now + LIFETIME)
        return token

    def revoke_all(self) -> None:
        """Make every current token invalid."""
        self._grants.clear()

    def scopes(self, token: str, now: float) -> frozenset[str]:
        """What the token may do. Refusal 401/124 if it is unknown or expired."""
        if token not in self._grants:
            raise invalid_token()
        if now >= self._grants[token].expires:
            raise expired_token()
        return self._grants[token].scopes


def check_jwt(token: str) -> None:
    """Accept what a JWT app sent until 2023: HS256, `iss` the API key, `exp`. Else 401/124."""
    required = {"require": ["iss", "exp"]}
    try:
        jwt.decode(token, JWT_SECRET, algorithms=["HS256"], issuer=JWT_KEY, options=required)
    except jwt.ExpiredSignatureError:
        raise expired_token() from None
    except jwt.InvalidTokenError:
        raise invalid_token() from None
