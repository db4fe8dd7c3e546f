"""A task that failed, was cleared by a person and went well: its tries, each with its log."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from sandbox.zoom.faults import Faults
from tests.screens.camera import Camera
from tests.screens.dag_page import DagPage
from tests.screens.stack import Stack

DAY = "2026-09-22"
ADVICE = "add scope one of report:read:list_meeting_participants:admin"


@pytest.fixture
def scope(stack: Stack) -> Iterator[Faults]:
    """The app lacks a scope until these faults are cleared."""
    faults = stack.sandbox.zoom.faults
    faults.add("missing_scope", endpoint="report_participants", times=99)
    yield faults
    faults.clear()


def test_a_cleared_task_shows_both_tries_with_their_logs(
    stack: Stack, scope: Faults, dag_page: DagPage, camera: Camera
) -> None:
    page = dag_page.page
    run_id = stack.trigger(DAY)
    stack.wait_for(run_id, "failed")
    dag_page.open_task(run_id, "report.extract")
    expect(page.get_by_text(ADVICE).last).to_be_in_viewport()

    scope.clear()  # the person adds the scope
    page.get_by_role("button", name="to clear").click()
    page.get_by_role("dialog").get_by_role("button", name="Confirm").click()
    stack.wait_for(run_id, "success")

    page.reload()
    expect(page.get_by_text("Task Tries")).to_be_visible()
    expect(page.get_by_text("participant rows, all that Zoom has")).to_be_visible()
    choose_try(page, 1)
    show_whole_lines(page)
    page.get_by_text("ZoomMissingScope:").click()  # folds the traceback
    expect(page.get_by_text(ADVICE).last).to_be_in_viewport()
    camera.window(page, "tries", height=720)


def choose_try(page: Page, number: int) -> None:
    page.get_by_role("button", name=re.compile(f"^{number}$")).click()


def show_whole_lines(page: Page) -> None:
    page.get_by_role("button", name="Log Settings").click()
    page.get_by_role("menuitem", name="Wrap").click()
