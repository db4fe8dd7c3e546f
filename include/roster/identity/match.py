"""A match: who a person is and by which step; and whose an account is by the matches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from include.roster.identity.persons import Sighting

BOUND, EMAIL, ANSWER, NAME = "account", "e-mail", "answer", "name"


@dataclass(frozen=True, slots=True)
class Match:
    """Who a person is.

    :param members: ids; several only by an answer. Without any: a visitor, or not a person.
    :param visitors: people on the screen who are no members.
    :param how: the step: BOUND, EMAIL, ANSWER or NAME.
    :param answer: the key of the line of Names that said so, also by way of an account.
    :param binds: the account or registrant stays theirs: not so by an answer for one session.
    """

    members: tuple[str, ...]
    visitors: int
    how: str
    answer: str | None = None
    binds: bool = True

    @property
    def people(self) -> int:
        """How many human beings."""
        return len(self.members) + self.visitors

    @property
    def who(self) -> tuple[tuple[str, ...], int]:
        """The members, and the number of visitors."""
        return self.members, self.visitors


Bound = dict[str, dict[tuple[tuple[str, ...], int], Match]]
"""The matches of each account and registrant, by `Match.who`: several if several people had it."""


def bound_by(sightings: Iterable[Sighting], own: Iterable[Match | None]) -> Bound:
    """What each account and registrant was matched to, by whom; the strongest match of each."""
    found: Bound = defaultdict(dict)
    for sighting, match in zip(sightings, own, strict=True):
        if match is None or not match.binds:
            continue
        for known in sighting.known:
            before = found[known].get(match.who)
            if before is None or before.how == NAME:
                found[known][match.who] = match
    return found


def members_by(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Return the ids of members by what they have: an e-mail or a name. Several may share it."""
    found: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for key, member in pairs:
        found[key] += (member,)
    return found
