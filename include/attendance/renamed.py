"""Guests who perhaps changed their name: one began when another ended, under a name like theirs."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from include.attendance.names import first_word

RENAMED_WITHIN = 60  # seconds between the end of one guest's rows and the beginning of another's
MOST_NAMED = 3  # guests in one line who ended as near as each other

_End = tuple[int, int]
"""When a guest ended, and the guest."""


def perhaps_renamed(rows: pd.DataFrame) -> Iterator[tuple[int, list[int]]]:
    """Yield each guest (`person`) whose name contains the first word of somebody who had just left.

    With it come the others who left nearest in time, before or after: at most MOST_NAMED and one.

    :param rows: rows of guests with person, name_key, joined and left, in order of joining.
    """
    guests = rows.drop_duplicates("person")
    ends = _ends_by_first_word(rows, guests)
    lengths = defaultdict(set)
    for word in ends:
        lengths[word[0]].add(len(word))
    for name, begin, guest in _tuples(guests[["name_key", "joined", "person"]]):
        words = {part for part in _parts(name, lengths) if part in ends}
        near = sorted(end for word in words for end in _nearest(ends[word], begin, guest))
        if near:
            yield guest, [other for apart, other in near if apart == near[0][0]]


def _ends_by_first_word(
    rows: pd.DataFrame, guests: pd.DataFrame
) -> dict[str, list[tuple[int, int]]]:
    """Return when guests ended, and who, in order, by the first word of their name."""
    ends = rows.groupby("person", sort=False)["left"].max().to_numpy()
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for name, end, guest in _tuples(guests.assign(end=ends)[["name_key", "end", "person"]]):
        found[first_word(name)].append((end, guest))
    return {word: _some_of_each_end(sorted(ends)) for word, ends in found.items()}


def _tuples(rows: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    return rows.itertuples(index=False, name=None)


def _parts(name: str, lengths: Mapping[str, set[int]]) -> Iterator[str]:
    """Yield all that a name contains, of the lengths that go with its first character."""
    for position, first in enumerate(name):
        for length in lengths.get(first, ()):
            yield name[position : position + length]


# Who ended at one time: those to be named, one more to tell that there are others, and oneself.
_ENOUGH = MOST_NAMED + 2


def _some_of_each_end(ends: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the first who ended at each time."""
    return [
        end
        for position, end in enumerate(ends)
        if position < _ENOUGH or end[0] != ends[position - _ENOUGH][0]
    ]


def _nearest(ends: list[tuple[int, int]], begin: int, guest: int) -> list[tuple[int, int]]:
    """Return the other guests who ended nearest before and after, as (seconds between, guest)."""
    position = bisect_left(ends, (begin, -1))
    around = ends[max(position - _ENOUGH, 0) : position + _ENOUGH]
    return [
        (abs(end - begin), other)
        for end, other in around
        if other != guest and abs(end - begin) <= RENAMED_WITHIN
    ]
