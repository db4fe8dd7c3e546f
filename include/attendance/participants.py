"""Participant rows as a DataFrame, read from staged files: times, names to compare by, rejects."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from itertools import chain
from typing import BinaryIO

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json

from include.attendance.fields import ACCOUNT, FIELDS, WAITING
from include.attendance.results import RejectedRow, UntimedRow
from include.attendance.sessions import Window
from include.attendance.visible import name_key

BLOCK = 16 << 20  # bytes

ORDER = ["joined", "left", "name", "account", "user_email", "id", "registrant_id", "breakout"]
"""Rows are put in this order first: what Zoom's order was must not show in any result."""

CONNECTION = ["user_id", "join_time", "leave_time", "waiting"]
"""Rows with the same are one row delivered twice, when there is a `user_id`."""

_APART = {*ACCOUNT, "user_id"}  # nearly all connections differ: which are the same is enough

FAR = timedelta(hours=30)
"""A time further from the session than Zoom lets a meeting last is no time."""

# Zoom documents UTC with Z, whole seconds, in some answers fractions. "0001-01-01T00:00:00Z", the
# empty time of some systems, is no time.
_ZOOM_TIME = r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z"
_READ = pyarrow.json.ReadOptions(use_threads=False)  # threads cost more than they save here
_PARSE = pyarrow.json.ParseOptions(
    explicit_schema=pa.schema([(field, pa.string()) for field in FIELDS]),
    unexpected_field_behavior="ignore",
)


def read_participants(files: Iterable[BinaryIO], session: Window) -> pd.DataFrame:
    """One line for each participant row of the files: JSON Lines; a file may be empty.

    Columns: the identifiers registrant_id, participant_user_id, id, email_key (casefolded); account
    (the first of the two ids) and user_email, as shown; name ("#" is a comma) and name_key, by
    which names are compared; join_time and leave_time as sent; all of these categorical, missing
    where blank. joined (datetime64[s, UTC], NaT where the time is missing, unreadable or FAR from
    the session), left (the same, the session's end instead of NaT); no_leave (it is that end),
    breakout, waiting (bool).
    Rows are in ORDER, the same row delivered twice is there once: the rules of counting
    (docs/counting.md). Raises pyarrow.ArrowInvalid for a line that is not JSON or a field that is
    not text.
    """
    rows = _read(files)
    rows["name_key"] = _derived(rows["name"], name_key)
    rows.loc[rows["name_key"].isna(), "name"] = None
    rows["email_key"] = _derived(rows["user_email"], str.casefold)
    rows["account"] = rows[ACCOUNT[0]].fillna(rows[ACCOUNT[1]])
    rows["joined"] = _times(rows["join_time"], session)
    left = _times(rows["leave_time"], session)
    rows["no_leave"] = left.isna()
    # Zoom had not seen the connection close.
    rows["left"] = left.fillna(pd.Timestamp(session[1]).floor("s"))
    rows["breakout"] = rows.pop("bo_mtg_id").notna()
    rows["waiting"] = rows.pop("status") == WAITING
    rows = rows.sort_values(ORDER, ignore_index=True)
    again = rows.duplicated(CONNECTION) & rows["user_id"].notna()
    return rows.drop(columns="user_id", index=rows.index[again])


def split_rejected(
    rows: pd.DataFrame,
) -> tuple[pd.DataFrame, tuple[RejectedRow, ...], tuple[UntimedRow, ...]]:
    """The rows that can be counted, `joined` and `left` in seconds since 1970; and the others.

    Last those of the former that the report names, as their leave time is none.
    """
    fine = rows["left"] >= rows["joined"]  # not so where one is missing
    untimed = _as_sent(
        rows[fine & rows["no_leave"] & rows["leave_time"].notna() & ~rows["waiting"]]
    )
    broken = _as_sent(rows[~fine]).assign(reason=_reasons(rows[~fine]))
    rows = rows.drop(columns=["join_time", "leave_time", "no_leave"], index=rows.index[~fine])
    return (
        rows.astype({"joined": "int64", "left": "int64"}),
        tuple(RejectedRow(*row) for row in broken.itertuples(index=False)),
        tuple(UntimedRow(*row) for row in untimed.itertuples(index=False)),
    )


def _as_sent(rows: pd.DataFrame) -> pd.DataFrame:
    """What the report says of rows, in an order that is not Zoom's."""
    texts = ["name", "join_time", "leave_time"]
    return rows.sort_values(["joined", "left", *texts])[texts].astype("str").fillna("")


def _reasons(rows: pd.DataFrame) -> pd.Series:
    reason = pd.Series("leave before join", rows.index)
    reason[rows["no_leave"]] = "no usable leave time, and joined after the session's end"
    reason[rows["joined"].isna()] = "no usable join time"
    return reason


def _read(files: Iterable[BinaryIO]) -> pd.DataFrame:
    # An empty file is an error to the JSON reader, an empty line is not: no rows need no branch.
    blocks = chain([b"\n"], chain.from_iterable(map(_blocks, files)))
    table = pa.concat_tables(map(_parse, blocks))
    columns = {field: _categorical(table[field]) for field in FIELDS if field not in _APART}
    # The two fields of the account have the same categories: either counts against either.
    newer, older = (table[field] for field in ACCOUNT)
    accounts = _categorical(pa.chunked_array([*newer.chunks, *older.chunks], pa.string()))
    columns |= {ACCOUNT[0]: accounts[: len(table)], ACCOUNT[1]: accounts[len(table) :]}
    connection = table["user_id"].dictionary_encode().combine_chunks().indices
    return pd.DataFrame({**columns, "user_id": connection.to_pandas()})


def _blocks(file: BinaryIO) -> Iterator[bytes]:
    """The file in pieces of whole lines: little of it is in memory as JSON at any time."""
    while block := file.read(BLOCK):
        yield block + file.readline()


def _parse(block: bytes) -> pa.Table:
    table = pyarrow.json.read_json(pa.BufferReader(block), _READ, _PARSE)
    return pa.table({field: _texts(field, table[field]) for field in FIELDS})


def _texts(field: str, texts: pa.ChunkedArray) -> pa.ChunkedArray:
    """Stripped of spaces, but for names, in which "#" is read as a comma; null where blank."""
    stripped = pc.utf8_trim_whitespace(texts)
    kept = pc.replace_substring(texts, "#", ",") if field == "name" else stripped
    return pc.if_else(pc.equal(stripped, ""), None, kept)


def _categorical(texts: pa.ChunkedArray) -> pd.Categorical:
    """Each distinct text once, in order."""
    encoded = texts.dictionary_encode().combine_chunks()
    distinct = encoded.dictionary
    places = pc.subtract(pc.rank(distinct).cast("int32"), 1).take(encoded.indices)
    categories = pd.Index(distinct.take(pc.sort_indices(distinct)).to_pandas(), dtype="str")
    return pd.Categorical.from_codes(places.fill_null(-1).to_numpy(), categories)


def _derived(column: pd.Series, derive: Callable[[str], str | None]) -> pd.Series:
    """A categorical column worked out from another, once for each distinct text."""
    texts = pd.Series(map(derive, column.cat.categories.tolist()), dtype="str").astype("category")
    return pd.Series(texts.array.take(column.cat.codes.to_numpy(), allow_fill=True), column.index)


def _times(column: pd.Series, session: Window) -> pd.Series:
    """Each distinct text parsed, fractions cut off; NaT where it is not a time of this session."""
    texts = column.cat.categories.astype("str").to_series()
    whole = texts.where(texts.str.fullmatch(_ZOOM_TIME)).str[:19]
    times = pd.to_datetime(whole, format="%Y-%m-%dT%H:%M:%S", errors="coerce", utc=True)
    times = times.where(times.between(session[0] - FAR, session[1] + FAR))
    moments = times.dt.as_unit("s").array.take(column.cat.codes.to_numpy(), allow_fill=True)
    return pd.Series(moments, column.index)
