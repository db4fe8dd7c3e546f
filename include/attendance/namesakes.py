"""Rows known by a name only: whose are they?"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterator

import numpy as np

from include.attendance.intervals import NEVER, first_of_group, latest_before
from include.attendance.times import Stays

TOLERANCE = 120  # seconds: a lost connection may time out after its owner has reconnected


def refused(person: np.ndarray, known: np.ndarray, stays: Stays) -> np.ndarray:
    """Mask of the name-only rows that were there beside the identified person they might be.

    `person` holds for a known row whose it is, for the others whose it might be. Row by row in
    order of join time, one that overlaps neither a known row of the person nor a row already
    joined to them by more than the tolerance is theirs.
    """
    result = np.zeros(len(person), bool)
    order = np.lexsort((stays.leave, stays.join, person))
    for rows in _contested(person[order], known[order], stays.where(order)):
        at = order[rows]
        theirs = list(_times(stays, at[known[at]]))
        for row, (join, leave) in zip(at[~known[at]], _times(stays, at[~known[at]]), strict=True):
            if max(min(leave, end) - max(join, start) for start, end in theirs) > TOLERANCE:
                result[row] = True
            else:
                theirs.append((join, leave))
    return result


def leaders(name: np.ndarray, stays: Stays) -> tuple[np.ndarray, np.ndarray]:
    """For each row the first row of its person, and a mask of those that fitted several people.

    Rows of one name that follow one another are one person, rows that overlap by more than the
    tolerance are two. A row that fits several people is given to the one who left last.
    """
    order = np.lexsort((stays.leave, stays.join, name))
    name, in_order = name[order], stays.where(order)
    first = np.flatnonzero(first_of_group(name))
    leader = np.repeat(first, np.diff(first, append=len(name)))
    several = np.zeros(len(name), bool)
    for rows in _contested(name, np.zeros(len(name), bool), in_order):
        seats = list(_seats(_times(in_order, rows)))
        leader[rows] = [rows[opened] for opened, _ in seats]
        several[rows] = [choice for _, choice in seats]
    back = np.argsort(order)
    return order[leader][back], several[back]


def _contested(group: np.ndarray, known: np.ndarray, stays: Stays) -> Iterator[np.ndarray]:
    """Positions of each group in which a row that is not known overlaps another beyond tolerance.

    All is sorted by group, join, leave.
    """
    join, leave = stays.join, stays.leave
    unknown_leave = np.where(known, join.min(initial=0), leave)
    before = np.where(known, latest_before(group, unknown_leave), latest_before(group, leave))
    clashes = np.minimum(before, leave) - join > TOLERANCE
    for number in np.unique(group[clashes]):
        yield np.arange(*np.searchsorted(group, (number, number + 1)))


def _seats(rows: Iterator[tuple[int, int]]) -> Iterator[tuple[int, bool]]:
    """For each row of one name, by join time: which row opened its person; whether it fitted more.

    All earlier rows joined before this one, so a person overlaps it until their last leave.
    """
    people: list[tuple[int, int]] = []  # last leave, opening row; sorted
    for row, (join, leave) in enumerate(rows):
        brief = leave - join <= TOLERANCE
        fitting = len(people) if brief else bisect_right(people, (join + TOLERANCE, row))
        last, opened = people.pop(fitting - 1) if fitting else (NEVER, row)
        insort(people, (max(last, leave), opened))
        yield opened, fitting > 1


def _times(stays: Stays, rows: np.ndarray) -> Iterator[tuple[int, int]]:
    return zip(stays.join[rows].tolist(), stays.leave[rows].tolist(), strict=True)
