"""This week, in words: how many came, who needs a call, who is new, what is to be checked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from include.roster.dates import day
from include.roster.grid import Notice
from include.roster.headcount import Headcount, is_visitor
from include.roster.letters import Marks
from include.roster.register import CALL_FROM, Standing
from include.roster.table import CLASS, COUNT, HEADING, NOTICE, PERSON, TITLE, TextLine
from include.roster.vocabulary import CAME

MOST_DAYS = 5
"""Days that are named one by one."""

MOST_NOTICES = 20

VISITS = ("first time", "second visit", "third visit")


@dataclass(frozen=True)
class Visit:
    """Somebody who came for the first, second or third time.

    :param member: an id, None for a visitor.
    :param number: 1, 2 or 3.
    """

    name: str
    member: str | None
    number: int


def visits(marks: Marks) -> list[Visit]:
    """Return the first three visits that fall on the newest session, in order of name.

    Whoever was there in the oldest session that is kept may have come long before.
    """
    newest = len(marks.records) - 1
    places: dict[str, set[int]] = defaultdict(set)
    names: dict[str, str] = {}
    for at, id_ in marks.seen:
        places[id_].add(at)
    for one, match in zip(marks.matching.sightings, marks.matching.matches, strict=True):
        alone = match is not None and not match.members and match.visitors
        if not one.once and (alone or (match is None and is_visitor(one, marks))):
            places[one.lines[0]].add(marks.places[one.session])
            names[one.lines[0]] = one.name
    members = {one.id: one.name for one in marks.roster.members}
    found = [
        Visit(members.get(who) or names[who], who if who in members else None, len(at))
        for who, at in places.items()
        if newest in at and 0 not in at and len(at) <= len(VISITS)
    ]
    return sorted(found, key=lambda one: (one.number, one.name.casefold(), one.member or ""))


@dataclass(frozen=True)
class Week:
    """What This week speaks of: the newest session, for those who see these classes.

    :param standing: of these classes only.
    :param for_leaders: of one class: no name that could be another class's.
    """

    marks: Marks
    standing: Sequence[Standing]
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
        record, on = self.marks.records[-1], self.marks.days[-1]
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
            hour = count.clock(self.marks.records[-1].timezone)
            numbers += [f"{count.peak} at the peak ({hour})", f"{count.middle} at the middle"]
        if count.visitors[None]:
            numbers.append(number(count.visitors[None], "visitor"))
        return " · ".join(numbers)

    def _class_line(self, key: str) -> TextLine:
        letters = [one.letters[-1].letter for one in self.standing if one.class_key == key]
        came = sum(one in CAME for one in letters)
        excused, to_check = letters.count("X"), letters.count("?")
        of = len(letters) - excused - letters.count("–")
        parts = [f"{came} of {of} came"] if of or not letters else ["did not meet"]
        parts += [f"{letters.count('S')} too short"] if "S" in letters else []
        parts += [f"{excused} excused"] if excused else []
        visitors = self.count.visitors.get(key, 0)
        parts += [number(visitors, "visitor")] if visitors else []
        parts += [f"{to_check} to check"] if to_check else []
        return TextLine(CLASS, f"{self.marks.roster.classes[key].name}: {', '.join(parts)}")

    def _list(self, heading: str, said: Callable[[Standing], str | None]) -> Iterator[TextLine]:
        """A heading and a line for each member of whom there is something to say."""
        found: dict[tuple[str, str], tuple[Standing, list[str]]] = {}
        for one in self.standing:
            if text := said(one):
                found.setdefault((one.member.id, text), (one, []))[1].append(one.class_key)
        if found:
            yield TextLine(HEADING, heading)
        for (_, text), (one, classes) in found.items():
            yield TextLine(PERSON, f"{one.member.name}{self._of(classes)} · {text}")

    def _of(self, classes: Iterable[str]) -> str:
        """The classes in brackets, where there are several."""
        if len(self.classes) < 2:
            return ""
        return f" ({', '.join(self.marks.roster.classes[key].name for key in classes)})"

    def _to_call(self, one: Standing) -> str | None:
        days = one.missing_days() if one.letters[-1].letter == "A" else []
        return days_in_words(days) if len(days) >= CALL_FROM else None

    def _missing(self) -> Iterator[TextLine]:
        """The others who are missing, a line a class."""
        lines = []
        for key in self.classes:
            of_class = [one for one in self.standing if one.class_key == key]
            names = [
                one.member.name
                for one in of_class
                if one.letters[-1].letter == "A" and not self._to_call(one)
            ]
            before = f"{self.marks.roster.classes[key].name}: " if len(self.classes) > 1 else ""
            lines += [TextLine(PERSON, before + ", ".join(names))] if names else []
        yield from [TextLine(HEADING, "Missing this time"), *lines] if lines else ()

    def _new(self) -> Iterator[TextLine]:
        mine = {one.member.id: one for one in self.standing}
        back = {one.member.id for one in self.standing if self._back(one)}
        shown = [
            one
            for one in self.visits
            if (one.member in mine and one.member not in back) or self._is_anybodys(one)
        ]
        for at, heading in enumerate(VISITS, 1):
            names = [self._visitor(one) for one in shown if one.number == at]
            if names:
                yield TextLine(HEADING, heading.capitalize())
                yield TextLine(PERSON, ", ".join(names))

    def _is_anybodys(self, one: Visit) -> bool:
        return one.member is None and not self.for_leaders

    def _visitor(self, one: Visit) -> str:
        return one.name if one.member or not self.standing else f"{one.name} (visitor)"

    def _back(self, one: Standing) -> str | None:
        first = any(new.member == one.member.id and new.number == 1 for new in self.visits)
        if one.letters[-1].letter not in CAME or first:
            return None  # nobody is back who was never seen before
        days = one.missing_days(until=len(one.letters) - 1)
        return f"after {len(days)} missed" if len(days) >= CALL_FROM else None

    def _to_check(self, one: Standing) -> str | None:
        letter = one.letters[-1]
        if letter.letter != "?":
            return None
        shown = f" (“{letter.name}”)" if letter.name and not self.for_leaders else ""
        return letter.why + shown

    def _open_names(self) -> Iterator[TextLine]:
        if (names := self.count.unexplained) and not self.for_leaders and self.standing:
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
        day(one, days[-1])
        if one == days[-1] or (after.year, after.month) != (one.year, one.month)
        else str(one.day)
        for one, after in zip(days, [*days[1:], days[-1]], strict=True)
    ]
    return f"{', '.join(texts[:-1])} and {texts[-1]}" if len(texts) > 1 else texts[0]
