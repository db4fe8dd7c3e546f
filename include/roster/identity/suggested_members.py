"""Which members an unmatched person may be, and who may be there beside a matched one.

They are shown to people, who decide; nothing applies them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from include.roster.identity.match import Match
from include.roster.identity.matching import Matching
from include.roster.identity.persons import Sighting
from include.roster.identity.similar_names import SimilarNames, Suggestion
from include.roster.spelling.likeness import says_several
from include.roster.spelling.names import bracketed, full_name, words

MAY_MEAN = "the answer may mean them"


class SuggestedMembers:
    """The suggestions for the people of all sessions, whether those suggested were seen or not."""

    def __init__(self, matching: Matching) -> None:
        self._matching = matching
        self._before = SuggestedMembers(matching.before) if matching.before else None
        self._by_names = Companions(matching.similar_names, (matching.before or matching).names)
        self._match = dict(zip(matching.sightings, matching.matches, strict=True))
        own = zip(matching.sightings, matching.own, strict=True)
        self._unnamed = {sighting for sighting, match in own if match is None}
        self._may_be = self._accounts_in_doubt()
        self._theirs = self._ever_theirs()
        self._found: dict[Sighting, list[Suggestion]] = {}

    def of(self, sighting: Sighting) -> list[Suggestion]:
        """Whom a person without a match may be, or who may be there beside those matched."""
        if sighting not in self._found:
            match = self._match[sighting]
            found = self._companions(sighting, match) if match else self._all_suggested(sighting)
            self._found[sighting] = found
        return self._found[sighting]

    def _companions(self, sighting: Sighting, match: Match) -> list[Suggestion]:
        """Who may be there beside those matched."""
        answer = self._matching.answer(sighting)
        answered = answer is not None and answer.key == match.answer
        if answered and match.people != 1:  # somebody has counted them
            return []
        found = self._by_names.of(sighting, match.members, answered=answered)
        perhaps = (answer.perhaps if answer else frozenset()) | self._perhaps_by_account(sighting)
        perhaps = perhaps.difference(match.members)
        found |= {member: Suggestion(member, MAY_MEAN) for member in perhaps}
        return [found[member] for member in sorted(found)]

    def _all_suggested(self, sighting: Sighting) -> list[Suggestion]:
        """Whom a person without a match may be."""
        inside = [full for name in sighting.person.names for full in bracketed(name)]
        lists = filter(None, map(self._matching.similar_names.listing, sighting.person.names))
        similar = self._matching.similar_names
        found = similar.by_device_word(sighting.person.names)
        found |= similar.by_member((*sighting.fulls, *inside, *lists))
        for full in inside:
            for member in self._matching.names.get(full, ()):
                found[member] = Suggestion(member, "the name is in brackets")
        for member, reason in self._nearly(sighting):
            found[member] = Suggestion(member, reason)
        perhaps = self._perhaps_by_account(sighting)
        for answer in self._matching.answers_for(sighting):
            perhaps |= answer.perhaps.union(answer.members)
        found |= {member: Suggestion(member, MAY_MEAN) for member in perhaps}
        return [found[member] for member in sorted(found)]

    def _accounts_in_doubt(self) -> dict[str, frozenset[str]]:
        """Whose an account or registrant may be by answers that cannot be read."""
        found: dict[str, frozenset[str]] = defaultdict(frozenset)
        for sighting in self._matching.sightings:
            if sighting.known and not sighting.once:
                for answer in self._matching.answers_for(sighting):
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
            if len(several := self._matching.emails.get(email, ())) > 1:
                yield from ((member, "the e-mail is that of several members") for member in several)
        for known in sighting.known:
            for match in self._matching.bound.get(known, {}):
                reason = "the account has been theirs"
                yield from ((member, reason) for member in match[0])
        for shown in (*sighting.fulls, *sighting.person.emails):
            reason = "the name or the e-mail has been theirs"
            yield from ((member, reason) for member in self._theirs[shown])
        for full in sighting.fulls:
            several = self._matching.names.get(full, ())
            reason = "the same name, but several have it"
            yield from ((member, reason) for member in several)
        yield from self._formerly(sighting)

    def _formerly(self, sighting: Sighting) -> Iterable[tuple[str, str]]:
        """Members whom a step would fit by what stood in People before."""
        if self._before is None:
            return
        match = self._before._match[sighting]
        reason = "it was theirs before"
        yield from ((member, reason) for member in (match.members if match else ()))
        yield from self._before._nearly(sighting)

    def _ever_theirs(self) -> dict[str, set[str]]:
        """Under which full names and e-mails members were matched, in any session or answer."""
        found: dict[str, set[str]] = defaultdict(set)
        matched = ((sighting, match) for sighting, match in self._match.items() if match)
        for sighting, match in matched:
            for shown in (*sighting.fulls, *sighting.person.emails):
                found[shown].update(match.members)
        for answer in self._matching.answers:
            found[full_name(answer.name)].update(answer.members)
        for sighting in self._matching.sightings:
            for shown in (*sighting.fulls, *sighting.person.emails):
                found[shown] |= self._matching.lost.of(shown)
        found[""].clear()
        return found


@dataclass(frozen=True, slots=True)
class Companions:
    """Looks names up for members other than those matched.

    :param names: members by their full name.
    """

    similar_names: SimilarNames
    names: Mapping[str, tuple[str, ...]]

    def of(
        self, sighting: Sighting, members: tuple[str, ...], *, answered: bool
    ) -> dict[str, Suggestion]:
        """Return by id the members of whom a person's names speak, but for those matched.

        :param answered: people have said who this person is.
        """
        found: dict[str, Suggestion] = {}
        inside = (full for name in sighting.person.names for full in bracketed(name))
        lists = filter(None, map(self.similar_names.listing, sighting.person.names))
        for full in (*sighting.fulls, *inside, *lists):
            found |= self._of_name(full, members, answered)
        return found

    def _of_name(
        self, full: str, members: tuple[str, ...], answered: bool
    ) -> dict[str, Suggestion]:
        """All whom a name may mean; but where it says who was matched, those it names wholly."""
        exact = self.names.get(full, ())
        if set(exact).intersection(members):
            return {}
        found = self.similar_names.by_member([full])
        if not answered:
            found |= {id_: Suggestion(id_, "the same name") for id_ in exact}
        is_them = not set(found).isdisjoint(members) and not says_several(full)
        return {
            id_: suggestion
            for id_, suggestion in found.items()
            if id_ not in members
            and (not (answered or is_them) or self._is_whole(id_, full, members))
        }

    def _is_whole(self, id_: str, full: str, members: tuple[str, ...]) -> bool:
        """Whether a name holds the whole name of a member, and not as a part of one matched."""
        shown, written = set(words(full)), self.similar_names.words
        matched = {word for member in members for name in written.get(member, ()) for word in name}
        names = [set(name) for name in written[id_] if len(name) > 1]
        return any(name <= shown and not name <= matched for name in names)
