"""A column of people's that somebody deletes, whose absence would print letters that are wrong."""

from __future__ import annotations

import pytest

from tests.book.desk import Desk
from tests.book.invented import record
from tests.book.near import Near

NAMES = ["Ann Lee", "Ben Okoro"]
WEEKS = [record(0, NAMES), record(1, [*NAMES[:1], "Cloe"])]
NEEDED = {
    "People, Name": ("People", "A", "Name"),
    "People, Class": ("People", "B", "Class"),
    "People, E-mails": ("People", "C", "E-mails"),
    "People, Until": ("People", "E", "Until"),
    "Classes, Class": ("Classes", "A", "Class"),
    "Classes, Private": ("Classes", "C", "Private"),
}


@pytest.fixture
def desk() -> Desk:
    desk = Desk(Near())
    desk.run(WEEKS[:1], 0, fill=True)
    desk.person.pastes("Classes", "A3", [["Youth", "", "TRUE"], ["Adults"]])
    desk.person.pastes("People", "B3", [["Youth"], ["Adults"]])
    desk.run(WEEKS[:1], 1)
    return desk


@pytest.mark.parametrize(("tab", "letter", "heading"), NEEDED.values(), ids=NEEDED)
def test_the_register_stays_as_it_is_until_the_column_is_back(
    desk: Desk, tab: str, letter: str, heading: str
) -> None:
    before = desk.seen("'Register'!A1:H20")
    kept = desk.seen(f"'{tab}'!{letter}3:{letter}4")
    desk.person.deletes_columns(tab, letter)
    for _ in range(2):  # it is not made again, empty
        desk.run(WEEKS, 1)
        assert desk.seen("'Register'!A1:H20") == before
        said = desk.seen("'This week'!A1:A1")[0][0]
        assert said.startswith(f"{tab}: the column “{heading}” is gone.")
    desk.person.inserts_columns(tab, letter)
    desk.person.pastes(tab, f"{letter}1", [[heading]])
    desk.person.pastes(tab, f"{letter}3", kept)
    desk.run(WEEKS, 1)
    assert [row[0] for row in desk.seen("'Register'!B1:B20")][2:4] == ["Adults", "Ben Okoro"]
    assert desk.seen("'Register'!C1:D1") == [["8 Mar", "1 Mar"]]


def test_who_is_filled_in_is_in_the_register_at_once() -> None:
    desk = Desk(Near())
    desk.run(WEEKS, 1, fill=True)
    assert desk.seen("'People'!A3:C5") == [
        [name, "", f"{name.split()[0].lower()}@example.org"] for name in [*NAMES, "Cloe"]
    ]
    assert desk.seen("'Register'!B3:D6") == [
        ["Without class", "", ""],
        ["Ann Lee", "P", "P"],
        ["Ben Okoro", "A", "P"],
        ["Cloe", "P", "–"],
    ]
    assert desk.run(WEEKS, 1) == []


def test_a_letter_typed_in_small_is_written_as_a_letter(desk: Desk) -> None:
    desk.run(WEEKS, 1)
    assert desk.seen("'Register'!B4:C4") == [["Ben Okoro", "?"]]
    desk.person.types("Register", "C4", "r")
    desk.run(WEEKS, 1)
    assert desk.seen("'Register'!C4:C4") == [["R"]]
    assert desk.seen("'Corrections'!A3:F3") == [
        ["Ben Okoro", "8 Mar 2026", "8 Mar 2026", "R", "", "?"]
    ]
    assert desk.run(WEEKS, 1) == []
