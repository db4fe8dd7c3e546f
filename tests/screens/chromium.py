"""The browser that clicks through Airflow's screens: the machine's own, headless."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, Response, expect, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",  # a container's root may not have one
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

WINDOW = {"width": 1280, "height": 800}
TIMEOUT = 120_000
"""Milliseconds until a person gives up on a page; the machine may be busy."""


def program() -> str | None:
    """Find the browser."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def browsing() -> Iterator[Browser]:
    """Run the browser, with an empty profile, until the block ends."""
    expect.set_options(timeout=TIMEOUT)
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=program(), args=FLAGS) as browser,
    ):
        yield browser


@contextmanager
def new_window(browser: Browser) -> Iterator[Page]:
    """Open a window that remembers nothing of earlier ones."""
    with browser.new_context(viewport=WINDOW, color_scheme="light", reduced_motion="reduce") as own:
        own.set_default_timeout(TIMEOUT)
        yield own.new_page()


def is_post_to(path: str) -> Callable[[Response], bool]:
    """Find the answer to what a button sends, for the note about it is gone after two seconds."""
    return lambda answer: answer.request.method == "POST" and answer.url.endswith(path)
