"""Which member a person is: the first of four steps that fits exactly one.

1 an account or registrant that another step bound, 2 an e-mail in People, 3 an answer in Names,
4 the full name. The steps look at all sessions at once, so their order shows nowhere.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from include.attendance.names import name_key
from include.roster.identity.answers import Answer
from include.roster.identity.former import as_before
from include.roster.identity.match import ANSWER, BOUND, EMAIL, NAME, Match, bound_by, members_by
from include.roster.identity.matched_before import MatchedBefore
from include.roster.identity.persons import Sighting, identifiers, line_key
from include.roster.identity.similar_names import SimilarNames
from include.roster.members.people import Member

NOBODY = MatchedBefore({}, (), (), ())


class Matching:
    """The people of all sessions, each with its member.

    :ivar matches: by the place of the sighting; None where nobody knows. ``own``: by what the
        person shows in the session alone.
    :ivar by_line: the answers by the key of their line. ``emails``, ``names``: ids of members by an
        e-mail and by a full name.
    :ivar bound: whose an account or registrant is, by steps 2 to 4 in any session.
    :ivar before: the same by what stood in People before; None if nothing else did.
    """

    def __init__(
        self,
        sightings: Sequence[Sighting],
        members: Sequence[Member],
        answers: Iterable[Answer],
        lost: MatchedBefore = NOBODY,
        *,
        knows_lost: bool = False,
    ) -> None:
        """Match; ``lost``: what is known of sessions that are gone, which only suggests.

        :param knows_lost: let it bind accounts and names, to find whom it suggests.
        """
        self.sightings, self.members, self.lost = sightings, members, lost
        self.by_line: dict[str, list[Answer]] = defaultdict(list)
        self.answers = list(answers)
        for answer in self.answers:
            of_line = [answer, answer.elsewhere] if answer.unclear else [answer]
            self.by_line[answer.base] += of_line
        self.emails = members_by(
            (email, member.id) for member in members for email in member.emails
        )
        self.names = members_by((member.full, member.id) for member in members if member.full)
        self.similar_names = SimilarNames(members)
        self.before = None if knows_lost else self._before()
        self._in_session = Counter(
            (each.session, full) for each in sightings for full in each.fulls
        )
        self.own = own = [self._own(sighting) for sighting in sightings]
        self.bound = bound_by(sightings, own)
        if knows_lost:
            lost.bind(self.bound, sightings)
        pairs = zip(sightings, own, strict=True)
        self.matches = [self._by_account(sighting, match) or match for sighting, match in pairs]

    def _before(self) -> Matching | None:
        """The matching by what stood in People before and by sessions that are gone, too."""
        members = as_before(self.members) or (self.members if self.lost else ())
        if not members:
            return None
        return Matching(self.sightings, members, self.answers, self.lost, knows_lost=True)

    def answer(self, sighting: Sighting) -> Answer | None:
        """The answer that speaks of a person of a session; None where two say different things.

        One for the session goes before one for always, one on an identifier of the person's own
        before one of what is linked with it in other sessions.
        """
        found = self.answers_for(sighting)
        who = {(each.members, each.visitors, each.word) for each in found if each.readable}
        return found[0] if found and len(who) < 2 else None

    def answers_for(self, sighting: Sighting) -> list[Answer]:
        """Return the answers about a person that go before the others; several if none does."""
        found = [
            answer
            for line in sighting.lines
            for answer in self.by_line.get(line, ())
            if sighting.once or not answer.once or sighting.is_of(answer.session)
        ]
        if len(found) < 2:
            return found
        name = name_key(sighting.name) or ""
        own = {line_key(name, known) for known in identifiers(sighting.person)}
        for first in (lambda answer: answer.once, lambda answer: answer.base in own):
            found = list(filter(first, found)) or found
        return found

    @property
    def ever(self) -> list[Match | None]:
        """The matches, also by what stood in People before, and by sessions that are gone."""
        before = self.before.matches if self.before else self.matches
        return [match or former for match, former in zip(self.matches, before, strict=True)]

    def _own(self, sighting: Sighting) -> Match | None:
        """What the person shows in this session alone: steps 2 to 4.

        An answer that adds somebody to the one of the e-mail does not contradict it.
        """
        found = {id_ for email in sighting.person.emails for id_ in self.emails.get(email, ())}
        answer = self.answer(sighting)
        if len(found) == 1 and not (answer and found.issubset(answer.members)):
            return Match(tuple(found), 0, EMAIL)
        if answer and answer.readable:
            binds = not (answer.once or sighting.once)
            return Match(answer.members, answer.visitors, ANSWER, answer.key, binds)
        return None if answer and answer.is_outdated else self._by_name(sighting)

    def _by_name(self, sighting: Sighting) -> Match | None:
        """Step 4. A name that two people of the session show is nobody's."""
        found = {id_ for full in sighting.fulls for id_ in self.names.get(full, ())}
        alone = all(self._in_session[sighting.session, full] == 1 for full in sighting.fulls)
        return Match(tuple(found), 0, NAME) if len(found) == 1 and alone else None

    def _by_account(self, sighting: Sighting, own: Match | None) -> Match | None:
        """Step 1. An account that was two people's is nobody's; an answer for one session wins."""
        if own and not own.binds:
            return None
        found = [self.bound[known] for known in sighting.known if known in self.bound]
        ever = (self.bound, self.before.bound) if self.before else (self.bound,)
        who = {whom for bound in ever for known in sighting.known for whom in bound.get(known, ())}
        if not found or len(who) != 1:
            return None
        match = next(iter(found[0].values()))
        if own is None and match.how == NAME and self._somebody_else(sighting, match.members):
            return None
        return Match(match.members, match.visitors, BOUND, match.answer)

    def _somebody_else(self, sighting: Sighting, members: tuple[str, ...]) -> bool:
        """Whether a person looks like another member than the one whose name the account had."""
        like = self.similar_names.by_member(sighting.fulls)
        return bool(like) and like.keys().isdisjoint(members)
