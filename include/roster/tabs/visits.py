"""Who came for the first, second or third time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from include.roster.marking.letters import RegisterLetters
from include.roster.tabs.headcount import is_visitor
from include.roster.tabs.register import SEEN, MemberRow
from include.roster.vocabulary import NOT_MET

VISITS = ("first time", "second visit", "third visit")


@dataclass(frozen=True)
class Visit:
    """Somebody who came for the first, second or third time.

    :param member: an id, None for a visitor.
    :param number: 1, 2 or 3.
    """

    name: str
    member: str | None
    number: int


def visits(register: RegisterLetters, member_rows: Sequence[MemberRow]) -> list[Visit]:
    """Return the first three visits that fall on the newest session, in order of name.

    Whoever was there in the oldest session that is kept may have come long before, and so may a
    member since before it, and one whom a name looks like that somebody had before.
    """
    newest = len(register.records) - 1
    places: dict[str, set[int]] = defaultdict(set)
    names: dict[str, str] = {}
    members = {row.member.id: row.member.name for row in member_rows}
    perhaps = {member for at, member in register.looks_like if at < newest}
    for row in member_rows:
        if register.starts[row.member.id] >= register.days[0] and row.member.id not in perhaps:
            places[row.member.id].update(_visited(register, row))
    for sighting, match in zip(register.matching.sightings, register.matching.matches, strict=True):
        alone = match is not None and not match.members and match.visitors
        if not sighting.once and (alone or (match is None and is_visitor(sighting, register))):
            visitor = sighting.identity or sighting.lines[0]
            places[visitor].add(register.places[sighting.session])
            names[visitor] = sighting.name
    found = [
        Visit(members.get(who) or names[who], who if who in members else None, len(at))
        for who, at in places.items()
        if newest in at and 0 not in at and len(at) <= len(VISITS)
    ]
    return sorted(
        found,
        key=lambda sighting: (sighting.number, sighting.name.casefold(), sighting.member or ""),
    )


def _visited(register: RegisterLetters, row: MemberRow) -> Iterator[int]:
    """Where a member was there by their letters; also before they were a member."""
    newest = len(row.letters) - 1
    for at, letter in enumerate(row.printed):
        before = letter == NOT_MET and at < newest and (at, row.member.id) in register.seen
        if letter in SEEN or before:
            yield at
