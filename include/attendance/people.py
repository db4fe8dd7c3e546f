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
    guests: Counter[tuple[str, int]] = Counter()
    for person, shown in enumerate(attendance.people["name"]):
        known = _identifier_keys(accounts[person], registrants[person], emails[person])
        name = name_key(names[person][0]) if names[person] else ""
        own = name or "", intervals[person][0][0]
        guests[own] += not known
        yield SessionPerson(
            key=known[0] if known else _guest_key(*own, guests[own]),
            shown=shown,
            names=names[person],
            emails=emails[person],
            accounts=accounts[person],
            registrants=registrants[person],
            intervals=intervals[person],
            generic=all_generic(names[person]),
        )


def keys_of(person: SessionPerson, opened: Iterable[Interval]) -> frozenset[str]:
    """Return the keys that a person has or had: before Zoom listed another part, or more rows.

    :param opened: when each part of the session was open: a stay was cut at its beginning.
    """
    starts = {start for start, _ in person.intervals}
    starts |= {
        begin for begin, _ in opened for start, end in person.intervals if start < begin < end
    }
    names = person.names or ("",)
    as_guest = (_guest_key(name, start) for name in names for start in starts)
    known = _identifier_keys(person.accounts, person.registrants, person.emails)
    return frozenset((*as_guest, *known))


def _identifier_keys(*identifiers: tuple[str, ...]) -> list[str]:
    """Return the keys of somebody who has identifiers: accounts, registrants, e-mails."""
    return [_key(f"{kind}:{one}") for kind, known in enumerate(identifiers) for one in known]


def _guest_key(name: str, start: int, number: int = 1) -> str:
    """Return a key that stays the same whoever else comes at another time.

    :param number: of those who have the name and came at that second.
    """
    return _key(f"name:{name_key(name) or ''}:{start}:{number}")


def _key(label: str) -> str:
    return hashlib.sha256(label.encode()).hexdigest()[:20]


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
