from __future__ import annotations

import logging
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from include.pipeline.outcome import PROGRESS, UNREADABLE, RegisterResult, book_line, log_report
from include.pipeline.run_note import (
    FAILED,
    MAX_NOTE_CHARACTERS,
    MISTAKE,
    fitting,
    mistake_now,
    outcome,
)
from include.pipeline.task_data import PublishedReport
from include.roster.tabs.newest import Newest
from sandbox.meeting_files import write_entries
from tests.meeting.files import GOOD


def published(link: str, **changes: Any) -> PublishedReport:
    counts = {"people": 80, "hours": 120.5, "incomplete": False}
    return PublishedReport(spreadsheet_id="1", range="A6:F86", link=link, **(counts | changes))


@pytest.mark.parametrize(
    ("reports", "first", "text"),
    [
        ([], "", "Nobody met."),
        ([published("https://a")], "", "80 people: https://a"),
        ([published("https://a", people=1)], "", "1 person: https://a"),
        ([published("https://a", incomplete=True)], "", "80 people, incomplete: https://a"),
        ([published("https://a"), published("https://b")], "", None),
        ([], FAILED, FAILED),
        ([published("https://a")], FAILED, f"{FAILED}\n80 people: https://a"),
    ],
)
def test_it_says_what_came_of_the_run(
    reports: list[PublishedReport], first: str, text: str
) -> None:
    expected = text or "80 people: https://a\n80 people: https://b"
    assert "\n".join(outcome(reports, first)) == expected


def test_airflow_takes_its_length_and_every_link_in_it_is_whole() -> None:
    link = "https://example.org/" + "a" * 90
    lines = fitting(outcome([published(link)] * 40)).splitlines()
    assert set(lines) == {f"80 people: {link}"}
    assert MAX_NOTE_CHARACTERS - len(lines[0]) <= len("\n".join(lines)) <= MAX_NOTE_CHARACTERS


@pytest.mark.parametrize(
    ("sessions", "newest", "words"),
    [
        (2, Newest("2026-05-17", 75, 15, 12, 15, 2), "12 of 15 came, 2 to check (2026-05-17)"),
        (2, Newest("2026-05-17", 75, 15, 12, 14, 0), "12 of 14 came (2026-05-17)"),
        (2, Newest("2026-05-17", 3, 15, 0, 0, 0), "Nobody was expected (2026-05-17)"),
        (1, Newest("2026-05-17", 75, 0, 0, 0, 0), "75 people (2026-05-17)"),
        (1, Newest("2026-05-17", 1, 0, 0, 0, 0), "1 person (2026-05-17)"),
        (0, None, "No session yet"),
        (2, None, UNREADABLE),
    ],
)
def test_it_says_what_came_of_the_book(sessions: int, newest: Newest | None, words: str) -> None:
    kept = RegisterResult(link="https://a", sessions=sessions, leaders=False, newest=newest)
    assert (
        book_line(RegisterResult.model_validate_json(kept.model_dump_json()))
        == f"{words}: https://a"
    )


@pytest.mark.parametrize(
    ("run_type", "conf", "progress"),
    [
        ("backfill", {PROGRESS: "Run 7 of 20 of a backfill."}, ["Run 7 of 20 of a backfill."]),
        ("backfill", None, []),
        ("manual", {PROGRESS: "typed by somebody"}, []),
    ],
)
def test_the_log_of_load_ends_with_it_and_with_how_far_a_backfill_is(
    run_type: str,
    conf: dict[str, str] | None,
    progress: list[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    context = {"dag_run": SimpleNamespace(run_type=run_type, conf=conf)}
    with caplog.at_level(logging.INFO):
        log_report(context, published("https://a").model_dump())
    assert caplog.messages == [*progress, "80 people: https://a"]


SAID = MISTAKE.format("choir.yaml")


@pytest.mark.parametrize(
    ("written", "said"),
    [("", []), ("\tclass_time: [", [SAID]), ("zone: pat@example.org", [SAID])],
)
def test_the_mistake_is_that_of_the_meetings_own_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: str, said: list[str]
) -> None:
    folder = write_entries(tmp_path / "meetings", [GOOD, GOOD | {"name": "bad", "title": ""}])
    monkeypatch.setenv("AIRFLOW__ZOOM_ATTENDANCE__MEETINGS", str(folder))
    with (folder / "choir.yaml").open("a") as file:
        file.write(written)
    assert mistake_now("zoom_attendance_choir") == said
    assert mistake_now("zoom_register_choir") == said
    assert mistake_now("zoom_attendance_deleted") == []
