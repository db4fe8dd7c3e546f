"""The order of records, runs and repeats shows nowhere."""

from __future__ import annotations

import random
from dataclasses import replace

from include.roster.book import make_book
from include.roster.published import Published
from include.roster.record import AttendanceRecord
from include.roster.roster import Tabs
from tests.roster.made import TODAY, as_written, classes, corrections, day, people, person, record

ORDERS = 200
NAMES = ["Ann Lee", "Bob Lee", "Cy Dee", "Di Oh", "Eve Pi", "Flo Q"]


def _sessions() -> list[AttendanceRecord]:
    rng = random.Random(5)
    found = []
    for week in range(24):
        here = [person(name, account=name[0]) for name in NAMES if rng.random() < 0.6]
        here += [person("iPhone", account=rng.choice("AB"))] if rng.random() < 0.3 else []
        here = list({one.accounts: one for one in here}.values())
        here += [person("Annie L")] if rng.random() < 0.4 else []
        here += [person("iPhone"), person("iPhone", number=2)] if rng.random() < 0.4 else []
        found.append(record(week, *here))
    return found


ROSTER = people(*NAMES[:5], {"name": "Flo Q", "from": None, "classes": "Choir, Youth"})
TABS = Tabs(
    people=ROSTER,
    classes=classes({"class": "Youth", "leaders": "lea@x.org"}, {"class": "Choir"}),
    corrections=corrections(
        {"who": "Youth", "from": day(3), "letter": "–"},
        {"who": "Ann Lee", "from": day(5), "until": day(8), "letter": "X"},
    ),
)


def test_any_order_of_runs_and_repeats_ends_in_the_same_book() -> None:
    sessions = _sessions()
    in_one_run = make_book(sessions, TABS, published=Published(), today=TODAY)
    rng = random.Random(11)
    for number in range(ORDERS):
        order = [*sessions, *rng.sample(sessions, 6)]
        rng.shuffle(order)
        tabs, published = TABS, Published()
        if number % 5 == 0:  # the Dag of the register has run in between
            half = make_book(order[: rng.randrange(1, 29)], TABS, published=published, today=TODAY)
            assert half.published is not None
            assert half.register is not None
            tabs, published = replace(TABS, register=as_written(half.register)), half.published
        assert make_book(order, tabs, published=published, today=TODAY) == in_one_run


def test_of_a_session_the_last_record_counts() -> None:
    first, again = record(0, person("Ann Lee")), record(0, person("Bob Lee"))
    book = make_book([first, again], TABS, published=Published(), today=TODAY)
    assert book == make_book([again], TABS, published=Published(), today=TODAY)
