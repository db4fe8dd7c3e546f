"""A tab that somebody sorted without its hidden column: each row stays that of its name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.book.desk import Desk
from tests.book.invented import record
from tests.book.near import Near

WEEKS = [
    record(0, ["Ann Lee", "Tim Fox"]),
    record(1, ["Ann Lee", "Ben Roy"]),
    record(2, ["Tim Fox"]),
]
MEMBERS = [[name, "Youth", "", "2020-01-01"] for name in ("Tim Fox", "Ann Lee", "Ben Roy")]


@pytest.fixture
def desk() -> Desk:
    desk = Desk(Near())
    desk.run(WEEKS, 1)
    desk.person.pastes("People", "A3", MEMBERS)
    desk.run(WEEKS, 3)
    return desk


def letters(desk: Desk) -> dict[str, list[str]]:
    """The letters in the Register, newest first, by name."""
    names = {name for name, *_ in MEMBERS}
    return {row[1]: row[2:5] for row in desk.seen("'Register'") if row[1] in names}


def row_of(desk: Desk, tab: str, column: int, text: str) -> int:
    return next(at for at, row in enumerate(desk.seen(f"'{tab}'"), 1) if row[column] == text)


@pytest.mark.parametrize("area", ["B4:H6", "B3:H9", "B4:C6"])
def test_the_letters_of_a_register_sorted_in_part_stay_with_their_names(
    desk: Desk, area: str
) -> None:
    before = letters(desk)
    desk.person.sorts("Register", area, "B", descending=True)
    desk.run(WEEKS, 4)
    assert letters(desk) == before
    desk.run(WEEKS, 4)
    assert letters(desk) == before
    assert desk.column("Corrections", "A") == []
    assert desk.run(WEEKS, 4) == []


def test_a_letter_typed_before_the_register_is_sorted_is_its_members(desk: Desk) -> None:
    desk.person.types("Register", f"C{row_of(desk, 'Register', 1, 'Ben Roy')}", "R")
    desk.person.sorts("Register", "B4:H6", "B", descending=True)
    desk.run(WEEKS, 4)
    assert desk.column("Corrections", "A") == ["Ben Roy"]
    assert letters(desk)["Ben Roy"] == ["R", "P", "A"]
    assert letters(desk)["Ann Lee"] == ["A", "P", "P"]


def test_a_row_copied_over_another_corrects_nothing_and_is_named(desk: Desk) -> None:
    before = letters(desk)
    ann = row_of(desk, "Register", 1, "Ann Lee")
    desk.person.pastes("Register", f"B{ann}", [["Tim Fox", *before["Tim Fox"]]])
    desk.run(WEEKS, 4)
    assert letters(desk) == before
    assert desk.column("Corrections", "A") == []
    week = [row[0] for row in desk.seen("'This week'")]
    assert any(text.startswith(f"Register, row {ann}: it was copied or sorted") for text in week)


def test_people_sorted_without_their_ids_keep_their_letters(desk: Desk) -> None:
    desk.person.types("Register", f"C{row_of(desk, 'Register', 1, 'Ben Roy')}", "R")
    desk.person.sorts("People", "A3:F60", "A")
    desk.run(WEEKS, 4)
    assert desk.column("Corrections", "A") == ["Ben Roy"]
    assert letters(desk)["Ben Roy"] == ["R", "P", "A"]
    assert desk.run(WEEKS, 4) == []


GUESTS = [
    record(0, ["Ann Lee", "Annie L"]),
    record(1, ["Ann Lee", "Zorro"]),
    record(2, ["Ann Lee", "Annie L", "iPhone"]),
    record(3, ["Ann Lee", "iPhone"]),
]
SAID = {"Annie L": "Tim Fox", "Zorro": "Ben Roy"}


def answered(desk: Desk) -> None:
    desk.run(GUESTS, 3)
    for name, who in SAID.items():
        desk.person.types("Names", f"D{row_of(desk, 'Names', 2, name)}", who)
    phone = row_of(desk, "Names", 2, "iPhone")
    desk.person.types("Names", f"D{phone}", "Ben Roy")
    desk.run(GUESTS, 4)


@pytest.mark.parametrize("by", ["C", "I", "J"])
@pytest.mark.parametrize("descending", [False, True])
def test_the_answers_of_names_sorted_in_part_stay_with_their_names(
    desk: Desk, by: str, descending: bool
) -> None:
    answered(desk)
    before, lines = letters(desk), sorted(row[2:] for row in desk.seen("'Names'")[2:])
    desk.person.sorts("Names", "C3:L9", by, descending=descending)
    for _ in range(2):
        desk.run(GUESTS, 5)
        assert letters(desk) == before
        assert sorted(row[2:] for row in desk.seen("'Names'")[2:]) == lines


def test_an_answer_that_may_be_of_two_lines_is_asked_about_until_it_is_cleared(desk: Desk) -> None:
    two = record(2, ["Ann Lee"])
    ann = two.people[0]
    kims = [
        replace(ann, key=one, names=("Kim",), shown="Kim", emails=(), accounts=(one,))
        for one in ("a1", "a2")
    ]
    weeks = [*GUESTS[:2], replace(two, people=(ann, *kims))]
    desk.run(weeks, 3)
    first = row_of(desk, "Names", 2, "Kim")
    desk.person.pastes("Names", f"D{first}", [["Tim Fox"], ["Ben Roy"]])
    desk.run(weeks, 4)
    assert [letters(desk)[name][0] for name in ("Tim Fox", "Ben Roy")] == ["P", "P"]
    desk.person.sorts("Names", "C3:L9", "C", descending=True)
    for _ in range(2):
        desk.run(weeks, 4)
        assert [letters(desk)[name][0] for name in ("Tim Fox", "Ben Roy")] == ["?", "?"]
        week = [row[0] for row in desk.seen("'This week'")]
        assert sum("nobody can tell any more of which line" in text for text in week) == 2
    for at, row in enumerate(desk.seen("'Names'"), 1):
        if row[2] == "Kim":
            desk.person.types("Names", f"D{at}", "")
    for _ in range(2):
        desk.run(weeks, 4)
    assert sorted(row[2] for row in desk.seen("'Names'")[2:6]) == ["Annie L", "Kim", "Kim", "Zorro"]
