"""Which members a name looks like, with the reason. Suggestions are shown and never applied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, product

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from include.roster.names import full_name, listed, plain, spellings, words
from include.roster.nicknames import ROOTS
from include.roster.people import Member

SHORTEST = 4
"""Letters of a name in which one may be wrong."""

STEM = 3
"""Letters that a short form has of the long one: Ann and Annie, Sam and Samuel."""

_FAMILY = frozenset(["family", "familie", "famille", "familia", "famiglia", "the"])

_AND = frozenset(["and", "und", "et", "y", "e", "og", "en", "och"])


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A member whom somebody may be, and why: goes on after "looks like Ann Lee because"."""

    member: str
    reason: str


class Suggestions:
    """Looks names up among the members."""

    def __init__(self, members: Collection[Member]) -> None:
        self.full = {one.id: one.full for one in members if one.full}
        names = {one.id: _names(one) for one in members}
        self.words = {id_: _all_written(fulls) for id_, fulls in names.items() if fulls}
        self.plain = {(id_, full): plain(full) for id_, fulls in names.items() for full in fulls}
        self.index: dict[str, set[str]] = defaultdict(set)
        for id_, written in self.words.items():
            for stem in (stem for parts in written for part in parts for stem in _stems(part)):
                self.index[stem].add(id_)
        self.known: dict[str, tuple[Suggestion, ...]] = {}

    def of(self, full: str) -> tuple[Suggestion, ...]:
        """Return the members that a full name may mean, by their ids."""
        if full not in self.known:
            found = dict(self._one_letter(full))
            whole = _written(full)
            near = {id_ for said in whole for part in said for id_ in self._near(part)}
            parts = dict.fromkeys(part for said in whole for part in (said, *_joined(said)))
            for id_ in near:
                if full != self.full.get(id_) and (reason := _why(parts, self.words[id_])):
                    found[id_] = reason
            self.known[full] = tuple(Suggestion(id_, found[id_]) for id_ in sorted(found))
        return self.known[full]

    def by_member(self, fulls: Iterable[str]) -> dict[str, Suggestion]:
        """Return the members that any of these full names may mean, by their ids."""
        return {found.member: found for full in fulls for found in self.of(full)}

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
        said = _written(part)
        near = (id_ for words in said for word in words for id_ in self._near(word))
        of = {written for id_ in near for written in self.words[id_]}
        return part in ROOTS or any(_begins(one, written) for one, written in product(said, of))

    def _near(self, part: str) -> set[str]:
        return {id_ for stem in _stems(part) for id_ in self.index.get(stem, ())}

    def _one_letter(self, full: str) -> Iterator[tuple[str, str]]:
        text = plain(full)
        near = extract(text, self.plain, scorer=OSA.distance, score_cutoff=1, limit=None)
        for _, distance, (id_, name) in near:
            if full in (name, self.full.get(id_)):
                continue
            if distance == 0:
                yield id_, "only accents differ"
            elif min(len(text), len(self.plain[id_, name])) >= SHORTEST:
                yield id_, "only one letter differs"


def says_several(full: str) -> bool:
    """Tell whether a full name speaks of several people: "Ann & Tim Lee", "Lee family"."""
    return not (_FAMILY | _AND).isdisjoint(words(full))


def _begins(said: tuple[str, ...], of: tuple[str, ...]) -> bool:
    """Whether some words are those with which a name begins, or one is a further first name."""
    short = len(said) == 1 and any(_short(said[0], one) for one in (of[0], *of[1:-1]))
    return short or (bool(said) and said == of[: len(said)])


def _stems(part: str) -> set[str]:
    """Under what a word is looked up: what it has in common with those that are like it."""
    found = {part[:STEM], part[:1] + ".", *ROOTS.get(part, ())}
    return found if part.isascii() else found | {part[-2:]}


def _written(full: str) -> tuple[tuple[str, ...], ...]:
    """The words of a name, in each of its spellings."""
    return tuple(dict.fromkeys(map(words, spellings(full))))


def _names(member: Member) -> tuple[str, ...]:
    """The full name of a member, and those that People had before."""
    names = (member.full, *map(full_name, member.former_names))
    return tuple(dict.fromkeys(filter(None, names)))


def _all_written(fulls: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(dict.fromkeys(written for full in fulls for written in _written(full)))


def _joined(said: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The names that "and" joins."""
    groups = groupby(said, lambda one: one in _AND)
    return [tuple(part) for is_and, part in groups if not is_and]


def _why(said: Iterable[tuple[str, ...]], of: Iterable[tuple[str, ...]]) -> str | None:
    """Why one of the names that somebody shows may be one spelling of a member's."""
    reasons = (_reason(*pair) for pair in product(said, of))
    return next(filter(None, reasons), None)


def _reason(said: tuple[str, ...], of: tuple[str, ...]) -> str | None:
    """Why the words of a name may be those of a member's name."""
    if not said or not of:
        return None
    if said == of:
        return "the same words"
    if sorted(said) == sorted(of):
        return "the same words in another order"
    if len(of) > 1 and set(of) <= set(said):
        return "the whole name is in it"
    if len(said) > 1 and set(said) <= set(of):
        return "it is a part of the name"
    if len(said) == 1:
        return _one_word(said[0], of)
    return _first_and_last(said, of) or _first_and_last(said[::-1], of) or _several(said, of)


def _one_word(word: str, of: tuple[str, ...]) -> str | None:
    if word == of[0]:
        return "the same first name"
    if len(of) > 1 and word in (of[-1], of[-1] + "s"):
        return "the same family name"
    if _short(word, of[0]):
        return "a short form of the first name"
    if len(of) > 1 and word == of[0][:1] + of[-1][:1]:
        return "the initials"
    if any(word == one or _short(word, one) for one in of[1:-1]):
        return "a further first name"
    if min(len(word), len(of[0])) > SHORTEST and OSA.distance(word, of[0]) == 1:
        return "the first name but for one letter"
    return "the name is in it" if _is_unspaced(word, of) else None


def _is_unspaced(word: str, of: tuple[str, ...]) -> bool:
    """Whether one name is the end of the other, in a script without spaces."""
    name = "".join(of)
    apart = not word.isascii() and not name.isascii() and word != name
    return apart and len(word) > 1 and (name.endswith(word) or word.startswith(name))


def _first_and_last(said: tuple[str, ...], of: tuple[str, ...]) -> str | None:
    if len(of) < 2:
        return "the same first name" if said[0] == of[0] else None
    last = OSA.distance(said[-1], of[-1]) <= (len(of[-1]) >= SHORTEST)
    if same := _same_first(said[0], of[0]):
        if last:
            return f"{same} and the family name"
        if said[-1] in {one[:1] for one in of[1:]} or said[-1] in of[1:]:
            return f"{same} and the initial" if len(said[-1]) == 1 else f"{same} and a name"
    if said[0] in of[1:-1] and said[-1] in {one[:1] for one in of[2:]}:
        return "a further first name and the initial"
    if said[0] == of[0][:1] and (last or said[1:] == (of[-1][:1],)):
        return "the initial and the family name" if last else "the initials"
    return None


def _same_first(said: str, of: str) -> str | None:
    """Why one first name may be another, where a family name or an initial stands beside it."""
    if said == of:
        return "the first name"
    if _short(said, of):
        return "a short form of the first name"
    wrong = min(len(said), len(of)) >= SHORTEST and OSA.distance(said, of) == 1
    return "the first name but for one letter" if wrong else None


def _several(said: tuple[str, ...], of: tuple[str, ...]) -> str | None:
    """ "The Lees", "Lee family", "Ann & Bob Lee", "Ann and Bob"."""
    others = [one for one in said if one not in _FAMILY and one not in _AND]
    if len(others) == len(said):
        return None
    if len(of) > 1 and not {of[-1], of[-1] + "s"}.isdisjoint(others):
        return "the same family name"
    return "the same first name" if of[0] in others else None


def _short(one: str, other: str) -> bool:
    """Whether one first name is a short form of the other, or both are of a third."""
    low, high = sorted((one, other), key=len)
    prefix = len(low) >= STEM and high.startswith(low)
    return prefix or bool(set(ROOTS.get(one, (one,))) & set(ROOTS.get(other, (other,))))
