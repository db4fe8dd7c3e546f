"""The stand-ins on one server, and what a test asks them with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from sandbox.google import create_app as google_app
from sandbox.google.clients import drive_client, sheets_client
from sandbox.zoom import World
from sandbox.zoom import create_app as zoom_app
from tests.sandbox.google_book import Book, Google
from tests.sandbox.stage import Stage, staged
from tests.sandbox.zoom_client import Client

Play = Callable[..., Client]


@pytest.fixture(scope="session")
def stage() -> Iterator[Stage]:
    with staged() as one:
        yield one


@pytest.fixture
def play(stage: Stage) -> Play:
    """Puts a Zoom over a world on the stage: ``play(world, plan="free")``."""

    def play(world: World, **options: Any) -> Client:
        stage.app = app = zoom_app(world, **options)
        return Client(stage.base, app.state.zoom)

    return play


@pytest.fixture(scope="session")
def clients(stage: Stage) -> tuple[Any, Any]:
    """The official clients of Sheets and Drive."""
    return sheets_client(stage.base).spreadsheets(), drive_client(stage.base).files()


@pytest.fixture
def google(stage: Stage, clients: tuple[Any, Any]) -> Google:
    """A Google of a test's own."""
    stage.app = app = google_app()
    return Google(stage.base, app.state.google, *clients)


@pytest.fixture
def book(google: Google) -> Book:
    """A new spreadsheet of a test's own."""
    return Book(google)
