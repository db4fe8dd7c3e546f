"""One server for the tests of a module: stopping one takes a while."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from googleapiclient.discovery import Resource

from sandbox.google import GoogleState, create_app
from sandbox.google.clients import sheets_client
from sandbox.server import serve
from tests.sandbox.google_book import Book
from tests.sandbox.zoom_client import Stage, staged


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    """A Zoom stand-in on which each test plays a world of its own."""
    with staged() as one:
        yield one


@pytest.fixture(scope="module")
def google() -> Iterator[tuple[Resource, GoogleState]]:
    """A client of the Sheets stand-in, and what that holds."""
    app = create_app()
    with serve(app) as url:
        yield sheets_client(url), app.state.google


@pytest.fixture
def book(google: tuple[Resource, GoogleState]) -> Book:
    """A new spreadsheet of a test's own."""
    return Book(*google)
