"""How a connection to Google logs in.

The Google provider knows ten ways. It imports gRPC, aiohttp and Secret Manager's client for them,
which takes a task longer than the work that is left to it. So the usual ways are read here by
Google's own library, and the provider is imported for a connection that asks for another.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from airflow.sdk.exceptions import AirflowException
from google.auth import credentials as google_auth
from google.oauth2 import service_account

from google_workspace.errors import GoogleBadKey

Anonymous: Any = google_auth.AnonymousCredentials
ServiceAccount: Any = service_account.Credentials  # Google gives neither types

NO_LOGIN = {
    "scope",
    "num_retries",
    "project",
    "subject",
    "sheets_api_endpoint",
    "drive_api_endpoint",
}
"""Extras that choose no way to log in."""


def credentials_of(conn_id: str, extras: Mapping[str, Any], scopes: Sequence[str]) -> Any:
    """Return the credentials of a connection. Raises GoogleBadKey for a key of no use.

    :param extras: the connection's; ``subject``: the Workspace user as whom the account acts.
    """
    try:
        credentials = _credentials(conn_id, extras, scopes)
    except (AirflowException, OSError, ValueError, KeyError, TypeError) as error:
        # Not chained: the cause may quote the key.
        raise GoogleBadKey(
            f"The key in the Google connection cannot be read ({type(error).__name__}). Give "
            "the whole JSON key file of the service account, as text or as a path that exists "
            "on every machine that uses the connection."
        ) from None
    subject = extras.get("subject")
    return credentials.with_subject(subject) if subject else credentials


def _credentials(conn_id: str, extras: Mapping[str, Any], scopes: Sequence[str]) -> Any:
    chosen = {name for name, value in extras.items() if value} - NO_LOGIN
    if chosen == {"keyfile_dict"}:
        return ServiceAccount.from_service_account_info(_key(extras["keyfile_dict"]), scopes=scopes)
    if chosen == {"key_path"}:
        return ServiceAccount.from_service_account_file(extras["key_path"], scopes=scopes)
    if chosen == {"is_anonymous"}:
        return Anonymous()
    from airflow.providers.google.common.hooks.base_google import GoogleBaseHook

    return GoogleBaseHook(conn_id).get_credentials()


def _key(key: str | dict[str, str]) -> dict[str, str]:
    """Return a key, whose line ends a form may have made two letters of."""
    fields: dict[str, str] = key if isinstance(key, dict) else json.loads(key)
    return fields | {"private_key": fields["private_key"].replace("\\n", "\n")}
