"""Page tokens: opaque, bound to the query that they continue, valid for 15 minutes."""

from __future__ import annotations

import secrets
from collections.abc import Hashable
from dataclasses import dataclass

from sandbox.zoom.errors import invalid_page_token

LIFETIME = 900


@dataclass(frozen=True)
class _Place:
    query: Hashable
    offset: int
    expires: float


class PageTokens:
    """Where each token continues. A token may be used again while it lives."""

    def __init__(self) -> None:
        self._places: dict[str, _Place] = {}

    def issue(self, query: Hashable, offset: int, now: float) -> str:
        """A token for the rows of `query` from `offset` on; `now` in seconds."""
        token = secrets.token_urlsafe(26)
        self._places[token] = _Place(query, offset, now + LIFETIME)
        return token

    def offset(self, token: str, query: Hashable, now: float) -> int:
        """Where the token continues. Refusal 400/300 if unknown, of another query, or expired."""
        place = self._places.get(token)
        if place is None or place.query != query or now >= place.expires:
            raise invalid_page_token()
        return place.offset
