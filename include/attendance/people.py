"""The people of a session, as counted: with all that tells who they are and when they were there.

The attendance record keeps them.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

import pandas as pd

from include.attendance.attendance import Attendance, names_by_use
from include.attendance.names import is_generic, name_key
from include.attendance.results import Interval, SessionPerson
from include.attendance.sessions import SessionFacts


def session_people(attendance: Attendance, rows: pd.DataFrame) -> tuple[SessionPerson, ...]:
    """Return the people of the attendance's table, in its order.

    :param rows: as `take_attendance` returns them.
    """
    return tuple(_session_people(attendance, rows))


def _session_people(attendance: Attendance, rows: pd.DataFrame) -> Iterator[SessionPerson]:
    names, intervals = _names(rows), _intervals(rows, attendance.facts)
    emails = _distinct(rows, "email_key")
    accounts = _distinct(rows, "account", "other_account")
    registrants = _distinct(rows, "registrant")
    guests: Counter[str] = Counter()
    for person, shown in enumerate(attendance.people["name"]):
        label = _label_of_identifier(accounts[person], registrants[person], emails[person])
        if label is None:
            label = _label_of_guest(names[person], intervals[person])
            guests[label] += 1
            label += f":{guests[label]}"
        yield SessionPerson(
            key=hashlib.sha256(label.encode()).hexdigest()[:20],
            shown=shown,
            names=names[person],
            emails=emails[person],
            accounts=accounts[person],
            registrants=registrants[person],
            intervals=intervals[person],
            generic=all_generic(names[person]),
        )


def _label_of_identifier(*identifiers: tuple[str, ...]) -> str | None:
    """Return the first identifier of a person, with its kind; None for a guest."""
    labels = (f"{kind}:{known[0]}" for kind, known in enumerate(identifiers) if known)
    return next(labels, None)


def _label_of_guest(names: tuple[str, ...], intervals: tuple[Interval, ...]) -> str:
    """Return a label that stays the same whoever else comes at another time."""
    name = name_key(names[0]) if names else ""
    return f"name:{name}:{intervals[0][0]}"


def all_generic(names: tuple[str, ...]) -> bool:
    """Tell whether these names say nothing of who it is."""
    return all(map(is_generic, names))


def _distinct(rows: pd.DataFrame, *columns: str) -> defaultdict[int, tuple[str, ...]]:
    """Return the values of these columns by person, sorted."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    for column in columns:
        pairs = rows.loc[rows[column].notna(), ["person", column]].drop_duplicates()
        for person, value in pairs.itertuples(index=False):
            found[person].add(value)
    return defaultdict(tuple, {person: tuple(sorted(values)) for person, values in found.items()})


def _names(rows: pd.DataFrame) -> defaultdict[int, tuple[str, ...]]:
    """Return the names by person, the one used longest first."""
    found: defaultdict[int, tuple[str, ...]] = defaultdict(tuple)
    names = names_by_use(rows)
    for person, name in zip(names["person"], names["name"], strict=True):
        found[person] += (name,)
    return found


def _intervals(rows: pd.DataFrame, facts: SessionFacts) -> dict[int, tuple[Interval, ...]]:
    """Return when each person was there, inside the session."""
    session = int(facts.start.timestamp()), int(facts.end.timestamp())
    times = [rows[edge].clip(*session).tolist() for edge in ("joined", "left")]
    found: defaultdict[int, list[Interval]] = defaultdict(list)
    for person, interval in zip(rows["person"], zip(*times, strict=True), strict=True):
        found[person].append(interval)
    return {person: union(intervals) for person, intervals in found.items()}


def union(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """Return the union of intervals: in order, none touching the next."""
    joined: list[Interval] = []
    for start, end in sorted(intervals):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return tuple(joined)
