"""Staged files of a test's own, and Google connections that do not repeat what fails."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from include.pipeline.files.staging import StagingFolder
from sandbox.both import Sandbox
from sandbox.google import GoogleState
from tests.pipeline.books import KeptBook
from tests.pipeline.runs import FOLDER, meeting
from tests.zoom_provider.scripted_zoom import ScriptedZoom, scripted

ConnectTo = Callable[..., None]


@pytest.fixture
def staging(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the staged files of the folder `staged` lie; the records are beside it."""
    monkeypatch.setenv("AIRFLOW__ZOOM_ATTENDANCE__STAGING_URL", f"file://{tmp_path}")
    monkeypatch.setenv("AIRFLOW__ZOOM_ATTENDANCE__RECORDS_URL", f"file://{tmp_path}/records")
    return tmp_path / "staged"


@pytest.fixture
def folder(staging: Path) -> StagingFolder:
    return StagingFolder(staging.name)


@pytest.fixture
def connect(empty_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> ConnectTo:
    """Change extras of the Google connection: ``connect(num_retries=0)``."""

    def connect(**extra: Any) -> None:
        connection = empty_sandbox.connections["google_cloud_default"]
        changed = connection | {"extra": connection["extra"] | extra}
        monkeypatch.setenv("AIRFLOW_CONN_GOOGLE_CLOUD_DEFAULT", json.dumps(changed))

    return connect


@pytest.fixture
def scripted_zoom(monkeypatch: pytest.MonkeyPatch) -> Iterator[ScriptedZoom]:
    """A Zoom that says what no stand-in would; the default connection leads to it."""
    with scripted() as zoom:
        login = {"account_id": "scripted", "token_url": f"{zoom.url}/oauth/token"}
        address = {"host": "http://127.0.0.1", "port": urlsplit(zoom.url).port}
        connection = {"conn_type": "zoom", "login": "x", "password": "y", "extra": login, **address}
        monkeypatch.setenv("AIRFLOW_CONN_ZOOM_DEFAULT", json.dumps(connection))
        yield zoom


@pytest.fixture
def book(google: GoogleState, staging: Path) -> KeptBook:
    """The book of a meeting whose reports go to a folder; nothing is there yet."""
    return KeptBook(google, meeting(publish_to=FOLDER))


@pytest.fixture
def google(empty_sandbox: Sandbox, connect: ConnectTo) -> GoogleState:
    """What Google holds; the client repeats nothing that Google refuses."""
    connect(num_retries=0)
    return empty_sandbox.google
