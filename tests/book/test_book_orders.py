"""Thirty runs, one after the other, leave the book that one run writes."""

from __future__ import annotations

import random

from tests.book.desk import Desk
from tests.book.invented import record
from tests.book.near import Near

WEEKS, RUNS = 24, 30


def test_thirty_runs_in_any_order_leave_what_one_writes() -> None:
    evenings = [record(week, ["Ann Lee", "Ben Okoro"][: 1 + week % 2]) for week in range(WEEKS)]
    rng, books = random.Random(29), []
    for numbers in (range(2, RUNS + 1), [RUNS]):
        desk = Desk(Near())
        order = [*evenings, *rng.sample(evenings, RUNS - WEEKS)]
        rng.shuffle(order)
        desk.run(order[:1])
        desk.person.pastes("People", "A3", [["Ann Lee", "Youth"], ["Ben Okoro", "Youth"]])
        for number in numbers:
            desk.run(order[:number])
        books.append(desk.whole())
    assert books[0] == books[1]
