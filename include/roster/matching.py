"""Which member a person is: the first of four steps that fits exactly one; and why nobody is.

1 an account or registration that another step bound, 2 an e-mail in People, 3 an answer in Names,
4 the full name. The steps look at all sessions at once, so their order shows nowhere.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from include.attendance.names import name_key
from include.roster.answers import Answer
from include.roster.companions import Companions
from include.roster.names import bracketed, full_name
from include.roster.people import Member
from include.roster.persons import Sighting, identifiers, line_key
from include.roster.suggestions import Suggestion, Suggestions

BOUND, EMAIL, ANSWER, NAME = "account", "e-mail", "answer", "name"

MAY_MEAN = "the answer may mean them"


@dataclass(frozen=True, slots=True)
class Match:
    """Who a person is.

    :param members: ids; several only by an answer. None: a visitor, or not a person.
    :param visitors: people on the screen who are no members.
    :param how: the step: BOUND, EMAIL, ANSWER or NAME.
    :param answer: the key of the line of Names that said so, also by way of an account.
    :param binds: the account or registration stays theirs: not so by an answer for one session.
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
    def _who(self) -> tuple[tuple[str, ...], int]:
        return self.members, self.visitors


class Matching:
    """The people of all sessions, each with its member, or with those it may be.

    :ivar matches: by the place of the sighting; None where nobody knows.
    """

    def __init__(
        self, sightings: Sequence[Sighting], members: Sequence[Member], answers: Iterable[Answer]
    ) -> None:
        self.sightings, self.members = sightings, members
        self.by_line: dict[str, list[Answer]] = defaultdict(list)
        for answer in answers:
            self.by_line[answer.base].append(answer)
        self.emails = _unique((email, one.id) for one in members for email in one.emails)
        self.names = _unique((one.full, one.id) for one in members if one.full)
        self.suggestions = Suggestions(members)
        self.companions = Companions(self.suggestions, self.names)
        self._suggested: dict[Sighting, list[Suggestion]] = {}
        self._in_session = Counter((one.session, full) for one in sightings for full in one.fulls)
        own = [self._own(one) for one in sightings]
        self._bound = _bound(sightings, own)
        self._may_be = self._accounts_in_doubt()
        self._unnamed = {one for one, match in zip(sightings, own, strict=True) if match is None}
        self.matches = [
            self._by_account(one, match) or match for one, match in zip(sightings, own, strict=True)
        ]
        self._match = dict(zip(sightings, self.matches, strict=True))
        self._theirs = self._ever_theirs()

    def answer(self, one: Sighting) -> Answer | None:
        """The answer that speaks of a person of a session; None where two say different things.

        One for the session goes before one for always, one on an identifier of the person's own
        before one of what is linked with it in other sessions.
        """
        found = self._answers(one)
        who = {(said.members, said.visitors, said.word) for said in found if said.readable}
        return found[0] if found and len(who) < 2 else None

    def _answers(self, one: Sighting) -> list[Answer]:
        """The answers that come first, those of equal standing."""
        found = [
            answer
            for line in one.lines
            for answer in self.by_line.get(line, ())
            if one.once or not answer.once or answer.session == one.session
        ]
        if len(found) < 2:
            return found
        own = {line_key(name_key(one.name) or "", known) for known in identifiers(one.seen)}
        for first in (lambda said: said.once, lambda said: said.base in own):
            found = list(filter(first, found)) or found
        return found

    def suggested(self, one: Sighting) -> list[Suggestion]:
        """Whom a person without a match may be, or who may be there beside those matched.

        Whether they were seen or not. Never applied.
        """
        if one not in self._suggested:
            match = self._match[one]
            found = self._companions(one, match) if match else self._all_suggested(one)
            self._suggested[one] = found
        return self._suggested[one]

    def _companions(self, one: Sighting, match: Match) -> list[Suggestion]:
        answer = self.answer(one)
        answered = answer is not None and answer.key == match.answer
        if answered and match.people != 1:  # somebody has counted them
            return []
        found = self.companions.of(one, match.members, answered=answered)
        perhaps = (answer.perhaps if answer else frozenset()) | self._perhaps_by_account(one)
        perhaps = perhaps.difference(match.members)
        found |= {member: Suggestion(member, MAY_MEAN) for member in perhaps}
        return [found[member] for member in sorted(found)]

    def _all_suggested(self, one: Sighting) -> list[Suggestion]:
        inside = [full for name in one.seen.names for full in bracketed(name)]
        lists = filter(None, map(self.suggestions.listing, one.seen.names))
        names = (*one.fulls, *inside, *lists)
        found = {said.member: said for name in names for said in self.suggestions.of(name)}
        for full in inside:
            for member in self.names.get(full, ()):
                found[member] = Suggestion(member, "the name is in brackets")
        for member, reason in self._nearly(one):
            found[member] = Suggestion(member, reason)
        perhaps = self._perhaps_by_account(one)
        for answer in self._answers(one):
            perhaps |= answer.perhaps.union(answer.members)
        found |= {member: Suggestion(member, MAY_MEAN) for member in perhaps}
        return [found[member] for member in sorted(found)]

    def _accounts_in_doubt(self) -> dict[str, frozenset[str]]:
        """Whose an account or registration may be by answers that cannot be read."""
        found: dict[str, frozenset[str]] = defaultdict(frozenset)
        for one in self.sightings:
            for answer in self._answers(one) if one.known and not one.once else ():
                for known in one.known if answer.unread and not answer.once else ():
                    found[known] |= answer.perhaps
        return found

    def _perhaps_by_account(self, one: Sighting) -> frozenset[str]:
        """Whom an account may be where nothing else that the person shows tells who it is."""
        known = one.known if one in self._unnamed else ()
        return frozenset().union(*(self._may_be.get(each, ()) for each in known))

    def _nearly(self, one: Sighting) -> Iterable[tuple[str, str]]:
        """Members whom an exact step would fit if it fitted nobody else."""
        for email in one.seen.emails:
            if len(several := self.emails.get(email, ())) > 1:
                yield from ((member, "the e-mail is that of several members") for member in several)
        for known in one.known:
            for match in self._bound.get(known, {}):
                reason = "the account has been theirs"
                yield from ((member, reason) for member in match[0])
        for shown in (*one.fulls, *one.seen.emails):
            reason = "the name or the e-mail has been theirs"
            yield from ((member, reason) for member in self._theirs[shown])
        for full in one.fulls:
            several = self.names.get(full, ())
            reason = "the same name, but several have it"
            yield from ((member, reason) for member in several)

    def _ever_theirs(self) -> dict[str, set[str]]:
        """Under which full names and e-mails members were matched, in any session or answer."""
        found: dict[str, set[str]] = defaultdict(set)
        matched = ((one, match) for one, match in self._match.items() if match)
        for one, match in matched:
            for shown in (*one.fulls, *one.seen.emails):
                found[shown].update(match.members)
        for answer in (answer for answers in self.by_line.values() for answer in answers):
            found[full_name(answer.name)].update(answer.members)
        found[""].clear()
        return found

    def _own(self, one: Sighting) -> Match | None:
        """What the person shows in this session alone: steps 2 to 4.

        An answer that adds somebody to the one of the e-mail does not contradict it.
        """
        found = {id_ for email in one.seen.emails for id_ in self.emails.get(email, ())}
        answer = self.answer(one)
        if len(found) == 1 and not (answer and found.issubset(answer.members)):
            return Match(tuple(found), 0, EMAIL)
        if answer and answer.readable:
            binds = not (answer.once or one.once)
            return Match(answer.members, answer.visitors, ANSWER, answer.key, binds)
        return None if answer and answer.is_outdated else self._by_name(one)

    def _by_name(self, one: Sighting) -> Match | None:
        found = {id_ for full in one.fulls for id_ in self.names.get(full, ())}
        alone = all(self._in_session[one.session, full] == 1 for full in one.fulls)
        return Match(tuple(found), 0, NAME) if len(found) == 1 and alone else None

    def _by_account(self, one: Sighting, own: Match | None) -> Match | None:
        """Step 1. An account that was two people's is nobody's; an answer for one session wins."""
        if own and not own.binds:
            return None
        found = [self._bound[known] for known in one.known if known in self._bound]
        who = {said for bound in found for said in bound}
        if len(who) != 1:
            return None
        match = next(iter(found[0].values()))
        if own is None and match.how == NAME and self._somebody_else(one, match.members):
            return None
        return Match(match.members, match.visitors, BOUND, match.answer)

    def _somebody_else(self, one: Sighting, members: tuple[str, ...]) -> bool:
        """Whether a person looks like another member than the one whose name the account had."""
        looks = {said.member for name in one.fulls for said in self.suggestions.of(name)}
        return bool(looks) and not looks.intersection(members)


_Bound = dict[str, dict[tuple[tuple[str, ...], int], Match]]


def _bound(sightings: Iterable[Sighting], own: Iterable[Match | None]) -> _Bound:
    """What each account and registration was matched to, by whom; the strongest match of each."""
    found: _Bound = defaultdict(dict)
    for one, match in zip(sightings, own, strict=True):
        if match is None or not match.binds:
            continue
        for known in one.known:
            before = found[known].get(match._who)
            if before is None or before.how == NAME:
                found[known][match._who] = match
    return found


def _unique(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Members by what they have: an e-mail or a name. Several share one: it fits none."""
    found: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for key, member in pairs:
        found[key] += (member,)
    return found
