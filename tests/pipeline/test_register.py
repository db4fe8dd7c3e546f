"""The steps of the Dag that keeps the book, through the real client and the sandbox's Google."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from airflow.sdk.exceptions import AirflowFailException, AirflowRescheduleException

from include.pipeline.files.attendance_records import RecordsFolder, file_name
from include.pipeline.outcome import RegisterResult, book_line
from include.pipeline.register import wait_for_reports
from sandbox.google import GoogleState
from tests.google_calls import BATCH, CELLS, GET
from tests.pipeline.books import ADA, BEN, CLEO, DAN, KeptBook, keep_session
from tests.pipeline.reports import report_files
from tests.pipeline.runs import SPREADSHEET, meeting

CALLS = {
    GET: 1,
    CELLS: 1,
    BATCH: 1,
}


def waits(run_type: str, reports: int, ago: timedelta = timedelta(minutes=5)) -> bool:
    """Whether a run waits while so many runs of the meeting's first Dag are under way."""
    run = SimpleNamespace(run_type=run_type, run_after=datetime.now(UTC) - ago)
    ti = SimpleNamespace(
        get_dr_count=lambda dag_id, states: reports * (dag_id == "zoom_attendance_choir")
    )
    try:
        wait_for_reports(meeting(), {"dag_run": run, "ti": ti})
    except AirflowRescheduleException:
        return True
    return False


def test_a_backfill_is_waited_for_so_that_it_leaves_one_run() -> None:
    assert waits("asset_triggered", reports=52)
    assert not waits("asset_triggered", reports=0)
    assert not waits("asset_triggered", reports=1, ago=timedelta(hours=2))
    assert not waits("manual", reports=52)
    assert not waits("scheduled", reports=52)


def calls_of_sheets(google: GoogleState, before: dict[str, int]) -> dict[str, int]:
    """How often each method of Sheets was called since."""
    after = {name: count - before.get(name, 0) for name, count in google.counts().items()}
    return {name: count for name, count in after.items() if count and name.startswith("sheets")}


def test_a_week_is_two_calls_to_read_and_one_to_write(book: KeptBook) -> None:
    keep_session(book.choir, [ADA, BEN, DAN])
    written = book.run()
    book.enrol()
    keep_session(book.choir, [ADA, CLEO], week=1)
    before = dict(book.google.counts())
    again = book.run()
    assert (again["link"], again["sessions"]) == (written["link"], 2)
    assert book_line(RegisterResult(**written)) == f"3 people (2026-06-14): {written['link']}"
    assert book_line(RegisterResult(**again)) == f"2 of 3 came (2026-06-21): {written['link']}"
    assert calls_of_sheets(book.google, before) == CALLS
    assert book.row(ADA)[1:4] == ["P", "P", "2 of 2"]
    assert book.row(BEN)[1:5] == ["A", "P", "1 of 2", "1"]
    assert book.row(CLEO)[1:4] == ["P", "?", "1 of 1"]
    assert [line[0] for line in book.shown("This week")][2:4] == [
        "Youth: 1 of 2 came",
        "Choir: 1 of 1 came",
    ]
    assert book.google.spreadsheets[book.id].sheets[0].title == "This week"


def test_what_is_there_already_is_not_written_again(book: KeptBook) -> None:
    keep_session(book.choir, [ADA, BEN])
    book.run()
    book.enrol()
    book.run()
    book.run()
    before, there = dict(book.google.counts()), book.everything()
    book.run()
    reading = {name: 1 for name in CALLS if not name.endswith("batchUpdate")}
    assert calls_of_sheets(book.google, before) == reading
    assert book.everything() == there


def test_the_book_stands_beside_the_reports(google: GoogleState, staging: Path) -> None:
    book = KeptBook(google, meeting(publish_to=SPREADSHEET))
    keep_session(book.choir, [ADA])
    book.run()
    titles = [sheet.title for sheet in google.spreadsheets[book.id].sheets]
    assert "Notes" in titles  # somebody's tab
    assert {"This week", "Register", "People"} <= set(titles)
    assert report_files(google) == []


def test_a_letter_typed_over_is_a_correction_and_stays(book: KeptBook) -> None:
    book.corrected().run()
    assert book.row(BEN)[1] == "X"
    (line,) = book.shown("Corrections")[2:]
    assert (line[0], line[3], line[5]) == (BEN, "X", "A")
    book.run()
    assert len(book.shown("Corrections")) == 3


def test_a_lost_copy_of_the_letters_makes_no_corrections(
    book: KeptBook, staging: Path, caplog: pytest.LogCaptureFixture
) -> None:
    book.corrected()
    for copy in (staging.parent / "records" / "choir").glob("*-letters.json"):
        copy.unlink()
    with caplog.at_level(logging.WARNING):
        book.run()
    assert "copy of the letters last written is lost" in caplog.text
    assert book.shown("Corrections")[2:] == []
    assert book.row(BEN)[1] == "X"
    assert any("nobody knows any more" in line[0] for line in book.shown("This week"))


def test_everybody_seen_fills_people(book: KeptBook) -> None:
    keep_session(book.choir, [ADA, BEN])
    book.run()
    book.run(fill=True)
    assert sorted(row[0] for row in book.shown("People")[2:]) == [ADA, BEN]
    book.run(fill=True)
    assert len(book.shown("People")) == 4


def test_a_damaged_record_leaves_the_book_as_it_is(book: KeptBook) -> None:
    keep_session(book.choir, [ADA, BEN])
    book.run()
    there = book.everything()
    RecordsFolder(book.choir).write(file_name("evening+1=="), b"half")
    with pytest.raises(AirflowFailException, match="torn"):
        book.run()
    assert book.everything() == there


def test_nobodys_name_is_logged_or_handed_on(
    book: KeptBook, caplog: pytest.LogCaptureFixture
) -> None:
    keep_session(book.choir, [ADA, BEN, DAN])
    with caplog.at_level(logging.DEBUG):
        handed_on = [book.run()]
        book.enrol(classes=[["Youth", "ada@example.org"], ["Choir"]])
        handed_on += [book.run(), book.run(fill=True)]
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("include")]
    for text in (str(handed_on), *ours):
        assert not any(word in text for word in ("Ada", "Ben", "Dan", "@example.org"))
    assert not any(ADA in cell for row in book.shown("Totals") for cell in row)
