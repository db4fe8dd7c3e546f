"""What counting a session leaves, in plain values: its table, rows put aside, what to check.

Standard library only: the steps that count nothing import no pandas.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any, BinaryIO

from include.attendance.sessions import SessionFacts

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

Interval = tuple[int, int]
"""Start and end, in seconds since 1970."""

REPORT_FIELDS = ("name", "total_duration", "join_time", "leave_time", "user_email", "id")
"""What a report can show of a person, in its usual order: the columns of the staged table."""

SHA256 = "sha256"


@dataclass(frozen=True, slots=True)
class SessionPerson:
    """A person of one session, as counted.

    :param key: stays the same when the session is counted again; unique in the session.
    :param shown: the name in the report, perhaps with a number: "iPhone (2)".
    :param names: all names used, the one used longest first; none if no row shows one.
    :param emails: casefolded; ``accounts`` and ``registrants``: Zoom's ids. All sorted.
    :param intervals: when they were there: in order, none touching the next, inside the session,
        whatever the class time.
    :param generic: all names are those of a device or of nobody: "iPhone", "Zoom user".
    """

    key: str
    shown: str
    names: tuple[str, ...]
    emails: tuple[str, ...]
    accounts: tuple[str, ...]
    registrants: tuple[str, ...]
    intervals: tuple[Interval, ...]
    generic: bool


@dataclass(frozen=True)
class RejectedRow:
    """A row that could not be counted, its times as Zoom sent them.

    :param counted: another row of the same person was counted, as an identifier tells, or a name
        that nobody else has. False in files from before this was recorded.
    """

    name: str
    join_time: str
    leave_time: str
    reason: str
    counted: bool = False


@dataclass(frozen=True)
class UntimedRow:
    """A row counted to the session's end: its leave time is none. Its times as Zoom sent them."""

    name: str
    join_time: str
    leave_time: str


@dataclass(frozen=True)
class ReviewLine:
    """Something to check: its kind, the people as the table shows them, and what was done."""

    kind: str
    names: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class StagedAttendance:
    """A session's attendance, as it is staged for the report.

    :param seconds: the presence of all people together.
    :param table: its columns: id, name, user_email (str, "" where Zoom shows none), total_duration
        (float, hours), join_time, leave_time (int, seconds since 1970 by the local clocks).
    :param rejected, review, untimed: as `Attendance` has them.
    """

    facts: SessionFacts
    seconds: int
    table: Mapping[str, list[Any]]
    rejected: tuple[RejectedRow, ...]
    review: tuple[ReviewLine, ...]
    untimed: tuple[UntimedRow, ...]

    @property
    def people(self) -> int:
        """The rows of the table."""
        return len(self.table["name"])

    @classmethod
    def from_json(cls, file: BinaryIO) -> StagedAttendance:
        """Read what `write_staged` wrote. Raises ValueError when it is torn or changed.

        Raises KeyError or TypeError for another form.
        """
        lines = _lines(file)
        head: dict[str, Any] = next(lines, {"count": "unknown"})
        table: dict[str, list[Any]] = {column: [] for column in REPORT_FIELDS}
        for piece in lines:
            for column, values in table.items():
                values += piece[column]
        if {len(values) for values in table.values()} != {head["count"]}:
            found = len(table["name"])
            raise ValueError(f"staged attendance holds {found} of {head['count']} people")
        return cls(
            _facts(**head["facts"]),
            head["seconds"],
            table,
            tuple(RejectedRow(**row) for row in head["rejected"]),
            tuple(ReviewLine(**{**one, "names": tuple(one["names"])}) for one in head["review"]),
            tuple(UntimedRow(**row) for row in head["untimed"]),
        )


def write_staged(
    file: SupportsWrite[bytes], head: Mapping[str, Any], pieces: Iterable[Mapping[Any, list[Any]]]
) -> None:
    """Write a staged attendance to a file open for bytes: JSON Lines.

    First a line of everything but the table, then the table in columns: compact, as no key is
    repeated for each person, and both sides hold one line at a time. The last line has the SHA-256
    of the others.

    :param head: what StagedAttendance has besides the table, and ``count``, its rows.
    :param pieces: the table's columns, so many rows at a time as stand on a line.
    """
    digest = sha256()
    for line in (_line(head), *map(_line, pieces)):
        digest.update(line)
        file.write(line)
    file.write(_line({SHA256: digest.hexdigest()}))


def _lines(file: BinaryIO) -> Iterator[dict[str, Any]]:
    """The lines but for the last."""
    digest = sha256()
    for line in file:
        value = json.loads(line)
        if SHA256 not in value:
            yield value
        elif value[SHA256] != digest.hexdigest():
            raise ValueError("staged attendance is not as it was written")
        digest.update(line)


def _line(value: Mapping[Any, Any]) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=datetime.isoformat)
    return text.encode() + b"\n"


def _facts(start: str, end: str, class_time: list[str] | None, **texts: str) -> SessionFacts:
    begin, finish, *window = map(datetime.fromisoformat, (start, end, *(class_time or ())))
    counted = (window[0], window[1]) if window else None
    return SessionFacts(**texts, start=begin, end=finish, class_time=counted)
