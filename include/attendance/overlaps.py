"""Rows of one name that overlap: how many people they are, and which fit somebody's rows.

Two rows *clash* when they overlap by more than TOLERANCE, so when their cores overlap: `core` is
where a row ends when the tolerance is left off. Rows are in order of joining. Only names and people
whose rows clash are looked at one by one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

TOLERANCE = 120  # seconds: a lost connection may time out after its owner has reconnected

_NEVER = -(1 << 60)  # seconds: before any time

_WHO = ["group", "who"]

Core = tuple[int, int]


def seconds_added(start: pd.Series, end: pd.Series, by: Any) -> pd.Series:
    """The seconds that each interval adds to those before it in its group, all sorted by start.

    Their sum in a group is the length of the union. An interval that ends before it starts adds 0.
    """
    reached = end.groupby(by, sort=False).cummax()
    before = reached.groupby(by, sort=False).shift(fill_value=_NEVER)
    return (end - start.where(start >= before, before)).clip(lower=0)


def guests_of_a_name(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with their guest (`party`: the index of the guest's first row).

    Rows of one `name_code` that follow one another are one guest, rows that clash are two. A row
    that fits several is given to the one who left last. `several_guests` is the mask of the rows
    that fit several who had left before, or several who came after.
    """
    rows = rows.assign(
        party=rows.groupby("name_code")["person"].transform("min"),
        several_guests=False,
    )
    clashing = rows[_crowded(rows, rows["name_code"])]
    for _, same in clashing.groupby("name_code"):
        party, several = _seats(list(zip(same["joined"], same["core"], strict=True)))
        rows.loc[same.index, "party"] = same.index[party]
        rows.loc[same.index, "several_guests"] = several
    return rows


def that_fit(parties: pd.DataFrame, theirs: pd.DataFrame) -> pd.Series:
    """Mask of the rows of parties (`party`) that clash with no row of their `owner`.

    Rows of a party that fits are the owner's from then on; parties come in order of joining.
    """
    both = pd.concat([parties, theirs])[["owner", "joined", "core"]].sort_values("joined")
    busy = both["owner"][_crowded(both, both["owner"])].unique()
    fits = ~parties["owner"].isin(busy)
    booked: dict[int, Booked] = defaultdict(Booked)
    theirs = theirs[theirs["owner"].isin(busy)]
    for owner, joined, core in _tuples(theirs[["owner", "joined", "core"]]):
        booked[owner].extend(joined, core)
    asking: dict[tuple[int, int], list[Core]] = defaultdict(list)
    for owner, party, joined, core in _tuples(
        parties.loc[~fits, ["owner", "party", "joined", "core"]]
    ):
        asking[owner, party].append((joined, core))
    taken = {party for (owner, party), cores in asking.items() if booked[owner].take(cores)}
    return fits | parties["party"].isin(taken)


class Booked:
    """The times when somebody is there, as sorted cores that do not overlap."""

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []

    def extend(self, start: int, end: int) -> None:
        """Add a core that starts no earlier than the others; it may overlap them."""
        if self.ends and start <= self.ends[-1]:
            self.ends[-1] = max(self.ends[-1], end)
        elif start < end:
            self.starts.append(start)
            self.ends.append(end)

    def take(self, cores: list[Core]) -> bool:
        """Add all of the cores if there is room for them: they do not overlap each other."""
        cores = [(start, end) for start, end in cores if start < end]
        if not all(self._is_free(start, end) for start, end in cores):
            return False
        for start, end in cores:
            position = bisect_left(self.starts, start)
            self.starts.insert(position, start)
            self.ends.insert(position, end)
        return True

    def _is_free(self, start: int, end: int) -> bool:
        last = bisect_left(self.starts, end) - 1  # of those that start before this one ends
        return last < 0 or self.ends[last] <= start


def _crowded(rows: pd.DataFrame, by: pd.Series) -> pd.Series:
    """Mask of the rows in whose group any two rows clash."""
    alone = (rows["core"] - rows["joined"]).clip(lower=0)
    clashes = seconds_added(rows["joined"], rows["core"], by) < alone
    return clashes.groupby(by, sort=False).transform("any")


def _tuples(rows: pd.DataFrame) -> Iterator[tuple[int, ...]]:
    return rows.itertuples(index=False, name=None)


def _seats(cores: list[Core]) -> tuple[list[int], list[bool]]:
    """For each row the position of its guest's first row; whether it fitted several guests.

    Looked at from the end, the same is asked of those who came after.
    """
    opened, before = zip(*_guests(cores), strict=True)
    backwards = sorted(range(len(cores)), key=lambda row: (-cores[row][1], -cores[row][0]))
    mirrored = ((-cores[row][1], -cores[row][0]) for row in backwards)
    after = dict(zip(backwards, (several for _, several in _guests(mirrored)), strict=True))
    return list(opened), [now or after[row] for row, now in enumerate(before)]


def _guests(cores: Iterable[Core]) -> Iterator[tuple[int, bool]]:
    """For each core, sorted by start: which one opened its guest, and whether it fitted several.

    All cores before it started before it, so a guest clashes with it until the last has ended.
    """
    guests: list[tuple[int, int]] = []  # end of the last core, opening row; sorted
    for row, (start, end) in enumerate(cores):
        fitting = bisect_right(guests, (start, row)) if start < end else len(guests)
        last, opened = guests.pop(fitting - 1) if fitting else (end, row)
        insort(guests, (max(last, end), opened))
        yield opened, fitting > 1


def fit_somebody(rows: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """The distinct `group` and `who` of rows that clash with no row of somebody of the others.

    Rows have `group` and `who` (int: only those of one group are compared), `joined` and `core`.
    The two may be the same rows, if each group has several people.
    """
    rows, others = (one[[*_WHO, "joined", "core"]].copy() for one in (rows, others))
    rows["short"] = rows["core"] <= rows["joined"]  # these clash with nothing
    others.loc[others["core"] <= others["joined"], ["joined", "core"]] = _NEVER
    rows["room"] = _has_room(rows, others)
    rows = rows[rows.groupby(_WHO)["room"].transform("all")]
    several = (~rows["short"]).groupby([rows[label] for label in _WHO]).transform("sum") > 1
    found = rows.loc[~several, _WHO].drop_duplicates()
    # Of several rows, each may fit beside somebody else.
    return pd.concat([found, _exactly(rows[several & ~rows["short"]], others)])


def _has_room(rows: pd.DataFrame, others: pd.DataFrame) -> pd.Series:
    """Mask of the rows that lie in a gap between the rows of one of the others."""
    asked = rows.reset_index(names="row").sort_values("joined")
    found = pd.merge_asof(asked, _gaps(others), left_on="joined", right_on="since", by="group")
    room = (found["until"] >= found["core"]) | (found["short"] & found["until"].notna())
    return room.set_axis(found["row"]).reindex(rows.index)


def _gaps(others: pd.DataFrame) -> pd.DataFrame:
    """The times when somebody is not there: for each `since`, the longest `until` of its group."""
    others = others.sort_values([*_WHO, "joined"])
    reached = others.groupby(_WHO)["core"].cummax()
    since = reached.groupby([others["group"], others["who"]]).shift(fill_value=_NEVER)
    last = others.assign(since=reached, until=-_NEVER).drop_duplicates(_WHO, keep="last")
    gaps = pd.concat([others.assign(since=since, until=others["joined"]), last])
    gaps = gaps[["group", "since", "until"]].sort_values("since")
    return gaps.assign(until=gaps.groupby("group")["until"].cummax())


def _exactly(rows: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """Those of rows who fit beside one and the same of the others, tried one by one."""
    others = others[others["group"].isin(rows["group"])]
    others = others.assign(who=others.groupby(_WHO).ngroup())
    theirs: dict[Any, tuple[Any, Any, Any]] = {
        group: (same["who"].to_numpy(), same["joined"].to_numpy(), same["core"].to_numpy())
        for group, same in others.groupby("group")
    }
    people = others.groupby("group")["who"].nunique().to_dict()
    found = []
    for (group, who), mine in rows.groupby(_WHO):
        person, joined, core = theirs[group]
        busy = joined > -_NEVER
        for start, end in zip(mine["joined"], mine["core"], strict=True):
            busy |= (joined < end) & (core > start)
        if len(pd.unique(person[busy])) < people[group]:
            found.append((group, who))
    return pd.DataFrame(found, columns=_WHO, dtype="int64")
