"""The sandbox's page of a spreadsheet in a browser: people type, choose and tick there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from sandbox.google import create_app
from sandbox.google.clients import drive_client, sheets_client
from sandbox.server import serve
from tests.sandbox.google_book import Book, Google
from tests.sandbox.small_book import small_book


@pytest.fixture
def book() -> Iterator[Book]:
    app = create_app()
    with serve(app) as url:
        clients = sheets_client(url).spreadsheets(), drive_client(url).files()
        book = Book(Google(url, app.state.google, *clients))
        small_book(book)
        yield book


def cell(page: Page, at: str) -> Locator:
    return page.locator(f"main:not([hidden]) td[data-at={at}]")


def test_people_type_choose_and_tick(book: Book, page: Page) -> None:
    page.goto(f"{book.google.url}/spreadsheets/d/{book.id}/edit")
    expect(cell(page, "B5")).to_have_css("background-color", "rgb(184, 224, 204)")
    expect(page.get_by_role("columnheader", name="G", exact=True)).to_have_count(0)

    cell(page, "D6").click()
    page.keyboard.type("R")
    page.keyboard.press("Enter")
    expect(cell(page, "D7")).to_contain_class("selected")
    expect(cell(page, "D6")).to_have_text("R")

    cell(page, "E6").get_by_label("Choices of E6").click()
    page.get_by_role("option", name="Cleo Marsh").click()
    expect(cell(page, "E6")).to_have_text("Cleo Marsh")
    cell(page, "F6").get_by_role("checkbox").check()
    expect(cell(page, "F6").get_by_role("checkbox")).to_have_attribute("checked", "")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    expect(cell(page, "F7").get_by_role("checkbox")).to_have_attribute("checked", "")

    questions = []
    page.on("dialog", lambda asked: (questions.append(asked.message), asked.dismiss()))
    cell(page, "A5").dblclick()
    page.keyboard.type("!")
    page.keyboard.press("Enter")
    expect(cell(page, "A5")).to_have_text("Ann Lee")
    assert len(questions) == 1
    assert book.seen("'Register'!A5:F7") == [
        ["Ann Lee", "P", "P", "A", "", ""],
        ["Ben Okoro", "A", "A", "R", "Cleo Marsh", "TRUE"],
        ["Cleo Marsh", "?", "L", "P", "", "TRUE"],
    ]


def test_chart_and_frozen_name_on_a_telephone(book: Book, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{book.google.url}/spreadsheets/d/{book.id}/edit")
    chart = page.get_by_role("img", name="Chart: Who came, by class")
    expect(chart.locator("rect.column")).to_have_count(6)
    expect(chart.locator("rect.column title").nth(1)).to_have_text("1 Nov, Youth: 12")
    page.locator("main:not([hidden])").evaluate("sheet => sheet.scrollTo(300, 0)")
    expect(cell(page, "A5")).to_be_in_viewport(ratio=1)
    expect(cell(page, "B5")).not_to_be_in_viewport()
    page.locator("main:not([hidden])").evaluate("sheet => sheet.scrollTo(0, 0)")
    cell(page, "B4").get_by_role("link", name="15 Nov").click()
    expect(cell(page, "A2")).to_have_text("Ann Lee")
