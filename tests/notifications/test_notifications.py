"""The words of each notice, and the form a mail gives them."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from include.notifications.mail import Notice
from include.notifications.nobody import nobody_met
from include.notifications.notices import failed, late, published
from tests.pipeline.runs import meeting

HEADLINE = {"people": 76, "hours": 101.9, "incomplete": False, "below": {}}
RUN = {
    "dag_id": "zoom_attendance_choir",
    "dag_run_id": "scheduled__2026-11-22T12:00:00+00:00",
    "run_type": "scheduled",
    "state": "running",
}


def task_instance(**known: Any) -> SimpleNamespace:
    """What a notice reads of a task instance; Airflow's own needs a running task."""
    usual = {
        "dag_id": RUN["dag_id"],
        "task_id": "report.extract",
        "rendered_map_index": "2026-11-15",
        "try_number": 1,
        "run_id": RUN["dag_run_id"],
        "log_url": "http://airflow.example.org/dags/choir",
    }
    return SimpleNamespace(**usual | known)


def test_text_becomes_html_and_nothing_else() -> None:
    notice = Notice("s", ("{{ ti }} A & B <i>", "Zoë 🎻"), ('"Open"', "http://x/?a=1&b=2"))
    assert notice.html == (
        "<p>{{ ti }} A &amp; B &lt;i&gt;</p>\n"
        "<p>Zoë 🎻</p>\n"
        '<p><a href="http://x/?a=1&amp;b=2">&quot;Open&quot;</a></p>\n'
    )


def test_a_subject_is_one_line() -> None:
    notice = Notice("Choir\nBcc: everybody@example.org", (), ("", ""))
    assert notice.subject_line == "Choir Bcc: everybody@example.org"


@pytest.mark.parametrize(
    ("known", "subject"),
    [
        ({}, "Zoom attendance: Choir 2026-11-15 failed at extract"),
        (
            {"task_id": "sessions", "rendered_map_index": None},
            "Zoom attendance: Choir failed at sessions",
        ),
    ],
)
def test_subject_of_a_failure(known: dict[str, Any], subject: str) -> None:
    assert failed("Choir", task_instance(**known), "Do this.").subject == subject


@pytest.mark.parametrize(("tries", "told"), [(1, False), (6, True)])
def test_tries_are_told_if_there_were_several(tries: int, told: bool) -> None:
    said, then, _ = failed("Choir", task_instance(try_number=tries), "Do this.").paragraphs
    assert said == "Do this."
    assert then.startswith(f"It has been tried {tries} times") is told
    assert "press Clear" in then


@pytest.mark.parametrize(
    ("changes", "subject", "paragraphs"),
    [
        ({}, "Choir 2026-11-15, 76 people", ["76 people, 101.90 hours in all."]),
        (
            {"people": 1, "hours": 0.0},
            "Choir 2026-11-15, 1 person",
            ["1 person, 0.00 hours in all."],
        ),
        (
            {
                "incomplete": True,
                "banner": ["INCOMPLETE", "Zoom says 9 rows but delivered 7."],
                "below": {"People to review": 2, "Data problems": 1},
            },
            "Choir 2026-11-15, 76 people, incomplete",
            [
                "INCOMPLETE: Zoom says 9 rows but delivered 7.",
                "76 people, 101.90 hours in all.",
                "Please check what stands below the table: People to review (2), "
                "Data problems (1).",
            ],
        ),
    ],
)
def test_a_new_report(changes: dict[str, Any], subject: str, paragraphs: list[str]) -> None:
    notice = published("Choir", "2026-11-15", HEADLINE | changes, "http://sheet")
    assert notice.subject == f"Zoom attendance: {subject}"
    assert list(notice.paragraphs) == paragraphs
    assert notice.link == ("Open the report", "http://sheet")


@pytest.mark.parametrize(
    ("sessions", "subject", "happened"),
    [
        ([], "Choir, nobody met", "Zoom lists no session of Choir since the run before"),
        (["2026-11-15"], "Choir 2026-11-15, nobody met", "Zoom's report of the session 2026-11-15"),
        (
            ["2026-11-11", "2026-11-15"],
            "Choir 2026-11-11 and 2026-11-15, nobody met",
            "Zoom's reports of the sessions 2026-11-11 and 2026-11-15 have nobody",
        ),
    ],
)
def test_nobody_met(sessions: list[str], subject: str, happened: str) -> None:
    notice = nobody_met("Choir", sessions, task_instance())
    assert notice.subject == f"Zoom attendance: {subject}"
    said, do, run = notice.paragraphs
    assert said.startswith(happened)
    assert do.startswith("If there was no class, nothing is to be done. If people met, look in")
    assert run == f"Run: {RUN['dag_run_id']}."
    assert notice.link[1].endswith(
        f"/{RUN['dag_id']}/runs/scheduled__2026-11-22T12%3A00%3A00%2B00%3A00"
    )


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("queued", "The run has not begun."),
        ("running", "The run is going on."),
        ("failed", "The run has failed."),
    ],
)
def test_a_late_report(state: str, words: str) -> None:
    choir = meeting()  # in Sydney
    notice = late(choir, RUN | {"state": state}, datetime(2026, 11, 22, 13, 30, tzinfo=UTC))
    due, look, run = notice.paragraphs
    assert due.endswith("should have been there by Monday 23 November 00:30 (Australia/Sydney).")
    assert look.startswith(words)
    assert run == f"Run: {RUN['dag_run_id']}."
    assert notice.link[1].endswith(
        "/dags/zoom_attendance_choir/runs/scheduled__2026-11-22T12%3A00%3A00%2B00%3A00"
    )
