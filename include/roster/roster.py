"""People's tabs together: what they say, what could not be read, who is to be added to People."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date

from include.roster.additions import Adder
from include.roster.grid import Grid, Notice
from include.roster.identity import answers as names_tab
from include.roster.identity.answers import NAMES, Answer, read_answers
from include.roster.identity.former import gone_from, with_former
from include.roster.identity.member_lookup import MemberLookup
from include.roster.marking import corrections as corrections_tab
from include.roster.marking.corrections import Correction, read_corrections
from include.roster.members import classes as classes_tab
from include.roster.members import people as people_tab
from include.roster.members.classes import WITHOUT, Problems, SchoolClass, class_row, read_classes
from include.roster.members.member_ids import MemberIds
from include.roster.members.people import Member, classes_named, read_people
from include.roster.published import PublishedBook
from include.roster.table import Column


@dataclass(frozen=True)
class Tabs:
    """The tabs that people type in, as read; None where there is no such tab."""

    people: Grid | None = None
    classes: Grid | None = None
    names: Grid | None = None
    corrections: Grid | None = None
    register: Grid | None = None

    @property
    def missing(self) -> list[str]:
        """Those that are not there."""
        return [tab.name for tab in fields(self) if getattr(self, tab.name) is None]


@dataclass(frozen=True)
class Roster:
    """What people's tabs say.

    :param classes: by key, in their order. ``members``: in the order of their lines, at the end
        those whom answers add.
    :param since: the day on which a class first stood in a member's line, by id and class.
    :param there: the hidden ids in People, also of lines that cannot be read, and of new members.
    :param readable: False if nobody can be called absent: who is a member cannot be read.
    """

    classes: Mapping[str, SchoolClass] = field(default_factory=dict)
    members: tuple[Member, ...] = ()
    answers: tuple[Answer, ...] = ()
    corrections: tuple[Correction, ...] = ()
    notices: tuple[Notice, ...] = ()
    readable: bool = True
    since: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    there: frozenset[str] = frozenset()

    def joined_by(self, new: Collection[Member]) -> Roster:
        """Return it with new members, who are in no class yet."""
        without = {WITHOUT.key: WITHOUT} if new else {}
        members = (*self.members, *new)
        there = self.there.union(member.id for member in members)
        return replace(self, classes={**self.classes, **without}, members=members, there=there)

    def is_public(self, member: Member) -> bool:
        """Whether somebody's name may be shown to those who see the book's shared tabs."""
        return not member.hidden and any(not self.classes[key].private for key in member.classes)


def read_roster(tabs: Tabs, today: date, published: PublishedBook | None) -> Roster:
    """Read people's tabs.

    :param today: the day on which a new line of People appeared.
    :param published: tells which classes were private and whom answers meant. None if it is lost:
        then the classes that People names and the Register does not show are held to be private.
    """
    notices: list[Notice] = []
    classes = read_classes(tabs.classes, notices)
    private = _gone(tabs, classes, published)
    if lost := [notice for notice in _lost(tabs, classes, private, published) if notice]:
        return Roster(notices=tuple(lost), readable=False)
    if private:
        notices.append(Notice(classes_tab.CLASSES, None, STAYS_PRIVATE))
    ids = MemberIds(tabs.people, today, published)
    members, classes = read_people(tabs.people, {**classes, **private}, ids, notices)
    if not members and list(tabs.people or ()):
        return Roster(notices=tuple(notices), readable=False)
    members = with_former(members, published)
    public = Roster(classes, tuple(members))
    gone = gone_from(members, published)
    lookup = MemberLookup(members, filter(public.is_public, members), gone)
    known = published.answers if published else {}
    answers = read_answers(tabs.names, lookup, known, notices)
    corrections = read_corrections(tabs.corrections, lookup, classes, notices)
    adder = Adder(members, today, Problems(NAMES, notices), known)
    with_added = tuple(map(adder.answer, answers))
    roster = Roster(classes, tuple(members), with_added, tuple(corrections), tuple(notices))
    return replace(roster, there=ids.there).joined_by(adder.new.values())


BRING_BACK = "Bring {} back (Edit, Undo, or File, Version history)"

STAYS_PRIVATE = (
    "a class that was private has no line any more, and is private still. "
    f"{BRING_BACK.format('it')}, or add the class again; to end it, take it out of People."
)

NO_CLASSES = (
    "there is no line, and a class was private, or may have been. "
    f"{BRING_BACK.format('them')}, or type the classes again; until then the Register stays as it "
    "is."
)

NO_PEOPLE = (
    "there is no line, and there were members of a private class. "
    f"{BRING_BACK.format('them')}, or type a member; until then the Register stays as it is."
)

NO_LINES = (
    "there is no line any more, so nobody could tell whom they spoke of. "
    f"{BRING_BACK.format('them')}, or type again what shall count; until then the Register stays "
    "as it is."
)


def _gone(
    tabs: Tabs, classes: Mapping[str, SchoolClass], published: PublishedBook | None
) -> dict[str, SchoolClass]:
    """The private classes that People names and Classes does not."""
    shown = {line.shown("id") for line in tabs.register or ()} if published is None else ()
    before = (*classes, *(published.private if published else ()))
    return {
        key: SchoolClass(key, name, private=True)
        for key, name in classes_named(tabs.people, before).items()
        if key not in classes
        and (class_row(key) not in shown if published is None else key in published.private)
    }


def _lost(
    tabs: Tabs, classes: Collection[str], gone: Collection[str], published: PublishedBook | None
) -> Iterator[Notice | None]:
    """Say what is gone without which nobody can tell who came, or who is to be shown."""
    yield _broken(classes_tab.CLASSES, tabs.classes, classes_tab.COLUMNS, classes_tab.NEEDED)
    yield _broken(people_tab.PEOPLE, tabs.people, people_tab.COLUMNS, people_tab.NEEDED)
    yield _broken(names_tab.NAMES, tabs.names, names_tab.COLUMNS, names_tab.NEEDED)
    corrections, needed = corrections_tab.COLUMNS, corrections_tab.NEEDED
    yield _broken(corrections_tab.CORRECTIONS, tabs.corrections, corrections, needed)
    if gone and not classes:
        yield Notice(classes_tab.CLASSES, None, NO_CLASSES)
    if published and published.private and not list(tabs.people or ()):
        yield Notice(people_tab.PEOPLE, None, NO_PEOPLE)
    if published is not None and published.has_lost("names", tabs.names):
        yield Notice(names_tab.NAMES, None, NO_LINES)
    if published is not None and published.has_lost("corrections", tabs.corrections):
        yield Notice(corrections_tab.CORRECTIONS, None, NO_LINES)


def _broken(
    tab: str, grid: Grid | None, columns: Sequence[Column], needed: Collection[str]
) -> Notice | None:
    """Say which column is gone without which nothing in a tab can be read."""
    if grid is None or not list(grid):
        return None
    lost = [each.heading for each in columns if each.key in needed and each.key not in grid.columns]
    if not lost:
        return None
    text = (
        f"the column “{lost[0]}” is gone. {BRING_BACK.format('it')}; until then the Register stays "
        "as it is."
    )
    return Notice(tab, None, text)
