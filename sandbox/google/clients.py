"""The official clients, without credentials or as a person, pointed at a sandbox."""

from __future__ import annotations

from google.auth.credentials import AnonymousCredentials
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import Resource, build


def sheets_client(base_url: str, token: str = "") -> Resource:
    """A Sheets v4 client whose requests go to the sandbox at `base_url`.

    `token` is that of a person who signed in (`GoogleState.sign_in`).
    """
    return _client("sheets", "v4", f"{base_url}/", token)


def drive_client(base_url: str, token: str = "") -> Resource:
    """A Drive v3 client; its endpoint has to carry the path of the API."""
    return _client("drive", "v3", f"{base_url}/drive/v3/", token)


def _client(name: str, version: str, endpoint: str, token: str) -> Resource:
    return build(
        name,
        version,
        credentials=Credentials(token) if token else AnonymousCredentials(),
        client_options={"api_endpoint": endpoint},
        cache_discovery=False,
    )
