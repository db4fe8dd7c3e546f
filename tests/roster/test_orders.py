"""The order of records, runs and repeats shows nowhere."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import replace

from include.roster.book import Book, make_book
from include.roster.published import PublishedBook
from include.roster.record import AttendanceRecord
from include.roster.roster import Tabs
from include.sheets.book import book_requests
from tests.book.desk import Desk
from tests.book.near import Near
from tests.roster.made import TODAY, as_written, classes, corrections, day, people, person, record

ORDERS, REPEATS = 200, 6
NAMES = ["Ann Lee", "Bob Lee", "Cy Dee", "Di Oh", "Eve Pi", "Flo Q"]


def sessions() -> list[AttendanceRecord]:
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


EMPTY = Desk(Near()).read()


def rebuilt(of: Book) -> bytes:
    """The requests that write a book into an empty spreadsheet."""
    assert of.published is not None
    digest = hashlib.sha256(of.published.to_bytes()).hexdigest()
    return json.dumps(book_requests(EMPTY, of, published=digest)).encode()


def kept(records: Sequence[AttendanceRecord], tabs: Tabs, published: PublishedBook | None) -> Book:
    return make_book(records, tabs, published=published, today=TODAY)


def after(order: Sequence[AttendanceRecord], runs: Iterable[int]) -> Book:
    """The book after runs that found so many of the records, and one that found all."""
    tabs, published = TABS, PublishedBook()
    for number in runs:
        half = kept(order[:number], tabs, published)
        assert half.published is not None
        assert half.register is not None
        tabs, published = replace(TABS, register=as_written(half.register)), half.published
    return kept(order, tabs, published)


def test_any_order_of_runs_and_repeats_ends_in_the_same_book_in_the_same_bytes() -> None:
    found, rng = sessions(), random.Random(11)
    in_one_run = kept(found, TABS, PublishedBook())
    wanted = rebuilt(in_one_run)
    for number in range(ORDERS):
        order = [*found, *rng.sample(found, REPEATS)]
        rng.shuffle(order)
        between = sorted(rng.sample(range(1, len(order)), 2)) if number % 5 == 0 else []
        book = after(order, between)
        assert book == in_one_run
        assert rebuilt(book) == wanted


def test_of_a_session_the_last_record_counts() -> None:
    first, again = record(0, person("Ann Lee")), record(0, person("Bob Lee"))
    book = make_book([first, again], TABS, published=PublishedBook(), today=TODAY)
    assert book == make_book([again], TABS, published=PublishedBook(), today=TODAY)
