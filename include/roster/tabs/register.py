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
from include.roster.identity.persons import Sighting, line_key
from include.roster.marking.letters import Letter, RegisterLetters
from include.roster.marking.presence import letter_of_presence, presences
from include.roster.members.classes import class_row
from include.roster.members.dates import day
from include.roster.members.people import Member
from include.roster.record import AttendanceRecord, parts_of
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
SEEN = CAME | {"S"}


@dataclass(frozen=True)
class MemberRow:
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
    def printed(self) -> list[str]:
        """The letters as the Register prints them."""
        return [letter.letter for letter in self.letters]

    @property
    def came(self) -> str:
        """In words: "9 of 11", with the percentage from four countable sessions on."""
        came = sum(letter in CAME for letter in self.printed)
        of = sum(letter in COUNTABLE for letter in self.printed)
        share = f" · {(200 * came + of) // (2 * of)} %" if of >= SHARE_FROM else ""
        return f"{came} of {of}{share}" if of else ""

    @property
    def missed(self) -> int:
        """Sessions missed in a row, up to the newest: only A counts, anything seen ends it."""
        count = 0
        for letter in reversed(self.printed):
            if letter in SEEN:
                break
            if letter == "A":
                count += 1
        return count

    @property
    def last_seen(self) -> date | None:
        """The day of the last session in which somebody or something saw them."""
        pairs = zip(reversed(self.printed), reversed(self.days), strict=True)
        return next((on for letter, on in pairs if letter in SEEN), None)

    def missing_days(self, until: int | None = None) -> list[date]:
        """The days missed in a row, oldest first, up to a session's place; a ? ends the row."""
        found = []
        letters, days = self.printed[:until], self.days[:until]
        for letter, on in zip(reversed(letters), reversed(days), strict=True):
            if letter == "A":
                found.append(on)
            elif letter not in _SKIPPED:
                break
        return found[::-1]


def row_key(class_key: str, member_id: str) -> str:
    """Return the key of a member's row in a class."""
    return f"{member_id}|{class_key}" if class_key else member_id


def all_member_rows(register: RegisterLetters) -> list[MemberRow]:
    """Return every member in every class of theirs, by class and name."""
    members = sorted(
        register.roster.members, key=lambda member: (member.name.casefold(), member.id)
    )
    return [
        MemberRow(key, member, tuple(register.row(key, member)), tuple(register.days))
        for key in register.roster.classes
        for member in members
        if key in member.classes and not member.hidden
    ]


def by_class(member_rows: Iterable[MemberRow]) -> dict[str, list[MemberRow]]:
    """Return the rows by the key of their class."""
    found: dict[str, list[MemberRow]] = defaultdict(list)
    for row in member_rows:
        found[row.class_key].append(row)
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
    register: RegisterLetters,
    member_rows: Sequence[MemberRow],
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
    of_class = by_class(member_rows)
    for key in (key for key in register.roster.classes if key in classes):
        rows += _class_rows(register, key, of_class[key], visitors[key])
    if len(visitors) > 2 and None in visitors and rows:
        rows.append(_row("visitors", "visitors", "All visitors", visitors[None]))
    keys = {row.key for row in rows}
    kept = frozenset((row, column) for row, column in keep if row in keys)
    return Table(session_columns(register), tuple(rows), kept, parts_of(register.records))


def session_columns(register: RegisterLetters) -> tuple[Column, ...]:
    """Return the columns: the name, then the sessions newest first, then the figures."""
    headings = session_headings(register.records, register.days)
    sessions = [
        Column(record.session, heading, people=False, link=record.link)
        for record, heading in zip(register.records, headings, strict=True)
    ]
    return (*NAMED, *reversed(sessions), *FIGURES)


def _class_rows(
    register: RegisterLetters, key: str, member_rows: Sequence[MemberRow], visitors: Sequence[int]
) -> Iterator[Row]:
    sessions = range(len(register.records))
    yield _row(class_row(key), "class", register.roster.classes[key].name, [None] * len(sessions))
    for row in member_rows:
        figures = row.came, row.missed or None, row.last_seen
        yield _row(row.key, "member", row.member.name, row.printed, *figures)
    came = [sum(row.letters[at].letter in CAME for row in member_rows) for at in sessions]
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


def person_table(register: RegisterLetters, sightings: Sequence[Sighting]) -> Table:
    """Return the Register with a row for each person: by identity, else by name.

    Cells are empty where somebody was not seen. Devices of one name share a row.
    """
    intervals: list[tuple[int, str, Interval]] = []
    names: dict[str, str] = {}
    for sighting in sightings:
        key = _person_key(sighting)
        names[key] = sighting.name
        at = register.places[sighting.session]
        intervals += [(at, key, interval) for interval in sighting.person.intervals]
    letters: dict[str, list[str | None]] = {key: [None] * len(register.records) for key in names}
    found = presences(intervals, register.windows)
    for (at, key), presence in found.items():
        rule = register.records[at].rule
        letters[key][at] = letter_of_presence(presence, register.parts[at], rule)
    in_order = sorted(names.items(), key=lambda item: (item[1].casefold(), item[0]))
    rows = tuple(_person_row(register, key, name, letters[key]) for key, name in in_order)
    return Table(session_columns(register), rows, gone=parts_of(register.records))


def _person_key(sighting: Sighting) -> str:
    if sighting.once:
        return line_key("device", name_key(sighting.name) or "")
    return sighting.lines[0]


def _person_row(
    register: RegisterLetters, key: str, name: str, letters: Sequence[str | None]
) -> Row:
    seen = [on for letter, on in zip(letters, register.days, strict=True) if letter]
    came = sum(letter in CAME for letter in letters)
    return Row(key, (key, name, *reversed(letters), f"{came} ×", None, max(seen)), "person")
