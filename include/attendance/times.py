"""Zoom's times in whole seconds since 1970, and the rows whose times cannot be used."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from include.attendance.rows import Rows

# Zoom documents UTC with Z, whole seconds, in some answers fractions. "0001-01-01T00:00:00Z", the
# empty time of some systems, is no time.
_ZOOM_TIME = r"^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$"
_SECONDS = len("2026-01-05T19:30:00")
_NEVER = -1

FINE = 0
REASONS = ("", "no usable join time", "unreadable leave time", "leave before join")


@dataclass(frozen=True)
class Aside:
    """A row that could not be counted, its times as Zoom sent them."""

    name: str
    join_time: str
    leave_time: str
    reason: str


@dataclass(frozen=True)
class Stays:
    """From when to when each row was connected, in whole seconds since 1970."""

    join: np.ndarray
    leave: np.ndarray

    def where(self, rows: np.ndarray) -> Stays:
        """The stays of some of the rows: a mask, or positions."""
        return Stays(self.join[rows], self.leave[rows])


def stays(rows: Rows, session_end: int) -> tuple[Stays, np.ndarray]:
    """When the rows were connected, and why not to count them: FINE or a place in REASONS.

    A missing leave time means the session's end: Zoom had not seen the connection close.
    """
    join = rows.join.lookup(_seconds(rows.join.values), empty=_NEVER)
    leave = rows.leave.lookup(_seconds(rows.leave.values), empty=session_end)
    faults = [join == _NEVER, leave == _NEVER, leave < join]
    return Stays(join, leave), np.select(faults, [1, 2, 3], FINE)


def put_aside(rows: Rows, fault: np.ndarray) -> tuple[Aside, ...]:
    """The rows with a fault, in the order of the report."""
    at = np.flatnonzero(fault != FINE)
    texts = (column[at].texts().to_pylist() for column in (rows.name, rows.join, rows.leave))
    reasons = [REASONS[number] for number in fault[at]]
    return tuple(Aside(*row) for row in zip(*texts, reasons, strict=True))


def local_times(seconds: np.ndarray, timezone: str) -> pd.Series:
    """Naive local times, datetime64[s]: each distinct moment is converted once."""
    moments, position = np.unique(seconds, return_inverse=True)
    utc = pd.DatetimeIndex(moments.astype("datetime64[s]"), tz="UTC")
    return pd.Series(utc.tz_convert(timezone).tz_localize(None).as_unit("s")[position])


def _seconds(texts: pa.Array) -> np.ndarray:
    """Seconds of each distinct time, fractions cut off; _NEVER where it is not a time of Zoom's."""
    usable = pc.match_substring_regex(texts, _ZOOM_TIME)
    whole = pc.utf8_slice_codeunits(pc.if_else(usable, texts, ""), 0, _SECONDS)
    times = pd.to_datetime(whole.to_pandas(), format="%Y-%m-%dT%H:%M:%S", errors="coerce")
    seconds = times.to_numpy("datetime64[s]")
    return np.where(np.isnat(seconds), _NEVER, seconds.astype(np.int64))
