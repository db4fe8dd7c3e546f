"""Whose row is it: identifiers first, then breakout rows, then guests by their name.

The rules of counting (docs/counting.md) say why. Rows are those of `participants`, in order of
joining, times in seconds since 1970.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pandas as pd

from include.attendance.overlaps import TOLERANCE, Booked, guests_of_a_name, that_fit

NAMESAKES = "several namesakes"
BESIDE = "beside a namesake"
UNCERTAIN = "uncertain"
NAMELESS = "no name"

_SHOWN = ["registrant_id", "account", "email_key"]

HANDOVER = 30  # seconds between a row of a breakout room and the row before or after it

_Times = list[tuple[int, "_Row"]]


def identify(rows: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, pd.Index]]:
    """The rows with their `person` (int64), and the index of the rows of each kind of doubt.

    Adds `identified` (bool: the person shows an identifier), `name_code` (int: a number for each
    name_key) and `core` (int64: where the row ends when the tolerance is left off). Rows whose
    identifiers differ are never joined by a name.
    """
    known = identified(rows)
    rows = rows.assign(
        person=by_identifier(rows),
        identified=known,
        name_code=rows["name_key"].cat.codes,
        core=rows["left"] - TOLERANCE,
    )
    unknown = _by_name(rows)
    handed = handed_over(unknown, rows)
    rows.loc[handed.index, "person"] = handed["owner"]
    rows.loc[handed.index, "identified"] = True
    guests = guests_of_a_name(unknown.drop(handed.index))
    joined = _fitting(guests, rows)
    rows.loc[guests.index, "person"] = guests["party"]
    rows.loc[joined.index, "person"] = joined["owner"].astype("int64")
    rows.loc[joined.index, "identified"] = True
    apart = guests.drop(joined.index)
    return rows, {
        NAMESAKES: apart.index[apart["several_owners"]],
        BESIDE: apart.index[apart["owner"].notna()],
        UNCERTAIN: guests.index[guests["several_guests"]],
        NAMELESS: rows.index[~known & rows["name_key"].isna()],
    }


def identified(rows: pd.DataFrame) -> pd.Series:
    """Mask of the rows that show an identifier."""
    return rows[_SHOWN].notna().any(axis=1)


def by_identifier(rows: pd.DataFrame) -> pd.Series:
    """A label for each row, the same for rows that share identifiers, directly or through others.

    Zoom's `user_id` is not among them: it identifies a connection. The lowest label spreads over
    each identifier, then over each person; the label of the label as well, or a chain would take
    as many rounds as it has links.
    """
    links = pd.DataFrame({field: rows[field].cat.codes for field in _SHOWN})
    if len(other := rows["other_account"].cat.codes[rows["other_account"].notna()]):
        # A row of two accounts is there twice.
        links = pd.concat([links, links.loc[other.index].assign(account=other)])
        links["row"] = links.index
    person = _lowest(links.index.to_series(), links)
    while not (lowest := _lowest(person, links)).equals(person):
        label = lowest.groupby(person).min()
        person = person.map(label.map(label))
    return person[: len(rows)]


def _lowest(person: pd.Series, links: pd.DataFrame) -> pd.Series:
    """The lowest label of those who share an identifier, one kind after the other."""
    for kind in links:
        codes = links[kind]
        lowest = person.groupby(codes, sort=False).transform("min")
        person = lowest.where(codes >= 0, person)
    return person


def _by_name(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows known by a name only, with the identified `owner` of that name.

    `owner` is the label of the one identified person who used it, missing when nobody did or
    several did; the latter is `several_owners`.
    """
    columns = ["person", "name_code", "joined", "left", "core", "breakout"]
    unknown = rows.loc[~rows["identified"] & rows["name_key"].notna(), columns]
    used = rows["identified"] & rows["name_code"].isin(unknown["name_code"])
    people = rows.loc[used, ["name_code", "person"]].groupby("name_code")["person"]
    owners = people.agg(["min", "max"]).astype("float64")
    owners = owners.reindex(unknown["name_code"]).set_axis(unknown.index)
    lowest, highest = owners["min"], owners["max"]
    return unknown.assign(
        owner=lowest.where(lowest == highest), several_owners=lowest.notna() & (lowest != highest)
    )


def _fitting(parties: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Of these rows, those of parties that as a whole fit the rows of the owner of their name."""
    parties = parties[parties["owner"].notna()]
    if parties.empty:
        return parties
    used = rows["identified"] & rows["person"].isin(parties["owner"])
    theirs = rows.loc[used, ["person", "joined", "core"]].rename(columns={"person": "owner"})
    return parties[that_fit(parties, theirs)]


class _Row(NamedTuple):
    """`place` tells the order of joining."""

    place: int
    joined: int
    left: int
    core: int
    breakout: bool


_TIMES = list(_Row._fields[1:])


def handed_over(unknown: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """The unknown rows that are their owner's because they lie beside one of the owner's rows.

    One of the two is of a breakout room: Zoom often leaves the identifiers out there. Rows handed
    over are the owner's from then on: a person may go from room to room.
    """
    mine = unknown[unknown["owner"].notna()]
    mine = mine.assign(owner=mine["owner"].astype("int64"))
    if mine.empty or not rows["breakout"].any():
        return mine[:0]
    used = rows["identified"] & rows["person"].isin(mine["owner"])
    theirs = rows.loc[used, ["person", *_TIMES]]
    owners = _beside(mine, theirs)
    asking = _by_person(mine[mine["owner"].isin(owners)], "owner")
    owned = _by_person(theirs[theirs["person"].isin(owners)], "person")
    handed = (row.place for owner, own in owned.items() for row in _reached(own, asking[owner]))
    return mine.loc[sorted(handed)]


def _beside(mine: pd.DataFrame, theirs: pd.DataFrame) -> set[int]:
    """The owners of rows that end about when one of mine begins, or begin about when it ends."""
    begins, ends = (_moments(theirs, edge) for edge in ("joined", "left"))
    asking = zip(*(mine[column].tolist() for column in ("owner", "joined", "left")), strict=True)
    return {
        owner
        for owner, joined, left in asking
        if _is_near(ends[owner], joined) or _is_near(begins[owner], left)
    }


def _moments(rows: pd.DataFrame, edge: str) -> dict[int, list[int]]:
    """When the rows of each person begin, or end, in order."""
    found = defaultdict(list)
    rows = rows.sort_values(edge)
    for person, moment in zip(rows["person"].tolist(), rows[edge].tolist(), strict=True):
        found[person].append(moment)
    return found


def _is_near(times: list[int], moment: int) -> bool:
    at = bisect_left(times, moment - HANDOVER)
    return at < len(times) and times[at] <= moment + HANDOVER


def _by_person(rows: pd.DataFrame, person: str) -> dict[int, list[_Row]]:
    found = defaultdict(list)
    times = rows[_TIMES].itertuples(name=None)
    for owner, row in zip(rows[person].tolist(), map(_Row._make, times), strict=True):
        found[owner].append(row)
    return found


def _reached(own: list[_Row], asking: list[_Row]) -> Iterator[_Row]:
    """The asking rows that are reached from a person's own rows, and from those reached."""
    if not any(row.breakout for row in (*own, *asking)):
        return
    booked, edges = Booked(), _Edges(asking)
    beside = set(edges.beside(own))
    for row in own if beside else ():
        booked.extend(row.joined, row.core)
    while beside:
        reached = [row for row in sorted(beside) if booked.take([(row.joined, row.core)])]
        yield from reached
        beside = set(edges.beside(reached))


class _Edges:
    """The beginnings and ends of rows; what is found is no longer there.

    A row that did not fit when it was found never will.
    """

    def __init__(self, rows: Iterable[_Row]) -> None:
        rows = list(rows)
        self.times: dict[tuple[str, bool], _Times] = {
            (edge, breakout): sorted(
                (getattr(row, edge), row) for row in rows if row.breakout == breakout
            )
            for edge in ("joined", "left")
            for breakout in (False, True)
        }

    def beside(self, rows: Iterable[_Row]) -> Iterator[_Row]:
        """Remove and give the rows that begin when one of these ends, or end when it begins."""
        for row in rows:
            # A breakout row may lie beside any row, another row only beside a breakout row.
            for breakout in {True, not row.breakout}:
                yield from _within(self.times["joined", breakout], row.left)
                yield from _within(self.times["left", breakout], row.joined)


def _within(times: _Times, moment: int) -> list[_Row]:
    """Remove and give those within HANDOVER of a moment."""
    first = bisect_left(times, moment - HANDOVER, key=lambda one: one[0])
    last = bisect_right(times, moment + HANDOVER, key=lambda one: one[0])
    found = [row for _, row in times[first:last]]
    del times[first:last]
    return found
