"""Both connections, entered into Airflow's form and tested from its list."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page

from tests.screens.camera import Camera
from tests.screens.chromium import keep_notes, wait_for_note
from tests.screens.stack import Stack

CONN_ID, GOOGLE = "zoom_default", "google_cloud_default"

SCOPES = "https://www.googleapis.com/auth/spreadsheets"


@pytest.fixture
def form(stack: Stack, page: Page) -> Iterator[Locator]:
    """The empty form, for connections that are not there yet."""
    for conn_id in (CONN_ID, GOOGLE):
        stack.live.disconnect(conn_id)
    page.goto(f"{stack.live.airflow.url}/connections")
    page.get_by_role("button", name="Add Connection").click()
    yield page.get_by_role("dialog")
    for conn_id in (CONN_ID, GOOGLE):
        stack.live.connect(conn_id)


def choose(form: Locator, conn_id: str, conn_type: str) -> None:
    form.get_by_label("Connection ID").fill(conn_id)
    form.get_by_label("Connection Type").fill(conn_type)
    form.page.get_by_role("option", name=conn_type, exact=True).click()
    form.get_by_role("button", name="Extra Fields", exact=True).click()


def fill_in(form: Locator, stack: Stack, secret: str) -> None:
    address = urlsplit(stack.live.sandbox.url)
    choose(form, CONN_ID, "Zoom")
    extra(form, "Account ID").fill("sandbox-account")
    extra(form, "Token URL").fill(f"{stack.live.sandbox.url}/oauth/token")
    form.get_by_role("button", name="Standard Fields").click()
    form.get_by_label("API host").fill(f"{address.scheme}://{address.hostname}")
    form.get_by_label("Client ID").fill("sandbox-client")
    form.get_by_role("textbox", name="Client secret").fill(secret)
    form.get_by_label("Port").fill(str(address.port))


def extra(form: Locator, label: str) -> Locator:
    """Return one of our own fields; Airflow does not tie its label to it."""
    return form.get_by_role("group").filter(has_text=label).get_by_role("textbox")


def save_and_test(form: Locator, title: str) -> str:
    """Return the note with this title, which shows the result."""
    page = form.page
    keep_notes(page)
    form.get_by_role("button", name="Save").click()
    wait_for_note(page, "Connection has been successfully created")
    page.reload()  # that note would cover the list
    keep_notes(page)
    row = page.get_by_role("row").filter(has_text=CONN_ID)
    row.get_by_role("button", name="Test Connection").click()
    return wait_for_note(page, title)


def test_what_the_form_took_is_accepted_by_zoom(
    stack: Stack, form: Locator, camera: Camera
) -> None:
    fill_in(form, stack, "sandbox-secret")
    camera.part(form, "connection")
    result = save_and_test(form, "Test Connection Successful")
    assert "Zoom accepts the login" in result
    camera.window(form.page, "connection-test", height=560)


def test_a_wrong_secret_is_told(stack: Stack, form: Locator) -> None:
    fill_in(form, stack, "mistyped")
    result = save_and_test(form, "Test Connection Failed")
    assert "Zoom does not know this client id with this client secret" in result


def test_googles_form_has_the_fields_that_the_docs_name(form: Locator, camera: Camera) -> None:
    choose(form, GOOGLE, "Google Cloud")
    extra(form, "Keyfile JSON").fill('{"type": "service_account", ...}')
    extra(form, "Scopes (comma separated)").fill(SCOPES)
    form.get_by_role("group").filter(has_text="Number of Retries").locator("input").fill("7")
    camera.window(form.page, "connection-google", height=760)
