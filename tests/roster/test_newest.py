"""The numbers of the newest session, which the note of a run shows."""

from __future__ import annotations

from dataclasses import replace

from include.roster.grid import Grid
from include.roster.record import AttendanceRecord
from include.roster.tabs.newest import Newest, newest_in
from tests.roster.made import book, classes, corrections, day, people, person, record

ANN, BOB, CY = person("Ann Lee"), person("Bob Kim"), person("Cy Dee")


def numbers(
    *sessions: AttendanceRecord, roster: Grid | None = None, **tabs: Grid
) -> tuple[int, ...] | None:
    """People, members, came, expected, to check."""
    found = newest_in(book(sessions, roster, **tabs), sessions[-1] if sessions else None)
    if found is None:
        return None
    assert found.label == sessions[-1].label
    return found.people, found.members, found.came, found.expected, found.to_check


def test_they_are_those_of_the_newest_session() -> None:
    sessions = record(0, ANN, BOB, CY), record(1, ANN, CY)
    assert numbers(*sessions, roster=people("Ann Lee", "Bob Kim")) == (2, 2, 1, 2, 0)
    assert str(Newest("2026-10-11", 2, 2, 1, 2, 0)) == "1 of 2 came (2026-10-11)"


def test_what_is_to_check_is_expected_and_did_not_come() -> None:
    assert numbers(record(0, BOB, person("Annie L")), roster=people("Ann Lee", "Bob Kim")) == (
        2,
        2,
        1,
        2,
        1,
    )


def test_who_is_excused_is_not_expected() -> None:
    apology = corrections({"who": "Bob Kim", "from": day(0), "letter": "X"})
    roster = people("Ann Lee", "Bob Kim")
    assert numbers(record(0, ANN), roster=roster, corrections=apology) == (1, 2, 1, 1, 0)


def test_a_member_of_two_classes_counts_once() -> None:
    roster = people({"name": "Ann Lee", "classes": "Youth, Choir"}, "Bob Kim", "Cy Dee")
    both = classes("Youth", "Choir")
    assert numbers(record(0, ANN, CY), roster=roster, classes=both) == (2, 3, 2, 3, 0)


def test_a_private_class_is_in_no_number_of_members() -> None:
    roster = people("Ann Lee", {"name": "Bob Kim", "classes": "Care"})
    some = classes("Youth", {"class": "Care", "private": "TRUE"})
    assert numbers(record(0, ANN, BOB), roster=roster, classes=some) == (2, 1, 1, 1, 0)


def test_without_members_there_are_people() -> None:
    assert numbers(record(0, ANN, BOB)) == (2, 0, 0, 0, 0)


def test_there_are_none_without_a_session_or_where_a_tab_cannot_be_read() -> None:
    assert numbers(roster=people("Ann Lee")) is None
    headless = replace(people("Ann Lee"), columns={})
    assert numbers(record(0, ANN), roster=headless) is None
