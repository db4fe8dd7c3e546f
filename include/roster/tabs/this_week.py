"""This week, in words: how many came, who needs a call, who is new, what is to be checked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from include.roster.grid import Notice
from include.roster.marking.letters import RegisterLetters
from include.roster.members.dates import day
from include.roster.table import CLASS, COUNT, HEADING, NOTICE, PERSON, TITLE, TextLine
from include.roster.tabs.headcount import Headcount
from include.roster.tabs.register import CALL_FROM, SEEN, MemberRow
from include.roster.tabs.visits import VISITS, Visit
from include.roster.vocabulary import CAME, NOT_MET

MOST_DAYS = 5
"""Days that are named one by one."""

MOST_NOTICES = 20


@dataclass(frozen=True)
class Week:
    """What This week speaks of: the newest session, for those who see these classes.

    :param member_rows: of these classes only.
    :param for_leaders: of one class: no name that could be another class's.
    """

    register: RegisterLetters
    member_rows: Sequence[MemberRow]
    classes: Sequence[str]
    count: Headcount
    visits: Sequence[Visit]
    notices: Sequence[Notice] = ()
    for_leaders: bool = False

    def lines(self) -> tuple[TextLine, ...]:
        """Return the lines, from the top."""
        return (
            *self._top(),
            *map(self._class_line, self.classes),
            *self._list("Missing three in a row", self._to_call),
            *self._missing(),
            *self._new(),
            *self._list("Back again", self._back),
            *self._list("To check", self._to_check),
            *self._open_names(),
        )

    def _top(self) -> Iterator[TextLine]:
        record, on = self.register.records[-1], self.register.days[-1]
        yield TextLine(TITLE, f"{record.title} · {on:%A} {day(on)}", record.link)
        if not self.for_leaders:
            yield TextLine(COUNT, self._headcount())
        if record.incomplete:
            yield TextLine(NOTICE, f"Incomplete: {' '.join(record.incomplete)}")
        yield from notice_lines(self.notices)

    def _headcount(self) -> str:
        count = self.count
        numbers = [number(count.screens, "screen"), number(count.people, "person", "people")]
        if count.people:
            hour = count.clock(self.register.records[-1].timezone)
            numbers += [f"{count.peak} at the peak ({hour})", f"{count.middle} at the middle"]
        if count.visitors[None]:
            numbers.append(number(count.visitors[None], "visitor"))
        return " · ".join(numbers)

    def _class_line(self, key: str) -> TextLine:
        rows = [row for row in self.member_rows if row.class_key == key]
        letters = [row.letters[-1].letter for row in rows]
        came = sum(letter in CAME for letter in letters)
        excused, to_check = letters.count("X"), letters.count("?")
        of = len(letters) - excused - letters.count(NOT_MET)
        if of or not letters:
            parts = [f"{came} of {of} came"]
        elif any(map(self._is_off, rows)):
            parts = ["did not meet"]
        else:
            parts = [] if excused else ["no members then"]
        parts += [f"{letters.count('S')} too short"] if "S" in letters else []
        parts += [f"{excused} excused"] if excused else []
        visitors = self.count.visitors.get(key, 0)
        parts += [number(visitors, "visitor")] if visitors else []
        parts += [f"{to_check} to check"] if to_check else []
        return TextLine(CLASS, f"{self.register.roster.classes[key].name}: {', '.join(parts)}")

    def _is_off(self, row: MemberRow) -> bool:
        """Whether somebody said that the class did not meet.

        No other reason gives a member this letter.
        """
        newest, register = len(row.letters) - 1, self.register
        is_member = register.belongs(row.member, newest)
        has_moved = register.is_before_class(row.class_key, row.member, newest)
        return is_member and not has_moved and row.letters[newest].letter == NOT_MET

    def _list(self, heading: str, text_of: Callable[[MemberRow], str | None]) -> Iterator[TextLine]:
        """A heading and a line for each member of whom there is something to say."""
        found: dict[tuple[str, str], tuple[MemberRow, list[str]]] = {}
        for row in self.member_rows:
            if text := text_of(row):
                found.setdefault((row.member.id, text), (row, []))[1].append(row.class_key)
        if found:
            yield TextLine(HEADING, heading)
        for (_, text), (row, classes) in found.items():
            yield TextLine(PERSON, f"{row.member.name}{self._of(classes)} · {text}")

    def _of(self, classes: Iterable[str]) -> str:
        """The classes in brackets, where there are several."""
        if len(self.classes) < 2:
            return ""
        return f" ({', '.join(self.register.roster.classes[key].name for key in classes)})"

    def _to_call(self, row: MemberRow) -> str | None:
        days = row.missing_days() if row.letters[-1].letter == "A" else []
        return days_in_words(days) if len(days) >= CALL_FROM else None

    def _missing(self) -> Iterator[TextLine]:
        """The others who are missing, a line a class."""
        lines = []
        for key in self.classes:
            of_class = [row for row in self.member_rows if row.class_key == key]
            names = [
                row.member.name
                for row in of_class
                if row.letters[-1].letter == "A" and not self._to_call(row)
            ]
            before = f"{self.register.roster.classes[key].name}: " if len(self.classes) > 1 else ""
            lines += [TextLine(PERSON, before + ", ".join(names))] if names else []
        yield from [TextLine(HEADING, "Missing this time"), *lines] if lines else ()

    def _new(self) -> Iterator[TextLine]:
        mine = {row.member.id for row in self.member_rows}
        back = {row.member.id for row in self.member_rows if self._back(row)}
        shown = [
            visit
            for visit in self.visits
            if (visit.member in mine and visit.member not in back) or self._is_anybodys(visit)
        ]
        for nth, heading in enumerate(VISITS, 1):
            names = [self._visitor(visit) for visit in shown if visit.number == nth]
            if names:
                yield TextLine(HEADING, heading.capitalize())
                yield TextLine(PERSON, ", ".join(names))

    def _is_anybodys(self, visit: Visit) -> bool:
        return visit.member is None and not self.for_leaders

    def _visitor(self, visit: Visit) -> str:
        return visit.name if visit.member or not self.member_rows else f"{visit.name} (visitor)"

    def _back(self, row: MemberRow) -> str | None:
        *before, newest = row.printed
        if newest not in CAME or SEEN.isdisjoint(before):
            return None  # nobody is back who was never seen before
        days = row.missing_days(until=len(row.letters) - 1)
        return f"after {len(days)} missed" if len(days) >= CALL_FROM else None

    def _to_check(self, row: MemberRow) -> str | None:
        letter = row.letters[-1]
        if letter.letter != "?":
            return None
        shown = f" (“{letter.name}”)" if letter.name and not self.for_leaders else ""
        return letter.why + shown

    def _open_names(self) -> Iterator[TextLine]:
        if (names := self.count.unexplained) and not self.for_leaders and self.member_rows:
            many = "1 name waits" if names == 1 else f"{names} names wait"
            yield TextLine(NOTICE, f"{many} for an answer in Names.")


def notice_lines(notices: Collection[Notice]) -> Iterator[TextLine]:
    """Return what could not be read, a line each, the first of many."""
    for notice in list(notices)[:MOST_NOTICES]:
        yield TextLine(NOTICE, str(notice))
    if (more := len(notices) - MOST_NOTICES) > 0:
        yield TextLine(NOTICE, f"{number(more, 'more line')} could not be read.")


def number(count: int, one: str, many: str = "") -> str:
    """Return a number with its word: "1 visitor", "2 visitors"."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def days_in_words(days: Sequence[date]) -> str:
    """Return "26 Oct, 2, 9 and 16 Nov"; of many only since when."""
    if len(days) > MOST_DAYS:
        return f"{len(days)} in a row since {day(days[0], days[-1])}"
    texts = [
        day(on, days[-1])
        if on == days[-1] or (after.year, after.month) != (on.year, on.month)
        else str(on.day)
        for on, after in zip(days, [*days[1:], days[-1]], strict=True)
    ]
    return f"{', '.join(texts[:-1])} and {texts[-1]}" if len(texts) > 1 else texts[0]
