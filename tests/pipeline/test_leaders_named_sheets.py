"""The own sheets that people name for classes with leaders: what is no place, what is locked."""

from __future__ import annotations

from pathlib import Path

import pytest

from sandbox.google import GoogleState
from tests.pipeline.books import ADA, KeptBook, keep_session, shown
from tests.pipeline.led import ADDRESS, LEA, LOU, OF_CHOIR, OWN, led, notices, people
from tests.pipeline.runs import SPREADSHEET, meeting


@pytest.fixture
def beside(google: GoogleState, staging: Path) -> KeptBook:
    """A book in a spreadsheet, and another spreadsheet for a class."""
    google.add_spreadsheet("Youth", id=OWN)
    return KeptBook(google, meeting(publish_to=SPREADSHEET))


def test_with_a_spreadsheet_people_name_the_own_sheet(beside: KeptBook) -> None:
    led(beside)
    assert any("has leaders and no own sheet" in one for one in notices(beside))
    beside.person.types("Classes", "D3", ADDRESS.format(OWN))
    beside.run()
    assert LEA in people(beside, OWN)
    assert ADA in str(shown(beside.google, OWN, "Register"))
    assert notices(beside) == []


@pytest.mark.parametrize(
    ("own", "said"),
    [
        (ADDRESS.format(SPREADSHEET["spreadsheet"]), "its own sheet is this book"),
        ("the youth's", "its own sheet is no address of a spreadsheet"),
        (ADDRESS.format("no-spreadsheet-of-this-id-00000000"), "its own sheet cannot be used"),
    ],
)
def test_what_is_no_place_for_leaders_is_said(beside: KeptBook, own: str, said: str) -> None:
    led(beside)
    beside.person.types("Classes", "D3", own)
    beside.run()
    beside.run()
    (notice,) = notices(beside)
    assert said in notice
    assert LEA not in people(beside, SPREADSHEET["spreadsheet"])


def test_two_classes_share_no_sheet(beside: KeptBook) -> None:
    led(beside, ["Youth", LEA, "", ADDRESS.format(OWN)], ["Choir", LOU, "", ADDRESS.format(OWN)])
    beside.run()
    assert LOU not in people(beside, OWN)
    assert any("that of “Youth”" in one for one in notices(beside))
    beside.person.clears("Classes", "A3:D3")  # nor does the next one get it
    beside.run()
    beside.run()
    assert {LEA, LOU}.isdisjoint(people(beside, OWN))


def test_a_private_class_is_named_by_its_row_where_others_read(beside: KeptBook) -> None:
    led(beside, ["Youth", LEA, "TRUE"], ["Choir", LOU])
    assert any(one.startswith("Classes, row 3: has leaders and no own") for one in notices(beside))
    beside.person.types("Classes", "D3", ADDRESS.format(OWN))
    beside.run()
    beside.person.types("Classes", "D4", ADDRESS.format(OWN))
    beside.run()
    assert any("is that of row 3, whose names" in one for one in notices(beside))
    assert "Youth" not in str(beside.shown("This week"))


def test_when_another_book_comes_into_an_own_sheet_its_leaders_are_let_out(
    beside: KeptBook,
) -> None:
    led(beside, ["Youth", f"{LEA}, {LOU}", "", ADDRESS.format(OWN)], ["Choir"])
    assert {LEA, LOU} <= people(beside, OWN)
    other = KeptBook(beside.google, meeting(name="other", publish_to={"spreadsheet": OWN}))
    keep_session(other.choir, ["Xaver Example"])
    other.run()
    beside.run()
    beside.run()
    assert {LEA, LOU}.isdisjoint(people(beside, OWN))
    assert any("its own sheet cannot be used" in one for one in notices(beside))


STILL_IN = "those who were let in may still open it"


@pytest.fixture
def locked(beside: KeptBook) -> KeptBook:
    """Youth's own sheet may only be read now; Choir has one of its own."""
    beside.google.add_spreadsheet("Choir", id=OF_CHOIR)
    of_choir = ["Choir", LOU, "", ADDRESS.format(OF_CHOIR)]
    led(beside, ["Youth", f"{LEA}, {LOU}", "", ADDRESS.format(OWN)], of_choir)
    beside.google.files[OWN].editable = False
    return beside


@pytest.mark.parametrize("cell", ["B3", "D3"])
def test_a_locked_sheet_that_a_class_leaves_stops_no_other_and_is_said(
    locked: KeptBook, cell: str
) -> None:
    locked.person.clears("Classes", cell)
    locked.person.types("Classes", "B4", f"{LOU}, {LEA}")
    locked.run()
    locked.run()
    assert {LEA, LOU} <= people(locked, OF_CHOIR)
    assert any(STILL_IN in one for one in notices(locked))
    locked.google.files[OWN].editable = True
    locked.run()
    locked.run()
    assert {LEA, LOU}.isdisjoint(people(locked, OWN))
    assert not any(STILL_IN in one for one in notices(locked))


def test_leaders_are_let_into_a_new_sheet_while_the_old_one_is_locked(locked: KeptBook) -> None:
    new = OWN.replace("1", "3")
    locked.google.add_spreadsheet("Youth", id=new)
    locked.person.types("Classes", "D3", ADDRESS.format(new))
    locked.run()
    assert {LEA, LOU} <= people(locked, new)
    locked.person.types("Classes", "D3", ADDRESS.format(OWN))
    locked.google.files[OWN].editable = True
    locked.run()
    assert {LEA, LOU} <= people(locked, OWN)
    assert {LEA, LOU}.isdisjoint(people(locked, new))


def test_a_leader_of_a_locked_sheet_is_let_out_when_it_opens(locked: KeptBook) -> None:
    locked.person.types("Classes", "B3", LOU)
    locked.run()
    locked.run()
    assert any("its own sheet cannot be used" in one for one in notices(locked))
    locked.google.files[OWN].editable = True
    locked.run()
    assert LEA not in people(locked, OWN)
    assert LOU in people(locked, OWN)
