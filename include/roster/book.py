"""The book: from the attendance records and people's tabs to everything that stands in it.

A pure function: neither the order of the records nor that of earlier runs shows in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from include.roster.additions import PeopleEdits, everybody_seen, people_edits, people_lines
from include.roster.corrections import COLUMNS as CORRECTION_COLUMNS
from include.roster.grid import Notice
from include.roster.headcount import headcounts
from include.roster.letters import Marks
from include.roster.matching import Matching
from include.roster.names_tab import names_table
from include.roster.persons import sightings
from include.roster.published import Looks, Published, TypedLetter
from include.roster.record import AttendanceRecord
from include.roster.register import person_table, register_table, standings
from include.roster.roster import Roster, Tabs, read_roster
from include.roster.sorted_rows import by_name, new_keys, tables_looks
from include.roster.table import Table, TextLine
from include.roster.this_week import Week, notice_lines, visits
from include.roster.totals import chart_table, totals_table
from include.roster.typed_over import TypedOver, person_letters, published_letters


@dataclass(frozen=True)
class View:
    """What the leaders of one class see in a spreadsheet of their own.

    :param label: what the class is called where others read it, too: a private one by its row.
    :param leaders: those that can be read; ``unread``: there may be others.
    """

    label: str
    leaders: tuple[str, ...]
    unread: bool
    own_sheet: str
    this_week: tuple[TextLine, ...]
    register: Table


@dataclass(frozen=True)
class Book:
    """What stands in the book. A table that is None is left as it is.

    :param people: hidden ids and lines to add. ``corrections``: lines to append.
    :param chart: figures for a chart stacked by class.
    :param views: for each class with leaders, or perhaps with some, by its name.
    :param published: to be kept until the next run, once this is written.
    :param keys: by tab and by the number of a row the hidden key that it gets.
    """

    this_week: tuple[TextLine, ...]
    register: Table | None = None
    names: Table | None = None
    people: PeopleEdits = field(default_factory=lambda: PeopleEdits({}, people_lines()))
    corrections: Table = field(default_factory=lambda: Table(CORRECTION_COLUMNS, ()))
    totals: Table | None = None
    chart: Table | None = None
    views: Mapping[str, View] = field(default_factory=dict)
    published: Published | None = None
    keys: Mapping[str, Mapping[int, str]] = field(default_factory=dict)


def make_book(
    records: Iterable[AttendanceRecord],
    tabs: Tabs,
    *,
    published: Published | None,
    today: date,
    fill: bool = False,
) -> Book:
    """Return the book.

    :param published: the letters last written; empty before the first time, None if it is lost.
    :param today: the day of the run in the meeting's zone.
    :param fill: add everybody seen to People.
    """
    kept, as_read = in_order(records), tabs
    tabs = by_name(tabs, published)
    roster = read_roster(tabs, today, published)
    if fill and roster.readable:
        seen = sightings(kept)
        roster = roster.joined_by(everybody_seen(seen, roster.members, roster.answers, today))
    if not roster.readable or not kept:
        lines = notice_lines(roster.notices)
        return Book(
            tuple(lines), people=people_edits(as_read.people, roster.members), published=published
        )
    book = _BookMaker(kept, roster, tabs, published, today).book()
    people = people_edits(as_read.people, roster.members)
    return replace(book, people=people, keys=new_keys(as_read, tabs))


def in_order(records: Iterable[AttendanceRecord]) -> list[AttendanceRecord]:
    """Return the records by start, one of each session: the last given."""
    by_session = {record.session: record for record in records}
    return sorted(by_session.values(), key=lambda record: (record.start, record.session))


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
        self.typed = TypedOver(tabs.register, published, records, roster.members)
        self.corrections = [*roster.corrections, *self.typed.corrections()]
        self.marks = self._marks(roster)
        self.standing = standings(self.marks)
        self.public = [key for key, one in roster.classes.items() if not one.private]
        self.shown = [one for one in self.standing if one.class_key in self.public]
        self.persons = None if roster.members else person_table(self.marks, self.seen)
        self.left_alone = self._left_alone()
        self.counts = headcounts(self.marks)
        self.visits = visits(self.marks)

    def book(self) -> Book:
        classes = self.roster.classes.items()
        names = names_table(self.marks, self.shown, self._before())
        tables = {"register": self._register(), "names": names}
        return Book(
            this_week=self._week(self.public, self._notices()).lines(),
            register=tables["register"],
            names=names,
            corrections=self.typed.lines(self.today),
            totals=totals_table(self.marks, self.shown, self.counts, self.public),
            chart=chart_table(self.marks, self.shown, self.public),
            views={one.name: self._view(key) for key, one in classes if one.leaders or one.unread},
            published=self._published(tables_looks(tables, self.tabs, self.roster.members)),
        )

    def _marks(self, roster: Roster) -> Marks:
        matching = Matching(self.seen, roster.members, roster.answers)
        return Marks(self.records, roster, matching, self.corrections)

    def _left_alone(self) -> list[TypedLetter]:
        if self.persons:
            return self.typed.of_persons(self.persons)
        return self.typed.left_alone(self.shown)

    def _register(self) -> Table:
        keep = [(one.key, one.session) for one in self.left_alone]
        if self.persons:
            return replace(self.persons, keep=frozenset(keep))
        visitors = self._visitors([*self.public, None])
        return register_table(self.marks, self.shown, self.public, visitors, keep)

    def _visitors(self, keys: Sequence[str | None]) -> dict[str | None, list[int]]:
        return {key: [one.visitors.get(key, 0) for one in self.counts] for key in keys}

    def _view(self, key: str) -> View:
        one = self.roster.classes[key]
        of_class = [standing for standing in self.standing if standing.class_key == key]
        week = replace(self._week([key], ()), standing=of_class, for_leaders=True)
        register = register_table(self.marks, of_class, [key], self._visitors([key]))
        label = f"row {one.row}" if one.private else f"“{one.name}”"
        return View(label, one.leaders, one.unread, one.own_sheet, week.lines(), register)

    def _week(self, classes: Sequence[str], notices: Sequence[Notice]) -> Week:
        return Week(self.marks, self.shown, classes, self.counts[-1], self.visits, notices)

    def _before(self) -> dict[tuple[str, str], str]:
        """The letters without any answer, by row key and session."""
        if not self.roster.answers:
            return {}
        marks = self._marks(replace(self.roster, answers=()))
        return {
            (one.key, record.session): letter.letter
            for one in standings(marks)
            for record, letter in zip(self.records, one.letters, strict=True)
        }

    def _notices(self) -> list[Notice]:
        left_alone = map(self.typed.notice, self.left_alone)
        return [*self.roster.notices, *self.typed.written_anew(), *left_alone]

    def _published(self, looks: Looks) -> Published:
        letters = (
            person_letters(self.persons, self.marks.places)
            if self.persons
            else published_letters(self.shown, self.marks.places, self.left_alone)
        )
        with_members = {one.class_key for one in self.standing}
        known = {one.key: ",".join(one.known) for one in self.roster.answers if one.known}
        return Published(letters, with_members.difference(self.public), known, looks)
