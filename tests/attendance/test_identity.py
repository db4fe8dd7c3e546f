"""Who is who: what joins rows to a person, what keeps them apart, what a person should look at."""

from __future__ import annotations

import pytest

from tests.attendance.made_rows import Row, attendance, minutes, presence, row

ANN = {"id": "a", "user_email": "ann@example.org"}


def _people(rows: list[Row]) -> list[tuple[str, float]]:
    return [(name, seconds / 60) for name, seconds in presence(attendance(rows))]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"registrant_id": "r"}, {"registrant_id": "r"}),
        ({"id": "a"}, {"participant_user_id": "a"}),
        ({"id": "old", "participant_user_id": "a"}, {"id": "a"}),
        ({"user_email": "Ann@Example.org"}, {"user_email": " ann@example.ORG"}),
        ({"user_email": "STRASSE@example.org"}, {"user_email": "straße@example.org"}),
        (
            {"id": "a", "user_email": "old@example.org"},
            {"id": "a", "user_email": "new@example.org"},
        ),
    ],
)
def test_one_person_by_what_they_share(first: dict, second: dict) -> None:
    assert _people([minutes("A", 0, 20, **first), minutes("B", 10, 60, **second)]) == [("B", 60)]


def test_links_reach_through_other_rows() -> None:
    chain = [minutes("Ann", n, n + 1, id=f"a{n}", user_email=f"e{n // 2}@x.org") for n in range(9)]
    links = [minutes("Ann", 0, 1, id=f"a{n + 1}", user_email=f"e{n // 2}@x.org") for n in range(9)]
    assert _people(chain + links[::-1]) == [("Ann", 9)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"user_email": "ann@example.org"}, {"user_email": "bo@example.org"}),
        ({"registrant_id": "r"}, {"registrant_id": "s"}),
        ({"registrant_id": "x"}, {"id": "x"}),
    ],
)
def test_a_shared_name_joins_nobody_with_ids(first: dict, second: dict) -> None:
    result = attendance([minutes("Ann", 0, 20, **first), minutes("Ann", 30, 60, **second)])
    assert sorted(result.people["seconds"].to_pylist()) == [1200, 1800]
    assert result.review == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ann Lee", "  ann   LEE "),
        ("Ana P (she/her)# BE", "Ana P (she/her), BE"),
        ("Ａｎｎ", "Ann"),
        ("Straße", "STRASSE"),
        ("É", "E\u0301"),
        ("A\u00a0B", "A\tB"),
    ],
)
def test_names_that_compare_as_equal(one: str, other: str) -> None:
    assert _people([minutes(one, 0, 30), minutes(other, 31, 50)]) == [(one, 49)]


@pytest.mark.parametrize(("overlap", "people"), [(0, 1), (120, 1), (121, 2)])
@pytest.mark.parametrize("ids", [{}, ANN], ids=["guest", "account"])
def test_tolerance_of_a_late_timeout(ids: dict, overlap: int, people: int) -> None:
    rows = [row("Ann", 0, 1000, **ids), row("Ann", 1000 - overlap, 2000)]
    assert len(attendance(rows).people) == people


def test_numbers_follow_the_first_join_and_pass_over_real_names() -> None:
    rows = [minutes("iPhone", start, 60) for start in (20, 10, 0)] + [minutes("iPhone (2)", 5, 9)]
    assert _people(rows) == [
        ("iPhone", 60),
        ("iPhone (3)", 50),
        ("iPhone (4)", 40),
        ("iPhone (2)", 4),
    ]


def test_identified_namesakes_keep_their_name() -> None:
    rows = [minutes("Ann", 0, 60, **ANN), minutes("Ann", 0, 50, user_email="ann@example.com")]
    assert _people(rows) == [("Ann", 50), ("Ann", 60)]


def test_blank_breakout_rows_go_home() -> None:
    room = {"bo_mtg_id": "k2=="}
    rows = [
        minutes("Ann", 0, 10, **ANN),
        minutes("Ann", 10, 20, **room),
        minutes("Ann", 20, 30, **ANN),
        minutes("Ann", 30, 40, **room),
    ]
    assert _people(rows) == [("Ann", 40)]


def test_all_names_are_kept_the_longest_used_is_shown() -> None:
    rows = [minutes("A", 0, 10, **ANN), minutes("B", 10, 40, **ANN), minutes("", 40, 60, **ANN)]
    (person,) = attendance(rows).people.to_pylist()
    assert person["name"] == "B"
    assert person["names"] == [{"name": "B", "seconds": 1800}, {"name": "A", "seconds": 600}]
    assert person["rows"] == 3
    assert person["user_email"] == "ann@example.org"


REVIEWED = {
    "two candidates": (
        [minutes("Ann", 0, 9, id="a"), minutes("Ann", 0, 9, id="b"), minutes("ann", 20, 30)],
        ("several namesakes", ("ann",)),
    ),
    "beside the candidate": (
        [minutes("Ann", 0, 60, id="a"), minutes("Ann", 10, 30)],
        ("beside a namesake", ("Ann",)),
    ),
    "fits two guests": (
        [minutes("iPhone", 0, 20), minutes("iPhone", 5, 25), minutes("iPhone", 30, 60)],
        ("uncertain", ("iPhone (2)",)),
    ),
    "no name": (
        [minutes("", 0, 20), minutes(" ", 30, 60)],
        ("no name", ("(no name)", "(no name) (2)")),
    ),
    "never admitted": (
        [minutes("Bo", 0, 12, status="in_waiting_room"), minutes("Ann", 0, 60)],
        ("never admitted", ("Bo",)),
    ),
}


@pytest.mark.parametrize(("rows", "case"), REVIEWED.values(), ids=REVIEWED)
def test_review(rows: list[Row], case: tuple[str, tuple[str, ...]]) -> None:
    (found,) = attendance(rows).review
    assert (found.kind, found.names) == case


def test_waited_and_never_admitted_is_nobody_in_the_table() -> None:
    result = attendance([minutes("Bo", 0, 12, status="in_waiting_room")])
    assert len(result.table) == 0
    assert result.review[0].done == "waited 12 min, never admitted"


@pytest.mark.parametrize("inside", [{"id": "b"}, {}])
@pytest.mark.parametrize("waiting", [{"id": "b"}, {}])
def test_admitted_under_an_id_or_a_bare_name(inside: dict, waiting: dict) -> None:
    rows = [
        minutes("Bo", 0, 12, status="in_waiting_room", **waiting),
        minutes("Bo", 12, 60, **inside),
    ]
    assert attendance(rows).review == ()
