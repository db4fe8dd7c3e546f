"""Records and people's tabs to the finished book: CPU time and memory of a process of its own.

    python -m benchmarks.register

The records are read from their Parquet files; imports are not
in the time, but in the memory. A tenth of the members come under a name that only suggests them.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from benchmarks.section import ROUNDS, Section, median, print_section, progress
from include.attendance.people import all_generic
from include.attendance.results import SessionPerson
from include.roster.book import Book, make_book
from include.roster.grid import Grid
from include.roster.published import PublishedBook
from include.roster.record import AttendanceRecord, Rule
from include.roster.roster import Tabs

SESSIONS = 104
START = datetime(2024, 12, 1, 19, 30, tzinfo=UTC)
LENGTH = 5400
TODAY = date(2026, 11, 30)
BARS = {500: (2.0, 400)}  # members: seconds of CPU, megabytes
MEMBERS = (500, 5_000)
FIRST = [
    "Ana",
    "Bo",
    "Dmitri",
    "Esra",
    "Hana",
    "Ines",
    "Kofi",
    "Lena",
    "Noor",
    "Zoë",
    "Samuel",
    "Tom",
]
LAST = [
    "Adler",
    "Brown",
    "Costa",
    "Diaz",
    "Eze",
    "Ito",
    "Lee",
    "Müller",
    "Novak",
    "Roy",
    "Park",
    "Ek",
]
CLASSES = [f"Class {number}" for number in range(1, 13)]


def _name(number: int) -> str:
    first, rest = FIRST[number % len(FIRST)], number // len(FIRST)
    middle = f"{LAST[rest // len(LAST) % len(LAST)]}{rest // len(LAST) or ''}"
    return f"{first} {LAST[rest % len(LAST)]} {middle}"


def _seen(rng: random.Random, number: int, start: int) -> SessionPerson:
    name, account = _name(number), f"u{number}" if number % 3 else ""
    if not account and number % 10 == 0:
        name = f"{name.split()[0]} {name.split()[-1][0]}"
    elif not account and rng.random() < 0.05:
        name = "iPhone"
    cuts = sorted(rng.sample(range(LENGTH), 2 * rng.randint(1, 3)))
    intervals = tuple((start + a, start + b) for a, b in zip(cuts[::2], cuts[1::2], strict=True))
    emails = (f"member{number}@example.org",) if number % 4 == 0 and account else ()
    key, accounts = f"{number}", (account,) if account else ()
    return SessionPerson(key, name, (name,), emails, accounts, (), intervals, all_generic((name,)))


def records(members: int) -> Iterator[bytes]:
    """The files of all sessions: six of ten members came, and some visitors."""
    rng = random.Random(11)
    for week in range(SESSIONS):
        begin = START + timedelta(weeks=week)
        start, end = begin.timestamp(), begin + timedelta(seconds=LENGTH)
        came = [number for number in range(round(members * 1.02)) if rng.random() < 0.6]
        yield AttendanceRecord(
            meeting="bible",
            session=f"uuid-{week}",
            title="Bible study",
            label=f"{begin:%Y-%m-%d}",
            timezone="Europe/Berlin",
            start=begin,
            end=end,
            class_time=(begin, end),
            rule=Rule(50, 600, 600),
            people=tuple(_seen(rng, number, int(start)) for number in came),
        ).to_parquet()


def tabs(members: int) -> Tabs:
    """The tabs that people filled."""
    rows = [
        [_name(number), CLASSES[number % len(CLASSES)], f"member{number}@example.org", "2024-01-07"]
        for number in range(members)
    ]
    return Tabs(
        people=Grid({"name": 0, "classes": 1, "emails": 2, "from": 3, "until": 4}, rows),
        classes=Grid(
            {"class": 0, "leaders": 1, "private": 2},
            [[name, "lead@example.org"] for name in CLASSES],
        ),
        corrections=Grid(
            {"who": 0, "from": 1, "until": 2, "letter": 3},
            [[_name(number), 45_700 + number, 45_720 + number, "X"] for number in range(100)],
        ),
    )


def measure(members: int) -> None:
    """Print CPU seconds of reading and of the book, and the most megabytes."""
    files, given = list(records(members)), tabs(members)
    began = time.process_time()
    kept = [AttendanceRecord.from_parquet(file) for file in files]
    read = time.process_time()
    book: Book = make_book(kept, given, published=PublishedBook(), today=TODAY)
    done = time.process_time()
    assert book.register is not None
    assert len(book.register.rows) > members
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(read - began, done - read, megabytes)


def tell(section: Section) -> None:
    """Tell the medians of all sizes."""
    lines = []
    for members in MEMBERS:
        progress(f"register: {members:,} members")
        rounds = [_figures(members) for _ in range(ROUNDS)]
        read, made, megabytes = (median(one) for one in zip(*rounds, strict=True))
        size = f"{members:,} × {SESSIONS}"
        lines.append((size, f"{read:.2f} s", f"{made:.2f} s", f"{megabytes:.0f} MB"))
        if members in BARS:
            section.bar(f"{size}: CPU of the book", made, BARS[members][0], " s")
            section.bar(f"{size}: memory", megabytes, BARS[members][1], " MB", ".0f")
    section.say("Records and people's tabs to the finished book, in a process of its own:")
    headings = ("members × sessions", "CPU, reading the records", "CPU, the book", "memory")
    section.table(headings, lines)


def _figures(members: int) -> tuple[float, ...]:
    code = f"from benchmarks.register import measure; measure({members})"
    output = subprocess.check_output([sys.executable, "-c", code], text=True)
    return tuple(map(float, output.split()))


if __name__ == "__main__":
    sys.exit(print_section("Register", tell))
