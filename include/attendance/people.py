"""One line for each person: presence, first and last time, and the name under which they are shown.

Rows are those of `identify`, in order of joining, times in seconds since 1970.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import count

import pandas as pd
import pyarrow as pa

from include.attendance.devices import of_devices
from include.attendance.overlaps import seconds_added
from include.attendance.participants import as_text, in_order, only

NO_NAME = "(no name)"

PEOPLE = {
    "id": "str",
    "name": "str",
    "user_email": "str",
    "seconds": "int64",
    "join_time": "datetime64[s, UTC]",
    "leave_time": "datetime64[s, UTC]",
}
"""The columns of a session's people, and their dtypes."""

_MISSING = {"id": "", "user_email": "", "name": NO_NAME, "name_key": ""}

_IN_ORDER = ["nobody", "name_key", "join_time", "leave_time", "id", "user_email", "name", "seconds"]


def summarise(rows: pd.DataFrame, window: tuple[int, int]) -> pd.DataFrame:
    """One line for each person, indexed by `person`, in the order of the table.

    By name; at the end those who show that of a device or none, so that a list of people is read
    first.

    Columns: id, name, user_email (str, "" for none), seconds (int64: the union of the intervals,
    clipped to the window), join_time, leave_time (datetime64[s, UTC]). `id` and `user_email` are
    the first that Zoom showed. See the rules of counting (docs/counting.md).
    """
    start, end = (rows[edge].clip(*window) for edge in ("joined", "left"))
    present = rows.assign(seconds=seconds_added(start, end, rows["person"])).groupby("person")
    people = present.agg(
        join_time=("joined", "min"), leave_time=("left", "max"), seconds=("seconds", "sum")
    )
    first = present[["account", "user_email"]].first()
    people["id"], people["user_email"] = as_text(first["account"]), as_text(first["user_email"])
    people = people.join(longest_used(rows)).fillna(_MISSING)
    people["nobody"] = of_devices(people["name_key"]) | (people["name_key"] == "")
    order = in_order(pa.Table.from_pandas(people[_IN_ORDER], preserve_index=False))
    return numbered(people.iloc[order.to_numpy()].astype(PEOPLE))[list(PEOPLE)]


def longest_used(rows: pd.DataFrame) -> pd.DataFrame:
    """The name (name, name_key: str) that each person used longest, indexed by `person`.

    By the length of the union: two devices at once do not count twice. Of equals, the first used.
    """
    named = only(rows[["person", "name", "name_key", "joined", "left"]], rows["name"].notna())
    several = _of_several_names(named)
    use = several.groupby(["person", several["name"].cat.codes], sort=False).ngroup()
    added = seconds_added(several["joined"], several["left"], use)
    several = several.assign(seconds=added.groupby(use, sort=False).transform("sum"))
    several = several.sort_values("seconds", ascending=False, kind="stable")
    names = pd.concat([several, named]).drop_duplicates("person").set_index("person")
    return pd.DataFrame({column: as_text(names[column]) for column in ("name", "name_key")})


def _of_several_names(named: pd.DataFrame) -> pd.DataFrame:
    """The rows of those who used another name than their first, too."""
    name = named["name"].cat.codes
    changed = name != name.groupby(named["person"], sort=False).transform("first")
    return named[named["person"].isin(named["person"][changed])]


def numbered(people: pd.DataFrame) -> pd.DataFrame:
    """The people, those who show nothing but one name told apart: "iPhone", "iPhone (2)"."""
    bare = people[(people["id"] == "") & (people["user_email"] == "")]
    again = bare[bare.duplicated("name_key")]
    taken = set(people["name"][people["name"].str.endswith(")")])
    people.loc[again.index, "name"] = list(_labels(again, taken))
    return people


def _labels(again: pd.DataFrame, taken: set[str]) -> Iterator[str]:
    """A number is passed over when somebody is really called that."""
    numbers: dict[str, Iterator[int]] = defaultdict(lambda: count(2))
    for name, key in zip(again["name"], again["name_key"], strict=True):
        labels = (f"{name} ({number})" for number in numbers[key])
        yield next(label for label in labels if label not in taken)
