"""People and other runs that write while a run is between its reading and its writing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sandbox.google.person import Person
from tests.book.desk import Desk
from tests.book.invented import record
from tests.book.near import Near
from tests.google_calls import BATCH

NAMES = ["Ann Lee", "Ben Okoro", "Cleo Marsh"]
WEEKS = [record(0, NAMES), record(1, [*NAMES[:2], "Cloe"]), record(2, [NAMES[0], "Nobody Known"])]


def filled(google: object) -> Desk:
    desk = Desk(google)
    desk.run(WEEKS[:1], 0, fill=True)
    desk.person.pastes("Classes", "A3", [["Youth"]])
    desk.person.pastes("People", "B3", [["Youth"]] * 3)
    desk.run(WEEKS[:2], 1)
    return desk


@pytest.fixture
def desk() -> Desk:
    return filled(Near())


def test_two_runs_at_once_leave_what_one_after_the_other_leaves(desk: Desk) -> None:
    other = filled(Near())
    stale = desk.read()
    desk.run(WEEKS, 3)
    desk.run([*WEEKS, record(3, NAMES)], 3)
    late = desk.requests(stale, desk.book(stale, WEEKS, 3))
    assert not desk.send(late)
    assert not desk.send([one for one in late if "updateDeveloperMetadata" not in one])
    assert "already exists" in desk.refusals[-1], "the turn alone keeps the later one out"
    desk.run(WEEKS, 3)
    for weeks in (WEEKS, [*WEEKS, record(3, NAMES)], WEEKS):
        other.run(weeks, 3)
    assert desk.whole() == other.whole()


def test_a_slow_run_never_finds_its_turn_free_again(desk: Desk) -> None:
    stale = desk.read()
    late = desk.requests(stale, desk.book(stale, WEEKS, 2))
    for week in range(2, 9):
        desk.run([*WEEKS, *(record(at, NAMES) for at in range(3, week + 1))], week)
    assert not desk.send(late)
    assert len(desk.read().turns) <= 8


def test_a_first_run_that_another_overtook_makes_nothing_twice(google: object) -> None:
    """Over HTTP, with the official client."""
    desk = Desk(google)
    meanwhile = Desk(google)
    meanwhile.id, meanwhile.person = desk.id, Person(desk.google.state, desk.id)
    desk.run(WEEKS, 2, before_write=lambda: meanwhile.run(WEEKS, 2))
    assert len(desk.refusals) == 1
    assert len(desk.google.state.spreadsheets[desk.id].sheets) == 9


def test_a_lost_reply_is_no_second_write(google: object) -> None:
    desk = Desk(google)
    desk.google.state.faults.add("lost-reply", BATCH, times=1)
    desk.run(WEEKS, 2)
    assert desk.run(WEEKS, 2) == []
    assert [row[1] for row in desk.seen("'Register'!A3:B7")] == sorted(
        [*NAMES, "Cloe", "Nobody Known"]
    )


MEANWHILE: dict[str, tuple[Callable[[Person], object], str]] = {
    "a row inserted": (lambda p: p.inserts_rows("People", 4), "B"),
    "a row deleted": (lambda p: p.deletes_rows("Register", 4), "B"),
    "a column inserted": (lambda p: p.inserts_columns("Register", "B"), "C"),
    "a tab deleted": (lambda p: p.deletes_tab("Names"), "B"),
}
"""What somebody does, and the column in which the Register's names then stand."""


@pytest.mark.parametrize(("edit", "names"), MEANWHILE.values(), ids=MEANWHILE.keys())
def test_the_write_is_refused_and_done_again(
    desk: Desk, edit: Callable[[Person], object], names: str
) -> None:
    desk.person.pastes("People", "A6", [["Dov Adler", "Youth"]])
    desk.run(WEEKS, 2, before_write=lambda: edit(desk.person))
    assert len(desk.refusals) == 1
    assert desk.run(WEEKS, 2) == []
    rows = [row[:1] + row[6:] for row in desk.seen("'People'!A3:G8") if row[0]]
    assert [name for name, _ in rows] == [*NAMES, "Dov Adler"]
    assert all(id_ for _, id_ in rows)
    assert desk.column("Register", names)[:4] == ["Youth", *NAMES]


def test_a_letter_typed_while_it_changes_stays_and_is_a_correction(desk: Desk) -> None:
    """The run turns Cleo's A into P; somebody types R just before."""
    assert desk.seen("'Register'!B6:C6") == [["Cleo Marsh", "A"]]
    desk.person.types("Names", "D3", "Cleo Marsh")
    desk.run(WEEKS[:2], 1, before_write=lambda: desk.person.types("Register", "C6", "R"))
    assert desk.refusals == []
    assert desk.seen("'Register'!C6:C6") == [["R"]]
    desk.run(WEEKS[:2], 1)
    assert desk.seen("'Corrections'!A3:D3") == [["Cleo Marsh", "8 Mar 2026", "8 Mar 2026", "R"]]
    assert desk.seen("'Register'!C6:C6") == [["R"]]


TYPED: dict[str, Callable[[Person], object]] = {
    "People": lambda p: p.types("People", "A6", "typed meanwhile"),
    "Corrections": lambda p: p.types("Corrections", "E4", "typed meanwhile"),
    "Names": lambda p: p.types("Names", "D3", "typed meanwhile"),
    "beside the Register": lambda p: p.types("Register", "I5", "typed meanwhile"),
}


@pytest.mark.parametrize("edit", TYPED.values(), ids=TYPED.keys())
def test_what_somebody_types_meanwhile_stays(desk: Desk, edit: Callable[[Person], object]) -> None:
    """While lines are added to each of these tabs."""
    desk.person.types("Register", "C4", "R")
    desk.person.types("Names", "D3", "add to People")
    desk.run(WEEKS, 2, before_write=lambda: edit(desk.person))
    desk.run(WEEKS, 2)
    tabs = desk.google.state.spreadsheets[desk.id].sheets
    values = [
        cell.get("userEnteredValue")
        for t in tabs
        for row in t.cells.values()
        for cell in row.values()
    ]
    assert {"stringValue": "typed meanwhile"} in values
