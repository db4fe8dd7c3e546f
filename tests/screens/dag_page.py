"""A Dag's page in Airflow, used as a person does."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import quote

from playwright.sync_api import Locator, Page, Response, TimeoutError, expect

from sandbox.waiting import wait_until
from tests.screens.chromium import keep_notes, wait_for_note

GRID_WIDTH = 340
"""Pixels: seven weeks beside the names of the tasks."""

DRAWING = 30_000
"""Milliseconds."""


@dataclass(frozen=True)
class DateTime:
    """What a person types into one of the dialog's date fields."""

    date: str
    time: str


class DagPage:
    """A window with a page of one Dag.

    :param url: Airflow's address, without a slash at the end.
    """

    def __init__(self, page: Page, url: str, dag_id: str) -> None:
        self.page = page
        self._url = f"{url}/dags/{dag_id}"
        self.dialog = page.get_by_role("dialog").first
        self._unfold = page.get_by_role("button", name="Expand all task groups")

    def open(self, below: str = "") -> None:
        """Open a page of the Dag, and again while nothing is drawn, which happens seldom."""
        self.page.goto(self._url + below)
        wait_until(self._is_drawn, f"a drawn {self.page.url}")

    def _is_drawn(self) -> bool:
        with suppress(TimeoutError):
            self._unfold.wait_for(timeout=DRAWING)
            return True
        self.page.reload()
        return False

    def open_task(self, run_id: str, task_id: str) -> None:
        """Open the page of a run's first task instance of this name."""
        self.open(f"/runs/{quote(run_id)}/tasks/{task_id}/mapped/0")

    def choose_time_zone(self, zone: str) -> None:
        """All times of all pages are shown and entered in it from now on."""
        self.page.get_by_role("button", name="+00:00").click()
        self.dialog.get_by_role("combobox").fill(zone)
        self.page.get_by_role("option", name=zone).click()
        self.dialog.get_by_role("button", name="Close").click()

    def press_trigger(self) -> None:
        self.page.get_by_role("button", name="Trigger Dag").click()

    def fill_in_backfill(self, first: DateTime, last: DateTime, runs: str, at_once: int) -> None:
        """Choose what to run again; a paused Dag is switched on by it, as the dialog proposes."""
        self.press_trigger()
        self.dialog.get_by_text("Backfill", exact=True).click()
        self._pick("From", first)
        self._pick("To", last)
        self.dialog.get_by_text(runs, exact=True).click()
        self.dialog.get_by_role("spinbutton").fill(str(at_once))
        self.dialog.get_by_role("button", name="Run Parameters").click()  # not needed: folded

    def _pick(self, label: str, moment: DateTime) -> None:
        field = self.dialog.get_by_role("group").filter(has_text=label)
        field.get_by_text("Select date and time").click()
        self.page.get_by_role("textbox", name=label).fill(moment.date)
        self.page.get_by_placeholder("HH:mm").fill(moment.time)
        self.page.keyboard.press("Escape")

    def run_backfill(self) -> int:
        """Press the button, which closes the dialog; returns the id of the backfill."""
        keep_notes(self.page)
        with self.page.expect_response(_creates_backfill) as answer:
            self.dialog.get_by_role("button", name="Run Backfill").click()
        assert answer.value.ok, answer.value.text()
        wait_for_note(self.page, "Backfill generated")
        expect(self.dialog).to_be_hidden()
        return answer.value.json()["id"]

    def leave(self) -> None:
        """Go away meanwhile: the page asks for everything again and again."""
        self.page.goto("about:blank")

    def open_grid(self) -> None:
        """Unfold its groups, and drag the line beside it until all its runs are seen."""
        self._unfold.click()
        line = self.page.get_by_role("separator")
        box = line.bounding_box()
        assert box
        self.page.mouse.move(box["x"] + 1, 300)
        self.page.mouse.down()
        self.page.mouse.move(GRID_WIDTH, 300, steps=5)
        self.page.mouse.up()

    def link(self, name: str) -> Locator:
        """Return a link on the page by its text."""
        return self.page.get_by_role("link", name=name, exact=True)

    def fill_in_day(self, label: str, day: str) -> None:
        self.field(label).locator("input").fill(day)

    def field(self, label: str) -> Locator:
        """Return a field of the trigger form, with its label and its help text."""
        return self.dialog.get_by_role("group").filter(has_text=label)


def _creates_backfill(response: Response) -> bool:
    return response.request.method == "POST" and response.url.endswith("/backfills")


def show_whole_lines(page: Page) -> None:
    """Have the lines of a log wrapped."""
    page.get_by_role("button", name="Log Settings").click()
    page.get_by_role("menuitem", name="Wrap").click()
