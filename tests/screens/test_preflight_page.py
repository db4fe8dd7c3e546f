"""The preflight's log, when all is well and when something is not."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.airflow_runs import finished, instances
from tests.screens.camera import Camera
from tests.screens.dag_page import show_whole_lines
from tests.screens.stack import EVENING_CLASS, Stack

DAG_ID = "zoom_preflight"


@pytest.fixture
def unshared(stack: Stack) -> Iterator[None]:
    """The evening class's spreadsheet is not shared with the service account."""
    file = stack.live.sandbox.google.files[EVENING_CLASS.spreadsheet]
    file.shared = False
    yield
    file.shared = True


def open_log(stack: Stack, page: Page) -> None:
    """Run the preflight and open its log about the evening class."""
    run_id = stack.live.airflow.trigger(DAG_ID)
    finished(stack.live.airflow, DAG_ID, run_id)
    found = instances(stack.live.airflow, DAG_ID, run_id, "meeting")
    (index,) = [
        one["map_index"] for one in found if one["rendered_map_index"] == EVENING_CLASS.name
    ]
    page.goto(
        f"{stack.live.airflow.url}/dags/{DAG_ID}/runs/{quote(run_id)}/tasks/meeting/mapped/{index}"
    )


def test_all_is_well(stack: Stack, page: Page, camera: Camera) -> None:
    open_log(stack, page)
    show_whole_lines(page)
    expect(page.get_by_text("11 of 11 checks OK").last).to_be_in_viewport()
    camera.window(page, "preflight-ok", height=720)


@pytest.mark.usefixtures("unshared")
def test_what_is_not_ok_says_what_to_do(stack: Stack, page: Page, camera: Camera) -> None:
    open_log(stack, page)
    show_whole_lines(page)
    page.get_by_text("NOT OK").last.scroll_into_view_if_needed()
    camera.window(page, "preflight-not-ok", height=720)
