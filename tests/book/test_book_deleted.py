"""What people delete from the book: a column, a tab, a line. Nothing else goes with it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.book.desk import Desk
from tests.book.members import NAMES, WEEKS, desk_with_members


@pytest.fixture
def desk() -> Desk:
    return desk_with_members()


def test_a_column_that_people_deleted_and_typed_anew_is_found_by_its_heading(desk: Desk) -> None:
    desk.person.deletes_columns("People", "B")
    desk.person.types("People", "I1", "class")
    desk.person.pastes("People", "I3", [["Youth"], ["Adults"], ["Adults"]])
    desk.run(WEEKS[:2], 1)
    assert desk.seen("'People'!A1:C1") == [["Name", "E-mails", "From"]]
    assert desk.seen("'Register'!B3:B4") == [["Youth"], ["Ann Lee"]]
    desk.person.types("People", "I1", "Gruppe")
    assert desk.run(WEEKS[:2], 1) == []


def test_without_the_column_of_names_nothing_is_made_of_it(desk: Desk) -> None:
    before = desk.seen("'Register'!A1:H20")
    desk.person.deletes_columns("People", "A")
    desk.run(WEEKS[:2], 1)
    assert desk.seen("'Register'!A1:H20") == before
    assert desk.seen("'People'!A1:B1") == [["Class", "E-mails"]]
    assert "gone" in desk.seen("'This week'!A1:A1")[0][0]
    desk.person.inserts_columns("People", "A")
    desk.person.types("People", "A1", "Name")
    desk.person.pastes("People", "A3", [[name] for name in NAMES])
    desk.run(WEEKS[:2], 1)
    assert desk.seen("'Register'!B4:D4") == [["Ann Lee", "P", "P"]]


def test_the_tab_people_deleted_comes_again_empty_and_nobody_is_absent(desk: Desk) -> None:
    desk.person.deletes_tab("People")
    desk.run(WEEKS[:2], 1)
    assert desk.seen("'People'!A1:A3") == [["Name"], ["One line for each member."], [""]]
    letters = {cell for row in desk.seen("'Register'!C3:D12") for cell in row}
    assert "A" not in letters


def test_a_member_who_left_goes_but_not_what_stands_beside_them(desk: Desk) -> None:
    desk.person.types("Register", "J7", "moved to Leeds")
    desk.person.deletes_rows("People", 4, 5)
    desk.run(WEEKS[:2], 1)
    shown = [row[1:] for row in desk.seen("'Register'!A3:J9")]
    assert not [row for row in shown if row[0] in ("Ben Okoro", "Cleo Marsh")]
    assert [row[8] for row in shown if row[8]] == ["moved to Leeds"]


def test_an_undone_deletion_leaves_the_fuller_column(desk: Desk) -> None:
    """Somebody deletes a column, a run makes it again, and they press Undo."""
    book = desk.google.state.spreadsheets[desk.id]
    before = book.copy()
    desk.person.deletes_columns("People", "F")
    desk.run(WEEKS[:2], 1)
    again: Any = desk.google.state.spreadsheets[desk.id]
    people, old = again.titled("People"), before.titled("People")
    values = [item["metadataValue"] for item in people.developer_metadata]
    assert values.count("note") == 1
    for row in (0, 1, 3):
        people.cells[row][8] = old.cell(row, 5)
    (note,) = [item for item in people.developer_metadata if item["metadataValue"] == "note"]
    place = {"sheetId": people.id, "dimension": "COLUMNS", "startIndex": 8, "endIndex": 9}
    location = {"locationType": "COLUMN", "dimensionRange": place}
    people.developer_metadata.append({**note, "metadataId": 77, "location": location})
    assert desk.read().tabs_there["people"].columns["note"] == 8


def test_a_line_of_people_that_was_added_and_deleted_does_not_come_back(desk: Desk) -> None:
    desk.person.types("Names", f"D{row_of(desk, 'Nobody Known')}", "add to People")
    desk.run(WEEKS, 2)
    people = desk.column("People", "A")
    assert people[-1] == "Nobody Known"
    desk.person.deletes_rows("People", 2 + len(people))
    for _ in range(2):
        desk.run(WEEKS, 3)
        assert desk.column("People", "A") == people[:-1]
        assert any("is gone from there" in row[0] for row in desk.seen("'This week'"))
    desk.person.types("Names", f"D{row_of(desk, 'Nobody Known')}", "")
    desk.run(WEEKS, 3)
    desk.person.types("Names", f"D{row_of(desk, 'Nobody Known')}", "add to People")
    desk.run(WEEKS, 3)
    assert desk.column("People", "A") == people


SHOWN = {"Register": "B1:G20", "People": "A1:F9", "Corrections": "A1:I9"}


@pytest.mark.parametrize(("tab", "letter"), [("Register", "A"), ("People", "G")])
def test_hidden_keys_that_people_deleted_come_back(desk: Desk, tab: str, letter: str) -> None:
    desk.person.pastes("People", "A6", [["Ann Lee", "Adults, Youth"]])
    desk.run(WEEKS[:2], 1)
    before = {one: desk.seen(f"'{one}'!{area}") for one, area in SHOWN.items()}
    ids = desk.column("People", "G"), desk.column("Register", "A")
    desk.person.deletes_columns(tab, letter)
    desk.run(WEEKS[:2], 1)
    assert {one: desk.seen(f"'{one}'!{area}") for one, area in SHOWN.items()} == before
    assert (desk.column("People", "G"), desk.column("Register", "A")) == ids
    assert desk.run(WEEKS[:2], 1) == []


def test_a_letter_typed_before_the_hidden_keys_were_deleted_is_a_correction(desk: Desk) -> None:
    at = [row[1] for row in desk.seen("'Register'")].index("Cleo Marsh") + 1
    desk.person.types("Register", f"C{at}", "R")
    desk.person.deletes_columns("Register", "A")
    desk.run(WEEKS[:2], 1)
    assert desk.seen(f"'Register'!B{at}:C{at}") == [["Cleo Marsh", "R"]]
    assert desk.column("Corrections", "D")[-1] == "R"
    assert desk.column("Register", "B").count("Cleo Marsh") == 1


def row_of(desk: Desk, name: str) -> int:
    return next(at for at, row in enumerate(desk.seen("'Names'"), 1) if row[2] == name)
