"""One browser, and a fresh window for each test."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.live.stack import Live
from tests.screens import chromium
from tests.screens.camera import Camera
from tests.screens.chromium import browsing, new_window
from tests.screens.dag_page import DagPage
from tests.screens.stack import DAG_ID, Stack


# The browser ends with the folder: Playwright's loop would stand in the way of other tests.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Skip these tests where there is none, but not where all of them have to run."""
    if not chromium.program():
        assert not os.environ.get("CI"), "chromium is not installed"
        pytest.skip("chromium is not installed")
    with browsing() as browser:
        yield browser


@pytest.fixture(scope="package")
def stack(live: Live) -> Stack:
    return Stack(live)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with new_window(browser) as page:
        yield page


@pytest.fixture
def dag_page(page: Page, stack: Stack) -> DagPage:
    return DagPage(page, stack.live.airflow.url, DAG_ID)


@pytest.fixture(scope="package")
def camera(tmp_path_factory: pytest.TempPathFactory) -> Camera:
    """Takes pictures for the documents when the variable SCREENS names their folder."""
    return Camera(Path(os.environ.get("SCREENS") or tmp_path_factory.mktemp("screens")))
