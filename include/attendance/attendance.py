"""The attendance of a session: who was there and how long, from its facts and staged rows.

`take_attendance` is the pipeline: participants (rows as a DataFrame) → identity (whose row is it) →
`summarise` (one line a person) → review (what to check). Each step is a function from DataFrame to
DataFrame, rows in order of joining, times in seconds since 1970.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import count
from typing import TYPE_CHECKING, Any, BinaryIO

import pandas as pd
import pyarrow as pa

from include.attendance.identity import identify
from include.attendance.names import is_generic
from include.attendance.overlaps import seconds_added
from include.attendance.participants import (
    as_text,
    in_order,
    only,
    read_participants,
)
from include.attendance.rejected import rejected_rows, split_rejected
from include.attendance.results import RejectedRow, ReviewLine, UntimedRow, write_staged
from include.attendance.review import admitted, never_admitted, review_lines
from include.attendance.sessions import SessionFacts

if TYPE_CHECKING:
    from _typeshed import SupportsWrite


_STORED = {"join_time": "int64", "leave_time": "int64"}  # seconds since 1970

PEOPLE_A_LINE = 1000  # of the staged table

NO_NAME = "(no name)"

PEOPLE = {
    "id": "str",
    "name": "str",
    "user_email": "str",
    "seconds": "int64",
    "join_time": "datetime64[s, UTC]",
    "leave_time": "datetime64[s, UTC]",
}
"""The columns of a session's people, and their dtypes."""

_MISSING = {"id": "", "user_email": "", "name": NO_NAME, "name_key": ""}

_ORDER = ["generic", "name_key", "join_time", "leave_time", "id", "user_email", "name", "seconds"]


@dataclass(frozen=True, eq=False)
class Attendance:
    """Who was there and how long; what could not be counted; what somebody should check.

    :param people: one row a person, in the order of the table: id, name, user_email (str, "" where
        Zoom shows none), seconds (int64, presence), join_time, leave_time (datetime64[s, UTC]).
    :param rejected: the rows that could not be counted.
    :param review: the lines of "People to review".
    :param untimed: the rows counted to the session's end, as their leave time is none.
    """

    facts: SessionFacts
    people: pd.DataFrame
    rejected: tuple[RejectedRow, ...]
    review: tuple[ReviewLine, ...]
    untimed: tuple[UntimedRow, ...] = ()

    def to_json(self, file: SupportsWrite[bytes]) -> None:
        """Stage it for the report: StagedAttendance reads what this writes."""
        head = {
            "facts": asdict(self.facts),
            "count": len(self.people),
            "seconds": self.total_seconds,
            "rejected": [asdict(row) for row in self.rejected],
            "review": [asdict(line) for line in self.review],
            "untimed": [asdict(row) for row in self.untimed],
        }
        write_staged(file, head, self._pieces())

    def _pieces(self) -> Iterator[dict[Any, list[Any]]]:
        table = self.table.astype(_STORED)
        for start in range(0, len(table), PEOPLE_A_LINE):
            yield table.iloc[start : start + PEOPLE_A_LINE].to_dict("list")

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
    """Return hours with two decimals, half up, from whole seconds: 18 seconds are 0.01."""
    return (seconds + 18) // 36 / 100


def local_times(times: pd.Series, timezone: str) -> pd.Series:
    """Return naive local times (datetime64[s]) from UTC, in a zone by its IANA name."""
    local: pd.Series = times.dt.tz_convert(timezone).dt.tz_localize(None)
    return local


def take_attendance(
    facts: SessionFacts, files: Iterable[BinaryIO]
) -> tuple[Attendance, pd.DataFrame]:
    """Return the attendance, and the rows counted, with `person` as row number of its table.

    The rows are those of `identify`. Raises pyarrow.ArrowInvalid for a line that is not JSON or a
    field that is not text.

    :param files: the staged rows, one file for each instance of the session, open for bytes: JSON
        Lines in UTF-8, a participant row of Zoom's report a line.
    """
    sent = read_participants(files, (facts.start, facts.end))
    rows, rejected, untimed = split_rejected(sent)
    inside, doubts = identify(only(rows, ~rows["waiting"]))
    start, end = (int(moment.timestamp()) for moment in facts.counted)
    people = summarise(inside, (start, end))
    row_numbers = pd.Series(range(len(people)), people.index)
    inside = inside.assign(person=inside["person"].map(row_numbers))
    people = people.reset_index(drop=True)
    review = review_lines(inside, doubts, people["name"].tolist())
    review += _only_waited(rows[rows["waiting"]], inside, sent)
    put_aside = rejected_rows(rejected, inside, sent)
    return Attendance(facts, people, put_aside, tuple(review), untimed), inside


def _only_waited(rows: pd.DataFrame, inside: pd.DataFrame, sent: pd.DataFrame) -> list[ReviewLine]:
    """Return the lines of people who were seen only in the waiting room.

    Who they are is told by the same rules.
    """
    if rows.empty:
        return []
    rows, _ = identify(rows)
    people = summarise(rows, (rows["joined"].min(), rows["left"].max()))
    return never_admitted(people[~people.index.isin(admitted(rows, inside, sent))])


def summarise(rows: pd.DataFrame, window: tuple[int, int]) -> pd.DataFrame:
    """Return one line for each person, indexed by `person`, in the order of the table.

    The order is by name; those who show the name of a device or none come last, so that a list of
    people is read first. See the rules of counting (docs/counting.md).

    :param rows: those of `identify`.
    :param window: when presence counts, in seconds since 1970.

    Columns: those of PEOPLE. seconds is the union of the intervals, clipped to the window; id and
    user_email are the first that Zoom showed, "" for none.
    """
    start, end = (rows[edge].clip(*window) for edge in ("joined", "left"))
    present = rows.assign(seconds=seconds_added(start, end, rows["person"])).groupby("person")
    people = present.agg(
        join_time=("joined", "min"), leave_time=("left", "max"), seconds=("seconds", "sum")
    )
    first = present[["account", "email"]].first()
    people["id"], people["user_email"] = as_text(first["account"]), as_text(first["email"])
    used_longest = names_by_use(rows).drop_duplicates("person").set_index("person")
    names = {column: as_text(used_longest[column]) for column in ("name", "name_key")}
    people = people.join(pd.DataFrame(names)).fillna(_MISSING)
    people["generic"] = people["name_key"].map(is_generic).astype("bool")
    order = in_order(pa.Table.from_pandas(people[_ORDER], preserve_index=False))
    return numbered(people.iloc[order.to_numpy()].astype(PEOPLE))[list(PEOPLE)]


def names_by_use(rows: pd.DataFrame) -> pd.DataFrame:
    """Return each name of each person, those used longest first: person, name, name_key, seconds.

    seconds is the length of the union: two devices at once do not count twice. Of names used
    equally long the first used comes first.
    """
    columns = ["person", "name", "name_key", "joined", "left"]
    named = only(rows[columns], rows["name"].notna())
    use = named.groupby(["person", named["name"].cat.codes], sort=False).ngroup()
    added = seconds_added(named["joined"], named["left"], use)
    seconds = added.groupby(use, sort=False).transform("sum")
    names = named.assign(seconds=seconds)[~use.duplicated()]
    return names.sort_values("seconds", ascending=False, kind="stable")


def numbered(people: pd.DataFrame) -> pd.DataFrame:
    """Return the people; those who show nothing but one name are "iPhone", "iPhone (2)"."""
    bare = people[(people["id"] == "") & (people["user_email"] == "")]
    again = bare[bare.duplicated("name_key")]
    taken = set(people["name"][people["name"].str.endswith(")")])
    people.loc[again.index, "name"] = list(_labels(again, taken))
    return people


def _labels(again: pd.DataFrame, taken: set[str]) -> Iterator[str]:
    """Yield the numbered names; a number is passed over when somebody is really called that."""
    numbers: dict[str, Iterator[int]] = defaultdict(lambda: count(2))
    for name, key in zip(again["name"], again["name_key"], strict=True):
        labels = (f"{name} ({number})" for number in numbers[key])
        yield next(label for label in labels if label not in taken)
