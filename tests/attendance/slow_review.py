"""The review of a session, worked out slowly: every doubt, whatever the order of the rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from tests.attendance.slow_people import SlowPerson, Who, sharing
from tests.attendance.slow_rows import SlowRow, clash, fits, is_fine
from tests.attendance.slow_table import span, table_order

KINDS = (
    "several namesakes",
    "beside a namesake",
    "uncertain",
    "no name",
    "account without a name",
    "two names at once",
    "one name, two accounts",
    "perhaps renamed",
    "never admitted",
)


class SlowLine(NamedTuple):
    """A doubt: its kind, the people, and what the text must say."""

    kind: str
    people: list[SlowPerson]
    says: tuple[str, ...] = ()


def doubts(who: Who) -> Iterator[SlowLine]:
    """The lines of people who share no name and no identifier with any others."""
    several = [one for one in who.guests if len(who.owners[one.rows[0].key]) > 1]
    beside = [one for one in who.guests if len(who.owners[one.rows[0].key]) == 1]
    yield from _by_name("several namesakes", [row for one in several for row in one.rows], who)
    yield from _by_name("beside a namesake", [row for one in beside for row in one.rows], who)
    yield from _by_name("uncertain", who.uncertain, who)
    yield from _two_names(who.known)
    yield from _two_accounts(who.known, who.owners)
    yield from _renamed(who.guests)


def without_a_name(people: Iterable[Who]) -> Iterator[SlowLine]:
    """The lines of all people who show no name."""
    people = list(people)
    if nameless := [one for who in people for one in who.nameless]:
        number = "1 row " if len(nameless) == 1 else f"{len(nameless)} rows "
        yield SlowLine("no name", nameless, (number,))
    known = [one for who in people for one in who.known]
    if unnamed := [one for one in known if not any(row.key for row in one.rows)]:
        yield SlowLine("account without a name", unnamed)


def never_admitted(waited: Who, met: Who, all_rows: list[SlowRow]) -> Iterator[SlowLine]:
    """The lines of people of the waiting room who are not seen in the meeting."""
    groups = sharing([SlowPerson([row]) for row in all_rows if row.identifiers])
    uncounted = [row for row in all_rows if not row.waiting and not is_fine(row)]
    for one in waited.people:
        by_id = any(_is_inside(row, groups) for row in one.rows)
        by_name = any(
            _may_be(one, other.rows) and fits(one.rows, other.rows) for other in met.people
        )
        if not by_id and not by_name and not _may_be(one, uncounted):
            seconds = len({at for row in one.rows for at in range(row.join, row.leave)})
            time = f"{seconds // 60} min" if seconds >= 60 else "less than a minute"
            yield SlowLine("never admitted", [one], (f"waited {time},",))


def in_table_order(lines: Iterable[SlowLine], people: list[SlowPerson]) -> list[SlowLine]:
    """The lines by kind, then by the table; their people too, the renamed one after the other."""
    place = {id(one): number for number, one in enumerate(people)}

    def places(line: SlowLine) -> list[int]:
        return [place[id(one)] for one in line.people]

    def ordered(line: SlowLine) -> SlowLine:
        if line.kind == "perhaps renamed":
            return line
        return line._replace(people=sorted(line.people, key=lambda one: place[id(one)]))

    found = [ordered(line) for line in lines]
    return sorted(found, key=lambda line: (KINDS.index(line.kind), places(line)))


def _by_name(kind: str, rows: list[SlowRow], who: Who) -> Iterator[SlowLine]:
    for key in {row.key for row in rows}:
        mine = [row for row in rows if row.key == key]
        people = [one for one in who.people if any(row is his for row in mine for his in one.rows)]
        number = "1 row " if len(mine) == 1 else f"{len(mine)} rows "
        yield SlowLine(kind, people, (number,))


def _two_names(known: list[SlowPerson]) -> Iterator[SlowLine]:
    for one in known:
        named = [row for row in one.sorted_rows() if row.key]
        if any(clash(a, b) for a, b in combinations(named, 2) if a.key != b.key):
            first = {row.key: row.name for row in reversed(named)}
            names = [f'"{first[key]}"' for key in dict.fromkeys(row.key for row in named)]
            yield SlowLine("two names at once", [one], (", ".join(names),))


def _two_accounts(
    known: list[SlowPerson], owners: dict[str, list[SlowPerson]]
) -> Iterator[SlowLine]:
    for key, people in owners.items():
        used = [[row for row in one.rows if row.key == key] for one in people]
        if key and any(fits(one, other) for one, other in combinations(used, 2)):
            yield SlowLine("one name, two accounts", people, (f"{len(people)} people",))


def _renamed(guests: list[SlowPerson]) -> Iterator[SlowLine]:
    spans = {id(one): span(one.rows) for one in guests}
    for one in guests:
        mine = spans[id(one)]
        near = [
            (abs(spans[id(other)].leave - mine.join), table_order(other), other)
            for other in guests
            if other is not one and _first_word(spans[id(other)].key) in mine.key
        ]
        near.sort(key=lambda it: it[:2])
        if near and near[0][0] <= 60:
            others = [other for apart, _, other in near if apart == near[0][0]]
            more = ("or others",) if len(others) > 3 else ()
            yield SlowLine("perhaps renamed", [*others[:3], one], more)


def _first_word(key: str) -> str:
    return [*re.findall(r"\w+", key), key][0]


def _is_inside(row: SlowRow, groups: list[SlowPerson]) -> bool:
    mine = [one for one in groups if any(row is his for his in one.rows)]
    return any(not his.waiting for one in mine for his in one.rows)


def _may_be(one: SlowPerson, rows: list[SlowRow]) -> bool:
    """One of two rows of one name shows no identifier."""
    same = [(a, b) for a in one.rows for b in rows if a.key and a.key == b.key]
    return any(not a.identifiers or not b.identifiers for a, b in same)
