"""What somebody deletes whose absence would print letters that are wrong: a column, a tab."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sandbox.google.person import Person
from tests.book.desk import Desk
from tests.book.invented import record
from tests.book.near import Near

NAMES = ["Ann Lee", "Ben Okoro"]
WEEKS = [record(0, NAMES), record(1, [*NAMES[:1], "Cloe"])]
NEEDED = {
    "People, Name": ("People", "A", "Name"),
    "People, Class": ("People", "B", "Class"),
    "People, E-mails": ("People", "C", "E-mails"),
    "People, From": ("People", "D", "From"),
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


SHOWN = record(0, [*NAMES, "Grandma", "iPhone"]), record(1, ["Ben Okoro", "Mumsy"])
LETTERS = [["Adults", "", ""], ["Ben Okoro", "P", "P"], ["Cy Dee", "P", "P"], ["Di Roy", "X", "X"]]


@pytest.fixture
def answered() -> Desk:
    """Cy was Grandma, and Mumsy in one session; Di is excused."""
    desk = Desk(Near())
    desk.run(SHOWN[:1], 0)
    adults = [[name, "Adults", "", "2026-01-01"] for name in ("Ben Okoro", "Cy Dee", "Di Roy")]
    desk.person.pastes("People", "A3", adults)
    desk.run(SHOWN, 1)
    names = [row[2] for row in desk.seen("'Names'")]
    for name, answer in {
        "Grandma": ["Cy Dee"],
        "iPhone": ["a visitor", "Ben Okoro"],
        "Mumsy": ["Cy Dee", "", "this session"],
    }.items():
        desk.person.pastes("Names", f"D{names.index(name) + 1}", [answer])
    desk.person.pastes("Corrections", "A3", [["Di Roy", "2026-02-01", "2026-04-01", "X", "ill"]])
    desk.run(SHOWN, 1)
    assert [row[:3] for row in desk.seen("'Register'!B3:D6")] == LETTERS
    return desk


DELETES: dict[str, tuple[Callable[[Person], object], str]] = {
    "who": (lambda p: p.deletes_columns("Names", "D"), "Names: the column “Who is it?” is gone."),
    "and": (lambda p: p.deletes_columns("Names", "E"), "Names: the column “and” is gone."),
    "for": (lambda p: p.deletes_columns("Names", "F"), "Names: the column “for” is gone."),
    "hidden": (lambda p: p.deletes_columns("Names", "A", "B"), "Names: the column “Key” is gone."),
    "name": (
        lambda p: p.deletes_columns("Names", "C"),
        "Names: the column “Name in Zoom” is gone.",
    ),
    "all of Names": (lambda p: p.deletes_tab("Names"), "Names: there is no line any more"),
    "lines of Names": (lambda p: p.clears("Names", "A3:L9"), "Names: there is no line any more"),
    "whom": (
        lambda p: p.deletes_columns("Corrections", "A"),
        "Corrections: the column “Who” is gone.",
    ),
    "until": (
        lambda p: p.deletes_columns("Corrections", "C"),
        "Corrections: the column “Until” is gone.",
    ),
    "all of Corrections": (
        lambda p: p.deletes_tab("Corrections"),
        "Corrections: there is no line any more",
    ),
}


@pytest.mark.parametrize(("deletes", "said"), DELETES.values(), ids=DELETES)
def test_answers_and_excuses_that_are_gone_make_nobody_absent(
    answered: Desk, deletes: Callable[[Person], object], said: str
) -> None:
    book = answered.google.state.spreadsheets
    before = book[answered.id].copy()
    deletes(answered.person)
    for _ in range(2):
        answered.run(SHOWN, 1)
        assert answered.seen("'Register'!B3:D6") == LETTERS
        assert answered.seen("'This week'!A1:A1")[0][0].startswith(said)
        assert answered.run(SHOWN, 1) == []
    book[answered.id] = before
    answered.run(SHOWN, 1)
    assert answered.seen("'Register'!B3:D6") == LETTERS
    assert answered.run(SHOWN, 1) == []


def test_a_deleted_line_is_taken_back_though_it_was_the_only_one(answered: Desk) -> None:
    answered.person.deletes_rows("Corrections", 3)
    answered.run(SHOWN, 1)
    assert answered.seen("'Register'!B6:D6") == [["Di Roy", "A", "A"]]


def test_without_the_tab_answers_can_be_typed_anew(answered: Desk) -> None:
    answered.person.deletes_tab("Names")
    answered.run(SHOWN, 1)
    answered.person.pastes("Names", "C3", [["Grandma", "Cy Dee"]])
    answered.run(SHOWN, 1)
    assert answered.seen("'Register'!B5:D5") == [["Cy Dee", "A", "P"]]
    assert {row[2] for row in answered.seen("'Names'")} >= {"Grandma", "Mumsy", "iPhone"}
