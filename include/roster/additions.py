"""Who is added to People: whom answers add, and everybody seen; the lines and hidden ids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from include.roster.answers import Answer
from include.roster.classes import Problems
from include.roster.grid import CellUnreadable, Grid, read_text
from include.roster.matching import Matching
from include.roster.names import full_name, proper_name
from include.roster.people import COLUMNS, Member, member_id
from include.roster.persons import Sighting
from include.roster.table import Row, Table
from include.roster.vocabulary import ADD_TO_PEOPLE

ADDS_NOBODY = (
    "a name that says nobody, or that a sheet does not hold as a text, cannot be added. Type the "
    "person's name in People, and choose it here."
)

ADDED_BEFORE = (
    "the line that this answer added to People is gone from there. Choose who it is, or clear the "
    "answer."
)

ADDS_NAMESAKE = (
    "somebody of this name is in People already, or is being added. If it is them, choose them; "
    "if not, type a second line in People, the names made to differ."
)


class Adder:
    """Makes members of those whom the answers "add to People" mean.

    :ivar new: those who have no line yet, by full name.
    """

    def __init__(
        self,
        members: Sequence[Member],
        today: date,
        problems: Problems,
        known: Mapping[str, str] | None = None,
    ) -> None:
        """Take whom the answers meant when they were read last: ids by the lines' keys."""
        self.members, self.today, self.problems = members, today, problems
        self.known = known or {}
        self.by_label = {one.id.partition(".")[2]: one for one in members}
        self.new: dict[str, Member] = {}

    def answer(self, said: Answer) -> Answer:
        """Return the answer with the member it once added, else with a new one."""
        if said.word != ADD_TO_PEOPLE:
            return said
        full, id_ = full_name(said.name), member_id(self.today, f"add:{said.key}")
        if not full or not _is_readable(proper_name(said.name)):
            self.problems.add(said.row, ADDS_NOBODY)
            return replace(said, word="", unread=True)
        member = self.by_label.get(id_.partition(".")[2])
        before = self.known.get(said.key, "")
        if member is None and before.partition(".")[2] == id_.partition(".")[2]:
            self.problems.add(said.row, ADDED_BEFORE)
            return replace(said, word="", unread=True, known=(before,))
        if member is None and self._is_known(full):
            self.problems.add(said.row, ADDS_NAMESAKE)
            return replace(said, word="", unread=True)
        if member is None:
            member = self.new[full] = Member(id_, None, proper_name(said.name))
        return replace(said, word="", members=(member.id,), known=(member.id,))

    def _is_known(self, full: str) -> bool:
        return full in self.new or any(one.full == full for one in self.members)


def everybody_seen(
    seen: Sequence[Sighting], members: Sequence[Member], answers: Iterable[Answer], today: date
) -> list[Member]:
    """Return a member for each person who is none, in order of name: a roster to be cut down.

    By identity or by name. Left out are devices, names that say nobody or cannot be read in a cell,
    those whom an answer explains, who has the name of a member, and a guest who has the name of
    somebody with an identity.
    """
    matches = Matching(seen, members, answers).matches
    taken = {one.full for one in members}
    found: dict[str, list[Sighting]] = {}
    for one, match in zip(seen, matches, strict=True):
        is_new = match is None and one.fulls and taken.isdisjoint(one.fulls)
        if is_new and _is_readable(proper_name(one.name)):
            key = one.identity or f"name:{full_name(one.name)}"
            found.setdefault(key, []).append(one)
    known = {full_name(all_[-1].name) for all_ in found.values() if all_[-1].identity}
    new = [
        _seen_member(key, all_, today)
        for key, all_ in found.items()
        if all_[-1].identity or full_name(all_[-1].name) not in known
    ]
    return sorted(new, key=lambda one: (one.name.casefold(), one.id))


def _is_readable(name: str) -> bool:
    with suppress(CellUnreadable):
        return bool(full_name(read_text(name)))
    return False


def _seen_member(key: str, found: Sequence[Sighting], today: date) -> Member:
    emails = {email for one in found for email in one.seen.emails}
    name = proper_name(found[-1].name)
    return Member(member_id(today, f"fill:{key}"), None, name, emails=tuple(sorted(emails)))


@dataclass(frozen=True)
class PeopleEdits:
    """What the pipeline writes into People.

    :param ids: the hidden id for each row, by the number that people see, where it is new.
    :param lines: rows to append.
    """

    ids: Mapping[int, str]
    lines: Table


def people_edits(people: Grid | None, members: Iterable[Member]) -> PeopleEdits:
    """Return the hidden ids that stand in People otherwise or not at all, and the lines to add."""
    there = {line.row: line.shown("id") for line in people or ()}
    all_ = list(members)
    ids = {
        member.row: member.id
        for member in all_
        if member.row is not None and there[member.row] != member.id
    }
    return PeopleEdits(ids, people_lines(one for one in all_ if one.row is None))


def people_lines(members: Iterable[Member] = ()) -> Table:
    """Return lines for members who have none yet."""
    rows = (
        Row(one.id, (one.name, None, ", ".join(one.emails) or None, None, None, None, one.id))
        for one in members
    )
    return Table(COLUMNS, tuple(rows))
