"""Which member a person is: the first of four steps that fits exactly one; and why nobody is.

1 an account or registrant that another step bound, 2 an e-mail in People, 3 an answer in Names,
4 the full name. The steps look at all sessions at once, so their order shows nowhere.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from include.attendance.names import name_key
from include.roster.identity.answers import Answer
from include.roster.identity.companions import Companions
from include.roster.identity.former import as_before
from include.roster.identity.match import ANSWER, BOUND, EMAIL, NAME, Match, bound_by, members_by
from include.roster.identity.matched_before import MatchedBefore
from include.roster.identity.persons import Sighting, identifiers, line_key
from include.roster.identity.suggestions import Suggestion, Suggestions
from include.roster.members.people import Member
from include.roster.spelling.names import bracketed, full_name

MAY_MEAN = "the answer may mean them"

NOBODY = MatchedBefore({}, (), (), ())


class Matching:
    """The people of all sessions, each with its member, or with those it may be.

    :ivar matches: by the place of the sighting; None where nobody knows.
    :ivar by_line: the answers by the key of their line. ``emails``, ``names``: ids of members by an
        e-mail and by a full name.
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
        self.suggestions = Suggestions(members)
        self.before = None if knows_lost else self._before()
        named = self.before.names if self.before else self.names
        self.companions = Companions(self.suggestions, named)
        self._suggested: dict[Sighting, list[Suggestion]] = {}
        self._in_session = Counter(
            (each.session, full) for each in sightings for full in each.fulls
        )
        self.own = own = [self._own(sighting) for sighting in sightings]
        self._bound = bound_by(sightings, own)
        if knows_lost:
            lost.bind(self._bound, sightings)
        self._may_be = self._accounts_in_doubt()
        pairs = list(zip(sightings, own, strict=True))
        self._unnamed = {sighting for sighting, match in pairs if match is None}
        self.matches = [self._by_account(sighting, match) or match for sighting, match in pairs]
        self._match = dict(zip(sightings, self.matches, strict=True))
        self._theirs = self._ever_theirs()

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
        found = self._answers(sighting)
        who = {(each.members, each.visitors, each.word) for each in found if each.readable}
        return found[0] if found and len(who) < 2 else None

    def _answers(self, sighting: Sighting) -> list[Answer]:
        """The answers that come first, those of equal standing."""
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

    def suggested(self, sighting: Sighting) -> list[Suggestion]:
        """Whom a person without a match may be, or who may be there beside those matched.

        Whether they were seen or not. Never applied.
        """
        if sighting not in self._suggested:
            match = self._match[sighting]
            found = self._companions(sighting, match) if match else self._all_suggested(sighting)
            self._suggested[sighting] = found
        return self._suggested[sighting]

    def _companions(self, sighting: Sighting, match: Match) -> list[Suggestion]:
        """Who may be there beside those matched."""
        answer = self.answer(sighting)
        answered = answer is not None and answer.key == match.answer
        if answered and match.people != 1:  # somebody has counted them
            return []
        found = self.companions.of(sighting, match.members, answered=answered)
        perhaps = (answer.perhaps if answer else frozenset()) | self._perhaps_by_account(sighting)
        perhaps = perhaps.difference(match.members)
        found |= {member: Suggestion(member, MAY_MEAN) for member in perhaps}
        return [found[member] for member in sorted(found)]

    def _all_suggested(self, sighting: Sighting) -> list[Suggestion]:
        """Whom a person without a match may be."""
        inside = [full for name in sighting.person.names for full in bracketed(name)]
        lists = filter(None, map(self.suggestions.listing, sighting.person.names))
        found = self.suggestions.by_member((*sighting.fulls, *inside, *lists))
        for full in inside:
            for member in self.names.get(full, ()):
                found[member] = Suggestion(member, "the name is in brackets")
        for member, reason in self._nearly(sighting):
            found[member] = Suggestion(member, reason)
        perhaps = self._perhaps_by_account(sighting)
        for answer in self._answers(sighting):
            perhaps |= answer.perhaps.union(answer.members)
        found |= {member: Suggestion(member, MAY_MEAN) for member in perhaps}
        return [found[member] for member in sorted(found)]

    def _accounts_in_doubt(self) -> dict[str, frozenset[str]]:
        """Whose an account or registrant may be by answers that cannot be read."""
        found: dict[str, frozenset[str]] = defaultdict(frozenset)
        for sighting in self.sightings:
            for answer in self._answers(sighting) if sighting.known and not sighting.once else ():
                for known in sighting.known if answer.perhaps_always else ():
                    found[known] |= answer.perhaps.union(answer.members)
        return found

    def _perhaps_by_account(self, sighting: Sighting) -> frozenset[str]:
        """Whom an account may be where nothing else that the person shows tells who it is."""
        known = sighting.known if sighting in self._unnamed else ()
        return frozenset().union(*(self._may_be.get(each, ()) for each in known))

    def _nearly(self, sighting: Sighting) -> Iterable[tuple[str, str]]:
        """Members whom an exact step would fit if it fitted nobody else."""
        for email in sighting.person.emails:
            if len(several := self.emails.get(email, ())) > 1:
                yield from ((member, "the e-mail is that of several members") for member in several)
        for known in sighting.known:
            for match in self._bound.get(known, {}):
                reason = "the account has been theirs"
                yield from ((member, reason) for member in match[0])
        for shown in (*sighting.fulls, *sighting.person.emails):
            reason = "the name or the e-mail has been theirs"
            yield from ((member, reason) for member in self._theirs[shown])
        for full in sighting.fulls:
            several = self.names.get(full, ())
            reason = "the same name, but several have it"
            yield from ((member, reason) for member in several)
        yield from self._formerly(sighting)

    def _formerly(self, sighting: Sighting) -> Iterable[tuple[str, str]]:
        """Members whom a step would fit by what stood in People before."""
        if self.before is None:
            return
        match = self.before._match[sighting]
        reason = "it was theirs before"
        yield from ((member, reason) for member in (match.members if match else ()))
        yield from self.before._nearly(sighting)

    @property
    def ever(self) -> list[Match | None]:
        """The matches, also by what stood in People before, and by sessions that are gone."""
        before = self.before.matches if self.before else self.matches
        return [match or former for match, former in zip(self.matches, before, strict=True)]

    def _ever_theirs(self) -> dict[str, set[str]]:
        """Under which full names and e-mails members were matched, in any session or answer."""
        found: dict[str, set[str]] = defaultdict(set)
        matched = ((sighting, match) for sighting, match in self._match.items() if match)
        for sighting, match in matched:
            for shown in (*sighting.fulls, *sighting.person.emails):
                found[shown].update(match.members)
        for answer in self.answers:
            found[full_name(answer.name)].update(answer.members)
        for shown in set().union(*((*one.fulls, *one.person.emails) for one in self.sightings)):
            found[shown] |= self.lost.of(shown)
        found[""].clear()
        return found

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
        found = [self._bound[known] for known in sighting.known if known in self._bound]
        ever = (self._bound, self.before._bound) if self.before else (self._bound,)
        who = {whom for bound in ever for known in sighting.known for whom in bound.get(known, ())}
        if not found or len(who) != 1:
            return None
        match = next(iter(found[0].values()))
        if own is None and match.how == NAME and self._somebody_else(sighting, match.members):
            return None
        return Match(match.members, match.visitors, BOUND, match.answer)

    def _somebody_else(self, sighting: Sighting, members: tuple[str, ...]) -> bool:
        """Whether a person looks like another member than the one whose name the account had."""
        like = self.suggestions.by_member(sighting.fulls)
        return bool(like) and like.keys().isdisjoint(members)
