"""Who is who: what joins rows to a person, and what keeps them apart."""

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
        ({"id": "a", "participant_user_id": " "}, {"participant_user_id": "a"}),
        ({"registrant_id": "r"}, {"registrant_id": " r "}),
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
    assert sorted(result.people["seconds"]) == [1200, 1800]
    assert [line.kind for line in result.review] == ["one name, two accounts"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ann Lee", "  ann   LEE "),
        ("Ana P (she/her)# BE", "Ana P (she/her), BE"),
        ("Ａｎｎ", "Ann"),
        ("Straße", "STRASSE"),
        ("É", "E\u0301"),
        ("A\u00a0B", "A\tB"),
        ("Ann\u200b Lee", "\u2067Ann Lee\u2069"),
        ("Ann\u3164 Lee\ufe0f", "\u2800Ann Lee\x07"),
        ("Ann\u00adLee", "AnnLee"),
        ("Mu\u200b\u0308ller", "Müller"),
        ("e\u200d\u0301va", "É\u2060va"),
        ("a\u0323\u200b\u0307", "ạ̇"),
    ],
)
def test_names_that_compare_as_equal(one: str, other: str) -> None:
    shown = one.replace("#", ",")
    assert _people([minutes(one, 0, 30), minutes(other, 31, 50)]) == [(shown, 49)]


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


CHAIN = [(20, 26), (26, 32), (32, 38), (38, 44), (44, 50)]


@pytest.mark.parametrize("there", [(0, 20), (50, 60)], ids=["onwards", "backwards"])
@pytest.mark.parametrize("rooms", range(1, 6))
def test_from_room_to_room(rooms: int, there: tuple[int, int]) -> None:
    chain = (CHAIN if there == (0, 20) else CHAIN[::-1])[:rooms]
    room = {"bo_mtg_id": "k2=="}
    blank = [minutes("Ann", *times, **room) for times in chain[::2]]
    # The row between two rooms is no breakout row, the rooms are.
    blank += [minutes("Ann", *times) for times in chain[1::2]]
    beside = minutes("Ann", there[0] + 1, there[1] - 1)  # somebody else of that name
    home = there[1] - there[0] + 6 * rooms
    people = _people([minutes("Ann", *there, **ANN), beside, *blank])
    assert sorted(people) == sorted([("Ann", home), ("Ann", there[1] - there[0] - 2)])


def test_rooms_between_the_rows_of_an_account() -> None:
    rooms = [minutes("Ann", *times, bo_mtg_id="k2==") for times in [(20, 30), (30, 35), (35, 40)]]
    there = [minutes("Ann", 0, 20, **ANN), minutes("Ann", 40, 60, **ANN)]
    result = attendance([*there, *rooms, minutes("Ann", 0, 15)])
    assert presence(result) == [("Ann", 900), ("Ann", 3600)]
    assert [line.kind for line in result.review] == ["beside a namesake"]


def test_a_chain_of_rooms_ends_where_somebody_else_sits() -> None:
    room = {"bo_mtg_id": "k2=="}
    rows = [
        minutes("Ann", 0, 20, **ANN),
        minutes("Ann", 20, 30, **room),
        minutes("Ann", 18, 40, **room),  # began while Ann was there
        minutes("Ann", 40, 50, **room),
    ]
    assert sorted(_people(rows)) == [("Ann", 30), ("Ann", 32)]


@pytest.mark.parametrize(("gap", "home"), [(29, True), (30, True), (31, False)])
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_how_near_a_breakout_row_lies(gap: int, home: bool, after: bool) -> None:
    rows = [
        row("Ann", 1000, 2000, **ANN),
        row("Ann", 2000 + gap, 3000) if after else row("Ann", 0, 1000 - gap),
        row("Ann", 1200, 1800),
    ]
    rows[1]["bo_mtg_id"] = "k2=="
    there = 2000 - gap
    expected = [there, 600] if home else [1000, there - 1000 + 600]
    assert sorted(seconds for _, seconds in presence(attendance(rows))) == sorted(expected)


def test_the_longest_used_name_is_shown_with_commas() -> None:
    rows = [minutes("A", 0, 10, **ANN), minutes("B# C", 10, 40, **ANN), minutes("", 40, 60, **ANN)]
    (person,) = attendance(rows).people.to_dict("records")
    assert (person["name"], person["user_email"]) == ("B, C", "ann@example.org")


def test_two_devices_at_once_do_not_count_twice_for_the_name() -> None:
    twice = [minutes("iPad", 0, 25, **ANN, user_id=device) for device in "12"]
    assert _people([*twice, minutes("Ann", 25, 60, **ANN)]) == [("Ann", 60)]


def test_a_row_delivered_twice_counts_once() -> None:
    there = minutes("iPhone", 0, 60, user_id="16778240")
    assert _people([there, there]) == [("iPhone", 60)]


def test_without_a_connection_two_equal_rows_are_two_guests() -> None:
    assert len(_people([minutes("iPhone", 0, 60), minutes("iPhone", 0, 60)])) == 2
