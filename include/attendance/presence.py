"""How long each person was there: first join, last leave, seconds present, and the name shown.

Rows are in order of joining, times in seconds since 1970.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import count
from typing import Any

import pandas as pd

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

_IN_ORDER = ["name_key", "join_time", "leave_time", "id", "user_email", "name", "seconds"]


def summarise(rows: pd.DataFrame, window: tuple[int, int]) -> pd.DataFrame:
    """One line for each person, indexed by `person`, in the order of the table: by name.

    Columns: id, name, user_email (str, "" for none), seconds (int64: the union of the intervals,
    clipped to the window), join_time, leave_time (datetime64[s, UTC]). `id` and `user_email` are
    the first that Zoom showed. See the rules of counting (docs/counting.md).
    """
    start, end = (rows[edge].clip(*window) for edge in ("joined", "left"))
    present = rows.assign(seconds_present=seconds_added(start, end, rows["person"]))
    people = present.groupby("person").agg(
        id=("account", "first"),
        user_email=("user_email", "first"),
        seconds=("seconds_present", "sum"),
        join_time=("joined", "min"),
        leave_time=("left", "max"),
    )
    people = people.join(_longest_used(rows)).sort_values(_IN_ORDER, na_position="first")
    people = people.astype({**PEOPLE, "name_key": "str"})
    people = people.fillna({"id": "", "user_email": "", "name": NO_NAME})
    return _numbered(people)[list(PEOPLE)]


def seconds_added(start: pd.Series, end: pd.Series, by: Any) -> pd.Series:
    """The seconds that each interval adds to those before it in its group, all sorted by start.

    Their sum in a group is the length of the union. An interval that ends before it starts adds 0.
    """
    reached = end.groupby(by).cummax().groupby(by).shift()
    begins = start.where(~(reached > start), reached)  # nothing was reached before the first
    return (end - begins).clip(lower=0).astype("int64")


def _longest_used(rows: pd.DataFrame) -> pd.DataFrame:
    """The name (name, name_key) that each person used longest, indexed by `person`.

    By the length of the union: two devices at once do not count twice. Of equals, the first used.
    """
    named = rows.loc[rows["name"].notna(), ["person", "name", "name_key", "joined", "left"]]
    names = named.drop_duplicates(["person", "name"])
    several = named[named["person"].isin(names["person"][names["person"].duplicated()])]
    use = several.groupby(["person", several["name"].cat.codes]).ngroup()
    added = seconds_added(several["joined"], several["left"], use)
    seconds = added.groupby(use).transform("sum")
    names = names.assign(seconds=seconds).sort_values("seconds", ascending=False, kind="stable")
    names = names.drop_duplicates("person").set_index("person")
    return names[["name", "name_key"]]


def _numbered(people: pd.DataFrame) -> pd.DataFrame:
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
