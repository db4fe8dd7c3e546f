"""The log lines about refused deliveries: anybody can post, so that must not fill the log."""

from __future__ import annotations

import logging
from collections import Counter
from time import monotonic

log = logging.getLogger(__name__)

SECONDS_BETWEEN_LINES = 60
"""Of refusals: anybody can cause them."""


class Refused(Exception):
    """A request is not taken, before it is known to be Zoom's.

    :param status: of the HTTP response.
    :param reason: one of a few fixed sentences, nothing of what was sent.
    """

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


class RefusalLog:
    """Logs refusals: a line every SECONDS_BETWEEN_LINES at most; what comes between is counted."""

    def __init__(self) -> None:
        self._counted: Counter[str] = Counter()
        self._quiet_until = float("-inf")

    def add(self, reason: str) -> None:
        """Log why a delivery was refused, and what was counted since the last line; or count it."""
        self._counted[reason] += 1
        if monotonic() < self._quiet_until:
            return
        self._quiet_until = monotonic() + SECONDS_BETWEEN_LINES
        reasons = "; ".join(f"{reason} ({times})" for reason, times in self._counted.items())
        log.warning("Deliveries to Zoom's webhook were refused: %s.", reasons)
        self._counted.clear()
