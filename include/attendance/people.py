"""From rows and their people to one row a person: presence, first join, last leave, names."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from include.attendance.coded import EMPTY, Coded
from include.attendance.intervals import first_of_group, in_order, union
from include.attendance.rows import Rows
from include.attendance.shown import longest_used, numbered, rank
from include.attendance.times import Stays

# Times are seconds since 1970, `presence` is made of [start, end) intervals that neither overlap
# nor touch and add up to `seconds`. `names` are all that were used, the longest-used first.
PEOPLE = pa.schema(
    [
        ("id", pa.string()),
        ("name", pa.string()),
        ("user_email", pa.string()),
        ("seconds", pa.int64()),
        ("join_time", pa.int64()),
        ("leave_time", pa.int64()),
        ("rows", pa.int64()),
        ("presence", pa.list_(pa.list_(pa.int64(), 2))),
        ("names", pa.list_(pa.struct([("name", pa.string()), ("seconds", pa.int64())]))),
    ]
)


def gather(
    rows: Rows, stays: Stays, person: np.ndarray, window: tuple[int, int]
) -> tuple[pa.Table, np.ndarray]:
    """One row for each person in the order they are shown in, and where each number went.

    Presence is cut to the window. `id` and `user_email` are the first that are not empty, in order
    of join time. Sorted by name, then first join.
    """
    order = in_order(person, stays.join)
    people = _people(rows.where(order), stays.where(order), person[order], window)
    longest = longest_used(people["names"].combine_chunks())
    place = rank(longest)
    order = np.lexsort((people["leave_time"], people["join_time"], place))
    people = people.take(order)
    names = numbered(longest.take(order), place[order], _nothing_else(people))
    return people.set_column(1, "name", names), np.argsort(order)


def _people(rows: Rows, stays: Stays, person: np.ndarray, window: tuple[int, int]) -> pa.Table:
    """People by their numbers, not yet named; rows are sorted by person, then join."""
    starts = np.flatnonzero(first_of_group(person))
    count = len(starts)
    presence, seconds = _presence(person, stays, window, count)
    columns = {
        "id": _first(person, rows.account, count),
        "name": pa.nulls(count, pa.string()),
        "user_email": _first(person, rows.email, count),
        "seconds": seconds,
        "join_time": stays.join[starts],
        "leave_time": np.maximum.reduceat(stays.leave, starts) if count else starts,
        "rows": np.diff(starts, append=len(person)),
        "presence": presence,
        "names": _names(person, rows.name, stays.leave - stays.join, count),
    }
    return pa.table(columns, schema=PEOPLE)


def _nothing_else(people: pa.Table) -> np.ndarray:
    """Mask of the people who show nothing but a name."""
    return pc.and_(pc.equal(people["id"], ""), pc.equal(people["user_email"], "")).to_numpy()


def _presence(
    person: np.ndarray, stays: Stays, window: tuple[int, int], count: int
) -> tuple[pa.Array, np.ndarray]:
    """Merged intervals of each person, and the seconds in them."""
    owner, start, end = union(person, stays.join.clip(*window), stays.leave.clip(*window))
    seconds = np.zeros(count, np.int64)
    np.add.at(seconds, owner, end - start)
    pairs = pa.FixedSizeListArray.from_arrays(np.column_stack([start, end]).ravel(), 2)
    return pa.ListArray.from_arrays(_offsets(owner, count), pairs), seconds


def _first(person: np.ndarray, column: Coded, count: int) -> pa.Array:
    """The first text of each person that is not empty."""
    known = np.flatnonzero(column.codes != EMPTY)
    first = np.full(count, EMPTY)
    first[person[known[::-1]]] = column.codes[known[::-1]]
    return Coded(first, column.values).texts()


def _names(person: np.ndarray, name: Coded, seconds: np.ndarray, count: int) -> pa.Array:
    """Names used by each person with the seconds they were shown, longest-used first.

    Equals keep the order of their first use.
    """
    named = np.flatnonzero(name.codes != EMPTY)
    pair = person[named].astype(np.int64) * len(name.values) + name.codes[named]
    pairs, first, pair = np.unique(pair, return_index=True, return_inverse=True)
    used = np.zeros(len(pairs), np.int64)
    np.add.at(used, pair, seconds[named])
    owner = person[named[first]]
    order = np.lexsort((first, -used, owner))
    texts = name[named[first[order]]].texts()
    structs = pa.StructArray.from_arrays([texts, used[order]], ["name", "seconds"])
    return pa.ListArray.from_arrays(_offsets(owner, count), structs)


def _offsets(owner: np.ndarray, count: int) -> pa.Array:
    """Where the list of each of `count` owners begins, when the items are sorted by owner."""
    return np.append(0, np.bincount(owner, minlength=count).cumsum()).astype(np.int32)
