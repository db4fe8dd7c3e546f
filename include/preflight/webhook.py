"""The secret that proves Zoom's webhook, as far as it can be judged without Zoom."""

from __future__ import annotations

import re

from airflow.sdk import Connection

from include.preflight.lines import Line, carried_out, ok, warning
from zoom_provider.account import webhook_secret
from zoom_provider.hooks.zoom import ZoomHook

SECRET_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
"""The form of those that were seen: Zoom documents none, so another is worth no more than a look.
Half of one is what a double click on it copies, which stops at a ``-``."""

COPY_IT = (
    "Copy the Secret Token from the Feature page of the Zoom app into 'Webhook secret token' "
    "under Admin > Connections, or empty the field if you do not use the webhook."
)


def webhook_line() -> Line:
    """Check the secret of the connection. A wrong one is a warning: the weekly run needs none."""
    return carried_out("Webhook", _check_secret)


def _check_secret() -> Line:
    conn = ZoomHook.get_connection(ZoomHook.default_conn_name)
    if not conn.extra_dejson.get("webhook_secret"):
        return ok(
            "Webhook: off, for the connection has no secret token. The weekly run needs none."
        )
    secret = webhook_secret(conn)
    if not secret:
        return warning(f"Webhook: off, for its secret token is nothing but blanks. {COPY_IT}")
    if name := _other_field(conn, secret):
        return warning(f"Webhook: its secret token is the app's {name}. {COPY_IT}")
    if not SECRET_TOKEN.fullmatch(secret):
        return warning(
            "Webhook: its secret token is unlike those that Zoom is known to show, which are 22 "
            f"letters, digits, - and _ without blanks. {COPY_IT}"
        )
    return ok(
        "Webhook: there is a secret token. Whether it is this app's, Zoom tells when you press "
        "Validate."
    )


def _other_field(conn: Connection, value: str) -> str | None:
    """Name the field of the connection that holds this value, too."""
    fields = {
        "client id": conn.login,
        "client secret": conn.password,
        "account id": conn.extra_dejson.get("account_id"),
    }
    return next((name for name, held in fields.items() if value == (held or "").strip()), None)
