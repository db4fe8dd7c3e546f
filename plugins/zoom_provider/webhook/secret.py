"""The webhook's Secret Token, kept in the Airflow connection to Zoom."""

from __future__ import annotations

import logging
import time

from airflow.sdk import Connection
from airflow.sdk.exceptions import AirflowNotFoundException

from zoom_provider.account import webhook_secret

log = logging.getLogger(__name__)

LOOK_AGAIN = 10
"""Seconds. Anybody can post to the webhook: that must not cost a query, or a call of a secrets
backend, each time."""


class SecretToken:
    """Reads the secret of a connection, at most every LOOK_AGAIN seconds."""

    def __init__(self, conn_id: str) -> None:
        self._conn_id = conn_id
        self._known = ""
        self._read_at = float("-inf")

    def __call__(self) -> str:
        """Return the secret, empty (and a line in the log) if there is none."""
        if time.monotonic() >= self._read_at + LOOK_AGAIN:
            self._known = self._read()
            self._read_at = time.monotonic()
        return self._known

    def _read(self) -> str:
        try:
            secret = webhook_secret(Connection.get(self._conn_id))
        except AirflowNotFoundException:
            secret = ""
        if not secret:
            log.error(
                "Zoom's webhook is off: set 'Webhook secret token' in the connection %r under "
                "Admin > Connections. The Zoom app shows it as Secret Token, beside its event "
                "subscriptions.",
                self._conn_id,
            )
        return secret
