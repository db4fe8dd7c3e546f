"""One session again, by the trigger form."""

from __future__ import annotations

import re
from urllib.parse import unquote

from playwright.sync_api import expect

from include.pipeline.screens import PARAMS
from tests.screens.camera import Camera
from tests.screens.dag_page import DagPage
from tests.screens.stack import Stack, uuids

RESTARTED = "2026-04-07"
"""The host dropped out: one session, two instances."""


def test_every_field_is_explained(dag_page: DagPage) -> None:
    dag_page.open()
    dag_page.press_trigger()
    for param in PARAMS.values():
        expect(dag_page.field(param.schema["title"])).to_contain_text(param.description)


def test_a_date_in_the_form_makes_one_run_with_that_session(
    stack: Stack, dag_page: DagPage, camera: Camera
) -> None:
    dag_page.open()
    dag_page.press_trigger()
    dag_page.fill_in_day("The session of this day", RESTARTED)
    camera.part(dag_page.dialog, "trigger")
    dag_page.dialog.get_by_role("button", name="Trigger", exact=True).click()
    dag_page.page.wait_for_url(re.compile("/runs/manual__"))
    run_id = unquote(dag_page.page.url.split("/runs/")[1])
    stack.wait_for(run_id, "success")
    session = stack.session(RESTARTED)
    assert stack.found(run_id) == uuids([session])
    assert len(session.instances) == 2
    assert [title for title, _ in stack.sheets().values() if title.startswith(RESTARTED)]
