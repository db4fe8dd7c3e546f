"""The tab Corrections: what people know better."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from include.roster.grid import CellUnreadable, Grid, Line, Notice
from include.roster.identity.member_lookup import MemberLookup, MemberUnknown
from include.roster.members.classes import Problems, SchoolClass, class_key, nearest, read_day
from include.roster.spelling.likeness import says_several
from include.roster.spelling.names import full_name, words
from include.roster.table import Column
from include.roster.vocabulary import ALL, CAME, EVERYBODY, letter_of

CORRECTIONS = "Corrections"

COLUMNS = (
    Column("who", "Who", people=True),
    Column("from", "From", people=True),
    Column("until", "Until", people=True),
    Column("letter", "Letter", people=True),
    Column("reason", "Reason", people=True),
    Column("was", "Was"),
    Column("found", "Found on"),
    Column("member", "Member", hidden=True),
    Column("session", "Session", hidden=True),
)

NEEDED = ("who", "from", "until", "letter")
"""Columns without which nothing tells who is excused."""


@dataclass(frozen=True)
class Correction:
    """A line of Corrections.

    :param member: an id; ``class_key``: a class. Neither: everybody.
    :param first: the first day; ``last``: the last. None: unknown, as it could not be read.
    :param letter: None if it could not be read.
    :param session: if it is for one session only, its UUID.
    :param perhaps: ids of those whom *who* may mean, where it cannot be read; None: it can.
    """

    row: int | None
    member: str | None
    class_key: str | None
    first: date | None
    last: date | None
    letter: str | None
    session: str = ""
    perhaps: frozenset[str] | None = None

    def covers(self, session: str, day: date) -> bool:
        """Whether it speaks of a session of that day; True as well where that is unknown."""
        if self.session:
            return self.session == session
        return (self.first or day) <= day <= (self.last or day)

    def yields_to(self, before: Correction | None) -> bool:
        """Whether it is an excuse by date that gives way to a line above, which says somebody came.

        It gives way if it covers several days, or if the line above is for that very session. The
        second of two lines for one day is a second thought, and counts.
        """
        if before is None or before.letter not in CAME or self.letter != "X" or self.session:
            return False
        return self.first != self.last or bool(before.session)

    @property
    def readable(self) -> bool:
        """Whether it says all that a correction needs."""
        days = self.first is not None and self.last is not None
        return self.letter is not None and self.perhaps is None and (days or bool(self.session))


def read_corrections(
    grid: Grid | None,
    lookup: MemberLookup,
    classes: Mapping[str, SchoolClass],
    notices: list[Notice],
) -> list[Correction]:
    """Return the corrections in the order of their lines; those that cannot be read as well."""
    reader = _Reader(lookup, classes, Problems(CORRECTIONS, notices))
    filled = (line for line in grid or () if line.has_any("who", "from", "until", "letter"))
    return [reader.correction(line) for line in filled]


class _Reader:
    def __init__(
        self, lookup: MemberLookup, classes: Mapping[str, SchoolClass], problems: Problems
    ) -> None:
        self.lookup, self.classes, self.problems = lookup, classes, problems
        self.members = {member.id: member for member in lookup.members}

    def correction(self, line: Line) -> Correction:
        member, of_class, perhaps = self._who(line)
        session = line.shown("session")
        by_session = session and line.cell("from") in (None, "")
        first, last = (None, None) if by_session else self._days(line)
        return Correction(
            line.row, member, of_class, first, last, self._letter(line), session, perhaps
        )

    def _who(self, line: Line) -> tuple[str | None, str | None, frozenset[str] | None]:
        """The member or the class; else whom it may mean: nobody in particular is anybody."""
        try:
            return self._named(line.text("who"))
        except CellUnreadable as error:
            self._unsure(line, f"“who” {error}")
            return None, None, frozenset()
        except MemberUnknown as error:
            if self._is_still_of(line, error.perhaps):
                return line.shown("member"), None, None
            if gone := self.lookup.gone_id(line.shown("who")):
                return gone, None, None
            self._unsure(line, str(error))
            return None, None, self._perhaps(line, error.perhaps)

    def _perhaps(self, line: Line, named: frozenset[str]) -> frozenset[str]:
        """Those whose full name a text nearly is, and whose line it was; else anybody.

        A first name, a family or several names may as well mean others, or a class.
        """
        text, own = line.shown("who"), frozenset({line.shown("member")} & self.members.keys())
        like = frozenset(self.lookup.similar_names.by_member([full_name(text)]))
        if not text or (own and not (named or like or self._is_like_a_class(text))):
            return own  # cleared, or renamed in People since
        return named | like | own if self._is_nearly_a_name(text) else frozenset()

    def _is_nearly_a_name(self, text: str) -> bool:
        """Whether a text is nearly a member's full name, and like no class's."""
        near = self.lookup.is_nearly(full_name(text))
        return len(_words(text)) > 1 and near and not self._is_like_a_class(text)

    def _is_like_a_class(self, text: str) -> bool:
        names = (class_.name for class_ in self.classes.values())
        return nearest(text, (EVERYBODY, *names)) is not None

    def _is_still_of(self, line: Line, perhaps: frozenset[str]) -> bool:
        """Whether a line is that of the member whose id it has, though the name is not in People.

        They were renamed there since, are one of several of that name, or have gone from it. Of
        "Ann + Bob" nobody can tell: somebody has typed another beside Ann.
        """
        text, id_ = line.shown("who"), line.shown("member")
        if not text or not id_:
            return False
        member = self.members.get(id_)
        if member is None:
            return not perhaps
        if self._says_several(text) and not self._says_several(member.name):
            return False
        return id_ in perhaps if perhaps else bool(set(_words(text)) & set(_words(member.name)))

    def _says_several(self, text: str) -> bool:
        return says_several(full_name(text)) or bool(self.lookup.similar_names.listing(text))

    def _named(self, text: str) -> tuple[str | None, str | None, frozenset[str] | None]:
        if not text:
            raise MemberUnknown("“who” is missing.", frozenset())
        is_class = class_key(text) in self.classes
        try:
            member = self.lookup.member(text)
        except MemberUnknown:
            if is_class:
                return None, class_key(text), None
            if text.casefold() in ALL:
                return None, None, None
            raise
        if is_class:
            raise MemberUnknown(
                "“who” is a member and a class: make the names differ.", frozenset()
            )
        return member, None, None

    def _days(self, line: Line) -> tuple[date | None, date | None]:
        """The days; only the first means that day."""
        first, started = read_day(line, "from", self.problems)
        last, ended = read_day(line, "until", self.problems)
        if started and first is None:
            self._unsure(line, "“from” is missing.")
        elif started and ended and first and last and last < first:
            self._unsure(line, "“until” is before “from”.")
            return None, None
        return first, (last or first if ended and first else last)

    def _letter(self, line: Line) -> str | None:
        text = ""
        try:
            text = line.text("letter")
            if letter := letter_of(text):
                return letter
            problem = f"“{text}” is none of the letters." if text else "the letter is missing."
        except CellUnreadable as error:
            problem = f"the letter {error}"
        self._unsure(line, problem)
        return None

    def _unsure(self, line: Line, text: str) -> None:
        end = "" if text.endswith((".", "?")) else "."
        self.problems.add(line.row, f"{text}{end} Until it is corrected, nobody it may mean is A.")


def _words(name: str) -> tuple[str, ...]:
    return words(full_name(name))
