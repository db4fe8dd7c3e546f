"""Made-up sessions and tabs: a class on Sunday evenings, 19:30 to 21:00."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from include.attendance.names import name_key
from include.attendance.people import all_generic, union
from include.attendance.results import SessionPerson
from include.roster.book import Book, make_book
from include.roster.grid import Cell, Grid
from include.roster.published import PublishedBook
from include.roster.record import AttendanceRecord, Rule
from include.roster.roster import Tabs
from include.roster.table import Table, Value

FIRST = datetime(2026, 10, 4, 19, 30, tzinfo=UTC)
"""When the class begins in week 0, a Sunday."""

LENGTH = 5400
TODAY = date(2026, 11, 30)
ALL = (0, LENGTH)

PEOPLE = {"name": 0, "classes": 1, "emails": 2, "from": 3, "until": 4, "note": 5, "id": 6}
CLASSES = {"class": 0, "leaders": 1, "private": 2, "own_sheet": 3}
NAMES = {"key": 0, "session": 1, "name": 2, "who": 3, "and": 4, "for": 5}
CORRECTIONS = {"who": 0, "from": 1, "until": 2, "letter": 3, "reason": 4, "member": 5, "session": 6}

Interval = tuple[int, int]


def day(week: int) -> str:
    return f"{FIRST + timedelta(weeks=week):%Y-%m-%d}"


def person(
    *names: str,
    at: Iterable[Interval] = (ALL,),
    week: int = 0,
    email: str | Iterable[str] = (),
    account: str | Iterable[str] = (),
    registrant: str | Iterable[str] = (),
    number: int = 1,
) -> SessionPerson:
    """Somebody seen; times in seconds from the beginning of the class."""
    known = [(one,) if isinstance(one, str) else tuple(one) for one in (email, account, registrant)]
    label = repr([one for one in known if one] or [name_key(names[0]) if names else "", number])
    start = int((FIRST + timedelta(weeks=week)).timestamp())
    return SessionPerson(
        key=hashlib.sha256(label.encode()).hexdigest()[:20],
        shown=(names[0] if names else "(no name)") + (f" ({number})" if number > 1 else ""),
        names=names,
        emails=known[0],
        accounts=known[1],
        registrants=known[2],
        intervals=union((start + begin, start + end) for begin, end in at),
        generic=all_generic(names),
    )


def record(
    week: int,
    *people: SessionPerson,
    opens: int = 0,
    ends: int = LENGTH,
    incomplete: tuple[str, ...] = (),
    rule: Rule | None = None,
) -> AttendanceRecord:
    """The session of a week, its people moved to it; `opens` and `ends` from the class's start."""
    begin = FIRST + timedelta(weeks=week)
    moved = [
        replace(
            one, intervals=tuple((a + week * 604800, b + week * 604800) for a, b in one.intervals)
        )
        for one in people
    ]
    return AttendanceRecord(
        meeting="bible",
        session=f"uuid-{week:03}==",
        title="Bible study",
        label=day(week),
        timezone="UTC",
        start=begin + timedelta(seconds=opens),
        end=begin + timedelta(seconds=ends),
        class_time=(begin, begin + timedelta(seconds=LENGTH)),
        link=f"https://sheets.example/{week}",
        incomplete=incomplete,
        rule=rule or Rule(),
        people=tuple(moved),
    )


def session(week: int) -> str:
    return f"uuid-{week:03}=="


def grid(columns: dict[str, int], *rows: dict[str, Cell]) -> Grid:
    lines = [[row.get(column) for column in columns] for row in rows]
    return Grid(columns, lines)


def people(*rows: dict[str, Cell] | str) -> Grid:
    """Members of the class Youth since ever, unless they say something else."""
    full = [{"name": row} if isinstance(row, str) else row for row in rows]
    return grid(PEOPLE, *({"classes": "Youth", "from": "2020-01-01", **row} for row in full))


def classes(*rows: dict[str, Cell] | str) -> Grid:
    return grid(CLASSES, *({"class": row} if isinstance(row, str) else row for row in rows))


def corrections(*rows: dict[str, Cell]) -> Grid:
    return grid(CORRECTIONS, *rows)


def values_of(table: Table, key: str) -> dict[str, Value]:
    """The values of a row by column."""
    found = next(row for row in table.rows if row.key == key)
    return dict(zip((column.key for column in table.columns), found.values, strict=True))


def answers(book: Book, said: dict[str, dict[str, Cell]]) -> Grid:
    """The tab Names as the book has it, with answers by the name of a line."""
    assert book.names
    rows: list[dict[str, Cell]] = []
    for row in book.names.rows:
        values = values_of(book.names, row.key)
        name = str(values["name"])
        shown: dict[str, Cell] = {key: str(values[key]) for key in ("key", "session", "name")}
        rows.append(shown | said.get(name, {}))
    return grid(NAMES, *rows)


def as_written(table: Table) -> Grid:
    """A tab as the writer leaves it."""
    columns = {column.key: place for place, column in enumerate(table.columns)}
    rows: list[list[Cell]] = [
        [None if value is None else str(value) for value in row.values] for row in table.rows
    ]
    return Grid(columns, rows)


def book(
    records: Iterable[AttendanceRecord],
    roster: Grid | None = None,
    *,
    published: PublishedBook | None = None,
    **tabs: Grid,
) -> Book:
    if published is None:
        published = PublishedBook()
    return make_book(records, Tabs(people=roster, **tabs), published=published, today=TODAY)


def letters(of: Book, name: str) -> str:
    """The letters of a member, oldest session first, as one text."""
    assert of.register
    columns = [column.key for column in of.register.columns]
    row = next(row for row in of.register.rows if row.values[1] == name)
    cells = [value for key, value in zip(columns, row.values, strict=True) if "uuid" in key]
    return " ".join(str(value) for value in reversed(cells))


def texts(of: Book) -> str:
    """This week, a line each."""
    return "\n".join(line.text for line in of.this_week)
