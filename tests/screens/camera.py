"""The pictures in docs/screens, taken by the tests as they come past.

``SCREENS=docs/screens pytest tests/screens`` renews them.
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

WIDTH = 1280


class Camera:
    """Takes pictures into a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def window(self, page: Page, name: str, height: int, width: int = WIDTH) -> None:
        """Take the window in a size that leaves little of it empty, in pixels."""
        page.set_viewport_size({"width": width, "height": height})
        page.mouse.move(0, 0)
        passing = page.get_by_role("tooltip").or_(page.get_by_text("Backfill in progress"))
        expect(passing).to_have_count(0)
        page.screenshot(path=self._path(name), animations="disabled")

    def part(self, part: Locator, name: str) -> None:
        """Take one part of the page, such as a dialog, whole."""
        part.page.set_viewport_size({"width": WIDTH, "height": 1600})
        part.screenshot(path=self._path(name))

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.png"
