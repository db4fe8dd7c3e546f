"""Who may be there beside those whom a person was matched to: Tim of "Ann & Tim Lee", on Ann's
account.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from include.roster.identity.persons import Sighting
from include.roster.identity.similar_names import SimilarNames, Suggestion
from include.roster.spelling.likeness import says_several
from include.roster.spelling.names import bracketed, words


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
