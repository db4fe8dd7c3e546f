"""The browser that clicks through Airflow's screens: the machine's own, headless."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, expect, sync_playwright

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


def keep_notes(page: Page) -> None:
    """Keep what Airflow says in a corner of the page from now on: it is gone after two seconds."""
    page.evaluate("""() => {
        window.notes = [];
        new MutationObserver(() => {
            for (const note of document.querySelectorAll("[role=status]"))
                window.notes.push(note.innerText);
        }).observe(document, {childList: true, subtree: true, characterData: true});
    }""")


def wait_for_note(page: Page, title: str) -> str:
    """Return the note with this title, whether it is still there or not."""
    find = "title => window.notes.findLast(note => note.includes(title))"
    return page.wait_for_function(find, arg=title).json_value()
