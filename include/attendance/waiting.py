"""Who of the waiting room is seen in the meeting, too."""

from __future__ import annotations

import pandas as pd

from include.attendance.beside import fit_somebody
from include.attendance.identity import by_identifier, identified


def admitted(waiting: pd.DataFrame, inside: pd.DataFrame, sent: pd.DataFrame) -> set[int]:
    """The `person` of waiting rows who are seen inside, by an identifier or by name.

    By name, where one of the two rows shows a name only, and none of their waiting rows clashes
    with a row of that person. waiting and inside are rows of `identify`; of `sent`, all rows, those
    that cannot be counted have no times: they admit by name.
    """
    person = by_identifier(sent)
    seen = waiting["person"][person.isin(person[~sent["waiting"]])[waiting.index]]
    uncounted = sent[~sent["waiting"] & ~sent.index.isin(inside.index)]
    asked, offered = _asked(waiting[~waiting["person"].isin(seen)]), _offered(inside)
    offered = offered[offered["group"].isin(asked["group"])]
    found = asked["who"][asked["group"].isin(_offered(uncounted)["group"])]
    if len(offered):
        mine, theirs = _with_times(asked, waiting), _with_times(offered, inside)
        found = pd.concat([found, fit_somebody(mine, theirs)["who"]])
    return {*seen, *found}


def _asked(rows: pd.DataFrame) -> pd.DataFrame:
    """By which `group` of a name each `who` may be admitted: if identified, by bare rows only."""
    return _groups(rows, identified(rows))


def _offered(rows: pd.DataFrame) -> pd.DataFrame:
    """In which groups the rows may admit somebody; the bare ones are in both of their name."""
    bare = rows[~identified(rows)]
    both = [_groups(rows, pd.Series(False, rows.index)), _groups(bare, ~identified(bare))]
    return pd.concat(both).drop_duplicates()


def _groups(rows: pd.DataFrame, by_bare: pd.Series) -> pd.DataFrame:
    codes = rows["name_key"].cat.codes.astype("int64")
    groups = pd.DataFrame({"group": 2 * codes + by_bare, "who": rows.get("person", -1)})
    return groups[codes >= 0].drop_duplicates()


def _with_times(groups: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    times = rows[["person", "joined", "core"]].rename(columns={"person": "who"})
    return groups.merge(times, on="who")
