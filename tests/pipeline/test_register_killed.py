"""Runs that break off at any call, and two at once: the book is as if they had followed."""

from __future__ import annotations

import copy
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from google_workspace.errors import GoogleUnavailable
from include.pipeline.files.attendance_records import RecordsFolder, file_name
from include.pipeline.register import update_book
from tests.google_calls import BATCH, CELLS, CREATE, GET, LIST, TWICE
from tests.pipeline.books import ADA, BEN, CLEO, TODAY, KeptBook, keep_session

pytestmark = pytest.mark.usefixtures("no_pauses")

CALLS = [
    ("hang-up", GET, 0),
    ("hang-up", CELLS, 0),
    ("hang-up", BATCH, 0),
    ("lost-reply", BATCH, 0),
]


def a_book(book: KeptBook) -> KeptBook:
    """With two sessions, the newer not yet in the Register, and a letter typed over."""
    keep_session(book.corrected().choir, [ADA, CLEO], week=1)
    return book


def assert_whole(book: KeptBook) -> None:
    assert book.row(ADA)[1:4] == ["P", "P", "2 of 2"]
    assert book.row(BEN)[1:4] == ["A", "X", "0 of 1"]
    assert [line[0] for line in book.shown("Corrections")[2:]] == [BEN]
    assert [heading for heading in book.shown("Register")[0] if "Jun" in heading] == [
        "21 Jun",
        "14 Jun",
    ]
    assert [sheet.title for sheet in book.google.spreadsheets[book.id].sheets].count("People") == 1


@pytest.mark.parametrize(("kind", "method", "after"), CALLS)
def test_the_next_try_finishes_a_run_that_broke_off(
    book: KeptBook, kind: str, method: str, after: int
) -> None:
    a_book(book).google.faults.add(kind, method, times=TWICE, after=after)
    with pytest.raises(GoogleUnavailable):
        book.run()
    book.run()
    assert_whole(book)
    there = book.everything()
    book.run()
    assert book.everything() == there


@pytest.mark.parametrize(
    ("kind", "method", "after"),
    [
        ("hang-up", LIST, 1),
        ("hang-up", CREATE, 0),
        ("lost-reply", CREATE, 0),
        ("hang-up", GET, 0),
        ("hang-up", BATCH, 0),
        ("lost-reply", BATCH, 0),
    ],
)
def test_the_first_run_breaks_off(book: KeptBook, kind: str, method: str, after: int) -> None:
    keep_session(book.choir, [ADA])
    book.google.faults.add(kind, method, times=TWICE, after=after)
    with pytest.raises(GoogleUnavailable):
        book.run()
    book.run()
    titles = [sheet.title for sheet in book.google.spreadsheets[book.id].sheets]
    assert len(set(titles)) == len(titles) == 8
    assert [row[1] for row in book.shown("Register") if ADA in row] == [ADA]


def written_meanwhile(book: KeptBook, method: str) -> None:
    """Let another run have written the book when this method is called next."""
    before, id_ = copy.deepcopy(book.google.spreadsheets[book.id]), book.id
    update_book(book.choir, id_, today=TODAY)
    after = book.google.spreadsheets[id_]
    book.google.spreadsheets[id_] = before

    def write() -> None:
        book.google.spreadsheets[id_] = after

    book.google.before[method] = write


def test_another_run_has_just_written(book: KeptBook) -> None:
    """Whatever it wrote is read: its correction is not made twice."""
    written_meanwhile(a_book(book), BATCH)
    book.run()
    assert_whole(book)


def test_two_runs_at_once(book: KeptBook) -> None:
    id_ = a_book(book).id
    with ThreadPoolExecutor(2) as both:
        runs = [both.submit(update_book, book.choir, id_, today=TODAY) for _ in range(2)]
    assert [run.result()["sessions"] for run in runs] == [2, 2]
    assert_whole(book)


def test_somebody_types_while_the_pipeline_writes(book: KeptBook) -> None:
    person = a_book(book).person
    book.google.before[BATCH] = lambda: person.types("People", "A6", "Dan Example")
    book.run()
    assert_whole(book)
    assert book.shown("People")[5][0] == "Dan Example"


def test_a_record_that_another_run_has_just_kept_is_in_the_book(book: KeptBook) -> None:
    """It kept the record and wrote the book while this one was about to read the book."""
    a_book(book)
    keep_session(book.choir, [ADA, BEN], week=2)
    written_meanwhile(book, GET)
    write = book.google.before[GET]
    records = RecordsFolder(book.choir)
    name = file_name("evening+2==")
    kept = records.read(name)
    (Path(records.path.path) / name).unlink()

    def keep_and_write() -> None:
        records.write(name, kept)
        write()

    book.google.before[GET] = keep_and_write
    assert book.run()["sessions"] == 3
    assert book.row(ADA)[1:5] == ["P", "P", "P", "3 of 3"]
