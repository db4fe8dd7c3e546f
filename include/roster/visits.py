"""Who is new, and who is back: first, second and third visits, of members and of visitors."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from include.roster.headcount import is_visitor
from include.roster.letters import Marks

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


def visits(marks: Marks) -> list[Visit]:
    """Return the first three visits that fall on the newest session, in order of name.

    Whoever was there in the oldest session that is kept may have come long before.
    """
    newest = len(marks.records) - 1
    places: dict[str, set[int]] = defaultdict(set)
    names: dict[str, str] = {}
    for at, id_ in marks.seen:
        places[id_].add(at)
    for one, match in zip(marks.matching.sightings, marks.matching.matches, strict=True):
        alone = match is not None and not match.members and match.visitors
        if not one.once and (alone or (match is None and is_visitor(one, marks))):
            places[one.lines[0]].add(marks.places[one.session])
            names[one.lines[0]] = one.name
    members = {one.id: one.name for one in marks.roster.members}
    found = [
        Visit(members.get(who) or names[who], who if who in members else None, len(at))
        for who, at in places.items()
        if newest in at and 0 not in at and len(at) <= len(VISITS)
    ]
    return sorted(found, key=lambda one: (one.number, one.name.casefold(), one.member or ""))
