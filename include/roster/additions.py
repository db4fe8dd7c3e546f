"""Who is added to People: whom answers add, and everybody seen; the lines and hidden ids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from include.roster.grid import CellUnreadable, Grid, read_text
from include.roster.identity.answers import Answer
from include.roster.identity.matching import Matching
from include.roster.identity.persons import Sighting
from include.roster.members.classes import Problems
from include.roster.members.member_ids import member_id
from include.roster.members.people import COLUMNS, Member
from include.roster.spelling.names import full_name, proper_name
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
        self.by_label = {member.id.partition(".")[2]: member for member in members}
        self.new: dict[str, Member] = {}

    def answer(self, answer: Answer) -> Answer:
        """Return the answer with the member it once added, else with a new one."""
        if answer.word != ADD_TO_PEOPLE:
            return answer
        full, id_ = full_name(answer.name), member_id(self.today, f"add:{answer.key}")
        if not full or not _is_readable(proper_name(answer.name)):
            self.problems.add(answer.row, ADDS_NOBODY)
            return replace(answer, word="", unread=True)
        member = self.by_label.get(id_.partition(".")[2])
        before = self.known.get(answer.key, "")
        if member is None and before.partition(".")[2] == id_.partition(".")[2]:
            self.problems.add(answer.row, ADDED_BEFORE)
            return replace(answer, word="", unread=True, known=(before,))
        if member is None and self._is_known(full):
            self.problems.add(answer.row, ADDS_NAMESAKE)
            return replace(answer, word="", unread=True)
        if member is None:
            member = self.new[full] = Member(id_, None, proper_name(answer.name))
        return replace(answer, word="", members=(member.id,), known=(member.id,))

    def _is_known(self, full: str) -> bool:
        return full in self.new or any(member.full == full for member in self.members)


def everybody_seen(
    seen: Sequence[Sighting], members: Sequence[Member], answers: Iterable[Answer], today: date
) -> list[Member]:
    """Return a member for each person who is none, in order of name: a roster to be cut down.

    By identity or by name. Left out are devices, names that say nobody or cannot be read in a cell,
    those whom an answer explains, who has the name of a member, and a guest who has the name of
    an identified person.
    """
    matches = Matching(seen, members, answers).matches
    taken = {full_name(name) for member in members for name in (member.name, *member.former_names)}
    found: dict[str, list[Sighting]] = {}
    for sighting, match in zip(seen, matches, strict=True):
        is_new = match is None and sighting.fulls and taken.isdisjoint(sighting.fulls)
        if is_new and _is_readable(proper_name(sighting.name)):
            key = sighting.identity or f"name:{full_name(sighting.name)}"
            found.setdefault(key, []).append(sighting)
    known = {full_name(of_key[-1].name) for of_key in found.values() if of_key[-1].identity}
    new = [
        _seen_member(key, of_key, today)
        for key, of_key in found.items()
        if of_key[-1].identity or full_name(of_key[-1].name) not in known
    ]
    return sorted(new, key=lambda member: (member.name.casefold(), member.id))


def _is_readable(name: str) -> bool:
    with suppress(CellUnreadable):
        return bool(full_name(read_text(name)))
    return False


def _seen_member(key: str, found: Sequence[Sighting], today: date) -> Member:
    emails = {email for sighting in found for email in sighting.person.emails}
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
    ids, new = {}, []
    for member in members:
        if member.row is None:
            new.append(member)
        elif there[member.row] != member.id:
            ids[member.row] = member.id
    return PeopleEdits(ids, people_lines(new))


def people_lines(members: Iterable[Member] = ()) -> Table:
    """Return lines for members who have none yet."""
    rows = (
        Row(
            member.id,
            (member.name, None, ", ".join(member.emails) or None, None, None, None, member.id),
        )
        for member in members
    )
    return Table(COLUMNS, tuple(rows))
