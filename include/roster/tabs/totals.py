"""The tab Totals, and the chart's figures: numbers only, a row for each session and class."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from include.roster.marking.letters import RegisterLetters
from include.roster.record import parts_of
from include.roster.table import Column, Row, Table, Value
from include.roster.tabs.headcount import Headcount
from include.roster.tabs.register import MemberRow, by_class, session_headings
from include.roster.vocabulary import CAME

_NUMBERS = {
    "members": "Members",
    "came": "Came",
    "late": "Late",
    "early": "Left early",
    "short": "Too short",
    "missing": "Missing",
    "excused": "Excused",
    "to_check": "To check",
    "visitors": "Visitors",
    "screens": "Screens",
    "people": "People",
    "peak": "Peak",
    "middle": "Middle",
}

COLUMNS = (
    Column("session", "Session", hidden=True),
    Column("date", "Date"),
    Column("class", "Class"),
    *(Column(key, heading) for key, heading in _NUMBERS.items()),
)

ALL = "Everybody"


def totals_table(
    register: RegisterLetters,
    member_rows: Sequence[MemberRow],
    counts: Sequence[Headcount],
    classes: Sequence[str],
) -> Table:
    """Return the rows of these classes, and of each session as a whole; newest session first.

    Rows of sessions whose record is gone stand in the tab, and stay, but for parts of others.
    """
    rows = []
    of_class = by_class(member_rows)
    for at in reversed(range(len(register.records))):
        rows.append(_row(register, at, ALL, "", _whole(counts[at])))
        for key in classes:
            letters = [row.letters[at].letter for row in of_class[key]]
            figures = _figures(letters, counts[at].visitors.get(key, 0))
            rows.append(
                _row(register, at, register.roster.classes[key].name, f"class|{key}", figures)
            )
    return Table(COLUMNS, tuple(rows), gone=parts_of(register.records))


def _row(register: RegisterLetters, at: int, name: str, key: str, figures: dict[str, int]) -> Row:
    session = register.records[at].session
    numbers = (figures.get(number) for number in _NUMBERS)
    return Row(f"{session}|{key}", (session, register.days[at], name, *numbers))


def _whole(count: Headcount) -> dict[str, int]:
    names = ("screens", "people", "peak", "middle")
    return {name: getattr(count, name) for name in names} | {"visitors": count.visitors[None]}


def _figures(letters: Sequence[str], visitors: int) -> dict[str, int]:
    of = Counter(letters)
    return {
        "members": len(letters) - of["–"],
        "came": sum(of[letter] for letter in CAME),
        "late": of["L"] + of["LE"],
        "early": of["E"] + of["LE"],
        "short": of["S"],
        "missing": of["A"],
        "excused": of["X"],
        "to_check": of["?"],
        "visitors": visitors,
    }


def chart_table(
    register: RegisterLetters, member_rows: Sequence[MemberRow], classes: Sequence[str]
) -> Table:
    """Return who came by session (oldest first) and class, for a chart stacked by class."""
    columns = [Column(f"class|{key}", register.roster.classes[key].name) for key in classes]
    rows = []
    of_class = by_class(member_rows)
    headings = session_headings(register.records, register.days)
    for at, (record, heading) in enumerate(zip(register.records, headings, strict=True)):
        came: list[Value] = [
            sum(row.letters[at].letter in CAME for row in of_class[key]) for key in classes
        ]
        rows.append(Row(record.session, (record.session, heading, *came)))
    return Table(
        (Column("session", "Session", hidden=True), Column("label", "Date"), *columns), tuple(rows)
    )
