"""Under which name a person is shown.

Rows are those of `identify`, in order of joining, times in seconds since 1970.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import count

import pandas as pd

from include.attendance.overlaps import seconds_added


def longest_used(rows: pd.DataFrame) -> pd.DataFrame:
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
