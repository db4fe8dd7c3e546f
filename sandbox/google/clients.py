"""The official clients, without credentials, pointed at a sandbox."""

from __future__ import annotations

from google.auth.credentials import AnonymousCredentials
from googleapiclient.discovery import Resource, build


def sheets_client(base_url: str) -> Resource:
    """A Sheets v4 client whose requests go to the sandbox at `base_url`."""
    return _client("sheets", "v4", f"{base_url}/")


def drive_client(base_url: str) -> Resource:
    """A Drive v3 client; its endpoint has to carry the path of the API."""
    return _client("drive", "v3", f"{base_url}/drive/v3/")


def _client(name: str, version: str, endpoint: str) -> Resource:
    return build(
        name,
        version,
        credentials=AnonymousCredentials(),
        client_options={"api_endpoint": endpoint},
        cache_discovery=False,
    )
