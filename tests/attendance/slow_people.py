"""Who is who in a session, found slowly: every row against every other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from tests.attendance.slow_rows import SlowRow, fits, in_order

Left = Callable[[list[SlowRow]], int]


@dataclass(eq=False)
class SlowPerson:
    rows: list[SlowRow]
    label: str = ""

    def sorted_rows(self) -> list[SlowRow]:
        return sorted(self.rows, key=in_order)


class Who(NamedTuple):
    """The people of some rows.

    :param known: who show an identifier; their rows hold the rows and guests that joined them.
    :param guests: who are known by a name and stayed apart.
    :param owners: the known people of each name that their own rows show.
    :param uncertain: rows that fit several guests.
    """

    known: list[SlowPerson]
    guests: list[SlowPerson]
    nameless: list[SlowPerson]
    owners: dict[str, list[SlowPerson]]
    uncertain: list[SlowRow]

    @property
    def people(self) -> list[SlowPerson]:
        return [*self.known, *self.guests, *self.nameless]


def identify(rows: list[SlowRow]) -> Who:
    """Whose row is it: identifiers, then breakout rows, then guests as a whole."""
    known = sharing([SlowPerson([row]) for row in rows if row.identifiers])
    owners = {
        row.key: [one for one in known if any(his.key == row.key for his in one.rows)]
        for row in rows
    }
    unknown = [row for row in rows if not row.identifiers and row.key]
    while handed := _handed_over(unknown, owners):
        unknown = [row for row in unknown if not any(row is one for one in handed)]
    guests, uncertain = _guests(unknown)
    apart = []
    for guest in guests:
        mine = owners[guest.rows[0].key]
        if len(mine) == 1 and fits(guest.rows, mine[0].rows):
            mine[0].rows += guest.rows
        else:
            apart.append(guest)
    nameless = [SlowPerson([row]) for row in rows if not row.identifiers and not row.key]
    return Who(known, apart, nameless, owners, uncertain)


def sharing(people: list[SlowPerson]) -> list[SlowPerson]:
    """Join two people who share an identifier until no two do."""
    for one, other in combinations(people, 2):
        if any(a.identifiers & b.identifiers for a in one.rows for b in other.rows):
            rest = [person for person in people if person is not one and person is not other]
            return sharing([SlowPerson(one.rows + other.rows), *rest])
    return people


def _handed_over(unknown: list[SlowRow], owners: dict[str, list[SlowPerson]]) -> list[SlowRow]:
    """The rows beside those of the one person of their name, who owns them from now on."""
    asking = [(row, owners[row.key][0]) for row in unknown if len(owners[row.key]) == 1]
    beside = [(row, owner) for row, owner in asking if _is_beside(row, owner)]
    handed = []
    for row, owner in beside:
        if fits([row], owner.rows):
            owner.rows.append(row)
            handed.append(row)
    return handed


def _is_beside(row: SlowRow, owner: SlowPerson) -> bool:
    return any(
        (row.breakout or his.breakout)
        and (abs(row.join - his.leave) <= 30 or abs(his.join - row.leave) <= 30)
        for his in owner.rows
    )


def _guests(rows: list[SlowRow]) -> tuple[list[SlowPerson], list[SlowRow]]:
    """The guests in order of joining; the rows that fit several before them or several after."""
    guests, uncertain = _followers(rows, lambda mine: max(row.leave for row in mine))
    backwards = sorted(rows, key=lambda row: (-row.leave, -row.join))
    _, also = _followers(backwards, lambda mine: max(-row.join for row in mine))
    either = {id(row) for row in uncertain + also}
    return guests, [row for row in rows if id(row) in either]


def _followers(rows: list[SlowRow], left: Left) -> tuple[list[SlowPerson], list[SlowRow]]:
    """Each row goes to the guest of its name who, of those whom it fits, left last."""
    guests: list[SlowPerson] = []
    several = []
    for row in rows:
        same = [one for one in guests if one.rows[0].key == row.key]
        fitting = [one for one in same if fits([row], one.rows)]
        if len(fitting) > 1:
            several.append(row)
        if fitting:
            max(fitting, key=lambda one: (left(one.rows), guests.index(one))).rows.append(row)
        else:
            guests.append(SlowPerson([row]))
    return guests, several
