"""Which member a text of people's means, and whom it may mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from include.attendance.names import name_key
from include.roster.identity.similar_names import SimilarNames
from include.roster.members.classes import NEAR, class_key, nearest
from include.roster.members.people import Member
from include.roster.spelling.names import full_name
from include.roster.vocabulary import ALL

NEARLY = 0.75
"""From this share of right letters on a text can mean nobody but this full name."""


class MemberUnknown(Exception):
    """A text names no member, or several; ``perhaps``: the ids of those it may mean."""

    def __init__(self, text: str, perhaps: frozenset[str]) -> None:
        super().__init__(text)
        self.perhaps = perhaps


class MemberLookup:
    """Tells which member a text names: exactly as in People, or by the same full name."""

    def __init__(
        self,
        members: Iterable[Member],
        shown: Iterable[Member],
        gone: Mapping[str, str] | None = None,
    ) -> None:
        """Take the members, those of them whose names may be shown to others, and who have gone.

        :param gone: ids of those whose line is not in People any more, by full name.
        """
        self.members, self.gone = list(members), gone or {}
        self.shown = {member.name for member in shown}
        self.similar_names = SimilarNames(self.members)
        self.by_key: dict[str, list[Member]] = defaultdict(list)
        for member in self.members:
            for key in {_exact_key(member.name), _full_key(member.name)}:
                self.by_key[key].append(member)

    def member(self, text: str) -> str:
        """Return the id of the one member of this name. Raises MemberUnknown."""
        for found in (self._named(_exact_key(text)), self._named(_full_key(text))):
            if len(found) == 1:
                return found[0].id
            if found:
                rows = " and ".join(str(member.row) for member in found)
                message = (
                    f"that name stands in rows {rows} of People: make the names differ there, "
                    "with a class in brackets say, and choose again."
                )
                raise MemberUnknown(message, frozenset(member.id for member in found))
        raise MemberUnknown(self._unknown(text), self._near(text))

    def of_name(self, name: str) -> frozenset[str]:
        """Return the ids of the members who have a full name."""
        return frozenset(member.id for member in self._named(_full_key(name)))

    def gone_id(self, text: str) -> str | None:
        """Return the id of somebody who has gone from People and had this name.

        None if a member's name is like it: they may have been typed anew.
        """
        full = full_name(text)
        id_ = self.gone.get(full)
        return None if id_ is None or self.similar_names.of(full) or self.is_nearly(full) else id_

    def is_nearly(self, full: str) -> bool:
        """Tell whether most letters of a full name are those of some member's."""
        similarity = OSA.normalized_similarity
        return any(similarity(full, member.full) >= NEARLY for member in self.members)

    def _named(self, key: str) -> list[Member]:
        return self.by_key[key] if key in self.by_key and key else []

    def _unknown(self, text: str) -> str:
        """Say that a text names nobody, and what may have been meant."""
        near = nearest(text, (member.name for member in self.members))
        if near and near not in self.shown:  # a name that is not for all to read
            return "that name is not in People. Choose from the list."
        meant = f", did you mean “{near}”?" if near else ". Choose from the list."
        return f"“{text}” is not in People{meant}"

    def perhaps(self, text: str) -> frozenset[str]:
        """Return the ids of those whom a text may mean: the one of this name, or all near it."""
        try:
            return frozenset([self.member(text)])
        except MemberUnknown as error:
            return error.perhaps

    def _near(self, text: str) -> frozenset[str]:
        """The ids of the members whose name is near a text, or whose class it names."""
        wanted = full_name(text) or text.casefold()
        score = fuzz.partial_ratio  # a first name alone may mean several
        near = {member.id for member in self.members if score(wanted, member.full) >= NEAR}
        for name in filter(None, (wanted, self.similar_names.listing(text))):
            near.update(suggestion.member for suggestion in self.similar_names.of(name))
        return self._of_class(text).union(near)

    def _of_class(self, text: str) -> frozenset[str]:
        """The members of the class that a text names, or all where it says everybody."""
        key, is_all = class_key(text), text.casefold() in ALL
        return frozenset(each.id for each in self.members if is_all or key in each.classes)


def _exact_key(name: str) -> str:
    return f"name:{name_key(name)}"


def _full_key(name: str) -> str:
    return f"full:{full_name(name)}" if full_name(name) else ""
