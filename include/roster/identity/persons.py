"""Persons over many sessions: what gives them one identity, and which line of Names is theirs.

A session's people come from counting; nothing here joins or parts them. Those of several sessions
who share an account, a registrant or an e-mail address have one identity; a guest has none.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from include.attendance.names import is_generic, name_key
from include.attendance.people import keys_of
from include.attendance.results import SessionPerson
from include.roster.record import AttendanceRecord
from include.roster.spelling.names import full_name


@dataclass(slots=True, eq=False)
class Sighting:
    """A `SessionPerson`, with the identity and the lines of Names that all sessions give it.

    :param name: the name used longest that says who it is, else the name used longest; as shown.
    :param fulls: the full names used, as they are compared; none of a person with a generic name.
    :param identity: the smallest identifier of the identity; "" for a guest.
    :param lines: keys of the lines of Names that speak of this person, the best first.
    :param once: can be answered for this session only.
    :param known: the accounts and registrants, by which somebody is known again.
    """

    record: AttendanceRecord
    person: SessionPerson
    name: str
    fulls: tuple[str, ...]
    identity: str
    lines: tuple[str, ...]
    once: bool
    known: tuple[str, ...]

    @property
    def session(self) -> str:
        """The session's UUID."""
        return self.record.session

    def is_of(self, session: str) -> bool:
        """Whether the session is this, or has become a part of it."""
        return session in (self.record.session, *self.record.parts)


def line_key(*of: str) -> str:
    """Return the hidden key of a line of Names."""
    return hashlib.sha256("\n".join(of).encode()).hexdigest()[:16]


def sightings(records: Iterable[AttendanceRecord]) -> list[Sighting]:
    """Return all people of all sessions, oldest session first."""
    people = [(record, person) for record in records for person in record.people]
    index = _IdentityIndex(people)
    return [index.sighting(record, person) for record, person in people]


class _Appearance(NamedTuple):
    """What a person shows, the same week after week; ``key``: what the name is compared by."""

    key: str
    name: str
    fulls: tuple[str, ...]
    identity: str
    known: tuple[str, ...]


class _IdentityIndex:
    """What all sessions together tell of each person: identity, and who else has the name.

    :ivar with_name: the identities that have shown a name. ``guests``, ``there``: how many guests
        and how many people show it in a session.
    :ivar keys: how many have or had a key in a session, of those who can be answered for it only.
    """

    def __init__(self, people: Sequence[tuple[AttendanceRecord, SessionPerson]]) -> None:
        self.identities = _Identities(person for _, person in people)
        self.appearances: dict[tuple[object, ...], _Appearance] = {}
        self.with_name: dict[str, set[str]] = defaultdict(set)
        self.guests: Counter[tuple[str, str]] = Counter()
        self.there: Counter[tuple[str, str]] = Counter()
        self.lines: dict[tuple[str, str, bool], tuple[str, ...]] = {}
        self.keys: Counter[tuple[str, str]] = Counter()
        for record, person in people:
            shown = self._shown(person)
            self.there[record.session, shown.key] += 1
            if shown.identity:
                self.with_name[shown.key].add(shown.identity)
            else:
                self.guests[record.session, shown.key] += 1
        for record, person in people:
            if self._is_once(record, person):
                keys = keys_of(person, record.opened)
                self.keys.update((record.session, key) for key in keys)

    def _is_once(self, record: AttendanceRecord, person: SessionPerson) -> bool:
        shown = self._shown(person)
        several = not shown.identity and self.guests[record.session, shown.key] > 1
        return person.generic or several

    def _keys(self, record: AttendanceRecord, person: SessionPerson) -> list[str]:
        """The keys of a person by which an answer may be found, their own first.

        One that fits two people of the session is nobody's but whose own it is.
        """
        others = keys_of(person, record.opened) - {person.key}
        single = (key for key in others if self.keys[record.session, key] == 1)
        return [person.key, *sorted(single)]

    def _shown(self, person: SessionPerson) -> _Appearance:
        own = person.names, person.accounts, person.registrants, person.emails, person.shown
        if (found := self.appearances.get(own)) is None:
            name, identity = _name(person), self.identities.of(person)
            fulls = tuple(dict.fromkeys(filter(None, map(full_name, person.names))))
            known = identifiers(person, emails=False)
            key = name_key(name) or ""
            found = self.appearances[own] = _Appearance(key, name, fulls, identity, known)
        return found

    def sighting(self, record: AttendanceRecord, person: SessionPerson) -> Sighting:
        """The person, with all that is known of them."""
        key, name, fulls, identity, known = self._shown(person)
        if once := self._is_once(record, person):
            lines = tuple(
                line_key(session, own)
                for own in self._keys(record, person)
                for session in (record.session, *record.parts)
            )
        else:
            lines = self._lines(key, identity, alone=self.there[record.session, key] == 1)
        return Sighting(record, person, name, fulls, identity, lines, once, known)

    def _lines(self, name: str, identity: str, *, alone: bool) -> tuple[str, ...]:
        asked = name, identity, alone
        if asked not in self.lines:
            self.lines[asked] = self._new_lines(name, identity, alone=alone)
        return self.lines[asked]

    def _new_lines(self, name: str, identity: str, *, alone: bool) -> tuple[str, ...]:
        """The lines of a name: the identity's, and a guest's where only one identity has it.

        A guest who has the name of one identity has its line, unless both are there.
        """
        same = len(self.with_name[name]) == 1 and alone
        own = identity or (min(self.with_name[name]) if same else "")
        of_own = self.identities.identifiers(own) if own else []
        lines = [line_key(name, identifier) for identifier in of_own]
        return (*lines, line_key(name, "")) if same or not identity else tuple(lines)


def _name(person: SessionPerson) -> str:
    """The name used longest that says who it is, else the name used longest."""
    telling = (name for name in person.names if not is_generic(name))
    return person.shown if person.generic else next(telling, person.shown)


class _Identities:
    """Which identifiers are one identity's: a forest of links, the smallest at its root."""

    def __init__(self, people: Iterable[SessionPerson]) -> None:
        self.parent: dict[str, str] = {}
        for person in people:
            first, *others = identifiers(person) or ("",)
            for other in others:
                self._join(first, other)
        self._identifiers: dict[str, list[str]] = defaultdict(list)
        for identifier in sorted(self.parent):
            self._identifiers[self._root(identifier)].append(identifier)

    def of(self, person: SessionPerson) -> str:
        """The label of a person's identity; "" for a guest."""
        known = next(iter(identifiers(person)), "")
        return self._root(known) if known else ""

    def identifiers(self, label: str) -> list[str]:
        """All identifiers of an identity, the label first."""
        return self._identifiers.get(label, [label])

    def _root(self, identifier: str) -> str:
        while (above := self.parent.get(identifier, identifier)) != identifier:
            self.parent[identifier] = self.parent.get(above, above)
            identifier = above
        return identifier

    def _join(self, identifier: str, other: str) -> None:
        low, high = sorted((self._root(identifier), self._root(other)))
        self.parent[high] = self.parent[low] = low


@cache
def _labelled(kind: str, values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{kind}:{value}" for value in values)


def identifiers(person: SessionPerson, *, emails: bool = True) -> tuple[str, ...]:
    """Return what identifies a person, as texts that differ by kind."""
    known = _labelled("account", person.accounts) + _labelled("registrant", person.registrants)
    return known + _labelled("e-mail", person.emails) if emails else known
