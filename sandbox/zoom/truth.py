"""What an attendance count of a session should find, from who was really there."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations

from sandbox.zoom.connections import Connection
from sandbox.zoom.people import Person
from sandbox.zoom.schedule import Plan

# Two rows of one name overlapping longer than this cannot be one guest reconnecting.
RECONNECT_SECONDS = 120

Stays = list[Connection]


def truth(plan: Plan, connections: Iterable[Connection]) -> dict[str, int]:
    """Seconds present by label: the name used longest, with `` (2)`` for the second to join."""
    stays = list(connections)
    doubtful = uncertain(stays)
    labels: dict[str, int] = {}
    for _, own in sorted(_by_person(stays).items(), key=lambda item: _first_join(item[1])):
        if not doubtful & {stay.name for stay in own}:
            labels[_unused(_longest_name(own), labels)] = _seconds(plan, own)
    return labels


def uncertain(connections: Iterable[Connection]) -> set[str]:
    """Names whose rows alone cannot say who was who; nobody who used one is in the truth."""
    stays = list(connections)
    by_name = _by_folded_name(stays)
    doubtful = {stay.name for same in by_name.values() if _ambiguous(same) for stay in same}
    for person, own in _by_person(stays).items():
        if not person.identified and len({folded(stay.name) for stay in own}) > 1:
            doubtful |= {stay.name for stay in own}
    return doubtful


def folded(name: str) -> str:
    """The name as people compare it: case, spacing and a ``#`` typed for a comma do not matter."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().replace("#", ",").split())


def _ambiguous(same_name: Stays) -> bool:
    named = [stay for stay in same_name if stay.name_only]
    people = _by_person(same_name)
    clashes = [
        _overlap(one, other) > RECONNECT_SECONDS
        for one, other in combinations(same_name, 2)
        if one.name_only or other.name_only
    ]
    if len(people) == 1 or not named:
        return any(clashes)
    return not (all(clashes) and len(people) == len(same_name) == len(named))


def _overlap(one: Connection, other: Connection) -> int:
    return min(one.leave, other.leave) - max(one.join, other.join)


def _by_person(stays: Stays) -> dict[Person, Stays]:
    groups: dict[Person, Stays] = defaultdict(list)
    for stay in stays:
        groups[stay.person].append(stay)
    return groups


def _by_folded_name(stays: Stays) -> dict[str, Stays]:
    groups: dict[str, Stays] = defaultdict(list)
    for stay in stays:
        groups[folded(stay.name)].append(stay)
    return groups


def _first_join(stays: Stays) -> tuple[int, str]:
    return min(stay.join for stay in stays), stays[0].person.key


def _longest_name(stays: Stays) -> str:
    used: dict[str, int] = defaultdict(int)
    for stay in stays:
        used[stay.name] += 0 if stay.waiting else stay.seconds
    return max(used, key=used.__getitem__)


def _unused(name: str, labels: dict[str, int]) -> str:
    return name if name not in labels else f"{name} (2)"


def _seconds(plan: Plan, stays: Stays) -> int:
    # Marks every second, which is slow and cannot be wrong in the way a sweep over ends can.
    present: set[int] = set()
    for stay in stays:
        if not stay.waiting:
            present.update(range(max(stay.join, plan.start), min(stay.leave, plan.end)))
    return len(present)
