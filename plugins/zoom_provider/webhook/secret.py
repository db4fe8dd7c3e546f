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

LOOK_AGAIN = 10
"""Seconds. Anybody can post to the webhook: that must not cost a query, or a call of a secrets
backend, each time; least of all while the database does not answer."""

SAY_AGAIN = 60
"""Seconds between two lines about a secret that is not there."""


class SecretToken:
    """Reads the secret of a connection, at most every LOOK_AGAIN seconds, found or not."""

    def __init__(self, conn_id: str) -> None:
        self._conn_id = conn_id
        self._known = ""
        self._look_at = self._say_at = float("-inf")
        self._looking = threading.Lock()

    def __call__(self) -> str:
        """Return the secret, empty (and a line in the log) if there is none.

        What was known stays known while the connection cannot be read; one that Airflow does not
        find, as while its database does not answer, has none.
        """
        with self._looking:
            if monotonic() >= self._look_at:
                self._look()
                self._look_at = monotonic() + LOOK_AGAIN
            return self._known

    def _look(self) -> None:
        try:
            self._known = webhook_secret(Connection.get(self._conn_id))
        except AirflowNotFoundException:
            self._known = ""
        except Exception as error:
            # Without the error's words: a database's hold its address, a form's the secret.
            self._say(NOT_READ, type(error).__name__)
            return
        if not self._known:
            self._say(NOT_SET)

    def _say(self, message: str, *more: str) -> None:
        if monotonic() >= self._say_at:
            self._say_at = monotonic() + SAY_AGAIN
            log.error(message, self._conn_id, *more)
