"""Whatever is deleted in Classes or People, nobody of a private class comes into a shared tab."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sandbox.google.person import Person
from tests.book.desk import Desk
from tests.book.invented import record
from tests.book.near import Near

WEEKS = [record(0, ["Ann Lee", "Ben Okoro"]), record(1, ["Ann Lee", "Ben Okoro"])]
SHARED = ("This week", "Register", "Names", "Totals")


@pytest.fixture
def desk() -> Desk:
    """Ann is in a private class, Ben is not."""
    desk = Desk(Near())
    desk.run([], 0)
    desk.person.pastes("Classes", "A3", [["Recovery", "lea@example.org", "TRUE"], ["Adults"]])
    desk.person.pastes("People", "A3", [["Ann Lee", "Recovery"], ["Ben Okoro", "Adults"]])
    desk.run(WEEKS, 1)
    return desk


def shared(desk: Desk) -> str:
    return str([desk.seen(f"'{tab}'!A1:P40") for tab in SHARED])


def first_line(desk: Desk) -> str:
    return desk.seen("'This week'!A1:A1")[0][0]


WHOLE: dict[str, Callable[[Person], object]] = {
    "the tab Classes": lambda p: p.deletes_tab("Classes"),
    "all lines of Classes": lambda p: p.clears("Classes", "A3:D4"),
    "the tab People": lambda p: p.deletes_tab("People"),
    "all lines of People": lambda p: p.deletes_rows("People", 3, 4),
}


@pytest.mark.parametrize("deletes", WHOLE.values(), ids=WHOLE)
def test_the_register_stays_as_it_is_until_it_is_back(
    desk: Desk, deletes: Callable[[Person], object]
) -> None:
    before = desk.seen("'Register'!A1:H20")
    deletes(desk.person)
    for week in (1, 2):
        desk.run([*WEEKS, record(2, ["Ann Lee"])], week)
        assert desk.seen("'Register'!A1:H20") == before
        assert "there is no line, and " in first_line(desk)
        assert "Ann" not in shared(desk)
        assert "Recovery" not in shared(desk)
    desk.person.pastes("Classes", "A3", [["Recovery", "", "TRUE"], ["Adults"]])
    desk.person.pastes("People", "A3", [["Ann Lee", "Recovery"], ["Ben Okoro", "Adults"]])
    desk.run([*WEEKS, record(2, ["Ann Lee"])], 2)
    assert desk.seen("'Register'!B4:E4") == [["Ben Okoro", "?", "P", "P"]]
    assert "Ann" not in shared(desk)


@pytest.mark.parametrize("deletes", WHOLE.values(), ids=WHOLE)
def test_nobody_is_shown_where_all_classes_were_private(
    desk: Desk, deletes: Callable[[Person], object]
) -> None:
    desk.person.types("Classes", "C4", "TRUE")
    desk.run(WEEKS, 1)
    deletes(desk.person)
    for week in (1, 2):
        desk.run([*WEEKS, record(2, ["Ann Lee"])], week)
        assert "there is no line, and " in first_line(desk)
        assert "Ann" not in shared(desk)
        assert "Ben" not in shared(desk)


def test_a_private_class_without_its_line_is_private_still(desk: Desk) -> None:
    desk.person.deletes_rows("Classes", 3)
    for _ in range(2):
        desk.run(WEEKS, 1)
        assert "a class that was private has no line any more" in shared(desk)
        assert "Ann" not in shared(desk)
        assert "Recovery" not in shared(desk)
    desk.person.pastes("Classes", "A4", [["Recovery"]])
    desk.run(WEEKS, 1)
    assert "Ann Lee" in shared(desk)
