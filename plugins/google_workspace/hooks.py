"""The Google provider's hooks, with what the connection's extras add.

``sheets_api_endpoint`` and ``drive_api_endpoint`` point them at another address of the same API
(Private Service Connect, a regional endpoint, a stand-in); ``subject`` makes a service account with
domain-wide delegation act as that Workspace user.
"""

from __future__ import annotations

from typing import Any

from airflow.providers.google.common.hooks.base_google import GoogleBaseHook
from airflow.providers.google.suite.hooks.drive import GoogleDriveHook
from airflow.providers.google.suite.hooks.sheets import GSheetsHook
from airflow.sdk.exceptions import AirflowException

from google_workspace.errors import GoogleBadKey

TIMEOUT = 200
"""Seconds between two bytes. Google gives itself 180 for a request; the client's own default is
60."""


class _FromConnection(GoogleBaseHook):
    """Reads endpoint and subject from the connection's extras."""

    endpoint_field: str

    def get_client_options(self, api_endpoint_override: str | None = None) -> Any:
        endpoint = api_endpoint_override or self._get_field(self.endpoint_field)
        return super().get_client_options(endpoint)

    def get_credentials(self) -> Any:
        try:
            credentials: Any = super().get_credentials()
        except (AirflowException, OSError, ValueError) as error:
            # Not chained: the cause may quote the key.
            raise GoogleBadKey(
                f"The key in the Google connection cannot be read ({type(error).__name__}). Give "
                "the whole JSON key file of the service account, as text or as a path that exists "
                "on every machine that uses the connection."
            ) from None
        subject = self._get_field("subject")
        return credentials.with_subject(subject) if subject else credentials

    def _authorize(self) -> Any:
        http = super()._authorize()
        http.timeout = TIMEOUT
        return http


class SheetsHook(_FromConnection, GSheetsHook):
    """Google Sheets; the extra ``sheets_api_endpoint`` points it at another address."""

    endpoint_field = "sheets_api_endpoint"


class DriveHook(_FromConnection, GoogleDriveHook):
    """Google Drive; the extra ``drive_api_endpoint`` points it at another address."""

    endpoint_field = "drive_api_endpoint"
