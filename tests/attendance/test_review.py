"""What a person should look at: each doubt is a line of the review, in any order of the rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations, product

import pytest

from tests.attendance.made_rows import Row, attendance, minutes, row

ANN = {"id": "a", "user_email": "ann@example.org"}


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
    "renamed, and two may have been it": (
        [minutes("Ann", 0, 30), minutes("Ann!", 5, 30), minutes("Ann Lee", 30, 60)],
        ("perhaps renamed", ("Ann", "Ann!", "Ann Lee")),
        '"Ann Lee" began within a minute of the end of "Ann" or "Ann!": kept apart,'
        " perhaps the same person renamed",
    ),
    "renamed, and five may have been it": (
        [
            *(minutes("Ann" + "!" * marks, marks, 30) for marks in range(5)),
            minutes("Ann Lee", 30, 60),
        ],
        ("perhaps renamed", ("Ann", "Ann!", "Ann!!", "Ann Lee")),
        '"Ann Lee" began within a minute of the end of "Ann", "Ann!", "Ann!!" or others:'
        " kept apart, perhaps the same person renamed",
    ),
    "renamed, and the nearest has been it": (
        [minutes("Ann", 0, 29), minutes("Ann!", 5, 30), minutes("Ann Lee", 30, 60)],
        ("perhaps renamed", ("Ann!", "Ann Lee")),
        '"Ann Lee" began within a minute of the end of "Ann!": kept apart,'
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
    for sent in _orders(rows):
        (found,) = attendance(list(sent)).review
        assert (found.kind, found.names, found.text) == (*line, text)


def _orders(rows: list[Row]) -> Iterator[Sequence[Row]]:
    """Every order of a few rows; of more each begins once, forwards and backwards."""
    if len(rows) < 5:
        yield from permutations(rows)
        return
    for first in range(len(rows)):
        turned = [*rows[first:], *rows[:first]]
        yield from (turned, turned[::-1])


def _used(*times: tuple[str, int, int]) -> list[Row]:
    return [minutes("iPhone", join, leave, id=account) for account, join, leave in times]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (_used(("B", 0, 10), ("C", 10, 20), ("B", 20, 30), ("C", 30, 40)), True),
        (_used(("A", 0, 60), ("B", 0, 10), ("C", 10, 20), ("B", 20, 30), ("C", 30, 40)), True),
        (_used(("A", 0, 60), ("B", 0, 10), ("C", 9, 20), ("B", 20, 30), ("C", 30, 40)), True),
        (_used(("A", 0, 60), ("B", 0, 10), ("C", 5, 20), ("B", 20, 30), ("C", 30, 40)), False),
        # Each of A's rows fits beside somebody, but beside another.
        (_used(("A", 0, 10), ("A", 20, 30), ("B", 0, 15), ("C", 13, 30), ("B", 10, 18)), False),
        (_used(("A", 0, 1), ("B", 0, 60), ("C", 0, 60)), True),
    ],
)
def test_each_pair_of_accounts_of_a_name_counts(rows: list[Row], said: bool) -> None:
    kinds = [line.kind for line in attendance(rows).review]
    assert kinds == ["one name, two accounts"] * said


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


INSIDE_MEANWHILE = {
    "an account and a guest": [row("Bo", 0, 1800, id="b"), row("Bo", 0, 3600)],
    "two guests": [row("Bo", 0, 1800), row("Bo", 0, 3600)],
    "somebody who came before": [row("Bo", 0, 1800), row("Bo", 1679, 3600)],
    "one after the other": [row("Bo", 0, 1800), row("Bo", 0, 600), row("Bo", 660, 3600)],
}


@pytest.mark.parametrize("rows", INSIDE_MEANWHILE.values(), ids=INSIDE_MEANWHILE)
def test_a_namesake_who_was_there_meanwhile_admits_nobody(rows: list[Row]) -> None:
    waiting = {**rows[0], "status": "in_waiting_room"}
    (line,) = attendance([waiting, *rows[1:]]).review
    assert (line.kind, line.names) == ("never admitted", ("Bo",))


def test_one_of_several_namesakes_admits() -> None:
    waiting = [row("Bo", 0, 900, status="in_waiting_room"), row("Bo", 1200, 1500)]
    waiting[1]["status"] = "in_waiting_room"
    rows = [*waiting, row("Bo", 0, 3600), row("Bo", 800, 1250), row("Bo", 1480, 3600)]
    assert [line.kind for line in attendance(rows).review] == []
    late = row("Bo", 700, 1250)  # overlaps the first time of waiting, the others the second
    kinds = [line.kind for line in attendance([*rows[:3], late, rows[4]]).review]
    assert kinds == ["never admitted"]


def test_a_vowel_sign_is_part_of_the_word_before_it() -> None:
    rows = [minutes("किरण", 0, 30), minutes("कमला", 30, 60)]
    assert attendance(rows).review == ()
    (found,) = attendance([minutes("किरण", 0, 30), minutes("किरण राव", 30, 60)]).review
    assert found.kind == "perhaps renamed"
