"""The result of a session as a file between two tasks.

JSON Lines: the first line is everything but the people; then come the people, a thousand a line,
in columns. Columns are compact (no key is repeated for each person), lines let both sides hold
one piece at a time, and it stays plain JSON that a person can look into.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any, BinaryIO

import pyarrow as pa

from include.attendance.facts import SessionFacts
from include.attendance.people import PEOPLE
from include.attendance.review import Case
from include.attendance.times import Aside

LINE = 1000  # people

Parts = tuple[SessionFacts, pa.Table, tuple[Aside, ...], tuple[Case, ...]]


def write_parts(file: BinaryIO, parts: Parts) -> None:
    """Write the parts of an attendance to a file open for bytes."""
    facts, people, aside, review = parts
    head = {
        "facts": asdict(facts),
        "count": len(people),
        "aside": [asdict(row) for row in aside],
        "review": [asdict(case) for case in review],
    }
    file.write(_line(head))
    for start in range(0, len(people), LINE):
        file.write(_line(people.slice(start, LINE).to_pydict()))


def read_parts(file: BinaryIO) -> Parts:
    """Read what `write_parts` wrote. Raises ValueError when people are missing."""
    head = json.loads(file.readline())
    pieces = [pa.table(json.loads(line), schema=PEOPLE) for line in file]
    people = pa.concat_tables([PEOPLE.empty_table(), *pieces])
    if len(people) != head["count"]:
        raise ValueError(f"staged attendance holds {len(people)} of {head['count']} people")
    aside = tuple(Aside(**row) for row in head["aside"])
    review = tuple(Case(**{**case, "names": tuple(case["names"])}) for case in head["review"])
    return _facts(**head["facts"]), people, aside, review


def _facts(start: str, end: str, class_time: list[str] | None, **texts: str) -> SessionFacts:
    begin, finish, *window = map(datetime.fromisoformat, (start, end, *(class_time or ())))
    return SessionFacts(**texts, start=begin, end=finish, class_time=tuple(window) or None)


def _line(value: dict[str, Any]) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=datetime.isoformat)
    return text.encode() + b"\n"
