"""The result of a session as a file between two tasks.

JSON Lines: the first line is everything but the people; then come the people, a thousand a line,
in columns. Columns are compact (no key is repeated for each person), lines let both sides hold
one piece at a time, and it stays plain JSON that a person can look into.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any, BinaryIO

import pandas as pd

from include.attendance.participants import RejectedRow
from include.attendance.presence import PEOPLE
from include.attendance.review import ReviewLine
from include.attendance.sessions import SessionFacts

LINE = 1000  # people

_STORED = {**PEOPLE, "join_time": "int64", "leave_time": "int64"}  # seconds since 1970

Parts = tuple[SessionFacts, pd.DataFrame, tuple[RejectedRow, ...], tuple[ReviewLine, ...]]


def write_parts(file: BinaryIO, parts: Parts) -> None:
    """Write the parts of an attendance to a file open for bytes."""
    facts, people, rejected, review = parts
    head = {
        "facts": asdict(facts),
        "count": len(people),
        "rejected": [asdict(row) for row in rejected],
        "review": [asdict(line) for line in review],
    }
    file.write(_line(head))
    for start in range(0, len(people), LINE):
        piece = people.iloc[start : start + LINE].astype(_STORED)
        file.write(_line(piece.to_dict("list")))


def read_parts(file: BinaryIO) -> Parts:
    """Read what `write_parts` wrote. Raises ValueError when people are missing."""
    head = json.loads(file.readline())
    pieces = [pd.DataFrame(json.loads(line)) for line in file]
    people = pd.concat([pd.DataFrame(columns=list(PEOPLE)), *pieces], ignore_index=True)
    if len(people) != head["count"]:
        raise ValueError(f"staged attendance holds {len(people)} of {head['count']} people")
    rejected = tuple(RejectedRow(**row) for row in head["rejected"])
    review = tuple(ReviewLine(**{**line, "names": tuple(line["names"])}) for line in head["review"])
    return _facts(**head["facts"]), people.astype(_STORED).astype(PEOPLE), rejected, review


def _facts(start: str, end: str, class_time: list[str] | None, **texts: str) -> SessionFacts:
    begin, finish, *window = map(datetime.fromisoformat, (start, end, *(class_time or ())))
    counted = (window[0], window[1]) if window else None
    return SessionFacts(**texts, start=begin, end=finish, class_time=counted)


def _line(value: Mapping[Any, Any]) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=datetime.isoformat)
    return text.encode() + b"\n"
