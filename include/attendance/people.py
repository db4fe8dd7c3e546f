"""Who was seen in a session, with all that tells who it was and when: what a record keeps."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import BinaryIO

import pandas as pd

from include.attendance.attendance import Attendance, attendance_and_rows
from include.attendance.names import is_generic, name_key
from include.attendance.overlaps import seconds_added
from include.attendance.results import Interval, SessionPerson
from include.attendance.sessions import SessionFacts


def attendance_and_seen(
    facts: SessionFacts, files: Iterable[BinaryIO]
) -> tuple[Attendance, tuple[SessionPerson, ...]]:
    """What `take_attendance` returns, and each person of its table as they were seen, in order."""
    attendance, rows = attendance_and_rows(facts, files)
    return attendance, tuple(_seen(attendance, rows))


def _seen(attendance: Attendance, rows: pd.DataFrame) -> Iterator[SessionPerson]:
    names, intervals = _names(rows), _intervals(rows, attendance.facts)
    emails = _distinct(rows, "email_key")
    accounts = _distinct(rows, "account", "other_account")
    registrants = _distinct(rows, "registrant_id")
    numbers: Counter[str] = Counter()
    for place, shown in enumerate(attendance.people["name"]):
        known = (accounts[place], registrants[place], emails[place])
        label = next((f"{kind}:{one[0]}" for kind, one in enumerate(known) if one), None)
        if label is None:
            name = name_key(names[place][0]) if names[place] else ""
            label = f"name:{name}:{intervals[place][0][0]}"  # nobody who came otherwise changes it
            numbers[label] += 1
            label += f":{numbers[label]}"
        yield SessionPerson(
            key=hashlib.sha256(label.encode()).hexdigest()[:20],
            shown=shown,
            names=names[place],
            emails=emails[place],
            accounts=accounts[place],
            registrants=registrants[place],
            intervals=intervals[place],
            generic=all_generic(names[place]),
        )


def all_generic(names: tuple[str, ...]) -> bool:
    """Tell whether these names say nothing of who it is."""
    return all(map(is_generic, names))


def _distinct(rows: pd.DataFrame, *columns: str) -> defaultdict[int, tuple[str, ...]]:
    """The values of these columns by person, sorted."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    for column in columns:
        pairs = rows.loc[rows[column].notna(), ["person", column]].drop_duplicates()
        for person, value in pairs.itertuples(index=False):
            found[person].add(value)
    return defaultdict(tuple, {person: tuple(sorted(values)) for person, values in found.items()})


def _names(rows: pd.DataFrame) -> defaultdict[int, tuple[str, ...]]:
    """The names by person, the one used longest first, by the union of its rows."""
    named = rows.loc[rows["name"].notna(), ["person", "name", "joined", "left"]]
    use = named.groupby(["person", named["name"].cat.codes]).ngroup()
    seconds = seconds_added(named["joined"], named["left"], use).groupby(use).transform("sum")
    names = named.assign(seconds=-seconds).drop_duplicates(["person", "name"])
    found: defaultdict[int, tuple[str, ...]] = defaultdict(tuple)
    by_use = names.sort_values(["person", "seconds"], kind="stable")
    for person, name in zip(by_use["person"], by_use["name"], strict=True):
        found[person] += (name,)
    return found


def _intervals(rows: pd.DataFrame, facts: SessionFacts) -> dict[int, tuple[Interval, ...]]:
    edges = int(facts.start.timestamp()), int(facts.end.timestamp())
    times = [rows[edge].clip(*edges).tolist() for edge in ("joined", "left")]
    found: defaultdict[int, list[Interval]] = defaultdict(list)
    for person, interval in zip(rows["person"], zip(*times, strict=True), strict=True):
        found[person].append(interval)
    return {person: union(intervals) for person, intervals in found.items()}


def union(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """The union of intervals: in order, none touching the next."""
    joined: list[Interval] = []
    for start, end in sorted(intervals):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return tuple(joined)
