"""The definitions of presence and identity, written down slowly: one row, one second at a time."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from itertools import combinations

IDS = ("registrant_id", "account", "user_email")


@dataclass
class SlowRow:
    """A participant row; times in seconds from the session's start."""

    ids: dict[str, str]
    name: str
    join: int
    leave: int | None
    waiting: bool


@dataclass
class SlowPerson:
    rows: list[SlowRow] = field(default_factory=list)


def slow_people(rows: list[SlowRow], length: int, window: tuple[int, int]) -> Counter:
    """How many people there are of each (longest-used name, seconds present, number of rows)."""
    people = _people(_countable(rows, length))
    return Counter((_name(one), _seconds(one, window), len(one.rows)) for one in people)


def slow_aside(rows: list[SlowRow], length: int) -> int:
    """How many rows leave before they join."""
    return sum((length if row.leave is None else row.leave) < row.join for row in rows)


def _countable(rows: list[SlowRow], length: int) -> list[SlowRow]:
    ended = [
        SlowRow(row.ids, row.name, row.join, length if row.leave is None else row.leave, False)
        for row in rows
        if not row.waiting
    ]
    return sorted((row for row in ended if row.leave >= row.join), key=_when)


def _when(row: SlowRow) -> tuple[int, int]:
    return row.join, row.leave


def _people(rows: list[SlowRow]) -> list[SlowPerson]:
    identified = _merged([SlowPerson([row]) for row in rows if any(_keys(row))])
    by_name = {id(one): {_key(row) for row in one.rows} for one in identified}
    unknown: list[SlowPerson] = []
    for row in rows:
        if any(_keys(row)):
            continue
        known = [one for one in identified if _key(row) and _key(row) in by_name[id(one)]]
        if len(known) == 1 and _fits(row, known[0]):
            known[0].rows.append(row)
            continue
        same = [one for one in unknown if _key(row) and _key(one.rows[0]) == _key(row)]
        fitting = [one for one in same if _fits(row, one)]
        if fitting:
            max(fitting, key=lambda one: _left(one, unknown)).rows.append(row)
        else:
            unknown.append(SlowPerson([row]))
    return identified + unknown


def _left(one: SlowPerson, unknown: list[SlowPerson]) -> tuple[int, int]:
    return max(row.leave for row in one.rows), unknown.index(one)


def _merged(people: list[SlowPerson]) -> list[SlowPerson]:
    """Join two people who share an id until no two do."""
    for one, other in combinations(people, 2):
        if any(set(_keys(a)) & set(_keys(b)) for a in one.rows for b in other.rows):
            rest = [person for person in people if person is not one and person is not other]
            return _merged([SlowPerson(sorted(one.rows + other.rows, key=_when)), *rest])
    return people


def _keys(row: SlowRow) -> list[tuple[str, str]]:
    ids = {**row.ids, "user_email": row.ids.get("user_email", "").strip().casefold()}
    return [(kind, ids[kind]) for kind in IDS if ids.get(kind)]


def _key(row: SlowRow) -> str:
    name = unicodedata.normalize("NFKC", row.name).casefold().replace("#", ",")
    return " ".join(name.split())


def _fits(row: SlowRow, person: SlowPerson) -> bool:
    mine = set(range(row.join, row.leave))
    return all(len(mine & set(range(his.join, his.leave))) <= 120 for his in person.rows)


def _seconds(person: SlowPerson, window: tuple[int, int]) -> int:
    return len({at for row in person.rows for at in range(row.join, row.leave) if _in(at, window)})


def _in(second: int, window: tuple[int, int]) -> bool:
    return window[0] <= second < window[1]


def _name(person: SlowPerson) -> str:
    used: Counter = Counter()
    for row in sorted(person.rows, key=_when):
        used[row.name] += row.leave - row.join
    used.pop("", None)
    return used.most_common(1)[0][0] if used else "(no name)"
