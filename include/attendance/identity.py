"""Whose row is it: strongest first, shared ids and e-mail, then the name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntFlag

import numpy as np

from include.attendance.coded import EMPTY, Coded
from include.attendance.links import NOBODY, linked
from include.attendance.names import email_keys, name_keys
from include.attendance.namesakes import leaders, refused
from include.attendance.rows import Rows
from include.attendance.times import Stays

_SEVERAL = -2


class Doubt(IntFlag):
    """Why a person should look at whom a row was given to."""

    NAMESAKES = 1  # known by a name that two or more identified people used
    BESIDE = 2  # known by the name of an identified person who was there at the same time
    UNCERTAIN = 4  # fitted more than one of the unidentified people of its name
    NAMELESS = 8  # no name and no id


@dataclass(frozen=True)
class Identity:
    """For each row its person, numbered from 0, the name compared by, the doubts (Doubt)."""

    person: np.ndarray
    name: Coded
    doubt: np.ndarray


def by_ids(rows: Rows) -> np.ndarray:
    """A number for each row that shows an id or e-mail, equal for one person's; else NOBODY.

    Zoom's `user_id` is not among them: it identifies a connection.
    """
    return linked(rows.registrant, rows.account, rows.email.keyed(email_keys(rows.email.values)))


def by_name(rows: Rows) -> Coded:
    """What the names of the rows are compared by."""
    return rows.name.keyed(name_keys(rows.name.values))


def identify(rows: Rows, stays: Stays) -> Identity:
    """The people of the rows. Rows with ids that differ are never joined by a name."""
    person, name = by_ids(rows), by_name(rows)
    named = (person == NOBODY) & (name.codes != EMPTY)
    wanted = np.where(named, name.lookup(_owners(person, name), NOBODY), NOBODY)
    doubt = np.where(wanted == _SEVERAL, Doubt.NAMESAKES, 0)
    doubt[(person == NOBODY) & ~named] = Doubt.NAMELESS

    beside = _beside(person, wanted, stays)
    doubt[beside] = Doubt.BESIDE
    person = np.where((wanted >= 0) & ~beside, wanted, person)

    alone = person.max(initial=NOBODY) + 1 + np.arange(len(rows))
    rest = np.flatnonzero(named & (person == NOBODY))
    leader, several = leaders(name.codes[rest], stays.where(rest))
    alone[rest] = alone[rest][leader]
    doubt[rest[several]] |= Doubt.UNCERTAIN
    return Identity(_dense(np.where(person == NOBODY, alone, person)), name, doubt)


def _owners(person: np.ndarray, name: Coded) -> np.ndarray:
    """The one identified person who used each name at any time; NOBODY, or _SEVERAL."""
    used = (person != NOBODY) & (name.codes != EMPTY)
    low = np.full(len(name.values), np.iinfo(np.int64).max)
    high = np.full(len(name.values), NOBODY)
    np.minimum.at(low, name.codes[used], person[used])
    np.maximum.at(high, name.codes[used], person[used])
    return np.where(low < high, _SEVERAL, high)


def _beside(person: np.ndarray, wanted: np.ndarray, stays: Stays) -> np.ndarray:
    """Mask of the rows that were there beside the person whose name they show."""
    asked = np.zeros(person.max(initial=NOBODY) + 1, bool)
    asked[wanted[wanted >= 0]] = True
    involved = np.flatnonzero((wanted >= 0) | np.append(asked, False)[person])
    known = person[involved] != NOBODY
    whose = np.where(known, person[involved], wanted[involved])
    result = np.zeros(len(person), bool)
    result[involved] = refused(whose, known, stays.where(involved))
    return result


def _dense(person: np.ndarray) -> np.ndarray:
    """The same people numbered 0, 1, 2, ..."""
    used = np.zeros(person.max(initial=NOBODY) + 1, bool)
    used[person] = True
    return (np.cumsum(used) - 1)[person]
