"""Google Sheets and Drive behind Airflow's Google connection.

Its extras ``sheets_api_endpoint`` and ``drive_api_endpoint`` point them at another address of the
same API (Private Service Connect, a regional endpoint, a stand-in); ``subject`` makes a service
account with domain-wide delegation act as that Workspace user.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from airflow import __version__
from airflow.sdk import BaseHook
from google_auth_httplib2 import AuthorizedHttp
from googleapiclient.discovery import build
from googleapiclient.http import build_http, set_user_agent

from google_workspace.login import credentials_of

TIMEOUT = 200
"""Seconds between two bytes. Google gives itself 180 for a request; the client's own default is
60."""

NUM_RETRIES = 5
SCOPE = "https://www.googleapis.com/auth/cloud-platform"
"""What the Google provider takes where the connection says nothing."""

_FORMER = "extra__google_cloud_platform__"
"""So the names of its extras began once."""


class _GoogleHook(BaseHook):
    """A client of one of Google's APIs; the connection is read at once, the key at first use."""

    conn_name_attr = "gcp_conn_id"
    default_conn_name = "google_cloud_default"
    conn_type = "google_cloud_platform"

    api: tuple[str, str]
    """Its name and version."""

    def __init__(self, gcp_conn_id: str = default_conn_name) -> None:
        super().__init__()
        self.gcp_conn_id = gcp_conn_id
        extras = self.get_connection(gcp_conn_id).extra_dejson
        self.extras = {name.removeprefix(_FORMER): value for name, value in extras.items()}

    @property
    def scopes(self) -> list[str]:
        """The scopes that the connection asks for."""
        return [one.strip() for one in (self.extras.get("scope") or SCOPE).split(",")]

    @property
    def num_retries(self) -> int:
        """How often a call is repeated."""
        given = self.extras.get("num_retries")
        return NUM_RETRIES if given in (None, "") else int(given)

    def get_conn(self) -> Any:
        """Return the API's client. Raises GoogleBadKey."""
        return self._client

    @cached_property
    def _client(self) -> Any:
        name, version = self.api
        endpoint = self.extras.get(f"{name}_api_endpoint")
        options = {"api_endpoint": endpoint} if endpoint else {}
        http = self._http()
        return build(name, version, http=http, cache_discovery=False, client_options=options)

    def _http(self) -> AuthorizedHttp:
        http = set_user_agent(build_http(), f"airflow/{__version__}")
        http.timeout = TIMEOUT
        credentials = credentials_of(self.gcp_conn_id, self.extras, self.scopes)
        return AuthorizedHttp(credentials, http=http)


class SheetsHook(_GoogleHook):
    """Google Sheets."""

    api = ("sheets", "v4")


class DriveHook(_GoogleHook):
    """Google Drive."""

    api = ("drive", "v3")
