"""Cases a person should look at: what was unclear, and what was done, in plain words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from include.attendance.coded import EMPTY, Coded
from include.attendance.identity import Doubt, Identity, by_ids, by_name
from include.attendance.links import NOBODY
from include.attendance.rows import Rows

NEVER_ADMITTED = "never admitted"
_KINDS = {
    Doubt.NAMESAKES: (
        "several namesakes",
        "{rows} without id or e-mail under a name that several identified people used:"
        " kept apart from them",
    ),
    Doubt.BESIDE: (
        "beside a namesake",
        "{rows} without id or e-mail while the identified person of that name was there:"
        " kept apart as somebody else",
    ),
    Doubt.UNCERTAIN: (
        "uncertain",
        "{rows} without id or e-mail fitted several people of that name:"
        " given to the one who left last",
    ),
    Doubt.NAMELESS: (
        "no name",
        "{rows} without name, id or e-mail: each kept as a person of its own",
    ),
}


@dataclass(frozen=True)
class Case:
    """Something to look at: its kind, the people as the table shows them, and what was done."""

    kind: str
    names: tuple[str, ...]
    done: str


def doubtful(who: Identity, people: pa.Table, place: np.ndarray) -> list[Case]:
    """A case for each kind of doubt and name; `place` is where in `people` each number went."""
    cases = []
    for flag, (kind, done) in _KINDS.items():
        for rows in _by_name(np.flatnonzero(who.doubt & flag), who.name):
            shown = people["name"].take(sorted(set(place[who.person[rows]].tolist()))).to_pylist()
            number = "1 row" if len(rows) == 1 else f"{len(rows)} rows"
            cases.append(Case(kind, tuple(shown), done.format(rows=number)))
    return cases


def never_admitted(people: pa.Table, admitted: np.ndarray) -> list[Case]:
    """A case for each of the people of the waiting room who was not admitted."""
    waited = people.filter(pa.array(~admitted)).select(["name", "seconds"]).to_pylist()
    return [
        Case(NEVER_ADMITTED, (one["name"],), f"waited {_minutes(one['seconds'])}, never admitted")
        for one in waited
    ]


def admitted(rows: Rows) -> np.ndarray:
    """Mask of the waiting-room rows whose person is seen in the meeting.

    Seen by an id or e-mail; or by name, where one of the two rows shows a name only.
    """
    name, inside = by_name(rows).codes, ~rows.waiting
    bare = by_ids(rows) == NOBODY
    seen = np.where(bare, _shared(name, inside), _shared(name, inside & bare))
    for column in (rows.registrant, rows.account, rows.email):
        seen |= _shared(column.codes, inside)
    return seen[rows.waiting]


def _shared(codes: np.ndarray, among: np.ndarray) -> np.ndarray:
    """Mask of the rows that hold something that a row among those also holds."""
    return (codes != EMPTY) & np.isin(codes, codes[among])


def _by_name(rows: np.ndarray, name: Coded) -> Iterator[np.ndarray]:
    groups: dict[int, list[int]] = defaultdict(list)
    for row, code in zip(rows.tolist(), name.codes[rows].tolist(), strict=True):
        groups[code].append(row)
    yield from map(np.array, groups.values())


def _minutes(seconds: int) -> str:
    return f"{seconds // 60} min" if seconds >= 60 else "less than a minute"
