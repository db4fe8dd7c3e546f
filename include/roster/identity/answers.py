"""The tab Names: who people say somebody is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from include.attendance.names import name_key
from include.roster.grid import LONGEST, Cell, CellUnreadable, Grid, Line, Notice, read_list
from include.roster.identity.member_lookup import MemberLookup, MemberUnknown
from include.roster.identity.persons import line_key
from include.roster.members.classes import Problems
from include.roster.table import Column
from include.roster.vocabulary import ADD_TO_PEOPLE, ALWAYS, NOT_A_PERSON, THIS_SESSION, VISITOR

NAMES = "Names"

COLUMNS = (
    Column("key", "Key", hidden=True),
    Column("session", "Session", hidden=True),
    Column("name", "Name in Zoom"),
    Column("who", "Who is it?", people=True),
    Column("and", "and", people=True),
    Column("for", "for", people=True),
    Column("looks_like", "Looks like"),
    Column("seen", "Times seen"),
    Column("first", "First"),
    Column("last", "Last"),
    Column("address", "E-mail"),
    Column("state", "State"),
)

NEEDED = ("key", "session", "name", "who", "and", "for")
"""Columns without which an answer is lost, or speaks of somebody else."""

_TYPED = ("who", "and", "for")
"""The columns that make a line an answer."""

IS_MEMBER = (
    "the answer says that this is no member, and somebody of this name is in People now. If it is "
    f"them, clear the answer; if not, choose “{THIS_SESSION}”."
)
SORTED = (
    "nobody can tell any more of which line the answer is: Names has been sorted in part. Clear "
    "it, and answer again after the next run."
)


@dataclass(frozen=True)
class Answer:
    """A line of Names in which somebody typed something.

    :param key: of the line; ``base`` without the number of a further line of the same name.
    :param session: the one that the line showed last, for an answer for one session.
    :param members: their ids; several share one screen.
    :param visitors: people on that screen who are no members.
    :param word: NOT_A_PERSON, ADD_TO_PEOPLE, or "".
    :param once: holds for that session only. ``unclear``: or perhaps for all, as "for" cannot be
        read.
    :param unread: something stands there that cannot be read. ``perhaps``: whom it may mean.
    :param known: ids of those whom it meant when it was read last.
    """

    row: int
    key: str
    session: str
    name: str
    members: tuple[str, ...] = ()
    visitors: int = 0
    word: str = ""
    once: bool = False
    unclear: bool = False
    unread: bool = False
    perhaps: frozenset[str] = frozenset()
    known: tuple[str, ...] = ()

    @property
    def base(self) -> str:
        """The key without the number of a further line."""
        return self.key.partition(".")[0]

    @property
    def readable(self) -> bool:
        """Whether it says who it is."""
        return not self.unread and self._says_somebody

    @property
    def is_outdated(self) -> bool:
        """Whether it says that somebody is no member, and a member has the name now."""
        return self.unread and self._says_somebody

    @property
    def perhaps_always(self) -> bool:
        """Whether it may mean somebody in other sessions, too, and does not say so."""
        return self.unclear or (self.unread and not self.once)

    @property
    def elsewhere(self) -> Answer:
        """What an unclear answer is in other sessions: one that cannot be read."""
        perhaps = self.perhaps.union(self.members)
        about = Answer(self.row, self.key, self.session, self.name, known=self.known)
        return replace(about, unread=True, perhaps=perhaps)

    @property
    def _says_somebody(self) -> bool:
        return bool(self.members or self.visitors or self.word)


def read_answers(
    grid: Grid | None, lookup: MemberLookup, known: Mapping[str, str], notices: list[Notice]
) -> list[Answer]:
    """Return the answers, in the order of their lines.

    :param known: whom they meant when they were read last: ids with commas, by the lines' keys.
    """
    return list(_AnswerReader(lookup, known, Problems(NAMES, notices)).answers(grid))


def is_doubted(grid: Grid) -> bool:
    """Tell whether an answer stands in a row of which nobody can tell whose it is."""
    return any(line.row in grid.unsure and line.has_any(*_TYPED) for line in grid)


class _AnswerReader:
    def __init__(self, lookup: MemberLookup, known: Mapping[str, str], problems: Problems) -> None:
        self.lookup, self.known, self.problems = lookup, known, problems
        self.ids = {member.id for member in lookup.members}

    def answers(self, grid: Grid | None) -> Iterator[Answer]:
        used = set()
        doubted = grid.unsure if grid and is_doubted(grid) else ()
        for line in grid or ():
            meant = line.row in doubted and line.shown("key") in self.known
            if not line.has_any(*_TYPED) and not meant:
                continue
            answer = self._answer(line)
            if answer.key in used:
                self.problems.add(line.row, "this line is a copy of another. Delete one of them.")
            used.add(answer.key)
            yield answer

    def _answer(self, line: Line) -> Answer:
        key, name = line.shown("key"), line.shown("name")
        # A line whose hidden key is gone still has its name.
        key = key or line_key(name_key(name) or "", "")
        once, unclear = self._once(line)
        about = Answer(line.row, key, line.shown("session"), name, once=once, unclear=unclear)
        try:
            words = self._words(line)
        except CellUnreadable as error:
            self.problems.add(line.row, f"the answer {error}")
            return self._unread(about, self._perhaps(line, about.key))
        try:
            answer = self._meaning(about, words)
            if line.row not in line.grid.unsure:
                return answer
            self.problems.add(line.row, SORTED)
            return self._unread(about, frozenset(answer.members))
        except MemberUnknown as error:
            self.problems.add(line.row, str(error))
            return self._unread(about, self._perhaps(line, about.key))

    def _unread(self, about: Answer, perhaps: frozenset[str] = frozenset()) -> Answer:
        """It may mean those whom it meant before, too: somebody may have renamed them in People."""
        known = tuple(id_ for id_ in self.known.get(about.key, "").split(",") if id_ in self.ids)
        return replace(about, unread=True, perhaps=perhaps.union(known), known=known)

    def _perhaps(self, line: Line, key: str) -> frozenset[str]:
        """Whom an answer may mean that cannot be read: anybody, for an error never read before.

        Nobody by the name of somebody who has gone from People.
        """
        cells = [cell for cell in map(line.cell, ("who", "and")) if cell not in (None, "")]
        parts = [_parts(cell) for cell in cells]
        if not all(parts) and key not in self.known:
            return frozenset(self.ids)
        texts = [text for texts in parts for text in texts if not self.lookup.gone_id(text)]
        return frozenset(id_ for text in texts for id_ in self.lookup.perhaps(text))

    def _once(self, line: Line) -> tuple[bool, bool]:
        """Whether it holds for one session only; whether that cannot be read."""
        choice = ""
        try:
            choice = line.text("for").casefold()
            if choice in ("", ALWAYS, THIS_SESSION):
                return choice == THIS_SESSION, False
            text = f"“{choice}” is neither “{ALWAYS}” nor “{THIS_SESSION}”."
        except CellUnreadable as error:
            text = f"the cell “for” {error}"
        self.problems.add(line.row, f"{text} Until then the answer holds for this session.")
        return True, True

    def _words(self, line: Line) -> list[str]:
        who, others = line.text("who"), self._several(line.cell("and"))
        if others and not who:
            raise CellUnreadable("is missing, only “and” is filled. Choose who it is first.")
        return [who, *others] if who else []

    def _several(self, cell: Cell) -> list[str]:
        """One name, or several with commas; "Lee, Ann" is one where People has it so."""
        parts = read_list(cell)
        whole = ", ".join(parts)
        try:
            self.lookup.member(whole)
        except MemberUnknown:
            return parts
        return [whole]

    def _meaning(self, about: Answer, words: list[str]) -> Answer:
        folded = [word.casefold() for word in words]
        for word in (NOT_A_PERSON, ADD_TO_PEOPLE):
            if word.casefold() in folded:
                if len(words) > 1:
                    text = f"“{word}” cannot be joined with somebody else by “and”."
                    raise MemberUnknown(text, frozenset())
                return self._unless_member(replace(about, word=word))
        found = [self.lookup.member(word) for word in words if word.casefold() != VISITOR]
        members, visitors = tuple(dict.fromkeys(found)), folded.count(VISITOR)
        answer = replace(about, members=members, visitors=visitors, known=members)
        return self._unless_member(answer)

    def _unless_member(self, answer: Answer) -> Answer:
        """A visitor may have become a member since: then the answer holds for one session only."""
        named = self.lookup.of_name(answer.name)
        if not named or answer.members or answer.once or answer.word == ADD_TO_PEOPLE:
            return answer
        self.problems.add(answer.row, IS_MEMBER)
        return replace(answer, unread=True, perhaps=named)


def _parts(cell: Cell) -> list[str]:
    """What a cell says, whole and in parts, as far as it can be read; nothing of an error."""
    try:
        parts = read_list(cell.lstrip("= ")[:LONGEST] if isinstance(cell, str) else cell)
    except CellUnreadable:
        return []
    return [", ".join(parts), *parts]
