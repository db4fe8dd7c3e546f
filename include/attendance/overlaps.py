"""Rows of one name that overlap: how many guests they are, and which fit somebody's rows.

Two rows *clash* when they overlap by more than TOLERANCE: when their intervals from `joined` to
`end_less_tolerance`, TOLERANCE before they left, overlap. Rows are in order of joining. Only names
and people whose rows clash are looked at one by one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from include.attendance.results import Interval

TOLERANCE = 120  # seconds: a lost connection may time out after its person has reconnected

_NEVER = -(1 << 60)  # seconds: before any time

_WHO = ["group", "who"]

_TIMES = ["joined", "end_less_tolerance"]

_OF_NAMESAKE = ["namesake", *_TIMES]


def seconds_added(start: pd.Series, end: pd.Series, by: Any) -> pd.Series:
    """Return the seconds that each interval adds to those before it in its group, sorted by start.

    Their sum in a group is the length of the union. An interval that ends before it starts adds 0.
    """
    reached = end.groupby(by, sort=False).cummax()
    before = reached.groupby(by, sort=False).shift(fill_value=_NEVER)
    return (end - start.where(start >= before, before)).clip(lower=0)


def guests_of_a_name(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with their `guest` (the index of the guest's first row).

    Rows of one `name_code` that follow one another are one guest, rows that clash are two. A row
    that fits several guests is given to the one who left last. `several_guests` is the mask of the
    rows that fit several who had left before, or several who came after.
    """
    rows = rows.assign(
        guest=rows.groupby("name_code")["person"].transform("min"),
        several_guests=False,
    )
    clashing = rows[_any_clash(rows, rows["name_code"])]
    for _, same in clashing.groupby("name_code"):
        intervals = list(zip(same["joined"], same["end_less_tolerance"], strict=True))
        first_rows, several = _told_apart(intervals)
        rows.loc[same.index, "guest"] = same.index[first_rows]
        rows.loc[same.index, "several_guests"] = several
    return rows


def fit_namesake(guests: pd.DataFrame, theirs: pd.DataFrame) -> pd.Series:
    """Return the mask of the rows whose `guest` as a whole clashes with no row of `namesake`.

    Rows of a guest who fits are the namesake's from then on; guests come in order of joining.

    :param guests: rows with `guest`, `namesake`, `joined` and `end_less_tolerance`.
    :param theirs: the rows of the namesakes.
    """
    both = pd.concat([guests, theirs])[_OF_NAMESAKE].sort_values("joined")
    busy = both["namesake"][_any_clash(both, both["namesake"])].unique()
    fits = ~guests["namesake"].isin(busy)
    occupied: dict[int, Occupied] = defaultdict(Occupied)
    for namesake, start, end in _tuples(theirs.loc[theirs["namesake"].isin(busy), _OF_NAMESAKE]):
        occupied[namesake].extend(start, end)
    asking: dict[tuple[int, int], list[Interval]] = defaultdict(list)
    for guest, namesake, start, end in _tuples(guests.loc[~fits, ["guest", *_OF_NAMESAKE]]):
        asking[namesake, guest].append((start, end))
    fitting = {
        guest
        for (namesake, guest), intervals in asking.items()
        if occupied[namesake].add_if_free(intervals)
    }
    return fits | guests["guest"].isin(fitting)


class Occupied:
    """The times when somebody is there, as sorted intervals that do not overlap."""

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []

    def extend(self, start: int, end: int) -> None:
        """Add an interval that starts no earlier than the others; it may overlap them."""
        if self.ends and start <= self.ends[-1]:
            self.ends[-1] = max(self.ends[-1], end)
        elif start < end:
            self.starts.append(start)
            self.ends.append(end)

    def add_if_free(self, intervals: list[Interval]) -> bool:
        """Add the intervals if there is room for all of them: they do not overlap each other."""
        intervals = [(start, end) for start, end in intervals if start < end]
        if not all(self._is_free(start, end) for start, end in intervals):
            return False
        for start, end in intervals:
            position = bisect_left(self.starts, start)
            self.starts.insert(position, start)
            self.ends.insert(position, end)
        return True

    def _is_free(self, start: int, end: int) -> bool:
        last = bisect_left(self.starts, end) - 1  # of those that start before this one ends
        return last < 0 or self.ends[last] <= start


def _any_clash(rows: pd.DataFrame, by: pd.Series) -> pd.Series:
    """Return the mask of the rows in whose group any two rows clash."""
    alone = (rows["end_less_tolerance"] - rows["joined"]).clip(lower=0)
    clashes = seconds_added(rows["joined"], rows["end_less_tolerance"], by) < alone
    return clashes.groupby(by, sort=False).transform("any")


def _tuples(rows: pd.DataFrame) -> Iterator[tuple[int, ...]]:
    return rows.itertuples(index=False, name=None)


def _told_apart(intervals: list[Interval]) -> tuple[list[int], list[bool]]:
    """Return for each row the position of its guest's first row; whether it fits several guests.

    Those who came after are asked the same, looked at from the end.
    """
    first_rows, before = zip(*_guests(intervals), strict=True)
    mirrored = [(-end, -start) for start, end in intervals]
    backwards = sorted(range(len(mirrored)), key=mirrored.__getitem__)
    fitted = (several for _, several in _guests(mirrored[row] for row in backwards))
    after = dict(zip(backwards, fitted, strict=True))
    return list(first_rows), [now or after[row] for row, now in enumerate(before)]


def _guests(intervals: Iterable[Interval]) -> Iterator[tuple[int, bool]]:
    """Yield for each interval, by start: its guest's first one; whether it fits several guests.

    All intervals before it started before it, so a guest clashes with it until the last has ended.
    """
    guests: list[tuple[int, int]] = []  # end of the last interval, position of the first; sorted
    for row, (start, end) in enumerate(intervals):
        fitting = bisect_right(guests, (start, row)) if start < end else len(guests)
        last_end, first_row = guests.pop(fitting - 1) if fitting else (end, row)
        insort(guests, (max(last_end, end), first_row))
        yield first_row, fitting > 1


def fit_somebody(rows: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """Return the distinct `group` and `who` that have room beside somebody else of their group.

    They have room if none of their rows clashes with a row of that person. Rows have `group` and
    `who` (int: only those of one group are compared), `joined` and `end_less_tolerance`. Both
    arguments may be the same rows, if each group has several people.
    """
    rows, others = rows[_WHO + _TIMES].copy(), others[_WHO + _TIMES].copy()
    rows["short"] = rows["end_less_tolerance"] <= rows["joined"]  # these clash with nothing
    others.loc[others["end_less_tolerance"] <= others["joined"], _TIMES] = _NEVER
    rows["room"] = _has_room(rows, others)
    rows = rows[rows.groupby(_WHO)["room"].transform("all")]
    several = (~rows["short"]).groupby([rows[label] for label in _WHO]).transform("sum") > 1
    found = rows.loc[~several, _WHO].drop_duplicates()
    # Of several rows, each may fit beside somebody else.
    return pd.concat([found, _exactly(rows[several & ~rows["short"]], others)])


def _has_room(rows: pd.DataFrame, others: pd.DataFrame) -> pd.Series:
    """Return the mask of the rows that lie in a gap between the rows of one of the others."""
    asked = rows.reset_index(names="row").sort_values("joined")
    found = pd.merge_asof(asked, _gaps(others), left_on="joined", right_on="since", by="group")
    long_enough = found["until"] >= found["end_less_tolerance"]
    room = long_enough | (found["short"] & found["until"].notna())
    return room.set_axis(found["row"]).reindex(rows.index)


def _gaps(others: pd.DataFrame) -> pd.DataFrame:
    """Return when somebody is not there: for each `since`, the longest `until` of its group."""
    others = others.sort_values([*_WHO, "joined"])
    reached = others.groupby(_WHO)["end_less_tolerance"].cummax()
    since = reached.groupby([others["group"], others["who"]]).shift(fill_value=_NEVER)
    last = others.assign(since=reached, until=-_NEVER).drop_duplicates(_WHO, keep="last")
    gaps = pd.concat([others.assign(since=since, until=others["joined"]), last])
    gaps = gaps[["group", "since", "until"]].sort_values("since")
    return gaps.assign(until=gaps.groupby("group")["until"].cummax())


def _exactly(rows: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """Return those of rows who fit beside one and the same other person, tried one by one."""
    others = others[others["group"].isin(rows["group"])]
    others = others.assign(who=others.groupby(_WHO).ngroup())
    theirs: dict[Any, tuple[Any, ...]] = {
        group: tuple(same[column].to_numpy() for column in ("who", *_TIMES))
        for group, same in others.groupby("group")
    }
    people = others.groupby("group")["who"].nunique().to_dict()
    found = []
    for (group, who), mine in rows.groupby(_WHO):
        person, joined, last = theirs[group]
        busy = joined > -_NEVER  # nobody yet
        for start, end in _tuples(mine[_TIMES]):
            busy |= (joined < end) & (last > start)
        if len(pd.unique(person[busy])) < people[group]:
            found.append((group, who))
    return pd.DataFrame(found, columns=_WHO, dtype="int64")
