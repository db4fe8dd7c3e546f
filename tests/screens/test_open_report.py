"""The button that leads from the task to its report."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.screens.camera import Camera
from tests.screens.dag_page import DagPage
from tests.screens.stack import Stack

DAY = "2026-03-24"


def test_open_report_opens_the_sessions_own_tab(
    stack: Stack, dag_page: DagPage, camera: Camera
) -> None:
    run_id = stack.trigger(DAY)
    stack.wait_for(run_id, "success")
    dag_page.open_task(run_id, "report.load")
    dag_page.page.get_by_role("link", name="Details", exact=True).click()
    button = dag_page.page.get_by_role("link", name="Open report")
    expect(button).to_be_visible()
    camera.window(dag_page.page, "open-report", height=574)
    with dag_page.page.expect_popup() as opened:
        button.click()
    report = opened.value
    expect(report.get_by_text("Tuesday 24 March 2026")).to_be_visible()
    session = stack.session(DAY)
    for name in (name.replace("#", ",") for name in session.truth.keys() - session.uncertain):
        expect(report.get_by_role("cell", name=name, exact=True).first).to_be_visible()
    whole = report.url
    camera.window(report, "report", height=640)
    report.get_by_role("link", name="People to review").click()
    expect(report.get_by_role("cell", name="People to review", exact=True)).to_be_in_viewport()
    camera.window(report, "people-to-review", height=560)
    report.goto(whole)
    report.reload()
    camera.window(report, "report-on-a-telephone", height=844, width=390)
