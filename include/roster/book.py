"""The book: from the attendance records and people's tabs to everything that stands in it.

A pure function: neither the order of the records nor that of earlier runs shows in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from include.roster.additions import PeopleEdits, everybody_seen, people_edits, people_lines
from include.roster.grid import Notice
from include.roster.identity.former import in_people
from include.roster.identity.matched_before import MatchedBefore, matched_now
from include.roster.identity.matching import Matching
from include.roster.identity.persons import sightings
from include.roster.marking.corrections import COLUMNS as CORRECTION_COLUMNS
from include.roster.marking.letters import RegisterLetters
from include.roster.marking.typed_letters import TypedLetter, last_moved
from include.roster.members.class_moves import classes_since
from include.roster.published import SEVERAL, PublishedBook, RowTexts
from include.roster.record import AttendanceRecord
from include.roster.roster import Roster, Tabs, read_roster
from include.roster.sorted_rows import by_name, new_keys, row_texts_of
from include.roster.table import Table, TextLine
from include.roster.tabs.headcount import headcounts
from include.roster.tabs.names_tab import names_table
from include.roster.tabs.register import all_member_rows, person_table, register_table
from include.roster.tabs.this_week import Week, notice_lines
from include.roster.tabs.totals import chart_table, totals_table
from include.roster.tabs.visits import visits
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
    published: PublishedBook | None = None
    keys: Mapping[str, Mapping[int, str]] = field(default_factory=dict)


def make_book(
    records: Iterable[AttendanceRecord],
    tabs: Tabs,
    *,
    published: PublishedBook | None,
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
        people = people_edits(as_read.people, roster.members)
        last = None if published is None else published.without_tabs(tabs.missing)
        return Book(tuple(lines), people=people, published=last)
    since = classes_since(roster.members, roster.classes, published, today)
    book = _BookMaker(kept, replace(roster, since=since), tabs, published, today).book()
    people = people_edits(as_read.people, roster.members)
    return replace(book, people=people, keys=new_keys(as_read, tabs))


def in_order(records: Iterable[AttendanceRecord]) -> list[AttendanceRecord]:
    """Return the records by start, one of each session: the last given."""
    by_session = {record.session: record for record in records}
    return sorted(by_session.values(), key=lambda record: (record.start, record.session))


class _BookMaker:
    """Puts the parts of a book together.

    :ivar shown: the rows of members in classes that are not private, whose keys are ``public``.
    :ivar unanswered: the letters as they were without any answer.
    :ivar persons: the Register by person, while People has no member.
    :ivar left_alone: cells of the Register in which people typed what is asked about.
    """

    def __init__(
        self,
        records: Sequence[AttendanceRecord],
        roster: Roster,
        tabs: Tabs,
        published: PublishedBook | None,
        today: date,
    ) -> None:
        self.roster, self.tabs, self.published, self.today = roster, tabs, published, today
        self.seen = sightings(records)
        self.records = records
        self.typed = TypedOver(tabs.register, published, records, roster.members)
        self.corrections = [*roster.corrections, *self.typed.corrections()]
        self.register = self._letters(roster)
        without = replace(roster, answers=())
        self.unanswered = self._letters(without) if roster.answers else self.register
        self.member_rows = all_member_rows(self.register)
        self.public = [key for key, class_ in roster.classes.items() if not class_.private]
        self.shown = [row for row in self.member_rows if row.class_key in self.public]
        self.persons = None if roster.members else person_table(self.register, self.seen)
        self.left_alone = self._left_alone()
        self.counts = headcounts(self.register)
        self.visits = visits(self.register, self.member_rows)

    def book(self) -> Book:
        classes = self.roster.classes.items()
        names = names_table(self.register, self.shown, self._before())
        tables = {"register": self._register(), "names": names}
        return Book(
            this_week=self._week(self.public, self._notices()).lines(),
            register=tables["register"],
            names=names,
            corrections=self.typed.lines(self.today),
            totals=totals_table(self.register, self.shown, self.counts, self.public),
            chart=chart_table(self.register, self.shown, self.public),
            views={
                class_.name: self._view(key)
                for key, class_ in classes
                if class_.leaders or class_.unread
            },
            published=self._published(row_texts_of(tables, self.tabs, self.roster.members)),
        )

    def _letters(self, roster: Roster) -> RegisterLetters:
        kept = self.published.matched if self.published else {}
        sessions = {record.session for record in self.records}
        ids = {member.id for member in roster.members}
        lost = MatchedBefore(kept, sessions, roster.answers, ids)
        matching = Matching(self.seen, roster.members, roster.answers, lost)
        return RegisterLetters(self.records, roster, matching, self.corrections)

    def _left_alone(self) -> list[TypedLetter]:
        if self.persons:
            return self.typed.of_persons(self.persons)
        return self.typed.left_alone(self.shown)

    def _register(self) -> Table:
        keep = [(typed.key, typed.session) for typed in self.left_alone]
        if self.persons:
            return replace(self.persons, keep=frozenset(keep))
        visitors = self._visitors([*self.public, None])
        return register_table(self.register, self.shown, self.public, visitors, keep)

    def _visitors(self, keys: Sequence[str | None]) -> dict[str | None, list[int]]:
        return {key: [count.visitors.get(key, 0) for count in self.counts] for key in keys}

    def _view(self, key: str) -> View:
        class_ = self.roster.classes[key]
        of_class = [row for row in self.member_rows if row.class_key == key]
        week = replace(self._week([key], ()), member_rows=of_class, for_leaders=True)
        table = register_table(self.register, of_class, [key], self._visitors([key]))
        label = f"row {class_.row}" if class_.private else f"“{class_.name}”"
        leaders, own_sheet = class_.leaders, class_.own_sheet
        return View(label, leaders, class_.unread, own_sheet, week.lines(), table)

    def _week(self, classes: Sequence[str], notices: Sequence[Notice]) -> Week:
        return Week(self.register, self.shown, classes, self.counts[-1], self.visits, notices)

    def _before(self) -> dict[tuple[str, str], str]:
        """The letters without any answer, by row key and session."""
        return {
            (row.key, record.session): letter
            for row in (all_member_rows(self.unanswered) if self.roster.answers else ())
            for record, letter in zip(self.records, row.printed, strict=True)
        }

    def _notices(self) -> list[Notice]:
        left_alone = map(self.typed.notice, self.left_alone)
        return [*self.roster.notices, *self.typed.written_anew(), *left_alone]

    def _published(self, row_texts: RowTexts) -> PublishedBook:
        letters = (
            person_letters(self.persons, self.register.places)
            if self.persons
            else published_letters(self.shown, self.register.places, self.left_alone)
        )
        with_members = {row.class_key for row in self.member_rows}
        known = {
            answer.key: ",".join(answer.known) for answer in self.roster.answers if answer.known
        }
        private = with_members.difference(self.public)
        roster, matching = self.roster, self.register.matching
        names = in_people(roster.members, roster.there, self.published, self._mentioned())
        moved = last_moved(self.typed.typed, self.published)
        lines = {"corrections": len(self.roster.corrections) + len(self.typed.taken)}
        lines["names"] = len(row_texts["names"]) if known else 0
        lines = {tab: min(count, SEVERAL) for tab, count in lines.items() if count}
        own, matches, without = matching.own, matching.matches, self.unanswered.matching.matches
        matched = matched_now(self.seen, own, matches, without, matching.lost, roster.there)
        return PublishedBook(
            letters,
            private=private,
            answers=known,
            row_texts=row_texts,
            in_people=names,
            lines=lines,
            matched=matched,
            moved=moved,
            classes_since=roster.since,
            lost=self.typed.lost,
        )

    def _mentioned(self) -> set[str]:
        """What people's other tabs say of somebody."""
        cells = [(self.tabs.corrections, "who"), (self.tabs.names, "who"), (self.tabs.names, "and")]
        return {line.shown(key) for tab, key in cells for line in tab or ()}
