"""Faults of the attendance records: a file that the second Dag reads is not as it was written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from benchmarks.faults import evening
from benchmarks.faults.cell import before, stage, to_its_end
from benchmarks.faults.disk import DAMAGES
from benchmarks.faults.word import word

RECORD = "a record"

TRIED = ("cut within a line", "empty", "a letter changed", "zeros, as after a loss of power")
"""Without the file the session's column stays, and counts no more: that is no fault."""


def cells() -> Iterator[tuple[str, str]]:
    """Fault and place of each cell."""
    for damage in TRIED:
        yield damage, RECORD


def verdict(fault: str, now: datetime, hours: int) -> tuple[str, str]:
    """Run a cell to its end; its word, and what was said."""
    google = evening.copy_of(before("book", now, hours))
    with stage("book", now, hours, google) as on:
        (file,) = on.records.glob("*.parquet")
        on.damaged[file] = file.read_bytes()
        DAMAGES[fault](file)
        ended = to_its_end(on.job(), on.proxy)
        return word(ended, on), ended.said
