"""The tab People: who is a member of which classes, and since when."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from include.roster.grid import CellUnreadable, Grid, Line, Notice
from include.roster.members.classes import (
    WITHOUT,
    Problems,
    SchoolClass,
    class_key,
    nearest,
    read_addresses,
    read_class_names,
    read_day,
)
from include.roster.members.member_ids import MemberIds
from include.roster.spelling.names import full_name
from include.roster.table import Column

PEOPLE = "People"

COLUMNS = (
    Column("name", "Name", people=True),
    Column("classes", "Class", people=True),
    Column("emails", "E-mails", people=True),
    Column("from", "From", people=True),
    Column("until", "Until", people=True),
    Column("note", "Note", people=True),
    Column("id", "Id", hidden=True),
)

NEEDED = ("name", "classes", "emails", "from", "until")
"""Columns without which nobody can be called missing."""


@dataclass(frozen=True)
class Member:
    """A line of People.

    :param id: the hidden id; it begins with the day the line appeared.
    :param row: its row in People; None while the line is still to be added.
    :param classes: keys of classes, at least one.
    :param emails: casefolded.
    :param former_names: those that stood in the line before, as the e-mails did; they only suggest.
    :param unsure: something about them could not be read, so nothing tells that they are missing.
    :param hidden: no class that was read, while some class is private: shown to nobody.
    """

    id: str
    row: int | None
    name: str
    classes: tuple[str, ...] = ("",)
    emails: tuple[str, ...] = ()
    start: date | None = None
    until: date | None = None
    unsure: bool = False
    hidden: bool = False
    former_names: tuple[str, ...] = ()
    former_emails: tuple[str, ...] = ()

    @property
    def full(self) -> str:
        """The full name, by which names are compared."""
        return full_name(self.name)

    @property
    def appeared(self) -> date:
        """The day the line was read first."""
        return date(int(self.id[:4]), int(self.id[4:6]), int(self.id[6:8]))


def classes_named(grid: Grid | None, keys: Collection[str]) -> dict[str, str]:
    """Return the classes that the lines name, as far as they can be read: key and name.

    :param keys: of classes that have been there before.
    """
    found: dict[str, str] = {}
    for line in grid or ():
        with suppress(CellUnreadable):
            for key, name in read_class_names(line.cell("classes"), keys):
                found.setdefault(key, name)
    return found


def read_people(
    grid: Grid | None, classes: dict[str, SchoolClass], ids: MemberIds, notices: list[Notice]
) -> tuple[list[Member], dict[str, SchoolClass]]:
    """Return the members in the order of their lines, and the classes: those of Classes, or if it
    has none those that People names; and ("") that of members without a class, if there are any.
    """
    reader = _PeopleReader(grid, classes, ids, Problems(PEOPLE, notices))
    members = list(reader.members())
    _report_namesakes(members, reader.problems)
    _report_shared_addresses(members, reader.problems)
    return members, reader.classes


class _PeopleReader:
    """Reads the lines of People one by one; the classes grow if Classes has none."""

    def __init__(
        self,
        grid: Grid | None,
        classes: dict[str, SchoolClass],
        ids: MemberIds,
        problems: Problems,
    ) -> None:
        self.grid, self.problems = grid, problems
        self.classes, self.given = dict(classes), bool(classes)
        self.ids = ids

    def members(self) -> Iterator[Member]:
        for line in self.grid or ():
            try:
                name = line.text("name")
            except CellUnreadable as error:
                self.problems.add(line.row, f"the name {error} Until then the line is left out.")
                continue
            if name:
                yield self._member(line, name)
            elif line.shown("emails") or line.shown("classes"):
                self.problems.add(line.row, "the name is missing. The line is left out.")

    def _member(self, line: Line, name: str) -> Member:
        is_person = bool(full_name(name))
        if not is_person:
            text = "the name is that of a device or of nobody: no name of Zoom's is matched to it."
            self.problems.add(line.row, text)
        classes, known = self._classes(line)
        emails, readable = read_addresses(line, "emails", self.problems)
        start, until, dated = self._days(line)
        private = any(class_.private for class_ in self.classes.values())
        hidden = not known and not classes and private
        unsure = not (known and readable and dated and (is_person or emails))
        return Member(
            self.ids.of(line, name),
            line.row,
            name,
            classes or self._without_class(),
            emails,
            start,
            until,
            unsure,
            hidden,
        )

    def _days(self, line: Line) -> tuple[date | None, date | None, bool]:
        """The first and the last day; whether both could be read."""
        start, started = read_day(line, "from", self.problems)
        until, ended = read_day(line, "until", self.problems)
        if start and until and until < start:
            self.problems.add(line.row, "“until” is before “from”. Until then neither counts.")
            return None, None, False
        return start, until, started and ended

    def _without_class(self) -> tuple[str, ...]:
        self.classes.setdefault(WITHOUT.key, WITHOUT)
        return (WITHOUT.key,)

    def _classes(self, line: Line) -> tuple[tuple[str, ...], bool]:
        """The keys of the classes; whether all of them could be read."""
        try:
            named = read_class_names(line.cell("classes"), self.classes)
        except CellUnreadable as error:
            self.problems.add(line.row, f"the class {error}")
            return (), False
        for key, name in named:
            if not self.given:
                self.classes.setdefault(key, SchoolClass(key, name))
            elif key not in self.classes:
                self.problems.add(line.row, self._unknown(name))
        found = [key for key, _ in named if key in self.classes]
        return tuple(dict.fromkeys(found)), len(found) == len(named)

    def _unknown(self, name: str) -> str:
        near = nearest(name, (class_.name for class_ in self.classes.values() if class_.key))
        if near and self.classes[class_key(near)].private:  # its name is not for all to read
            return "the class is not in Classes. Choose it from the list."
        meant = f", did you mean “{near}”?" if near else ". Choose one of Classes, or add it there."
        return f"class “{name}” is not in Classes{meant}"


def _report_namesakes(members: list[Member], problems: Problems) -> None:
    rows = defaultdict(list)
    for member in members:
        if member.full:
            rows[member.full].append(member.row)
    for same in (rows for rows in rows.values() if len(rows) > 1):
        text = (
            f"rows {_and(same)} have one name, so the name alone is matched to neither. "
            "Two people: give each an e-mail, or answer in Names. One person: keep one line, its "
            "classes with commas between."
        )
        problems.add(None, text)


def _report_shared_addresses(members: list[Member], problems: Problems) -> None:
    uses = Counter(email for member in members for email in member.emails)
    shared = defaultdict(list)
    for member in members:
        for email in member.emails:
            if uses[email] > 1:
                shared[email].append(member.row)
    for rows in sorted({tuple(rows) for rows in shared.values()}):
        text = (
            f"rows {_and(list(rows))} have the same e-mail, so it is matched to neither. Leave it "
            "with one of them; for two people on one screen use “and” in Names."
        )
        problems.add(None, text)


def _and(rows: list[int | None]) -> str:
    texts = [str(row) for row in rows]
    return f"{', '.join(texts[:-1])} and {texts[-1]}"
