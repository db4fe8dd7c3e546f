"""Who fits beside somebody else: none of their rows clash, so that the two may be one person.

Rows have `group` and `who` (int: only those of one group are compared), and `joined` and `core` as
in `overlaps`.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

_WHO = ["group", "who"]

_NEVER = 1 << 60  # seconds


def fit_somebody(rows: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """The distinct `group` and `who` of rows that clash with no row of somebody of the others.

    The two may be the same rows, if each group has several people.
    """
    rows, others = (one[[*_WHO, "joined", "core"]].copy() for one in (rows, others))
    rows["short"] = rows["core"] <= rows["joined"]  # these clash with nothing
    others.loc[others["core"] <= others["joined"], ["joined", "core"]] = -_NEVER
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
    since = reached.groupby([others["group"], others["who"]]).shift(fill_value=-_NEVER)
    last = others.assign(since=reached, until=_NEVER).drop_duplicates(_WHO, keep="last")
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
        busy = joined > _NEVER
        for start, end in zip(mine["joined"], mine["core"], strict=True):
            busy |= (joined < end) & (core > start)
        if len(pd.unique(person[busy])) < people[group]:
            found.append((group, who))
    return pd.DataFrame(found, columns=_WHO, dtype="int64")
