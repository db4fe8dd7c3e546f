"""Who is who: what joins rows to a person, what keeps them apart, what a person should look at."""

from __future__ import annotations

from itertools import permutations, product

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
        ("Ann\u00adLee", "AnnLee"),
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


TEXTS = {
    "two names at once": (
        [minutes("Ann", 0, 30, id="a"), minutes("Bo# BE", 5, 60, id="a")],
        ("two names at once", ("Bo, BE",)),
        "one account, address or registrant under several names at the same time"
        ' ("Ann", "Bo, BE"): counted as one, perhaps they are two people',
    ),
    "one name, two accounts": (
        [minutes("Ann", 0, 30, id="a"), minutes("ANN", 30, 60, user_email="ann@example.org")],
        ("one name, two accounts", ("Ann", "ANN")),
        "2 people with different ids or e-mails used this name one after the other:"
        " kept apart, perhaps they are one",
    ),
    "perhaps renamed": (
        [minutes("iPhone", 0, 30), minutes("Ann's iPhone", 31, 60)],
        ("perhaps renamed", ("iPhone", "Ann's iPhone")),
        '"Ann\'s iPhone" began within a minute of the end of "iPhone": kept apart,'
        " perhaps the same person renamed",
    ),
    "renamed by pronouns": (
        [minutes("Lena Weber", 0, 30), minutes("Lena Weber (She/Her)", 30, 60)],
        ("perhaps renamed", ("Lena Weber", "Lena Weber (She/Her)")),
        '"Lena Weber (She/Her)" began within a minute of the end of "Lena Weber": kept apart,'
        " perhaps the same person renamed",
    ),
    "three of a name, one of them twice": (
        [minutes("iPhone", 0, 10), minutes("iPhone", 20, 60), minutes("iPhone", 21, 60)],
        ("uncertain", ("iPhone",)),
        "1 row without id or e-mail fitted several people of that name:"
        " given to the one nearest in time",
    ),
    "two on one address": (
        [
            minutes("Ann", 0, 60, user_email="a@example.org"),
            minutes("Bo", 10, 50, user_email="A@Example.org"),
        ],
        ("two names at once", ("Ann",)),
        "one account, address or registrant under several names at the same time"
        ' ("Ann", "Bo"): counted as one, perhaps they are two people',
    ),
    "two on one registrant": (
        [minutes("Ann", 0, 60, registrant_id="r"), minutes("Bo", 10, 50, registrant_id="r")],
        ("two names at once", ("Ann",)),
        "one account, address or registrant under several names at the same time"
        ' ("Ann", "Bo"): counted as one, perhaps they are two people',
    ),
    "renamed to a longer word": (
        [minutes("Ann", 0, 30), minutes("Annie", 31, 60)],
        ("perhaps renamed", ("Ann", "Annie")),
        '"Annie" began within a minute of the end of "Ann": kept apart,'
        " perhaps the same person renamed",
    ),
    "an account that shows no name": (
        [minutes("", 0, 30, id="a"), minutes("\u200b", 30, 60, id="a"), minutes("Ann", 0, 60)],
        ("account without a name", ("(no name)",)),
        "1 person known by id, e-mail or registration only: no row shows a name",
    ),
    "several came after": (
        [minutes("iPhone", 0, 20), minutes("iPhone", 25, 60), minutes("iPhone", 30, 60)],
        ("uncertain", ("iPhone",)),
        "1 row without id or e-mail fitted several people of that name:"
        " given to the one nearest in time",
    ),
    "two guests for one account": (
        [minutes("Ann", 0, 20, id="a"), minutes("Ann", 20, 60), minutes("Ann", 30, 60)],
        ("beside a namesake", ("Ann",)),
        "1 row without id or e-mail while the identified person of that name was there:"
        " kept apart as somebody else",
    ),
    "a breakout row for two accounts": (
        [
            minutes("Ann", 0, 20, id="a"),
            minutes("Ann", 0, 20, id="b"),
            minutes("Ann", 20, 60, bo_mtg_id="k2=="),
        ],
        ("several namesakes", ("Ann",)),
        "1 row without id or e-mail under a name that several identified people used:"
        " kept apart from them",
    ),
    "nothing to be seen of the name": (
        [minutes("\u200b", 0, 60)],
        ("no name", ("(no name)",)),
        "1 row without name, id or e-mail: each kept as a person of its own",
    ),
}


@pytest.mark.parametrize(("rows", "line", "text"), TEXTS.values(), ids=TEXTS)
def test_texts_of_the_review(rows: list[Row], line: tuple, text: str) -> None:
    for sent in permutations(rows):
        (found,) = attendance(list(sent)).review
        assert (found.kind, found.names, found.text) == (*line, text)


CERTAIN = {
    "a reconnect under another name": [
        row("Ann", 0, 1000, id="a"),
        row("Bo", 880, 2000, id="a"),
    ],
    "two accounts at once": [minutes("Ann", 0, 30, id="a"), minutes("Ann", 5, 60, id="b")],
    "renamed long after": [row("iPhone", 0, 1000), row("Ann's iPhone", 1061, 2000)],
    "another name at once": [row("iPhone", 0, 1000), row("Android", 1000, 2000)],
}


@pytest.mark.parametrize("rows", CERTAIN.values(), ids=CERTAIN)
def test_what_is_certain_is_no_line(rows: list[Row]) -> None:
    assert attendance(rows).review == ()


def test_waited_and_never_admitted_is_nobody_in_the_table() -> None:
    result = attendance([minutes("Bo", 0, 12, status="in_waiting_room")])
    assert len(result.table) == 0
    assert result.review[0].text == "waited 12 min, never admitted"


@pytest.mark.parametrize(
    ("waiting", "inside"),
    [
        *product([{"id": "b"}, {}], repeat=2),
        ({"user_email": "BO@example.org"}, {"user_email": "bo@Example.org "}),
        ({"id": "b"}, {"participant_user_id": "b", "id": "old"}),
    ],
)
def test_admitted_under_an_id_or_a_bare_name(inside: dict, waiting: dict) -> None:
    rows = [
        minutes("Bo", 0, 12, status="in_waiting_room", **waiting),
        minutes("Bo", 12, 60, **inside),
    ]
    assert attendance(rows).review == ()
