"""One server that plays a new application for each test: starting and stopping servers is slow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send

from sandbox.google import create_app
from sandbox.google.clients import drive_client, sheets_client
from sandbox.server import serve
from tests.sandbox.google_book import Google


class Stage:
    """Serves at `base` what was last put on it."""

    def __init__(self) -> None:
        self.base = ""
        self.app: ASGIApp = Starlette()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


@pytest.fixture(scope="session")
def stage() -> Iterator[Stage]:
    stage = Stage()
    with serve(stage) as stage.base:
        yield stage


@pytest.fixture(scope="session")
def clients(stage: Stage) -> tuple[Any, Any]:
    """The official clients of Sheets and Drive."""
    return sheets_client(stage.base).spreadsheets(), drive_client(stage.base).files()


@pytest.fixture
def google(stage: Stage, clients: tuple[Any, Any]) -> Google:
    """A Google of a test's own."""
    stage.app = app = create_app()
    return Google(stage.base, app.state.google, *clients)
