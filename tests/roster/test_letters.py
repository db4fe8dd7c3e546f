"""The definition's test vectors, and the figures beside the letters."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from include.attendance.sessions import classes
from include.roster.marking.letters import session_day
from include.roster.record import Rule
from tests.roster.made import (
    CORRECTIONS,
    FIRST,
    LENGTH,
    book,
    corrections,
    day,
    grid,
    letters,
    people,
    person,
    record,
)

TEN = Rule(50, 600, 600)
VECTORS = {
    "half is enough": ([(0, 2700)], {}, Rule(), "P"),
    "a second less": ([(0, 2699)], {}, Rule(), "S"),
    "a second": ([(0, 1)], {}, Rule(), "S"),
    "not late": ([(600, LENGTH)], {}, TEN, "P"),
    "late": ([(601, LENGTH)], {}, TEN, "L"),
    "not early": ([(0, 4800)], {}, TEN, "P"),
    "early": ([(0, 4799)], {}, TEN, "E"),
    "late and early": ([(601, 4799)], {}, TEN, "LE"),
    "no rule": ([(601, 4799)], {}, Rule(), "P"),
    "mostly before": ([(-1800, 300)], {"opens": -1800}, TEN, "S"),
    "only before": ([(-1800, 0)], {"opens": -1800}, TEN, "S"),
    "host closes early": ([(0, 3600)], {"ends": 3600}, TEN, "P"),
    "host opens late": ([(960, LENGTH)], {"opens": 900}, TEN, "P"),
    "in pieces": ([(0, 1000), (500, 1500), (3000, 4200)], {}, Rule(), "P"),
    "pieces count once": ([(0, 1500), (0, 1500)], {}, Rule(), "S"),
    "a third of it": ([(0, 1800)], {}, Rule(33), "P"),
    "outside of the class time": ([(-7200, -5000)], {"opens": -7200, "ends": -4000}, Rule(), "P"),
}


@pytest.mark.parametrize(("at", "times", "rule", "letter"), VECTORS.values(), ids=VECTORS)
def test_presence(at: list, times: dict, rule: Rule, letter: str) -> None:
    of = book([record(0, person("Ann Lee", at=at), rule=rule, **times)], people("Ann Lee"))
    assert letters(of, "Ann Lee") == letter


HOUR = 3600
TWO_PARTS, CLICK = [(0, 1200), (2040, HOUR)], (4500, 4560)
PARTS = {
    # The parts, when each other one was there, when Ann was, the rule, her letter.
    "half of what was open": (TWO_PARTS, [TWO_PARTS], [(0, 1200), (2040, 2220)], Rule(), "P"),
    "a second less": (TWO_PARTS, [TWO_PARTS], [(0, 1200), (2040, 2219)], Rule(), "S"),
    "all of it": (TWO_PARTS, [TWO_PARTS], TWO_PARTS, Rule(100), "P"),
    "a click after": ([(0, 2100), CLICK], [[(0, 2100), CLICK]], [(0, 2100)], TEN, "P"),
    "early before a click": ([(0, 2100), CLICK], [[(0, 2100), CLICK]], [(0, 1200)], TEN, "E"),
    "two came back": ([(0, 2100), CLICK], [[(0, 2100), CLICK]] * 2, [(0, 2100)], TEN, "E"),
    "a test before": (
        [(0, 300), (900, HOUR)],
        [[(0, 300)], [(900, HOUR)]],
        [(900, HOUR)],
        TEN,
        "P",
    ),
    "she was in it alone": (
        [(0, 3000), (3600, LENGTH)],
        [[(3600, LENGTH)]] * 2,
        [(0, 3000)],
        TEN,
        "E",
    ),
    "each alone": ([(0, 1000), (1500, 3000)], [[(1500, 3000)]], [(0, 1000)], Rule(), "S"),
}


@pytest.mark.parametrize(("parts", "others", "at", "rule", "letter"), PARTS.values(), ids=PARTS)
def test_parts_of_a_session(parts: list, others: list, at: list, rule: Rule, letter: str) -> None:
    start = int(FIRST.timestamp())
    here = [person(f"Other {number}", at=of) for number, of in enumerate(others)]
    one = record(0, person("Ann Lee", at=at), *here, ends=parts[-1][1], rule=rule)
    opened = tuple((start + begin, start + end) for begin, end in parts)
    assert letters(book([replace(one, opened=opened)], people("Ann Lee")), "Ann Lee") == letter


def test_several_persons_of_a_member_are_one_presence() -> None:
    here = [
        person("Ann Lee", at=[(0, 1500)]),
        person("Nana", at=[(1000, 2700)], email="ann@x.org"),
    ]
    member = {"name": "Ann Lee", "emails": "ann@x.org"}
    assert letters(book([record(0, *here)], people(member)), "Ann Lee") == "P"
    assert letters(book([record(0, here[1])], people(member)), "Ann Lee") == "S"


EXCUSED = {"who": "Ann Lee", "from": day(0), "letter": "X"}


@pytest.mark.parametrize(("seconds", "letter"), [(3000, "P"), (60, "S"), (0, "X")])
def test_presence_wins_over_an_apology(seconds: int, letter: str) -> None:
    here = [person("Ann Lee", at=[(0, seconds)])] if seconds else []
    sessions = [record(0, *here, person("Bob Kim"))]
    of = book(sessions, people("Ann Lee", "Bob Kim"), corrections=corrections(EXCUSED))
    assert letters(of, "Ann Lee") == letter


def test_a_class_before_midnight_is_of_its_day_though_the_host_opens_after_it() -> None:
    start = FIRST + timedelta(hours=4)  # 23:30; the host opens at 0:30
    here = replace(
        record(0, person("Bob Kim", at=[(18000, 20000)])),
        start=FIRST + timedelta(seconds=18000),
        end=FIRST + timedelta(seconds=20000),
        class_time=(start, start + timedelta(seconds=LENGTH)),
        label="2026-10-05 00:30",  # not the first of its class
    )
    of = book([here], people("Ann Lee", "Bob Kim"), corrections=corrections(EXCUSED))
    assert letters(of, "Ann Lee") == "X"


def test_a_class_on_a_night_that_skips_midnight_is_of_the_day_of_its_report() -> None:
    zone = "America/Santiago"  # 23:59 on Saturday, then 1:00 on Sunday 6 September
    start, end = (datetime(2026, 9, 6, hour, tzinfo=UTC) for hour in (4, 5))
    hours = "00:00-01:30", zone, start, end
    held = {"timezone": zone, "start": start, "end": end, "class_time": classes(*hours)[0].window}
    here = replace(record(0), label=str(classes(*hours)[0].day), **held)
    assert session_day(here) == date(2026, 9, 6)


MEMBERSHIP = {
    "before from": ({"from": "2026-11-01"}, "– – – – A A"),
    "after until": ({"until": "2026-10-18"}, "A A A – – –"),
    "until this day": ({"until": "2026-10-11", "from": "2026-10-11"}, "– A – – – –"),
    "no from, never seen": ({"from": None}, "– – – – – –"),
}


@pytest.mark.parametrize(("fields", "expected"), MEMBERSHIP.values(), ids=MEMBERSHIP)
def test_membership(fields: dict, expected: str) -> None:
    sessions = [record(week, person("Bob Kim")) for week in range(6)]
    of = book(sessions, people({"name": "Ann Lee", **fields}, "Bob Kim"))
    assert letters(of, "Ann Lee") == expected


def test_without_from_a_member_is_one_since_first_seen() -> None:
    sessions = [record(week, person("Bob Kim")) for week in range(4)]
    sessions[1] = record(1, person("Bob Kim"), person("Ann Lee"))
    of = book(sessions, people({"name": "Ann Lee", "from": None}, "Bob Kim"))
    assert letters(of, "Ann Lee") == "– P A A"


def test_seen_before_from_is_no_member_yet() -> None:
    sessions = [record(0, person("Bob Kim"), person("Ann Lee"))]
    of = book(sessions, people({"name": "Ann Lee", "from": "2026-11-01"}, "Bob Kim"))
    assert letters(of, "Ann Lee") == "–"


SAID = {
    "a holiday": ([{"who": "everybody", "from": day(1), "letter": "-"}], "A – A"),
    "of the class": ([{"who": "youth", "from": day(0), "until": day(1), "letter": "–"}], "– – A"),
    "in the room": ([{"who": "Ann Lee", "from": day(1), "letter": "r"}], "A R A"),
    "corrected": ([{"who": "Ann Lee", "from": day(2), "letter": "P"}], "A A P"),
    "the member's line is nearer": (
        [
            {"who": "Ann Lee", "from": day(1), "letter": "R"},
            {"who": "everybody", "from": day(1), "letter": "–"},
        ],
        "A R A",
    ),
    "the later line counts": (
        [
            {"who": "Ann Lee", "from": day(1), "letter": "R"},
            {"who": "Ann Lee", "from": day(1), "letter": "S"},
        ],
        "A S A",
    ),
    "an apology in a holiday": (
        [
            {"who": "Ann Lee", "from": day(0), "until": day(2), "letter": "X"},
            {"who": "everybody", "from": day(1), "letter": "–"},
        ],
        "X – X",
    ),
    "as a serial number": ([{"who": "Ann Lee", "from": 46306, "letter": "X"}], "A X A"),
}


@pytest.mark.parametrize(("lines", "expected"), SAID.values(), ids=SAID)
def test_corrections(lines: list, expected: str) -> None:
    sessions = [record(week, person("Bob Kim")) for week in range(3)]
    tab = grid(CORRECTIONS, *lines)
    of = book(sessions, people("Ann Lee", "Bob Kim"), corrections=tab)
    assert letters(of, "Ann Lee") == expected


FIGURES = {
    "P P P A": ("3 of 4 · 75 %", 1, day(2)),
    "A A P": ("1 of 3", None, day(2)),
    "P X A ? A": ("1 of 3", 2, day(0)),
    "P A – A X": ("1 of 3", 2, day(0)),
    "S A A A": ("0 of 4 · 0 %", 3, day(0)),
    "R L E LE": ("4 of 4 · 100 %", None, day(3)),
    "P P A A A A A A": ("2 of 8 · 25 %", 6, day(1)),
    "X – ?": ("", None, None),
    "P P P P P A A A": ("5 of 8 · 63 %", 3, day(4)),
}


@pytest.mark.parametrize(("marks", "figures"), FIGURES.items(), ids=FIGURES)
def test_figures(marks: str, figures: tuple) -> None:
    lines = [
        {"who": "Ann Lee", "from": day(week), "letter": letter}
        for week, letter in enumerate(marks.split())
    ]
    sessions = [record(week, person("Bob Kim")) for week in range(len(lines))]
    of = book(sessions, people("Ann Lee", "Bob Kim"), corrections=corrections(*lines))
    assert letters(of, "Ann Lee") == marks
    assert of.register
    values = next(row.values for row in of.register.rows if row.values[1] == "Ann Lee")
    assert values[-3:-1] == figures[:2]
    assert str(values[-1]) == str(figures[2])


def test_the_rule_of_the_session_counts() -> None:
    sessions = [
        record(week, person("Ann Lee", at=[(0, 2700)]), rule=Rule(present))
        for week, present in enumerate((50, 51))
    ]
    assert letters(book(sessions, people("Ann Lee")), "Ann Lee") == "P S"
