"""The attendance of a session: from its facts and staged rows to what is published."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

import numpy as np
import pandas as pd
import pyarrow as pa

from include.attendance.facts import SessionFacts, Window
from include.attendance.identity import identify
from include.attendance.people import gather
from include.attendance.review import Case, admitted, doubtful, never_admitted
from include.attendance.rows import Rows, read_rows
from include.attendance.staged import read_parts, write_parts
from include.attendance.times import FINE, Aside, Stays, local_times, put_aside, stays


@dataclass(frozen=True)
class Attendance:
    """Who was there and how long; what could not be counted; what somebody should look at.

    `people` has the columns of `people.PEOPLE`, exact seconds included, in the order of the table.
    """

    facts: SessionFacts
    people: pa.Table
    aside: tuple[Aside, ...]
    review: tuple[Case, ...]

    def to_json(self, file: BinaryIO) -> None:
        """Write the staged result, JSON Lines: see `staged`."""
        write_parts(file, (self.facts, self.people, self.aside, self.review))

    @classmethod
    def from_json(cls, file: BinaryIO) -> Attendance:
        """Read what `to_json` wrote, exactly. Raises ValueError when the file is cut short."""
        return cls(*read_parts(file))

    @property
    def total_seconds(self) -> int:
        """The presence of all people together."""
        return int(self.people["seconds"].to_numpy().sum())

    @property
    def table(self) -> pd.DataFrame:
        """The published table, one row a person.

        Columns: id, name, user_email (text, "" where Zoom shows none), total_duration (hours,
        2 decimals, half up), join_time, leave_time (first and last, naive local datetime64[s]).
        """
        people, zone = self.people, self.facts.timezone
        texts = ("id", "name", "user_email")
        return pd.DataFrame(
            {
                **{column: people[column].to_pandas() for column in texts},
                "total_duration": hours(people["seconds"].to_numpy()),
                "join_time": local_times(people["join_time"].to_numpy(), zone),
                "leave_time": local_times(people["leave_time"].to_numpy(), zone),
            }
        )


def hours(seconds: np.ndarray) -> np.ndarray:
    """Hours with two decimals, half up, from whole seconds: 18 seconds are 0.01."""
    return (seconds + 18) // 36 / 100


def take_attendance(facts: SessionFacts, files: Iterable[BinaryIO]) -> Attendance:
    """Count the people in the staged rows of a session, one file for each of its instances.

    A file is open for bytes, JSON Lines in UTF-8, a participant row of Zoom's report a line.
    """
    rows = read_rows(files)
    connected, fault = stays(rows, _seconds(facts.end))
    fine = fault == FINE
    waiting = _waiting(rows, connected, fine & rows.waiting)
    inside = fine & ~rows.waiting
    people, review = _counted(rows.where(inside), connected.where(inside), facts.counted)
    return Attendance(facts, people, put_aside(rows, fault), (*review, *waiting))


def _counted(rows: Rows, connected: Stays, window: Window) -> tuple[pa.Table, list[Case]]:
    who = identify(rows, connected)
    people, place = gather(rows, connected, who.person, tuple(map(_seconds, window)))
    return people, doubtful(who, people, place)


def _waiting(rows: Rows, connected: Stays, waiting: np.ndarray) -> list[Case]:
    """People seen only in the waiting room, the same rules telling who they are."""
    if not waiting.any():
        return []
    came_in = np.zeros(len(rows), bool)
    came_in[rows.waiting] = admitted(rows)
    rows, connected = rows.where(waiting), connected.where(waiting)
    who = identify(rows, connected)
    window = int(connected.join.min()), int(connected.leave.max())
    people, place = gather(rows, connected, who.person, window)
    seen = np.zeros(len(people), bool)
    seen[place[who.person[came_in[waiting]]]] = True
    return never_admitted(people, seen)


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
