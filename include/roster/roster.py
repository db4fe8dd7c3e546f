"""People's tabs together: what they say, what could not be read, who is to be added to People."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from include.roster import classes as classes_tab
from include.roster import people as people_tab
from include.roster.answers import NAMES, Answer, Whom, read_answers
from include.roster.classes import WITHOUT, Problems, SchoolClass, read_classes
from include.roster.corrections import Correction, read_corrections
from include.roster.grid import Grid, Notice
from include.roster.matching import Matching
from include.roster.names import full_name, proper_name
from include.roster.people import Member, member_id, read_people
from include.roster.persons import Sighting
from include.roster.table import Column, Row, Table
from include.roster.words import ADD_TO_PEOPLE


@dataclass(frozen=True)
class Tabs:
    """The tabs that people type in, as read; None where there is no such tab."""

    people: Grid | None = None
    classes: Grid | None = None
    names: Grid | None = None
    corrections: Grid | None = None
    register: Grid | None = None


@dataclass(frozen=True)
class Roster:
    """What people's tabs say.

    :param classes: by key, in their order. ``members``: in the order of their lines, at the end
        those whom answers add.
    :param readable: False if nobody can be called absent: who is a member cannot be read.
    """

    classes: Mapping[str, SchoolClass] = field(default_factory=dict)
    members: tuple[Member, ...] = ()
    answers: tuple[Answer, ...] = ()
    corrections: tuple[Correction, ...] = ()
    notices: tuple[Notice, ...] = ()
    readable: bool = True

    @property
    def added(self) -> list[Member]:
        """The members whom answers add: they have no line yet."""
        return [one for one in self.members if one.row is None]

    def is_public(self, member: Member) -> bool:
        """Whether somebody's name may be shown to those who see the book's shared tabs."""
        return not member.hidden and any(not self.classes[key].private for key in member.classes)


def read_roster(tabs: Tabs, today: date) -> Roster:
    """Read people's tabs; `today` is the day on which a new line of People appeared."""
    notices: list[Notice] = []
    broken = (
        _broken(classes_tab.CLASSES, tabs.classes, classes_tab.COLUMNS, classes_tab.NEEDED),
        _broken(people_tab.PEOPLE, tabs.people, people_tab.COLUMNS, people_tab.NEEDED),
    )
    if lost := [notice for notice in broken if notice]:
        return Roster(notices=tuple(lost), readable=False)
    classes = read_classes(tabs.classes, notices)
    members, classes = read_people(tabs.people, classes, today, notices)
    if not members and list(tabs.people or ()):
        return Roster(notices=tuple(notices), readable=False)
    public = Roster(classes, tuple(members))
    whom = Whom(members, filter(public.is_public, members))
    answers = read_answers(tabs.names, whom, notices)
    corrections = read_corrections(tabs.corrections, whom, classes, notices)
    adder = _Adder(members, today, Problems(NAMES, notices))
    said = tuple(map(adder.answer, answers))
    roster = Roster(classes, tuple(members), said, tuple(corrections), tuple(notices))
    return _with(roster, adder.new.values())


def filled(roster: Roster, seen: Sequence[Sighting], today: date) -> Roster:
    """Return the roster with everybody seen who has no line: a first one, to be cut down.

    By identity or by name. Left out are devices, names that say nobody, those whom an answer
    explains, and a guest who has the name of somebody with an identity.
    """
    matches = Matching(seen, roster.members, roster.answers).matches
    found: dict[str, list[Sighting]] = {}
    for one, match in zip(seen, matches, strict=True):
        if match is None and one.fulls:
            key = one.identity or f"name:{full_name(one.name)}"
            found.setdefault(key, []).append(one)
    known = {full_name(all_[-1].name) for all_ in found.values() if all_[-1].identity}
    new = [
        _seen_member(key, all_, today)
        for key, all_ in found.items()
        if all_[-1].identity or full_name(all_[-1].name) not in known
    ]
    return _with(roster, sorted(new, key=lambda one: (one.name.casefold(), one.id)))


def _seen_member(key: str, found: Sequence[Sighting], today: date) -> Member:
    emails = {email for one in found for email in one.seen.emails}
    name = proper_name(found[-1].name)
    return Member(member_id(today, f"fill:{key}"), None, name, emails=tuple(sorted(emails)))


def _with(roster: Roster, new: Collection[Member]) -> Roster:
    """The roster with new members, who are in no class yet."""
    if not new:
        return roster
    classes = {**roster.classes}
    classes.setdefault(WITHOUT.key, WITHOUT)
    return replace(roster, classes=classes, members=(*roster.members, *new))


def _broken(
    tab: str, grid: Grid | None, columns: Sequence[Column], needed: Collection[str]
) -> Notice | None:
    """Say which column is gone without which nothing in a tab can be read."""
    if grid is None or not list(grid):
        return None
    lost = [one.heading for one in columns if one.key in needed and one.key not in grid.columns]
    if not lost:
        return None
    text = (
        f"the column “{lost[0]}” is gone. Bring it back (Edit, Undo, or File, "
        "Version history); until then the Register stays as it is."
    )
    return Notice(tab, None, text)


class _Adder:
    """Makes members of those whom the answers "add to People" mean."""

    def __init__(self, members: Sequence[Member], today: date, problems: Problems) -> None:
        self.members, self.today, self.problems = members, today, problems
        self.by_label = {one.id.partition(".")[2]: one for one in members}
        self.new: dict[str, Member] = {}

    def answer(self, said: Answer) -> Answer:
        """Return the answer with the member it once added, else with a new one."""
        if said.word != ADD_TO_PEOPLE:
            return said
        full, id_ = full_name(said.name), member_id(self.today, f"add:{said.key}")
        if not full:
            self.problems.add(said.row, ADDS_NOBODY)
            return replace(said, word="")
        member = self.by_label.get(id_.partition(".")[2])
        if member is None and (same := self._namesakes(full)):
            self.problems.add(said.row, ADDS_NAMESAKE)
            return replace(said, word="", perhaps=same)
        if member is None:
            member = self.new[full] = Member(id_, None, proper_name(said.name))
        return replace(said, word="", members=(member.id,))

    def _namesakes(self, full: str) -> frozenset[str]:
        return frozenset(one.id for one in (*self.members, *self.new.values()) if one.full == full)


ADDS_NOBODY = "a name that says nobody cannot be added. Type the person's name in People."

ADDS_NAMESAKE = (
    "somebody of this name is in People already, or is being added. If it is them, choose them; "
    "if not, type a second line in People, the names made to differ."
)


@dataclass(frozen=True)
class PeopleEdits:
    """What the pipeline writes into People.

    :param ids: the hidden id for each row, by the number that people see, where it is new.
    :param lines: rows to append.
    """

    ids: Mapping[int, str]
    lines: Table


def people_edits(tabs: Tabs, roster: Roster) -> PeopleEdits:
    """Return the hidden ids that stand in People otherwise or not at all, and the lines to add."""
    there = {line.row: line.shown("id") for line in tabs.people or ()}
    ids = {
        member.row: member.id
        for member in roster.members
        if member.row is not None and there[member.row] != member.id
    }
    return PeopleEdits(ids, people_lines(roster.added))


def people_lines(members: Iterable[Member] = ()) -> Table:
    """Return lines for members who have none yet."""
    rows = (
        Row(one.id, (one.name, None, ", ".join(one.emails) or None, None, None, None, one.id))
        for one in members
    )
    return Table(people_tab.COLUMNS, tuple(rows))
