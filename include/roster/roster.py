"""People's tabs together: what they say, what could not be read, what they ask to be added."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from include.roster.answers import Answer, Whom, read_answers
from include.roster.classes import SchoolClass, read_classes
from include.roster.corrections import Correction, read_corrections
from include.roster.grid import Grid, Notice
from include.roster.names import full_name, proper_name
from include.roster.people import Member, member_id, read_people
from include.roster.words import ADD_TO_PEOPLE

_NEEDED = {
    "classes": {"class": "Class", "private": "Private"},
    "people": {"name": "Name", "classes": "Class", "emails": "E-mails", "until": "Until"},
}


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
    broken = [_broken(tab, getattr(tabs, tab)) for tab in _NEEDED]
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
    answers, new = _added(answers, members, today, notices)
    if new:
        classes.setdefault("", SchoolClass("", "Without class"))
    return Roster(classes, (*members, *new), tuple(answers), tuple(corrections), tuple(notices))


def _broken(tab: str, grid: Grid | None) -> Notice | None:
    """A tab that lost the column without which nothing in it can be read."""
    if grid is None or not list(grid):
        return None
    lost = [heading for key, heading in _NEEDED[tab].items() if key not in grid.columns]
    if not lost:
        return None
    text = (
        f"the column “{lost[0]}” is gone. Bring it back (Edit, Undo, or File, "
        "Version history); until then the Register stays as it is."
    )
    return Notice(tab.capitalize(), None, text)


def _added(
    answers: Iterable[Answer], members: list[Member], today: date, notices: list[Notice]
) -> tuple[list[Answer], list[Member]]:
    """The answers "add to People" as answers with a member: the one they once added, or one of the
    same name, else a new one."""
    by_label = {one.id.partition(".")[2]: one for one in members}
    names = {one.full for one in members}
    done, new = [], dict[str, Member]()
    for answer in answers:
        if answer.word != ADD_TO_PEOPLE:
            done.append(answer)
            continue
        full = full_name(answer.name)
        id_ = member_id(today, f"add:{answer.key}")
        member = by_label.get(id_.partition(".")[2])
        if not full:
            text = "a name that says nobody cannot be added. Type the person's name in People."
            notices.append(Notice("Names", answer.row, text))
            done.append(replace(answer, word=""))
            continue
        if member is None and (full in names or full in new):
            text = (
                "somebody of this name is in People already, or is being added. If it is them, "
                "choose them; if not, type a second line in People, the names made to differ."
            )
            notices.append(Notice("Names", answer.row, text))
            same = frozenset(one.id for one in (*members, *new.values()) if one.full == full)
            done.append(replace(answer, word="", perhaps=same))
            continue
        if member is None:
            member = new[full] = Member(id_, None, proper_name(answer.name))
        done.append(replace(answer, word="", members=(member.id,)))
    return done, list(new.values())
