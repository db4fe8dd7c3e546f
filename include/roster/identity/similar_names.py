"""Which members a name looks like, with the reason. Suggestions are shown and never applied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Set
from dataclasses import dataclass
from itertools import product

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from include.attendance.names import is_generic
from include.roster.members.people import Member
from include.roster.spelling.likeness import (
    FAMILY,
    PERHAPS_AND,
    SHORTEST,
    STEM,
    begins,
    joined,
    why,
)
from include.roster.spelling.names import (
    bracketed,
    by_brackets,
    every_word,
    full_name,
    listed,
    plain,
    spellings,
    without_roles,
    words,
)
from include.roster.spelling.nicknames import ROOTS


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A member whom somebody may be, and why: goes on after "looks like Ann Lee because"."""

    member: str
    reason: str


class SimilarNames:
    """Looks names up among the members.

    :ivar full: the full name of each member who has one, by id. ``words``: its words, in each of
        its spellings; ``plain``: without accents.
    :ivar index: ids by what words have in common; ``devices``: by those that are a device's, too.
    """

    def __init__(self, members: Collection[Member]) -> None:
        self.full = {member.id: member.full for member in members if member.full}
        classes = {key for member in members for key in member.classes}
        names = {member.id: _names(member, classes) for member in members}
        self.words = {id_: _all_written(fulls) for id_, fulls in names.items() if fulls}
        firsts = {name[0] for written in self.words.values() for name in written}
        # A class may have somebody's first name; in "Grace Young" it says nothing of a class.
        self.classes = {word for key in classes for word in words(key)} - firsts - ROOTS.keys()
        self.plain = {(id_, full): plain(full) for id_, fulls in names.items() for full in fulls}
        self.index: dict[str, set[str]] = defaultdict(set)
        for id_, written in self.words.items():
            for stem in (stem for parts in written for part in parts for stem in _stems(part)):
                self.index[stem].add(id_)
        self.known: dict[str, tuple[Suggestion, ...]] = {}
        self.devices: dict[str, list[str]] = defaultdict(list)
        for id_, full in self.full.items():
            for word in filter(is_generic, every_word(full)):
                self.devices[word].append(id_)

    def of(self, full: str) -> tuple[Suggestion, ...]:
        """Return the members that a full name may mean, in the order of their ids."""
        if full not in self.known:
            found = dict(self._one_letter(full))
            whole = _written(full)
            near = {id_ for shown in whole for word in shown for id_ in self._near(word)}
            parts = dict.fromkeys(part for shown in whole for part in (shown, *joined(shown)))
            parts |= dict.fromkeys(without_roles(part, self.classes) for part in parts)
            perhaps = {part for shown in whole for part in joined(shown, PERHAPS_AND)} - {*whole}
            for id_ in near:
                names = self.words[id_]
                reason = why(parts, names)
                if any(begins(*pair) for pair in product(perhaps, names)):
                    reason = reason or "the same first name"
                if reason and full != self.full.get(id_):
                    found[id_] = reason
            self.known[full] = tuple(Suggestion(id_, found[id_]) for id_ in sorted(found))
        return self.known[full]

    def by_member(self, fulls: Iterable[str]) -> dict[str, Suggestion]:
        """Return the members that any of these full names may mean, by their ids."""
        return {found.member: found for full in fulls for found in self.of(full)}

    def by_device_word(self, names: Iterable[str]) -> dict[str, Suggestion]:
        """Return the members of whose name a device's word is part: "T Host" may be Tim Host."""
        return {
            id_: Suggestion(id_, f"“{word}” is part of the name")
            for shown in map(every_word, names)
            for word in shown
            for id_ in self.devices.get(word, ())
            if self._fits(shown, every_word(self.full[id_]))
        }

    def _fits(self, shown: tuple[str, ...], name: tuple[str, ...]) -> bool:
        """Whether all that is shown begins like a word of the name, but for titles and devices."""
        others = without_roles(shown, self.classes | FAMILY)
        return all(
            is_generic(word) or any(part.startswith(word) for part in name) for word in others
        )

    def listing(self, name: str) -> str:
        """Return "ann and robert" of "Ann, Robert"; "" of "Lee, Ann", which says Ann Lee.

        One comma turns a name round where nobody has what stands before it as a first name.
        """
        parts = listed(name)
        if not parts or full_name(name) in self.full.values():
            return ""
        is_turned = len(parts) == 2 and not self._is_first(parts[0])
        return "" if is_turned else " and ".join(parts)

    def _is_first(self, part: str) -> bool:
        """Whether a part is a first name: a common one, or that of a member, who may be meant."""
        shown = _written(part)
        near = (id_ for spelling in shown for word in spelling for id_ in self._near(word))
        names = {name for id_ in near for name in self.words[id_]}
        return part in ROOTS or any(begins(*pair) for pair in product(shown, names))

    def _near(self, word: str) -> set[str]:
        """The members with a word like this one in their names."""
        return {id_ for stem in _stems(word) for id_ in self.index.get(stem, ())}

    def _one_letter(self, full: str) -> Iterator[tuple[str, str]]:
        text = plain(full)
        near = extract(text, self.plain, scorer=OSA.distance, score_cutoff=1, limit=None)
        for _, distance, (id_, name) in near:
            if full in (name, self.full.get(id_)):
                continue
            if distance == 0:
                yield id_, "only accents or the script differ"
            elif min(len(text), len(self.plain[id_, name])) >= SHORTEST:
                yield id_, "only one letter differs"


def _stems(word: str) -> set[str]:
    """Under what a word is looked up: what it has in common with those that are like it."""
    found = {word[:STEM], word[:1] + ".", *ROOTS.get(word, ())}
    return found if word.isascii() else found | {word[-2:]}


def _written(full: str) -> tuple[tuple[str, ...], ...]:
    """The words of a name, in each of its spellings."""
    return tuple(dict.fromkeys(map(words, spellings(full))))


def _names(member: Member, classes: Set[str]) -> tuple[str, ...]:
    """The full name of a member, those that People had before, and those by what is in brackets.

    A class in brackets only tells two of one name apart. A short entry that has been completed is
    none of before: "Bob", now "Bob Kim", is not Bob Fox.
    """
    former = (name for name in member.former_names if not _is_part(name, member.full))
    every = (member.name, *former)
    inside = (name for name in every if classes.isdisjoint(bracketed(name)))
    names = (*map(full_name, every), *(other for name in inside for other in by_brackets(name)))
    return tuple(dict.fromkeys(filter(None, names)))


def _is_part(name: str, full: str) -> bool:
    """Whether a name says nothing that a full name does not say, too."""
    return not bracketed(name) and set(words(full_name(name))) <= set(words(full))


def _all_written(fulls: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """The words of names, in each spelling; of a name of signs alone there are none."""
    return tuple(dict.fromkeys(filter(None, (each for full in fulls for each in _written(full)))))
