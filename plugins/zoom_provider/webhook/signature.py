"""Zoom's webhook signature: made over the raw body with the app's Secret Token."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass

MAX_AGE = 300
"""Seconds. Zoom names no figure; five minutes is customary, and longer than clocks go wrong."""


@dataclass(frozen=True)
class Signature:
    """The two headers that Zoom signs a delivery with.

    :param timestamp: ``x-zm-request-timestamp``, epoch seconds as text.
    :param value: ``x-zm-signature``, ``v0=`` and 64 small hexadecimal digits.
    """

    timestamp: str
    value: str

    @classmethod
    def of(cls, headers: Mapping[str, str]) -> Signature | None:
        """Read a delivery's headers; None if it is not signed."""
        timestamp = headers.get("x-zm-request-timestamp", "")
        value = headers.get("x-zm-signature", "")
        if not re.fullmatch(r"[0-9]{1,12}", timestamp) or not value:
            return None
        return cls(timestamp, value)

    def is_fresh(self, now: float) -> bool:
        """Tell whether it was made around ``now`` (epoch seconds), by either clock."""
        return abs(now - int(self.timestamp)) <= MAX_AGE

    def fits(self, secret: str, body: bytes) -> bool:
        """Tell, in constant time, whether the holder of the secret signed this very body."""
        expected = "v0=" + _hmac(secret, f"v0:{self.timestamp}:".encode() + body)
        return hmac.compare_digest(expected.encode(), self.value.encode())


def encrypt_token(secret: str, plain_token: str) -> str:
    """Return the ``encryptedToken`` that Zoom wants to see in a URL validation."""
    return _hmac(secret, plain_token.encode())


def _hmac(secret: str, message: bytes) -> str:
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()
