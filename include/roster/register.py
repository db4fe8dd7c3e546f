"""The Register: members by class, one letter a session, newest first; and each one's figures.

Without People: everybody seen, by person, and nobody ever absent.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from include.attendance.names import name_key
from include.attendance.results import Interval
from include.roster.classes import class_row
from include.roster.dates import day
from include.roster.letters import Letter, Marks, letter_of_presence, presences
from include.roster.people import Member
from include.roster.persons import Sighting, line_key
from include.roster.record import AttendanceRecord
from include.roster.table import Column, Row, Table, Value
from include.roster.vocabulary import CAME, COUNTABLE

NAMED = (Column("id", "Id", hidden=True), Column("name", "Name"))
FIGURES = (
    Column("came", "Came"),
    Column("missed", "In a row missed"),
    Column("last_seen", "Last seen"),
)
"""The columns before the sessions, and behind them."""

SHARE_FROM = 4
"""Countable sessions from which on a percentage says something."""

CALL_FROM = 3
"""Times missed in a row from which on somebody should call."""

_SKIPPED = frozenset({"X", "–"})
_SEEN = CAME | {"S"}


@dataclass(frozen=True)
class Standing:
    """A member in a class, with a letter for each session, oldest first."""

    class_key: str
    member: Member
    letters: tuple[Letter, ...]
    days: tuple[date, ...]

    @property
    def key(self) -> str:
        """The key of the row."""
        return row_key(self.class_key, self.member.id)

    @property
    def marks(self) -> list[str]:
        """The letters alone."""
        return [one.letter for one in self.letters]

    @property
    def came(self) -> str:
        """In words: "9 of 11", with the percentage from four countable sessions on."""
        came = sum(one in CAME for one in self.marks)
        of = sum(one in COUNTABLE for one in self.marks)
        share = f" · {(200 * came + of) // (2 * of)} %" if of >= SHARE_FROM else ""
        return f"{came} of {of}{share}" if of else ""

    @property
    def missed(self) -> int:
        """Sessions missed in a row, up to the newest: only A counts, anything seen ends it."""
        count = 0
        for mark in reversed(self.marks):
            if mark in _SEEN:
                break
            count += mark == "A"
        return count

    @property
    def last_seen(self) -> date | None:
        """The day of the last session in which somebody or something saw them."""
        pairs = zip(reversed(self.marks), reversed(self.days), strict=True)
        return next((on for mark, on in pairs if mark in _SEEN), None)

    def missing_days(self, until: int | None = None) -> list[date]:
        """The days missed in a row, oldest first, up to a session's place; a ? ends the row."""
        found = []
        marks, days = self.marks[:until], self.days[:until]
        for mark, on in zip(reversed(marks), reversed(days), strict=True):
            if mark == "A":
                found.append(on)
            elif mark not in _SKIPPED:
                break
        return found[::-1]


def row_key(class_key: str, member_id: str) -> str:
    """Return the key of a member's row in a class."""
    return f"{member_id}|{class_key}" if class_key else member_id


def standings(marks: Marks) -> list[Standing]:
    """Return every member in every class of theirs, by class and name."""
    members = sorted(marks.roster.members, key=lambda one: (one.name.casefold(), one.id))
    return [
        Standing(key, member, tuple(marks.row(key, member)), tuple(marks.days))
        for key in marks.roster.classes
        for member in members
        if key in member.classes and not member.hidden
    ]


def by_class(standing: Iterable[Standing]) -> dict[str, list[Standing]]:
    """Return them by the key of their class."""
    found: dict[str, list[Standing]] = defaultdict(list)
    for one in standing:
        found[one.class_key].append(one)
    return found


def session_headings(records: Sequence[AttendanceRecord], days: Sequence[date]) -> list[str]:
    """Return what each session is called: its day, with the year if it is not the newest's.

    With its hour where several are of one day.
    """
    of_day = Counter(days)
    return [
        day(on, days[-1])
        + (f" {record.start.astimezone(ZoneInfo(record.timezone)):%H:%M}" if of_day[on] > 1 else "")
        for record, on in zip(records, days, strict=True)
    ]


def register_table(
    marks: Marks,
    standing: Sequence[Standing],
    classes: Collection[str],
    visitors: Mapping[str | None, Sequence[int]],
    keep: Collection[tuple[str, str]] = (),
) -> Table:
    """Return the Register of these classes.

    :param visitors: how many there were in each session, oldest first, by class; of the whole
        session under None.
    :param keep: cells in which people typed what is left alone.
    """
    rows: list[Row] = []
    of_class = by_class(standing)
    for key in (one for one in marks.roster.classes if one in classes):
        rows += _class_rows(marks, key, of_class[key], visitors[key])
    if len(visitors) > 2 and None in visitors and rows:
        rows.append(_row("visitors", "visitors", "All visitors", visitors[None]))
    keys = {row.key for row in rows}
    kept = frozenset(one for one in keep if one[0] in keys)
    return Table(session_columns(marks), tuple(rows), kept)


def session_columns(marks: Marks) -> tuple[Column, ...]:
    """Return the columns: the name, then the sessions newest first, then the figures."""
    headings = session_headings(marks.records, marks.days)
    sessions = [
        Column(record.session, heading, people=False, link=record.link)
        for record, heading in zip(marks.records, headings, strict=True)
    ]
    return (*NAMED, *reversed(sessions), *FIGURES)


def _class_rows(
    marks: Marks, key: str, standing: Sequence[Standing], visitors: Sequence[int]
) -> Iterator[Row]:
    sessions = range(len(marks.records))
    yield _row(class_row(key), "class", marks.roster.classes[key].name, [None] * len(sessions))
    for one in standing:
        figures = one.came, one.missed or None, one.last_seen
        yield _row(one.key, "member", one.member.name, one.marks, *figures)
    came = [sum(one.letters[at].letter in CAME for one in standing) for at in sessions]
    yield _row(f"came|{key}", "came", "Came", came)
    yield _row(f"visitors|{key}", "visitors", "Visitors", visitors)


def _row(
    key: str,
    kind: str,
    name: str,
    letters: Sequence[Value],
    came: str | None = None,
    missed: int | None = None,
    last_seen: date | None = None,
) -> Row:
    return Row(key, (key, name, *reversed(letters), came, missed, last_seen), kind)


def person_table(marks: Marks, sightings: Sequence[Sighting]) -> Table:
    """Return the Register with a row for each person: by identity, else by name.

    Cells are empty where somebody was not seen. Devices of one name share a row.
    """
    intervals: list[tuple[int, str, Interval]] = []
    names: dict[str, str] = {}
    for one in sightings:
        key = _person_key(one)
        names[key] = one.name
        intervals += [(marks.places[one.session], key, interval) for interval in one.seen.intervals]
    letters: dict[str, list[str | None]] = {key: [None] * len(marks.records) for key in names}
    for (at, key), presence in presences(intervals, [one.window for one in marks.records]).items():
        record = marks.records[at]
        letters[key][at] = letter_of_presence(presence, record.window, record.rule)
    in_order = sorted(names.items(), key=lambda one: (one[1].casefold(), one[0]))
    rows = tuple(_person_row(marks, key, name, letters[key]) for key, name in in_order)
    return Table(session_columns(marks), rows)


def _person_key(one: Sighting) -> str:
    return line_key("device", name_key(one.name) or "") if one.once else one.lines[0]


def _person_row(marks: Marks, key: str, name: str, letters: Sequence[str | None]) -> Row:
    seen = [on for one, on in zip(letters, marks.days, strict=True) if one]
    came = sum(one in CAME for one in letters)
    return Row(key, (key, name, *reversed(letters), f"{came} ×", None, max(seen)), "person")
