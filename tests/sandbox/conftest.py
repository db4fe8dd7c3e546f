"""The stand-ins on one server, and what a test asks them with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sandbox.zoom import World, create_app
from tests.sandbox.google_book import Book, Google
from tests.sandbox.stage import Stage
from tests.sandbox.stage import clients as clients
from tests.sandbox.stage import google as google
from tests.sandbox.stage import stage as stage
from tests.sandbox.zoom_client import Client

Play = Callable[..., Client]


@pytest.fixture
def play(stage: Stage) -> Play:
    """Puts a Zoom over a world on the stage: ``play(world, plan="free")``."""

    def play(world: World, **options: Any) -> Client:
        stage.app = app = create_app(world, **options)
        return Client(stage.base, app.state.zoom)

    return play


@pytest.fixture
def book(google: Google) -> Book:
    """A new spreadsheet of a test's own."""
    return Book(google)
