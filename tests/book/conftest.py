"""A Google of a test's own, and a desk with a book in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from sandbox.google import create_app
from sandbox.google.clients import drive_client, sheets_client
from tests.book.desk import Desk
from tests.sandbox.google_book import Google
from tests.sandbox.stage import Stage, staged


@pytest.fixture(scope="session")
def stage() -> Iterator[Stage]:
    with staged() as one:
        yield one


@pytest.fixture(scope="session")
def clients(stage: Stage) -> tuple[Any, Any]:
    return sheets_client(stage.base).spreadsheets(), drive_client(stage.base).files()


@pytest.fixture
def google(stage: Stage, clients: tuple[Any, Any]) -> Google:
    stage.app = app = create_app()
    return Google(stage.base, app.state.google, *clients)


@pytest.fixture
def desk(google: Google) -> Desk:
    return Desk(google)
