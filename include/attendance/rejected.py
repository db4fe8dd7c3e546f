"""Rows that cannot be counted, and whether their person was counted by another row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd

from include.attendance.identity import by_identifier, shows_identifier
from include.attendance.names import is_generic
from include.attendance.participants import only
from include.attendance.results import RejectedRow, UntimedRow


def split_rejected(
    rows: pd.DataFrame,
) -> tuple[pd.DataFrame, pd.DataFrame, tuple[UntimedRow, ...]]:
    """Return the rows that can be counted, those that cannot, and those whose leave time is none.

    `joined` and `left` (int64) are in seconds since 1970 in the first. Rows of the third kind are
    among the first; the report names them.
    """
    fine = rows["left"] >= rows["joined"]  # not so where one is missing
    named = fine & rows["no_leave"] & rows["leave_time"].notna() & ~rows["waiting"]
    untimed = [UntimedRow(*texts) for texts in _as_sent(rows[named])]
    counted = only(rows, fine).drop(columns=["join_time", "leave_time", "no_leave"])
    seconds = {edge: counted[edge].astype("int64") for edge in ("joined", "left")}
    return counted.assign(**seconds), rows[~fine], tuple(untimed)


def rejected_rows(
    rejected: pd.DataFrame, inside: pd.DataFrame, sent: pd.DataFrame
) -> tuple[RejectedRow, ...]:
    """Return what the report says of the rejected rows.

    :param inside: the counted rows, as `identify` gives them; ``sent``: all rows.
    """
    if rejected.empty:
        return ()
    rows = rejected.assign(counted=_counted_by_another(rejected, inside, sent))
    return tuple(RejectedRow(*said) for said in _as_sent(rows, _reasons, _counted))


def _counted_by_another(
    rejected: pd.DataFrame, inside: pd.DataFrame, sent: pd.DataFrame
) -> pd.Series:
    """Return a mask of the rows whose person is surely in the table all the same.

    By an identifier; a row that shows none by its name, if one person alone has it.
    """
    person, known = by_identifier(sent), shows_identifier(rejected)
    counted = known & person[rejected.index].isin(person[inside.index])
    names = rejected["name_key"].astype("str")
    users = inside.groupby(inside["name_key"].astype("str"))["person"].nunique()
    others = names[known & ~counted]
    unique = names.map(users).eq(1) & ~names.isin(others) & ~names.fillna("").map(is_generic)
    return counted | (~known & unique)


def _as_sent(rows: pd.DataFrame, *more: Callable[[pd.DataFrame], pd.Series]) -> Iterator[Any]:
    """Yield the texts of rows as Zoom sent them, in an order that is not Zoom's."""
    if rows.empty:
        return
    texts = ["name", "join_time", "leave_time"]
    order = ["joined", "left", *texts, *({"counted"} & set(rows.columns))]
    rows = rows.astype(dict.fromkeys(texts, "str")).sort_values(order)
    columns = [rows[text].fillna("") for text in texts] + [add(rows) for add in more]
    yield from zip(*columns, strict=True)


def _counted(rows: pd.DataFrame) -> pd.Series:
    return rows["counted"]


def _reasons(rows: pd.DataFrame) -> pd.Series:
    reason = pd.Series("leave before join", rows.index)
    reason[rows["no_leave"]] = "no usable leave time, and joined after the session's end"
    reason[rows["joined"].isna()] = "no usable join time"
    return reason
