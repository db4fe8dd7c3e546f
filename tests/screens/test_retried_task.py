"""A task that failed, was cleared by a person and went well: its tries, each with its log."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.screens.camera import Camera
from tests.screens.dag_page import DagPage, show_whole_lines
from tests.screens.stack import Stack

DAY = "2026-03-24"
ADVICE = "add scope one of report:read:list_meeting_participants:admin"


def test_a_cleared_task_shows_both_tries_with_their_logs(
    stack: Stack, dag_page: DagPage, camera: Camera
) -> None:
    page = dag_page.page
    uuid = stack.session(DAY).instances[0].uuid
    stack.faults.add("missing_scope", endpoint="report_participants", meeting=uuid)
    run_id = stack.trigger(DAY)
    stack.wait_for(run_id, "failed")
    dag_page.open_task(run_id, "report.extract")
    expect(page.get_by_text(ADVICE).last).to_be_in_viewport()

    # The fault is used up: the person has added the scope.
    page.get_by_role("button", name="to clear").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Confirm")).to_be_enabled()
    camera.part(dialog, "clear")
    dialog.get_by_role("button", name="Confirm").click()
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
