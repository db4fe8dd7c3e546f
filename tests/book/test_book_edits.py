"""Whatever people do to the book, the next run loses nothing of it and finds its own again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from sandbox.google.cells import displayed
from sandbox.google.person import Person
from tests.book.desk import Desk
from tests.book.invented import record
from tests.book.members import NAMES, WEEKS, desk_with_members
from tests.book.near import Near


@pytest.fixture
def desk() -> Desk:
    return desk_with_members()


def texts(desk: Desk) -> set[str]:
    """Everything that a person sees anywhere in the book."""
    tabs = desk.google.state.spreadsheets[desk.id].sheets
    cells = (cell for tab in tabs for row in tab.cells.values() for cell in row.values())
    return {text for cell in cells if (text := displayed(cell))}


@dataclass(frozen=True)
class Edit:
    """What somebody does, and what must be seen after the next two runs: tab, area, rows."""

    name: str
    does: Callable[[Person], object]
    then: dict[str, list[list[str]]]


EDITS = [
    Edit(
        "renames a tab",
        lambda p: p.renames("Register", "Our register"),
        {"'Our register'!B4:D4": [["Ann Lee", "P", "P"]]},
    ),
    Edit(
        "renames People",
        lambda p: p.renames("People", "Us 'all'"),
        {"'Us ''all'''!A3:A3": [["Ann Lee"]]},
    ),
    Edit(
        "moves a tab",
        lambda p: p.moves_tab("Names", 0),
        {"'Names'!C3:D3": [["Cloe", "a visitor"]]},
    ),
    Edit(
        "sorts People",
        lambda p: p.sorts("People", "A3:G60", "A", descending=True),
        {
            "'People'!A3:F5": [
                ["Cleo Marsh", "Adults", "cleo@example.org", "", "", ""],
                ["Ben Okoro", "Adults", "ben@example.org", "", "", "plays the organ"],
                ["Ann Lee", "Youth", "ann@example.org", "", "", ""],
            ]
        },
    ),
    Edit(
        "sorts the Register",
        lambda p: p.sorts("Register", "A3:H20", "B"),
        {"'Register'!B3:C4": [["Adults", ""], ["All visitors", "2"]]},
    ),
    Edit(
        "filters Names",
        lambda p: p.filters("Names", "A2:L20", "C", {"Cloe"}),
        {"'Names'!C3:D3": [["Cloe", "a visitor"]]},
    ),
    Edit(
        "inserts a column and writes in it",
        lambda p: (p.inserts_columns("Register", "C"), p.types("Register", "C4", "call mum")),
        {"'Register'!B4:E4": [["Ann Lee", "call mum", "P", "P"]]},
    ),
    Edit(
        "inserts a column into Names",
        lambda p: (p.inserts_columns("Names", "A"), p.types("Names", "A3", "asked")),
        {"'Names'!A3:E3": [["asked", *["*"] * 2, "Cloe", "a visitor"]]},
    ),
    Edit(
        "moves a column",
        lambda p: p.moves_columns("People", "C", "C", "A"),
        {"'People'!A3:C3": [["ann@example.org", "Ann Lee", "Youth"]]},
    ),
    Edit(
        "inserts a row above the headings",
        lambda p: (p.inserts_rows("People", 1), p.types("People", "A1", "Our people")),
        {"'People'!A1:A4": [["Our people"], ["Name"], ["One line for each member."], ["Ann Lee"]]},
    ),
    Edit(
        "inserts a row of their own",
        lambda p: (p.inserts_rows("Register", 5), p.types("Register", "B5", "– the tenors –")),
        {"'Register'!B4:C5": [["Ann Lee", "P"], ["– the tenors –", ""]]},
    ),
    Edit(
        "adds a member in the middle",
        lambda p: (p.inserts_rows("People", 4), p.pastes("People", "A4", [["Dov Adler", "Youth"]])),
        {"'Register'!B3:C6": [["Youth", ""], ["Ann Lee", "P"], ["Dov Adler", "A"], ["Came", "1"]]},
    ),
    Edit(
        "deletes a column of the pipeline's",
        lambda p: p.deletes_columns("Register", "C"),
        {"'Register'!B4:D4": [["Ann Lee", "P", "P"]]},
    ),
    Edit(
        "deletes the hidden key",
        lambda p: p.deletes_columns("Register", "A"),
        {"'Register'!B1:B1": [["Name"]], "'Register'!B4:D4": [["Ann Lee", "P", "P"]]},
    ),
    Edit(
        "deletes the row of headings",
        lambda p: p.deletes_rows("People", 1),
        {
            "'People'!A1:B3": [
                ["Name", "Class"],
                ["One line for each member.", "Several with commas."],
                ["Ann Lee", "Youth"],
            ]
        },
    ),
    Edit(
        "deletes the explanations",
        lambda p: p.deletes_rows("Names", 2),
        {
            "'Names'!C1:D1": [["Name in Zoom", "Who is it?"]],
            "'Names'!C3:D3": [["Cloe", "a visitor"]],
        },
    ),
    Edit(
        "deletes a tab of the pipeline's",
        lambda p: p.deletes_tab("Totals"),
        {"'Totals'!D3:F4": [["Everybody", "", ""], ["Youth", "1", "1"]]},
    ),
    Edit(
        "deletes Lists",
        lambda p: p.deletes_tab("Lists"),
        {"'Lists'!A2:A5": [["a visitor"], ["not a person"], ["add to People"], ["Ann Lee"]]},
    ),
    Edit(
        "types a word over a letter",
        lambda p: p.types("Register", "C4", "ill?"),
        {"'Register'!C4:C4": [["ill?"]]},
    ),
    Edit(
        "types a letter over another",
        lambda p: p.types("Register", "C9", "X"),
        {
            "'Register'!C9:C9": [["X"]],
            "'Corrections'!A4:F4": [["Cleo Marsh", "8 Mar 2026", "8 Mar 2026", "X", "", "A"]],
        },
    ),
    Edit(
        "types a formula for a name",
        lambda p: p.types("People", "A6", "=A99999", shows="#REF!"),
        {"'People'!A6:A6": [["=A99999"]]},
    ),
    Edit(
        "types a remark below This week",
        lambda p: p.types("This week", "C30", "ring the bell"),
        {"'This week'!A1:A1": [["Sunday classes · Sunday 8 Mar 2026"]]},
    ),
    Edit(
        "names columns in their own words",
        lambda p: (p.types("People", "A1", "Wer?"), p.types("Register", "E1", "Da")),
        {"'People'!A1:A1": [["Wer?"]], "'Register'!E1:E1": [["Da"]]},
    ),
    Edit(
        "hides rows and a tab",
        lambda p: (p.hides_rows("Register", 4), p.hides_tab("Totals")),
        {"'Register'!B4:C4": [["Ann Lee", "P"]]},
    ),
    Edit(
        "writes a note",
        lambda p: p.notes("Register", "C4", "came by tram"),
        {"'Register'!B4:C4": [["Ann Lee", "P"]]},
    ),
    Edit(
        "clears the letters of a row",
        lambda p: p.clears("Register", "E4:G4"),
        {"'Register'!B4:E4": [["Ann Lee", "P", "P", "2 of 2"]]},
    ),
]
PEOPLES = {"Ann Lee", "plays the organ", "a visitor", "holiday", "lea@example.org", "Youth"}


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.name)
def test_nothing_is_lost_and_everything_is_found_again(desk: Desk, edit: Edit) -> None:
    edit.does(desk.person)
    desk.run(WEEKS[:2], 1)
    assert desk.run(WEEKS[:2], 1) == [], "the second run has nothing to write"
    for area, rows in edit.then.items():
        assert fits(desk.seen(area), rows), (area, desk.seen(area))
    assert texts(desk) >= PEOPLES
    desk.run(WEEKS, 2)
    assert texts(desk) >= PEOPLES
    assert desk.refusals == []


def fits(seen: list[list[str]], rows: list[list[str]]) -> bool:
    pairs = [zip(one, other, strict=True) for one, other in zip(seen, rows, strict=True)]
    return all(cell in (wanted, "*") or wanted == "*" for pair in pairs for cell, wanted in pair)


def test_explanations_sorted_among_the_members_are_nobody(desk: Desk) -> None:
    desk.person.inserts_rows("People", 2)
    desk.person.sorts("People", "A3:G60", "A")
    assert desk.seen("'People'!A3:A6") == [
        *([name] for name in NAMES),
        ["One line for each member."],
    ]
    desk.run(WEEKS[:2], 1)
    assert desk.run(WEEKS[:2], 1) == []
    shown = desk.column("Register", "B")
    assert set(NAMES) < set(shown)
    assert "One line for each member." not in shown


@pytest.mark.parametrize("name", ["=Zoe Park", "#REF!", "(guest) =Zoe Park", "Zoe " * 60])
def test_a_name_that_no_cell_holds_as_a_text_is_not_added_to_people(desk: Desk, name: str) -> None:
    weeks = [*WEEKS[:2], record(2, [*NAMES, name])]
    people = desk.column("People", "A")
    for _ in range(2):
        desk.run(weeks, 2, fill=True)
    added = ["Nobody Known"]
    assert desk.column("People", "A") == [*people, *added]
    (row,) = [at for at, one in enumerate(desk.seen("'Names'"), 1) if one[2].startswith(name[:9])]
    desk.person.types("Names", f"D{row}", "add to People")
    desk.run(weeks, 2)
    assert desk.column("People", "A") == [*people, *added]
    assert any("and choose it here" in line[0] for line in desk.seen("'This week'"))


def test_letters_typed_before_there_are_members_stay_and_are_named() -> None:
    desk = Desk(Near())
    weeks = [record(0, NAMES), record(1, NAMES[:1])]
    desk.run(weeks, 1)
    desk.person.types("Register", "C4", "R")  # Ben Okoro, not seen in the newest week
    desk.person.types("Register", "D3", "x")  # Ann Lee, seen in the first
    for _ in range(2):
        desk.run(weeks, 2)
        assert desk.seen("'Register'!B3:D4") == [["Ann Lee", "P", "x"], ["Ben Okoro", "R", "P"]]
        week = [row[0] for row in desk.seen("'This week'")]
        assert sum("Type them in People first" in text for text in week) == 2
    desk.person.pastes("People", "A3", [["Ann Lee"], ["Ben Okoro"]])
    desk.run(weeks, 2)
    assert not any("Type them in People first" in row[0] for row in desk.seen("'This week'"))
