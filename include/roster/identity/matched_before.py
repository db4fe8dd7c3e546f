"""How members were matched in sessions whose records are gone: by which accounts, names, e-mails.

It only suggests. Digests are kept and nothing in plain; what an answer said, while it is there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from include.roster.identity.answers import Answer
from include.roster.identity.match import NAME, Bound, Match
from include.roster.identity.persons import Sighting, line_key
from include.roster.published import Matched

GENERIC = "generic"
"""In the place of a digest: a member was matched under a device's name."""

MOST = 100
"""How many digests of a member are kept from sessions that are gone."""


class MatchedBefore:
    """Tells who was matched so in sessions that are kept no more.

    :ivar generic: ids of members who were matched under a device's name.
    :ivar lost: what was kept of sessions that are gone, by id, also of those who are no members.
    """

    def __init__(
        self,
        matched: Matched,
        sessions: Collection[str],
        answers: Iterable[Answer],
        members: Collection[str],
    ) -> None:
        """Take what was kept, the UUIDs of the sessions that are there, and the answers.

        :param members: ids; nobody else is told of, though what is kept of them is in ``lost``.
        """
        self._sessions = frozenset(sessions)
        self._answers = {(id_, answer.key) for answer in answers for id_ in answer.known}
        self.lost = {id_: dict(self._lost(id_, kept)) for id_, kept in matched.items()}
        self._members: dict[str, set[str]] = defaultdict(set)
        for id_, kept in self.lost.items():
            for digest in kept if id_ in members else ():
                self._members[digest].add(id_)
        self.generic = frozenset(self._members.get(GENERIC, ()))

    def _lost(self, id_: str, kept: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        for digest, value in kept.items():
            session, _, answer = value.partition(" ")
            holds = not answer or (id_, answer) in self._answers
            if holds and session.partition("@")[0] not in self._sessions:
                yield digest, value

    def __bool__(self) -> bool:
        return bool(self._members)

    def bind(self, bound: Bound, sightings: Iterable[Sighting]) -> None:
        """Add to ``bound`` whose the accounts and registrants of these people were."""
        for known in {known for sighting in sightings for known in sighting.known}:
            for id_ in self.of(known):
                bound.setdefault(known, {}).setdefault(((id_,), 0), Match((id_,), 0, NAME))

    def of(self, shown: str) -> frozenset[str]:
        """Return the ids of those who had an account, a registrant, a full name or an e-mail."""
        return frozenset(self._members.get(line_key(shown), ()))


def matched_now(
    sightings: Iterable[Sighting],
    own: Iterable[Match | None],
    matches: Iterable[Match | None],
    unanswered: Iterable[Match | None],
    before: MatchedBefore,
    there: Collection[str],
) -> Matched:
    """Return what is to be kept of these matches, beside what is kept of sessions that are gone.

    :param own: the matches by what each person shows in the session alone.
    :param unanswered: the matches as they were without any answer.
    :param there: the ids in People. Of others nothing is kept, unless there are none at all.
    """
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for sighting, alone, of_all, without in zip(sightings, own, matches, unanswered, strict=True):
        if alone and alone.binds:
            _keep(found, sighting, _as_kept(alone, without), sighting.known)
        match = of_all and _as_kept(of_all, without)
        if match:
            _keep(found, sighting, match, (*sighting.fulls, *sighting.person.emails))
        for id_ in match.members if match and sighting.person.generic else ():
            value = _value(sighting, match)
            found[id_][GENERIC] = _firmer(value, found[id_].get(GENERIC, value))
    for id_, lost in before.lost.items():
        if lost and (id_ in there or not there):
            now = {digest: _firmer(lost.get(digest), new) for digest, new in found[id_].items()}
            found[id_] = {**_newest(lost), **now, **{k: lost[k] for k in lost if k == GENERIC}}
    return dict(found)


def _as_kept(match: Match, without: Match | None) -> Match:
    """The match, by no answer if it is the same without any."""
    is_same = without is not None and set(match.members) <= set(without.members)
    return replace(match, answer=None) if is_same else match


def _keep(
    found: Mapping[str, dict[str, str]], sighting: Sighting, match: Match, shown: Iterable[str]
) -> None:
    value = _value(sighting, match)
    digests = list(map(line_key, shown))
    for kept in (found[id_] for id_ in match.members):
        kept |= {digest: _firmer(kept.get(digest), value) for digest in digests}


def _firmer(before: str | None, new: str) -> str:
    """The newer of two values, but one without an answer for one with: that may be cleared."""
    return before if before and " " not in before and " " in new else new


def _newest(lost: Mapping[str, str]) -> dict[str, str]:
    """Those seen last: registrants that differ from session to session would have no end."""
    days = {digest: value.partition(" ")[0].partition("@")[2] for digest, value in lost.items()}
    digests = sorted(lost, key=lambda digest: (days[digest], digest), reverse=True)
    return {digest: lost[digest] for digest in digests[:MOST]}


def _value(sighting: Sighting, match: Match | None) -> str:
    """The session with its day, which an older copy lacks; the answer if there is one."""
    session = f"{sighting.session}@{sighting.record.start:%Y%m%d}"
    return f"{session} {match.answer}" if match and match.answer else session
