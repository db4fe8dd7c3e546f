"""Participant rows as a DataFrame, read from staged files: times, names to compare by.

Zoom's field names end here: the columns have names of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from itertools import chain, starmap
from typing import Any, BinaryIO

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json

from include.attendance.fields import ACCOUNT, FIELDS, WAITING
from include.attendance.names import name_key
from include.attendance.sessions import Window

BLOCK = 16 << 20  # bytes

_IDS = ("account", "user_email", "id", "registrant_id")

CONNECTION = ["instance", "user_id", "join_time", "leave_time", "waiting"]
"""Rows that are equal in these columns are one row delivered twice, if they have a `user_id`. Each
instance numbers those anew."""

FAR = timedelta(hours=30)
"""A time further from the session than Zoom lets a meeting last counts as missing."""

# Zoom documents UTC with Z, whole seconds, in some answers fractions. "0001-01-01T00:00:00Z", the
# empty time of some systems, is no time.
_ZOOM_TIME = r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z"
_READ = pyarrow.json.ReadOptions(use_threads=False)  # threads cost more than they save here
_PARSE = pyarrow.json.ParseOptions(
    explicit_schema=pa.schema([(field, pa.string()) for field in FIELDS]),
    unexpected_field_behavior="ignore",
)


def read_participants(files: Iterable[BinaryIO], session: Window) -> pd.DataFrame:
    """Return one line for each participant row of the files: JSON Lines, a file for each instance.

    Rows are in order of joining, then of leaving and of what they show: Zoom's order shows in no
    result. The same row delivered twice is there once: the rules of counting (docs/counting.md).
    Raises pyarrow.ArrowInvalid for a line that is not JSON or a field that is not text.

    Columns (texts are categorical, missing where blank):

    - registrant, account (the first of the two ids), other_account (the second where it differs),
      email_key (casefolded): the identifiers; email: as shown
    - name ("#" is a comma), name_key: by which names are compared
    - join_time, leave_time: as sent
    - joined (datetime64[s, UTC]): NaT where the time is missing, unreadable or FAR from the session
    - left (datetime64[s, UTC]): the session's end instead of NaT; no_leave (bool): it is that end
    - breakout, waiting (bool)
    """
    sent = _read(files)
    columns = _texts(sent) | {
        "breakout": sent["bo_mtg_id"].is_valid(),
        "waiting": pc.equal(sent["status"], WAITING).fill_null(False),
        "instance": sent["instance"].combine_chunks(),
        "user_id": _encoded(sent["user_id"]).indices,  # only compared with each other
    }
    columns |= _times(columns["join_time"], columns["leave_time"], session)
    order = {edge: columns[edge] for edge in ("joined", "left")}
    order["name"] = pc.if_else(columns["name_key"].is_valid(), sent["name"], None)
    order |= {field: sent[field] for field in _IDS} | {"breakout": columns["breakout"]}
    places = in_order(pa.table(order).combine_chunks())
    rows = pd.DataFrame({name: _column(values.take(places)) for name, values in columns.items()})
    rows["name"] = rows["name"].where(rows["name_key"].notna())
    return _delivered_once(rows)


def in_order(rows: pa.Table) -> pa.Array:
    """Return the places of rows sorted by their columns, the missing last.

    pandas would sort by each column; Arrow looks at the next only where those before are equal.
    """
    return pc.sort_indices(rows, [(column, "ascending") for column in rows.column_names])


def _column(values: pa.Array) -> Any:
    """Return the values as pandas has them, its categories as Arrow has them."""
    if not pa.types.is_dictionary(values.type):
        return values.to_pandas()
    categories = pd.Index(values.dictionary.to_pandas(), dtype="str")
    return pd.Categorical.from_codes(values.indices.fill_null(-1).to_numpy(), categories)


def _delivered_once(rows: pd.DataFrame) -> pd.DataFrame:
    connection = rows["user_id"]
    if (connection.duplicated() & connection.notna()).any():
        rows = rows[~rows.duplicated(CONNECTION) | connection.isna()]
    return rows.drop(columns=["instance", "user_id"])


def as_text(column: pd.Series) -> pd.Series:
    """Return a categorical column as str; pandas' own `astype` would make an object of each row."""
    texts = column.cat.categories.array.take(column.cat.codes.to_numpy(), allow_fill=True)
    return pd.Series(texts, column.index, name=column.name)


def only(rows: pd.DataFrame, mask: pd.Series) -> pd.DataFrame:
    """Return the rows of a mask, without a copy where that is all of them, the usual case."""
    return rows if mask.all() else rows[mask]


def _read(files: Iterable[BinaryIO]) -> dict[str, pa.ChunkedArray]:
    # An empty file is an error to the JSON reader, an empty line is not: no rows need no branch.
    blocks = ((number, block) for number, file in enumerate(files) for block in _blocks(file))
    table = pa.concat_tables(starmap(_parse, chain([(0, b"\n")], blocks)))
    newer, older = (table[field] for field in ACCOUNT)
    account = pc.coalesce(newer, older)
    other = pc.if_else(pc.equal(account, older), None, older)
    sent = dict(zip(table.column_names, table.columns, strict=True))
    return sent | {"account": account, "other_account": other}


def _blocks(file: BinaryIO) -> Iterator[bytes]:
    """Yield the file in pieces of whole lines: little of it is in memory as JSON at any time."""
    while block := file.read(BLOCK):
        yield block + file.readline()


def _parse(instance: int, block: bytes) -> pa.Table:
    table = pyarrow.json.read_json(pa.BufferReader(block), _READ, _PARSE)
    columns = {field: _shown(field, table[field]) for field in FIELDS}
    return pa.table(columns | {"instance": pa.repeat(pa.scalar(instance, pa.int32()), len(table))})


def _shown(field: str, texts: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return texts without spaces around, null where blank. Names keep theirs; "#" is a comma."""
    stripped = pc.utf8_trim_whitespace(texts)
    kept = pc.replace_substring(texts, "#", ",") if field == "name" else stripped
    return pc.if_else(pc.equal(stripped, ""), None, kept)


def _texts(sent: Mapping[str, pa.ChunkedArray]) -> dict[str, pa.Array]:
    """Return the columns of texts: each distinct text is there once."""
    fields = {"registrant": "registrant_id", "email": "user_email", "name": "name"}
    texts = {column: _encoded(sent[field]) for column, field in fields.items()}
    # Either account counts against either.
    texts["account"], texts["other_account"] = _alike(sent["account"], sent["other_account"])
    texts["email_key"] = _derived(texts["email"], str.casefold)
    texts["name_key"] = _derived(texts["name"], name_key)
    texts["join_time"], texts["leave_time"] = _alike(sent["join_time"], sent["leave_time"])
    return texts


def _encoded(texts: pa.ChunkedArray) -> pa.Array:
    return texts.dictionary_encode().combine_chunks()


def _alike(one: pa.ChunkedArray, other: pa.ChunkedArray) -> tuple[pa.Array, pa.Array]:
    """Return two columns of texts whose categories are the same."""
    both = _encoded(pa.chunked_array([*one.chunks, *other.chunks], pa.string()))
    return both[: len(one)], both[len(one) :]


def _derived(texts: pa.Array, derive: Callable[[str], str | None]) -> pa.Array:
    """Return a column worked out from another, once for each distinct text."""
    distinct = pa.array(map(derive, texts.dictionary.to_pylist()), pa.string())
    return distinct.dictionary_encode().take(texts.indices)


def _times(join: pa.Array, leave: pa.Array, session: Window) -> dict[str, pa.Array]:
    """Return `joined`, `left` and `no_leave`, from texts whose categories are the same."""
    times = _moments(join.dictionary.to_pandas().astype("str"), session)
    left = times.take(leave.indices)
    # Zoom had not seen the connection close.
    end = pa.scalar(int(session[1].timestamp())).cast(times.type)
    return {
        "joined": times.take(join.indices),
        "left": left.fill_null(end),
        "no_leave": left.is_null(),
    }


def _moments(texts: pd.Series, session: Window) -> pa.Array:
    """Return each text parsed, fractions cut off; null where it is not a time of this session."""
    whole = texts.where(texts.str.fullmatch(_ZOOM_TIME)).str[:19]
    times = pd.to_datetime(whole, format="%Y-%m-%dT%H:%M:%S", errors="coerce", utc=True)
    times = times.where(times.between(session[0] - FAR, session[1] + FAR))
    return pa.array(times, pa.timestamp("s", "UTC"), from_pandas=True)
