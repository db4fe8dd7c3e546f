"""The tab Names: who people say somebody is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from include.attendance.participants import name_key
from include.roster.classes import NEAR, Problems, nearest
from include.roster.grid import Cell, CellUnreadable, Grid, Line, Notice, read_list
from include.roster.names import full_name
from include.roster.people import Member
from include.roster.persons import line_key
from include.roster.words import ADD_TO_PEOPLE, ALWAYS, NOT_A_PERSON, THIS_SESSION, VISITOR

NAMES = "Names"

SORTED = (
    "nobody can tell any more of which line the answer is: Names has been sorted in part. Clear "
    "it, and answer again after the next run."
)


class WhoUnknown(Exception):
    """A text names no member, or several; ``perhaps``: the ids of those it may mean."""

    def __init__(self, text: str, perhaps: frozenset[str]) -> None:
        super().__init__(text)
        self.perhaps = perhaps


class Whom:
    """Tells which member a text names: exactly as in People, or by the same full name."""

    def __init__(self, members: Iterable[Member], shown: Iterable[Member]) -> None:
        """Take the members, and those of them whose names may be shown to others."""
        self.members = list(members)
        self.shown = {member.name for member in shown}
        self.by: dict[str, list[Member]] = defaultdict(list)
        for member in self.members:
            for key in {_exactly(member.name), _fully(member.name)}:
                self.by[key].append(member)

    def member(self, text: str) -> str:
        """Return the id of the one member of this name. Raises WhoUnknown."""
        for found in (self._named(_exactly(text)), self._named(_fully(text))):
            if len(found) == 1:
                return found[0].id
            if found:
                rows = " and ".join(str(one.row) for one in found)
                message = (
                    f"that name stands in rows {rows} of People: make the names differ there, "
                    "with a class in brackets say, and choose again."
                )
                raise WhoUnknown(message, frozenset(one.id for one in found))
        raise WhoUnknown(self._unknown(text), self._perhaps(text))

    def _named(self, key: str) -> list[Member]:
        return self.by[key] if key in self.by and key else []

    def _unknown(self, text: str) -> str:
        near = nearest(text, (member.name for member in self.members))
        if near and near not in self.shown:  # a name that is not for all to read
            return "that name is not in People. Choose from the list."
        meant = f", did you mean “{near}”?" if near else ". Choose from the list."
        return f"“{text}” is not in People{meant}"

    def _perhaps(self, text: str) -> frozenset[str]:
        wanted = full_name(text) or text.casefold()
        score = fuzz.partial_ratio  # a first name alone may mean several
        return frozenset(one.id for one in self.members if score(wanted, one.full) >= NEAR)


def _exactly(name: str) -> str:
    return f"name:{name_key(name)}"


def _fully(name: str) -> str:
    return f"full:{full_name(name)}" if full_name(name) else ""


@dataclass(frozen=True)
class Answer:
    """A line of Names in which somebody typed something.

    :param key: of the line; ``base`` without the number of a further line of the same name.
    :param session: the one that the line showed last, for an answer for one session.
    :param members: their ids; several share one screen.
    :param visitors: people on that screen who are no members.
    :param word: NOT_A_PERSON, ADD_TO_PEOPLE, or "".
    :param once: holds for that session only.
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
        return bool(self.members or self.visitors or self.word)


def read_answers(
    grid: Grid | None, whom: Whom, known: Mapping[str, str], notices: list[Notice]
) -> list[Answer]:
    """Return the answers, in the order of their lines.

    :param known: whom they meant when they were read last: ids with commas, by the lines' keys.
    """
    return list(_AnswerReader(whom, known, Problems(NAMES, notices)).answers(grid))


def is_doubted(grid: Grid) -> bool:
    """Tell whether an answer stands in a row of which nobody can tell whose it is."""
    return any(line.row in grid.unsure and _is_filled(line) for line in grid)


def _is_filled(line: Line) -> bool:
    return any(line.cell(column) for column in ("who", "and", "for"))


class _AnswerReader:
    def __init__(self, whom: Whom, known: Mapping[str, str], problems: Problems) -> None:
        self.whom, self.known, self.problems = whom, known, problems
        self.ids = {one.id for one in whom.members}

    def answers(self, grid: Grid | None) -> Iterator[Answer]:
        used = set()
        doubted = grid.unsure if grid and is_doubted(grid) else ()
        for line in grid or ():
            meant = line.row in doubted and line.shown("key") in self.known
            if not _is_filled(line) and not meant:
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
        about = Answer(line.row, key, line.shown("session"), name, once=self._once(line))
        try:
            words = self._words(line)
        except CellUnreadable as error:
            self.problems.add(line.row, f"the answer {error}")
            return self._unread(about)
        try:
            said = self._said(about, words)
            if line.row not in line.grid.unsure:
                return said
            self.problems.add(line.row, SORTED)
            return self._unread(about, frozenset(said.members))
        except WhoUnknown as error:
            self.problems.add(line.row, str(error))
            return self._unread(about, error.perhaps)

    def _unread(self, about: Answer, perhaps: frozenset[str] = frozenset()) -> Answer:
        """It may mean those whom it meant before, too: somebody may have renamed them in People."""
        known = tuple(one for one in self.known.get(about.key, "").split(",") if one in self.ids)
        return replace(about, unread=True, perhaps=perhaps.union(known), known=known)

    def _once(self, line: Line) -> bool:
        said = ""
        try:
            said = line.text("for").casefold()
            if said in ("", ALWAYS, THIS_SESSION):
                return said == THIS_SESSION
            text = f"“{said}” is neither “{ALWAYS}” nor “{THIS_SESSION}”."
        except CellUnreadable as error:
            text = f"the cell “for” {error}"
        self.problems.add(line.row, f"{text} Until then the answer holds for this session.")
        return True

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
            self.whom.member(whole)
        except WhoUnknown:
            return parts
        return [whole]

    def _said(self, about: Answer, words: list[str]) -> Answer:
        folded = [word.casefold() for word in words]
        for word in (NOT_A_PERSON, ADD_TO_PEOPLE):
            if word.casefold() in folded:
                if len(words) > 1:
                    text = f"“{word}” cannot be joined with somebody else by “and”."
                    raise WhoUnknown(text, frozenset())
                return replace(about, word=word)
        found = [self.whom.member(word) for word in words if word.casefold() != VISITOR]
        members, visitors = tuple(dict.fromkeys(found)), folded.count(VISITOR)
        return replace(about, members=members, visitors=visitors, known=members)
