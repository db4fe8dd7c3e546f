"""Lines of Classes that get another name, or lose something: who may open the own sheets."""

from __future__ import annotations

from pathlib import Path

import pytest

from google_workspace.errors import GoogleUnavailable
from sandbox.google import GoogleState
from tests.google_calls import GET
from tests.pipeline.books import ADA, BEN, CLEO, KeptBook, keep_session, shown
from tests.pipeline.led import (
    ADDRESS,
    LEA,
    LOU,
    OF_CHOIR,
    OWN,
    led,
    notices,
    own_sheet,
    people,
)
from tests.pipeline.runs import SPREADSHEET, meeting


@pytest.fixture
def youth(google: GoogleState, staging: Path) -> KeptBook:
    """A book whose classes have own sheets that somebody named."""
    google.add_spreadsheet("Youth", id=OWN)
    google.add_spreadsheet("Choir", id=OF_CHOIR)
    book = KeptBook(google, meeting(publish_to=SPREADSHEET))
    return led(
        book,
        ["Youth", LEA, "", ADDRESS.format(OWN)],
        ["Choir", LOU, "", ADDRESS.format(OF_CHOIR)],
    )


def test_a_class_with_a_new_name_keeps_its_sheet_and_its_leaders(youth: KeptBook) -> None:
    youth.person.types("Classes", "A3", "Young people")
    youth.run()
    assert LEA in people(youth, OWN)
    assert notices(youth) == []
    for row in (3, 4):
        youth.person.types("People", f"B{row}", "Young people")
    youth.run()
    own = str(shown(youth.google, OWN, "This week"))
    assert "1 of 2 came" in own
    assert len(youth.google.spreadsheets[OWN].sheets) == 2
    assert len(youth.told) == 2
    youth.person.types("Classes", "B3", LOU)
    youth.run()
    assert LEA not in people(youth, OWN)


def test_a_name_mistyped_and_mended_changes_nothing(youth: KeptBook) -> None:
    before = {one: people(youth, one) for one in (OWN, OF_CHOIR)}
    for name in ("Yuoth", "Youth"):
        youth.person.types("Classes", "A3", name)
        youth.run()
        assert {one: people(youth, one) for one in (OWN, OF_CHOIR)} == before
        assert notices(youth) == []


@pytest.mark.parametrize("typed", ["#REF!", "=A1", "everybody", "Choir", "x" * 300])
def test_a_name_that_cannot_be_read_changes_nobodys_access(youth: KeptBook, typed: str) -> None:
    before = {one: people(youth, one) for one in (OWN, OF_CHOIR)}
    for name in (typed, "Youth"):
        youth.person.types("Classes", "A3", name)
        youth.run()
        youth.run()
        assert {one: people(youth, one) for one in (OWN, OF_CHOIR)} == before
    assert len(youth.told) == 2
    assert notices(youth) == []


COLUMNS = {"leaders": ("B", "Leaders' e-mails"), "own sheet": ("D", "Own sheet")}


@pytest.mark.parametrize(("letter", "heading"), COLUMNS.values(), ids=COLUMNS)
def test_a_column_that_is_gone_changes_nobodys_access(
    youth: KeptBook, letter: str, heading: str
) -> None:
    before = {one: people(youth, one) for one in (OWN, OF_CHOIR)}
    kept = [row[ord(letter) - ord("A")] for row in youth.shown("Classes")]
    youth.person.deletes_columns("Classes", letter)
    for _ in range(2):
        youth.run()
        assert {one: people(youth, one) for one in (OWN, OF_CHOIR)} == before
        assert [f"the column “{heading}” is gone" in one for one in notices(youth)] == [True]
        assert heading not in str(youth.shown("Classes"))
    youth.person.pastes("Classes", "F1", [[text] for text in kept])
    youth.run()
    assert {one: people(youth, one) for one in (OWN, OF_CHOIR)} == before
    assert notices(youth) == []
    youth.person.clears("Classes", "F3:F4")
    youth.run()
    assert {LEA, LOU}.isdisjoint(people(youth, OWN) | people(youth, OF_CHOIR))


def test_in_a_folder_a_column_that_is_gone_changes_nobodys_access(book: KeptBook) -> None:
    before = people(book, sheet := own_sheet(led(book)))
    book.person.deletes_columns("Classes", "D")
    for _ in range(2):
        book.run()
        assert people(book, sheet) == before
        assert ["the column “Own sheet” is gone" in one for one in notices(book)] == [True]
    book.person.types("Classes", "F1", "Own sheet")
    book.run()
    book.run()
    assert people(book, sheet) == before
    assert notices(book) == []


def test_a_class_without_a_name_changes_nobodys_access(youth: KeptBook) -> None:
    youth.person.clears("Classes", "A3")
    youth.run()
    assert LEA in people(youth, OWN)
    assert any("leaders may still open them" in one for one in notices(youth))
    youth.person.clears("Classes", "A3:D3")
    youth.person.types("Classes", "E3", "a note")
    youth.run()
    assert LEA not in people(youth, OWN)


def test_another_class_that_takes_the_sheet_of_one_that_is_gone_is_no_new_name(
    youth: KeptBook,
) -> None:
    youth.person.types("Classes", "D4", ADDRESS.format(OWN))
    youth.run()
    youth.person.clears("Classes", "A3:D3")
    youth.run()
    youth.run()
    assert {LEA, LOU}.isdisjoint(people(youth, OWN))


def test_in_a_folder_a_class_with_a_new_name_keeps_its_sheet(book: KeptBook) -> None:
    before = own_sheet(led(book))
    book.person.types("Classes", "A3", "Young people")
    book.run()
    assert own_sheet(book, "Young people") == before
    assert LEA in people(book, before)
    assert len([file for file in book.google.files if file.properties]) == 2


def test_classes_that_move_up_keep_their_sheets_and_their_leaders(book: KeptBook) -> None:
    led(book, ["One", LEA], ["Two", LOU])
    first, second = own_sheet(book, "One"), own_sheet(book, "Two")
    book.person.pastes("People", "B3", [["Two"], ["Two"], ["Three"]])
    book.person.pastes("Classes", "A3", [["Two"], ["Three"]])
    for _ in range(3):
        book.run()
        assert notices(book) == []
        assert {LEA, LOU} & people(book, first) == {LEA}
        assert {LEA, LOU} & people(book, second) == {LOU}
    assert BEN in str(shown(book.google, first, "Register"))
    assert CLEO in str(shown(book.google, second, "Register"))
    book.person.pastes("Classes", "A5", [["One", "lia@example.org"]])
    book.run()
    assert own_sheet(book, "One") not in (first, second)
    assert "lia@example.org" in people(book, own_sheet(book, "One"))
    assert notices(book) == []


def test_classes_whose_names_changed_places_keep_their_sheets(youth: KeptBook) -> None:
    before = {one: people(youth, one) for one in (OWN, OF_CHOIR)}
    youth.person.pastes("Classes", "A3", [["Choir"], ["Youth"]])
    for _ in range(2):
        youth.run()
        assert {one: people(youth, one) for one in (OWN, OF_CHOIR)} == before
        assert notices(youth) == []
    assert CLEO in str(shown(youth.google, OWN, "Register"))


def test_addresses_that_changed_places_show_no_leader_another_class(youth: KeptBook) -> None:
    addresses = [[ADDRESS.format(OF_CHOIR)], [ADDRESS.format(OWN)]]
    youth.person.pastes("Classes", "D3", addresses)
    for _ in range(3):
        youth.run()
        assert LEA not in people(youth, OF_CHOIR)
        assert LOU not in people(youth, OWN)
    assert len(notices(youth)) == 2


def test_a_sheet_that_google_sheets_does_not_know_yet_is_not_closed(
    book: KeptBook, staging: Path
) -> None:
    keep_session(book.choir, [ADA, BEN, CLEO])
    book.run()
    book.enrol(classes=[["Youth", LEA], ["Choir"]])
    book.google.faults.add("missing", GET, after=3)  # register reads the book twice, leaders once
    with pytest.raises(GoogleUnavailable, match="Google Sheets not yet"):
        book.run()
    book.run()
    assert LEA in people(book, own_sheet(book))
    assert len(book.told) == 1
    book.run()
    assert notices(book) == []


def test_a_sheet_that_is_not_there_at_all_is_closed_at_the_second_try(book: KeptBook) -> None:
    keep_session(book.choir, [ADA, BEN, CLEO])
    book.run()
    book.enrol(classes=[["Youth", LEA, "", ADDRESS.format("x" * 44)], ["Choir", LOU]])
    with pytest.raises(GoogleUnavailable):
        book.run()
    book.run()
    book.run()
    assert LOU in people(book, own_sheet(book, "Choir"))
    assert any("its own sheet cannot be used" in one for one in notices(book))
