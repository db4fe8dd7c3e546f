"""A Zoom connection, read into what the hook needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from zoom_provider.errors import ZoomBadCredentials

if TYPE_CHECKING:
    from airflow.sdk import Connection

API_HOST = "https://api.zoom.us"
TOKEN_URL = "https://zoom.us/oauth/token"
PRO_PLAN_HEAVY_PER_SECOND = 10


@dataclass(frozen=True)
class ZoomAccount:
    """Credentials, addresses and limits of one Zoom account.

    :param base_url: the API's root, ``/v2`` included.
    :param auth: ``server_to_server`` or ``jwt``.
    :param heavy_per_second: the plan's limit for the whole account, in calls a second.
    :param machines: how many worker machines share that limit.
    """

    conn_id: str
    base_url: str
    token_url: str
    client_id: str
    client_secret: str
    account_id: str
    auth: str
    heavy_per_second: int
    machines: int

    @classmethod
    def from_connection(cls, conn: Connection) -> ZoomAccount:
        """Read a connection; raises ZoomBadCredentials naming what is missing."""
        extra = conn.extra_dejson
        account = cls(
            conn_id=conn.conn_id,
            base_url=_base_url(conn.host, conn.port),
            token_url=extra.get("token_url") or TOKEN_URL,
            client_id=(conn.login or "").strip(),
            client_secret=(conn.password or "").strip(),
            account_id=(extra.get("account_id") or "").strip(),
            auth=extra.get("auth") or "server_to_server",
            heavy_per_second=_whole_number(conn, "heavy_per_second", PRO_PLAN_HEAVY_PER_SECOND),
            machines=_whole_number(conn, "machines", 1),
        )
        account._check()
        return account

    def _check(self) -> None:
        needed = {"Client ID": self.client_id, "Client secret": self.client_secret}
        if self.auth == "server_to_server":
            needed["Account ID"] = self.account_id
        if missing := [label for label, value in needed.items() if not value]:
            raise ZoomBadCredentials(
                f"The Airflow connection {self.conn_id!r} lacks: {', '.join(missing)}. "
                "Fill it in under Admin > Connections (the app's App Credentials page shows it)."
            )
        if self.machines > self.heavy_per_second:
            raise ZoomBadCredentials(
                f"The Airflow connection {self.conn_id!r} shares {self.heavy_per_second} calls a "
                f"second over {self.machines} machines: less than one each. Send the Zoom tasks "
                "to fewer workers (an Airflow queue) and lower 'Worker machines'."
            )


def webhook_secret(conn: Connection) -> str:
    """Return the Secret Token that signs Zoom's webhooks; empty if the connection has none."""
    return (conn.extra_dejson.get("webhook_secret") or "").strip()


def _whole_number(conn: Connection, field: str, default: int) -> int:
    """Read a whole number from 1; forms and environment variables may hold it as text."""
    value = conn.extra_dejson.get(field)
    if value in (None, ""):
        return default
    if not str(value).isdecimal() or int(value) < 1:
        raise ZoomBadCredentials(
            f"The Airflow connection {conn.conn_id!r} has {field} = {value!r}; it must be a whole "
            "number from 1. Correct it under Admin > Connections."
        )
    return int(value)


def _base_url(host: str | None, port: int | None) -> str:
    """Join host and port; a bare host name means https."""
    host = (host or API_HOST).rstrip("/").removesuffix("/v2")
    parts = urlsplit(host if "://" in host else f"https://{host}")
    netloc = parts.netloc if parts.port or not port else f"{parts.netloc}:{port}"
    return f"{parts.scheme}://{netloc}{parts.path}/v2"
