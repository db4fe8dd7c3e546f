"""A slip in a meeting's file, as Airflow's start page shows it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from sandbox.waiting import wait_until
from tests.screens.camera import Camera
from tests.screens.stack import Stack


@pytest.fixture
def slip(stack: Stack) -> Iterator[Path]:
    """A new meeting's file with a tab in it; wait until Airflow has seen it come, and go."""
    file = stack.live.meetings / "choir.yaml"
    file.write_text("title: Choir\nmeeting_id: 812 0000 3456\n\ttimezone: Australia/Sydney\n")
    wait_for_import_errors(stack, 1)
    yield file
    file.unlink()
    wait_for_import_errors(stack, 0)


def wait_for_import_errors(stack: Stack, count: int) -> None:
    wait_until(
        lambda: stack.live.airflow.call("GET", "/importErrors")["total_entries"],
        f"{count} import error(s)",
        accept=lambda found: found == count,
    )


def test_the_start_page_names_file_line_and_what_to_write(
    slip: Path, stack: Stack, page: Page, camera: Camera
) -> None:
    page.goto(stack.live.airflow.url)
    page.get_by_role("button", name="Import Error").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="choir.yaml.py").click()
    expect(dialog).to_contain_text(f"{slip.name}, line 3: a tab; use spaces.")
    camera.part(dialog, "import-error")
