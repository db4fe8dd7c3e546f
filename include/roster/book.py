"""The book: from the attendance records and people's tabs to everything that stands in it.

A pure function: neither the order of the records nor that of earlier runs shows in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from include.roster.by_person import person_table
from include.roster.corrections import Correction
from include.roster.dates import day
from include.roster.fill import PeopleEdits, everybody_seen, people_lines
from include.roster.grid import Notice
from include.roster.headcount import headcounts
from include.roster.letters import Marks
from include.roster.matching import Matching
from include.roster.names_tab import names_table
from include.roster.persons import sightings
from include.roster.published import REGISTER, Published, TypedLetter, typed_letters
from include.roster.record import AttendanceRecord
from include.roster.register import Standing, register_table, standings
from include.roster.roster import Roster, Tabs, read_roster
from include.roster.table import Column, Row, Table, TextLine
from include.roster.this_week import Week, notice_lines
from include.roster.totals import chart_table, totals_table
from include.roster.visits import visits

CORRECTION_COLUMNS = (
    Column("who", "Who"),
    Column("from", "From"),
    Column("until", "Until"),
    Column("letter", "Letter"),
    Column("reason", "Reason"),
    Column("was", "Was"),
    Column("found", "Found on"),
    Column("member", "Member", hidden=True),
    Column("session", "Session", hidden=True),
)


@dataclass(frozen=True)
class View:
    """What the leaders of one class see in a spreadsheet of their own."""

    leaders: tuple[str, ...]
    own_sheet: str
    this_week: tuple[TextLine, ...]
    register: Table


@dataclass(frozen=True)
class Book:
    """What stands in the book. A table that is None is left as it is.

    :param people: hidden ids and lines to add. ``corrections``: lines to append.
    :param chart: figures for a chart stacked by class.
    :param views: for each class with leaders, by its name.
    :param published: to be kept until the next run, once this is written.
    """

    this_week: tuple[TextLine, ...]
    register: Table | None = None
    names: Table | None = None
    people: PeopleEdits = field(default_factory=lambda: PeopleEdits({}, people_lines(())))
    corrections: Table = field(default_factory=lambda: Table(CORRECTION_COLUMNS, ()))
    totals: Table | None = None
    chart: Table | None = None
    views: Mapping[str, View] = field(default_factory=dict)
    published: Published | None = None


def make_book(
    records: Iterable[AttendanceRecord],
    tabs: Tabs,
    *,
    published: Published | None,
    today: date,
) -> Book:
    """Return the book.

    :param published: the letters last written; empty before the first time, None if it is lost.
    :param today: the day of the run in the meeting's zone.
    """
    kept = in_order(records)
    roster = read_roster(tabs, today)
    if not roster.readable or not kept:
        lines = notice_lines(roster.notices)
        people = PeopleEdits(_new_ids(tabs, roster), people_lines(()))
        return Book(tuple(lines), people=people, published=published)
    return _BookMaker(kept, roster, tabs, published, today).book()


def fill_people(records: Iterable[AttendanceRecord], tabs: Tabs, *, today: date) -> PeopleEdits:
    """Return lines for People for everybody seen who has none: a first roster, to be cut down."""
    roster = read_roster(tabs, today)
    new = everybody_seen(sightings(in_order(records)), roster.members, today)
    return PeopleEdits({}, people_lines(new) if roster.readable else people_lines(()))


def in_order(records: Iterable[AttendanceRecord]) -> list[AttendanceRecord]:
    """Return the records by start, one of each session: the last given."""
    by_session = {record.session: record for record in records}
    return sorted(by_session.values(), key=lambda record: (record.start, record.session))


def _new_ids(tabs: Tabs, roster: Roster) -> dict[int, str]:
    """The hidden ids that stand in People otherwise, or not at all."""
    there = {line.row: line.shown("id") for line in tabs.people or ()}
    return {
        member.row: member.id
        for member in roster.members
        if member.row is not None and there[member.row] != member.id
    }


def _member_of(key: str) -> str:
    """Whose row it is, whatever class they were in when it was written."""
    return key.partition("|")[0]


class _BookMaker:
    """Puts the parts of a book together."""

    def __init__(
        self,
        records: Sequence[AttendanceRecord],
        roster: Roster,
        tabs: Tabs,
        published: Published | None,
        today: date,
    ) -> None:
        self.roster, self.tabs, self.today = roster, tabs, today
        self.seen = sightings(records)
        self.records = records
        places = {record.session: record.label for record in records}
        self.members = {one.id: one for one in roster.members}
        cells = typed_letters(tabs.register, published, places)
        self.typed = [one for one in cells if _member_of(one.key) in self.members]
        self.taken = [one for one in self.typed if one.letter and one.was is not None]
        corrections = [*roster.corrections, *map(self._correction, self.taken)]
        self.marks = self._marks(roster, corrections)
        self.standing = standings(self.marks)
        self.public = [key for key, one in roster.classes.items() if not one.private]
        self.shown = [one for one in self.standing if one.class_key in self.public]
        self.left_alone = list(self._left_alone())
        self.counts = headcounts(self.marks)
        self.visits = visits(self.marks)
        self.corrections = corrections

    def book(self) -> Book:
        classes = self.roster.classes.items()
        return Book(
            this_week=self._week(self.public, self._notices()).lines(),
            register=self._register(),
            names=names_table(self.marks, self.standing, self._before()),
            people=PeopleEdits(_new_ids(self.tabs, self.roster), people_lines(self.roster.added)),
            corrections=Table(CORRECTION_COLUMNS, tuple(map(self._line, self.taken))),
            totals=totals_table(self.marks, self.shown, self.counts, self.public),
            chart=chart_table(self.marks, self.shown, self.public),
            views={one.name: self._view(key) for key, one in classes if one.leaders},
            published=self._published(),
        )

    def _marks(self, roster: Roster, corrections: Sequence[Correction]) -> Marks:
        matching = Matching(self.seen, roster.members, roster.answers)
        return Marks(self.records, roster, matching, corrections)

    def _register(self) -> Table:
        if not self.roster.members:
            return person_table(self.marks, self.seen)
        keep = [(one.key, one.session) for one in self.left_alone]
        visitors = self._visitors([*self.public, None])
        return register_table(self.marks, self.shown, self.public, visitors, keep)

    def _visitors(self, keys: Sequence[str | None]) -> dict[str | None, list[int]]:
        return {key: [one.visitors.get(key, 0) for one in self.counts] for key in keys}

    def _view(self, key: str) -> View:
        one = self.roster.classes[key]
        of_class = [standing for standing in self.standing if standing.class_key == key]
        week = replace(self._week([key], ()), standing=of_class, for_leaders=True)
        register = register_table(self.marks, of_class, [key], self._visitors([key]))
        return View(one.leaders, one.own_sheet, week.lines(), register)

    def _week(self, classes: Sequence[str], notices: Sequence[Notice]) -> Week:
        return Week(self.marks, self.shown, classes, self.counts[-1], self.visits, notices)

    def _before(self) -> dict[tuple[str, str], str]:
        """The letters without any answer, by row key and session."""
        if not self.roster.answers:
            return {}
        marks = self._marks(replace(self.roster, answers=()), self.corrections)
        return {
            (one.key, record.session): letter.letter
            for one in standings(marks)
            for record, letter in zip(self.records, one.letters, strict=True)
        }

    def _correction(self, one: TypedLetter) -> Correction:
        member = _member_of(one.key)
        return Correction(None, member, None, None, None, one.letter, one.session)

    def _line(self, one: TypedLetter) -> Row:
        member, on = self.members[_member_of(one.key)], self._day(one)
        values = (member.name, on, on, one.letter, None, one.was, self.today, member.id)
        return Row(f"{one.session}|{one.key}", (*values, one.session))

    def _day(self, one: TypedLetter) -> date:
        return self.marks.days[self.marks.places[one.session]]

    def _left_alone(self) -> Iterator[TypedLetter]:
        """Cells that are no corrections, in rows that are shown; not those that are right."""
        right = {
            one.key: dict(zip(self.marks.places, one.marks, strict=True)) for one in self.shown
        }
        for one in self.typed:
            is_right = one.letter and one.letter == right.get(one.key, {}).get(one.session)
            if one.key in right and one not in self.taken and not is_right:
                yield one

    def _notices(self) -> list[Notice]:
        return [*self.roster.notices, *map(self._notice, self.left_alone)]

    def _notice(self, one: TypedLetter) -> Notice:
        on = day(self._day(one), self.marks.days[-1])
        if one.letter is None:
            stands = (
                f"“{one.text[:30]}” is none of the letters" if one.text else "the cell is empty"
            )
            return Notice(REGISTER, one.row, f"{stands} ({on}). It is left alone: type a letter.")
        text = (
            f"“{one.letter}” stands there for {on}, and nobody knows any more who wrote it. If it "
            "is right, add a line to Corrections; if not, clear the cell."
        )
        return Notice(REGISTER, one.row, text)

    def _published(self) -> Published:
        asked = {(one.key, one.session) for one in self.left_alone if one.was is None}
        found = {one.key: self._letters(one, asked) for one in self.shown}
        return Published(found)

    def _letters(self, one: Standing, asked: set[tuple[str, str]]) -> dict[str, str]:
        pairs = zip(self.records, one.marks, strict=True)
        return {
            record.session: letter
            for record, letter in pairs
            if (one.key, record.session) not in asked
        }
