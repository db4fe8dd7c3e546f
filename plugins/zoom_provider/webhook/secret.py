"""The webhook's Secret Token, kept in the Airflow connection to Zoom."""

from __future__ import annotations

import logging
import threading
from time import monotonic

from airflow.sdk import Connection
from airflow.sdk.exceptions import AirflowNotFoundException

from zoom_provider.account import webhook_secret

log = logging.getLogger(__name__)

NOT_SET = (
    "Zoom's webhook is off: set 'Webhook secret token' in the connection %r under Admin > "
    "Connections. The Zoom app shows it as Secret Token, beside its event subscriptions. If it is "
    "set, Airflow's database does not answer: Airflow tells no difference."
)

NOT_READ = "The secret of Zoom's webhook cannot be read from the connection %r (%s)."

READ_AGAIN_AFTER = 10
"""Seconds. Anybody can post to the webhook: that must not cost a query, or a call of a secrets
backend, each time; least of all while the database does not answer."""

LOG_AGAIN_AFTER = 60
"""Seconds between two log lines about a secret that is not there."""


class SecretToken:
    """Reads the secret of a connection, at most every READ_AGAIN_AFTER seconds, found or not."""

    def __init__(self, conn_id: str) -> None:
        self._conn_id = conn_id
        self._known = ""
        self._read_at = self._log_at = float("-inf")
        self._lock = threading.Lock()

    def __call__(self) -> str:
        """Return the secret, empty (and a line in the log) if there is none.

        What was known stays known while the connection cannot be read; one that Airflow does not
        find, as while its database does not answer, has none.
        """
        with self._lock:
            if monotonic() >= self._read_at:
                self._read()
                self._read_at = monotonic() + READ_AGAIN_AFTER
            return self._known

    def _read(self) -> None:
        try:
            self._known = webhook_secret(Connection.get(self._conn_id))
        except AirflowNotFoundException:
            self._known = ""
        except Exception as error:
            # Without the error's words: a database's hold its address, a form's the secret.
            self._log(NOT_READ, type(error).__name__)
            return
        if not self._known:
            self._log(NOT_SET)

    def _log(self, message: str, *more: str) -> None:
        if monotonic() >= self._log_at:
            self._log_at = monotonic() + LOG_AGAIN_AFTER
            log.error(message, self._conn_id, *more)
