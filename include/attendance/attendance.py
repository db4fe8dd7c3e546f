"""The attendance of a session: from its facts and staged rows to what is published.

participants (rows as a DataFrame) → identity (whose row is it) → presence (one line a person) →
review (what to check). Each step is a function from DataFrame to DataFrame in a file of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

import pandas as pd

from include.attendance.identity import identify
from include.attendance.participants import RejectedRow, read_participants, split_rejected
from include.attendance.presence import summarise
from include.attendance.review import ReviewLine, admitted, never_admitted, review_lines
from include.attendance.sessions import SessionFacts
from include.attendance.staged import read_parts, write_parts


@dataclass(frozen=True, eq=False)
class Attendance:
    """Who was there and how long; what could not be counted; what somebody should check.

    :param people: one row a person, in the order of the table: id, name, user_email (str, "" where
        Zoom shows none), seconds (int64, presence), join_time, leave_time (datetime64[s, UTC]).
    :param rejected: the rows that could not be counted.
    :param review: the lines of "People to review".
    """

    facts: SessionFacts
    people: pd.DataFrame
    rejected: tuple[RejectedRow, ...]
    review: tuple[ReviewLine, ...]

    def to_json(self, file: BinaryIO) -> None:
        """Write the staged result, JSON Lines: see `staged`."""
        write_parts(file, (self.facts, self.people, self.rejected, self.review))

    @classmethod
    def from_json(cls, file: BinaryIO) -> Attendance:
        """Read what `to_json` wrote, exactly. Raises ValueError when the file is cut short."""
        return cls(*read_parts(file))

    @property
    def total_seconds(self) -> int:
        """The presence of all people together."""
        return int(self.people["seconds"].sum())

    @property
    def table(self) -> pd.DataFrame:
        """The published table, one row a person.

        Columns: id, name, user_email (str, "" where Zoom shows none), total_duration (hours,
        2 decimals, half up), join_time, leave_time (first and last, naive local datetime64[s]).
        """
        table = self.people.rename(columns={"seconds": "total_duration"})
        return table.assign(
            total_duration=hours(self.people["seconds"]),
            join_time=local_times(self.people["join_time"], self.facts.timezone),
            leave_time=local_times(self.people["leave_time"], self.facts.timezone),
        )


def hours(seconds: pd.Series) -> pd.Series:
    """Hours with two decimals, half up, from whole seconds: 18 seconds are 0.01."""
    return (seconds + 18) // 36 / 100


def local_times(times: pd.Series, timezone: str) -> pd.Series:
    """Naive local times (datetime64[s]) from UTC, in a zone by its IANA name."""
    local: pd.Series = times.dt.tz_convert(timezone).dt.tz_localize(None)
    return local


def take_attendance(facts: SessionFacts, files: Iterable[BinaryIO]) -> Attendance:
    """Count the people in the staged rows of a session, one file for each of its instances.

    A file is open for bytes, JSON Lines in UTF-8, a participant row of Zoom's report a line.
    Raises pyarrow.ArrowInvalid for a line that is not JSON or a field that is not text.
    """
    sent = read_participants(files, facts.end)
    rows, rejected = split_rejected(sent)
    inside, doubts = identify(rows[~rows["waiting"]])
    people = summarise(inside, _seconds(facts.counted))
    review = review_lines(inside, doubts, people) + _only_waited(rows[rows["waiting"]], sent)
    return Attendance(facts, people.reset_index(drop=True), rejected, tuple(review))


def _only_waited(rows: pd.DataFrame, sent: pd.DataFrame) -> list[ReviewLine]:
    """People seen only in the waiting room, the same rules telling who they are."""
    if rows.empty:
        return []
    rows, _ = identify(rows)
    people = summarise(rows, (rows["joined"].min(), rows["left"].max()))
    seen = rows["person"][admitted(sent)[rows.index]]
    return never_admitted(people[~people.index.isin(seen)])


def _seconds(window: tuple[datetime, datetime]) -> tuple[int, int]:
    start, end = (int(moment.timestamp()) for moment in window)
    return start, end
