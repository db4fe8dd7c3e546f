"""The book in a browser: what a leader sees, and what an answer in Names changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from sandbox.both import Sandbox
from tests.pipeline.books import KeptBook, keep_session
from tests.pipeline.runs import FOLDER, meeting
from tests.screens.camera import Camera

YOUTH = ["Ann Lee", "Gia Rossi", "Jon Park", "Max Stern"]
CHILDREN = ["Ben Okoro", "Esi Mensah", "Nia Bello"]
CLASSES = {"Youth": YOUTH, "Children": CHILDREN, "Adults": ["Finn Berg", "Ida Novak"]}
MEMBERS = [name for names in CLASSES.values() for name in names]

AWAY = [
    {"Finn Berg"},
    {"Ann Lee", "Nia Bello"},
    {"Jon Park"},
    {"Ben Okoro", "Gia Rossi"},
    {"Ben Okoro", "Ida Novak"},
    {"Ann Lee", "Ben Okoro", "Esi Mensah"},
]
"""Of each week: who was not seen under the name in People."""

ANNIE = "Annie Lee"
"""A name of the last week that looks like one of them."""


@pytest.fixture
def book(empty_sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> KeptBook:
    monkeypatch.setenv("AIRFLOW__ZOOM_ATTENDANCE__RECORDS_URL", f"file://{tmp_path}")
    book = KeptBook(empty_sandbox.google, meeting(publish_to=FOLDER, title="Sunday classes"))
    for week, away in enumerate(AWAY):
        others = [ANNIE] if week == len(AWAY) - 1 else []
        keep_session(book.choir, [name for name in MEMBERS if name not in away] + others, week)
    book.run()
    people = [[name, one, "", "2026-01-01"] for one, names in CLASSES.items() for name in names]
    book.enrol(people, [[name] for name in CLASSES])
    book.run()
    return book


def open_tab(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name)).first.click()


def cell(page: Page, at: str) -> Locator:
    return page.locator(f"main:not([hidden]) td[data-at={at}]")


def row_of(page: Page, text: str) -> Locator:
    found = page.locator("main:not([hidden]) tr").filter(has_text=text)
    return found.first


def test_an_answer_in_names_changes_the_past(
    empty_sandbox: Sandbox, book: KeptBook, page: Page, camera: Camera
) -> None:
    address = f"{empty_sandbox.url}/spreadsheets/d/{book.id}/edit"
    page.goto(address)
    expect(page.get_by_text("Missing three in a row")).to_be_visible()
    expect(page.get_by_text("Ben Okoro (Children)")).to_be_visible()
    expect(page.get_by_role("img", name="Chart: Who came, by class")).to_be_visible()
    camera.window(page, "book-this-week", height=560)
    open_tab(page, "Register")
    expect(row_of(page, "Ann Lee").get_by_text("?", exact=True)).to_be_visible()
    camera.window(page, "book-register", height=560)

    open_tab(page, "Names")
    line = row_of(page, ANNIE)
    expect(line).to_contain_text("Ann Lee")
    camera.window(page, "book-names", height=400)
    line.get_by_label("Choices of").first.click()
    page.get_by_role("option", name="Ann Lee", exact=True).click()
    expect(line).to_contain_text(ANNIE)

    book.run()
    page.goto(address)
    open_tab(page, "Register")
    expect(row_of(page, "Ann Lee").get_by_text("?", exact=True)).to_have_count(0)
    open_tab(page, "Names")
    expect(row_of(page, ANNIE)).to_contain_text("changed 19 Jul ? → P")

    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(address)
    expect(page.get_by_text("Ben Okoro (Children)")).to_be_in_viewport(ratio=1)
    camera.window(page, "book-on-a-telephone", height=844, width=390)
