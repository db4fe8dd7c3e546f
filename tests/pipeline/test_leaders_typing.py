"""What people type into Classes, and what becomes of the classes' own spreadsheets."""

from __future__ import annotations

from pathlib import Path

import pytest

from include.pipeline.files.attendance_records import RecordsFolder, file_name
from sandbox.google import GoogleState
from tests.pipeline.books import ADA, BEN, KeptBook, keep_session, shown
from tests.pipeline.led import ADDRESS, LEA, LOU, OWN, led, notices, own_sheet, people
from tests.pipeline.runs import SPREADSHEET, meeting

MANY = ", ".join([LEA, LOU, *(f"leader.number.{number}@example.org" for number in range(8))])


@pytest.fixture
def youth(google: GoogleState, staging: Path) -> KeptBook:
    """A book whose class Youth, with two leaders, has an own sheet that somebody named."""
    google.add_spreadsheet("Youth", id=OWN)
    book = KeptBook(google, meeting(publish_to=SPREADSHEET))
    return led(book, ["Youth", f"{LEA}, {LOU}", "", ADDRESS.format(OWN)], ["Choir"])


@pytest.mark.parametrize(
    ("cell", "typed", "corrected"),
    [
        ("B3", "#REF!", f"{LEA}, {LOU}"),
        ("B3", f"{LEA}, lou at example.org", f"{LEA}, {LOU}"),
        ("B3", "lou at example.org", f"{LEA}, {LOU}"),
        ("B3", "x" * 5000, f"{LEA}, {LOU}"),
        ("D3", "oops", ADDRESS.format(OWN)),
        ("D3", "#REF!", ADDRESS.format(OWN)),
        ("A3", "YOUTH", "Youth"),
    ],
)
def test_a_cell_that_cannot_be_read_takes_nobodys_access_and_mails_nobody_again(
    youth: KeptBook, cell: str, typed: str, corrected: str
) -> None:
    for text in (typed, corrected):
        youth.person.types("Classes", cell, text)
        youth.run()
        youth.run()
        assert {LEA, LOU} <= people(youth, OWN)
    assert len(youth.told) == 1
    assert notices(youth) == []
    youth.person.types("Classes", "B3", LOU)
    youth.run()
    assert LEA not in people(youth, OWN)


def test_a_class_in_other_letters_keeps_its_sheet(youth: KeptBook) -> None:
    keep_session(youth.choir, [ADA, BEN], week=1)
    youth.person.types("Classes", "A3", "YOUTH")
    youth.run()
    youth.run()
    assert notices(youth) == []
    assert "2 of 2 came" in str(shown(youth.google, OWN, "This week"))


def test_leaders_who_cannot_be_read_get_no_new_sheet(book: KeptBook) -> None:
    led(book, ["Youth", "lea at example.org"], ["Choir"])
    assert [row[3] for row in book.shown("Classes") if row[0] == "Youth"] == [""]
    assert book.told == []


def test_many_leaders_fit_into_a_cell(book: KeptBook) -> None:
    led(book, ["Youth", MANY], ["Choir"])
    assert {LEA, LOU} <= people(book, own_sheet(book))
    assert len(people(book, own_sheet(book)) & set(MANY.split(", "))) == 10


def test_leaders_who_come_back_are_not_told_again(youth: KeptBook) -> None:
    youth.person.clears("Classes", "B3")
    youth.run()
    assert {LEA, LOU}.isdisjoint(people(youth, OWN))
    youth.person.types("Classes", "B3", LEA)
    youth.run()
    assert LEA in people(youth, OWN)
    assert len(youth.told) == 1


def test_they_are_told_of_no_older_session_when_a_record_is_gone(youth: KeptBook) -> None:
    keep_session(youth.choir, [ADA, BEN], week=1)
    youth.run()
    records = RecordsFolder(youth.choir)
    records.path.joinpath(file_name("evening+1==")).unlink()
    youth.run()
    keep_session(youth.choir, [ADA, BEN], week=1)
    youth.run()
    assert [news.label for news in youth.told] == ["2026-06-14", "2026-06-21"]
