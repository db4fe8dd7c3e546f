"""Participant rows in columns, read from staged files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields, replace
from itertools import chain
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json

from include.attendance.coded import Coded
from include.attendance.fields import ACCOUNT, FIELDS

WAITING = "in_waiting_room"
BLOCK = 16 << 20  # bytes

_PARSE = pyarrow.json.ParseOptions(
    explicit_schema=pa.schema([(field, pa.string()) for field in FIELDS]),
    unexpected_field_behavior="ignore",
)


@dataclass(frozen=True)
class Rows:
    """Participant rows, a column each; times as sent."""

    registrant: Coded
    account: Coded
    email: Coded
    name: Coded
    join: Coded
    leave: Coded
    waiting: np.ndarray  # of bool

    def __len__(self) -> int:
        return len(self.waiting)

    def where(self, mask: np.ndarray) -> Rows:
        """The rows for which the mask holds."""
        if mask.all():
            return self
        columns = {field.name: getattr(self, field.name) for field in fields(self)}
        return replace(self, **{name: column[mask] for name, column in columns.items()})


def read_rows(files: Iterable[BinaryIO]) -> Rows:
    """All rows of the files: JSON Lines, one participant row a line; a file may be empty.

    Raises pyarrow.ArrowInvalid for a line that is not JSON or a field that is not text.
    """
    blocks = chain.from_iterable(map(_blocks, files))
    # An empty file is an error to the JSON reader, an empty line is not: no rows need no branch.
    table = pa.concat_tables(map(_table, chain([b"\n"], blocks)))
    with ThreadPoolExecutor() as pool:
        column = dict(zip(table.column_names, pool.map(Coded.of, table.columns), strict=True))
    status = column["status"]
    return Rows(
        registrant=column["registrant_id"],
        account=column["account"],
        email=column["user_email"],
        name=column["name"],
        join=column["join_time"],
        leave=column["leave_time"],
        waiting=status.lookup(pc.equal(status.values, WAITING).to_numpy(False), empty=False),
    )


def _blocks(file: BinaryIO) -> Iterator[bytes]:
    """The file in pieces of whole lines: little of it is in memory as JSON at any time."""
    while block := file.read(BLOCK):
        yield block + file.readline()


def _table(block: bytes) -> pa.Table:
    table = pyarrow.json.read_json(pa.BufferReader(block), parse_options=_PARSE)
    newer, older = (table[field] for field in ACCOUNT)
    account = pc.if_else(pc.equal(pc.fill_null(newer, ""), ""), older, newer)
    return table.drop_columns(ACCOUNT).append_column("account", account)
