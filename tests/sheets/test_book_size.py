"""How much a write sends: 500 members and two years of weeks, in the bytes of the batch."""

from __future__ import annotations

import json
import random
from datetime import date, timedelta

from include.roster.book import Book
from include.roster.grid import Cell
from include.roster.table import Column, Row, Table, TextLine, Value
from include.sheets.book import BookRead, book_requests, read_book, sheet_id
from include.sheets.book.layout import TOTALS
from include.sheets.book.tab_read import TabRead
from include.sheets.book.tables import with_key
from include.sheets.requests import number

MEMBERS, WEEKS, CLASSES = 500, 104, 12
FIRST = date(2024, 1, 7)
LINK = f"https://docs.google.com/spreadsheets/d/{44 * 'x'}/edit#gid=1234567890"


def register(weeks: int) -> Table:
    """The worst case: no two letters side by side are alike more often than by chance."""
    chance = random.Random(1)
    letters = [[chance.choice("PPPASLX?") for _ in range(WEEKS)] for _ in range(MEMBERS)]
    sessions = [Column(f"uuid-{at:04}-AAAAAAAAAAA==", f"{at}", link=LINK) for at in range(weeks)]
    figures = [Column("came", "Came"), Column("missed", "Missed"), Column("last_seen", "Last")]
    columns = Column("id", "Id", hidden=True), Column("name", "Name"), *sessions[::-1], *figures
    rows = [
        Row(
            f"20240107.{number:010}",
            (
                f"20240107.{number:010}",
                f"Firstname{number} Lastname",
                *letters[number][weeks - 1 :: -1][:weeks],
                f"{weeks - number % 9} of {weeks} · 80 %",
                (number + weeks) % 4,
                FIRST + timedelta(weeks=weeks),
            ),
            "member",
        )
        for number in range(MEMBERS)
    ]
    return Table(columns, tuple(rows))


def totals(weeks: int) -> Table:
    keys = [(week, each) for week in reversed(range(weeks)) for each in range(CLASSES + 1)]
    numbers = len(TOTALS.columns) - 4
    rows = [
        Row(
            f"uuid-{week:04}-AAAAAAAAAAA==|class|{each}",
            (f"uuid-{week:04}-AAAAAAAAAAA==", FIRST, f"Class {each}", *range(numbers)),
        )
        for week, each in keys
    ]
    return Table(TOTALS.columns[1:], tuple(rows))


def book(weeks: int) -> Book:
    lines = [TextLine("line", f"Firstname{at} Lastname · three times") for at in range(60)]
    lines.append(TextLine("title", f"week {weeks}"))
    chart = Table(
        (
            Column("session", "S"),
            Column("label", "Date"),
            *(Column(f"{at}", f"C{at}") for at in range(CLASSES)),
        ),
        tuple(Row(f"{at}", (f"{at}", f"{at}", *range(CLASSES))) for at in range(weeks)),
    )
    return Book(tuple(lines), register(weeks), totals=totals(weeks), chart=chart)


def size(requests: list[dict[str, object]]) -> int:
    return len(json.dumps({"requests": requests}))


def read_tab(table: Table, name: str) -> TabRead:
    """A tab as it is read after the table was written."""
    heads = [column.heading for column in table.columns]
    rows = [[_read(value) for value in row.values] for row in table.rows]
    columns = {column.key: at for at, column in enumerate(table.columns)}
    links = {at: column.link for at, column in enumerate(table.columns) if column.link}
    return TabRead(
        sheet_id("key", name),
        name,
        (len(rows) + 22, len(heads) + 4),
        [heads, [], *rows],
        columns,
        frozenset(columns),
        headings=0,
        help=1,
        links=links,
        ends={"ROWS": (1, len(rows) + 21), "COLUMNS": (2, len(heads) + 3)},
        key_index=0,
    )


def _read(value: Value) -> Cell:
    return number(value) if isinstance(value, date) else value


def test_a_rebuild_of_500_members_and_104_sessions() -> None:
    empty = read_book("key", {"sheets": []}, {})
    assert size(book_requests(empty, book(WEEKS), published="")) < 2_000_000


def test_a_week_of_500_members() -> None:
    before = book(WEEKS - 1)
    assert before.register is not None
    assert before.totals is not None
    tabs = {
        "register": read_tab(before.register, "register"),
        "totals": read_tab(with_key(before.totals, TOTALS), "totals"),
    }
    read = BookRead("key", tabs, {}, tuple(tab.sheet_id for tab in tabs.values()))
    week = book_requests(read, book(WEEKS), published="")
    assert size(week) < 300_000
    written = [one["updateCells"]["rows"] for one in week if "updateCells" in one]
    cells = sum(len(row["values"]) for rows in written for row in rows)
    assert cells < 5_000, "what is there already is not written again"
