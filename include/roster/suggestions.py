"""Which members a name looks like, with the reason. Suggestions are shown and never applied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Set
from dataclasses import dataclass
from itertools import groupby, product

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from include.roster.names import bracketed, by_brackets, full_name, listed, plain, spellings, words
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
    """Looks names up among the members.

    :ivar full: the full name of each member who has one, by id. ``words``: its words, in each of
        its spellings; ``plain``: without accents. ``index``: ids by what words have in common.
    """

    def __init__(self, members: Collection[Member]) -> None:
        self.full = {member.id: member.full for member in members if member.full}
        classes = {key for member in members for key in member.classes}
        names = {member.id: _names(member, classes) for member in members}
        self.words = {id_: _all_written(fulls) for id_, fulls in names.items() if fulls}
        self.plain = {(id_, full): plain(full) for id_, fulls in names.items() for full in fulls}
        self.index: dict[str, set[str]] = defaultdict(set)
        for id_, written in self.words.items():
            for stem in (stem for parts in written for part in parts for stem in _stems(part)):
                self.index[stem].add(id_)
        self.known: dict[str, tuple[Suggestion, ...]] = {}

    def of(self, full: str) -> tuple[Suggestion, ...]:
        """Return the members that a full name may mean, in the order of their ids."""
        if full not in self.known:
            found = dict(self._one_letter(full))
            whole = _written(full)
            near = {id_ for shown in whole for word in shown for id_ in self._near(word)}
            parts = dict.fromkeys(part for shown in whole for part in (shown, *_joined(shown)))
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
        shown = _written(part)
        near = (id_ for spelling in shown for word in spelling for id_ in self._near(word))
        names = {name for id_ in near for name in self.words[id_]}
        return part in ROOTS or any(_begins(*pair) for pair in product(shown, names))

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
                yield id_, "only accents differ"
            elif min(len(text), len(self.plain[id_, name])) >= SHORTEST:
                yield id_, "only one letter differs"


def says_several(full: str) -> bool:
    """Tell whether a full name speaks of several people: "Ann & Tim Lee", "Lee family"."""
    return not (_FAMILY | _AND).isdisjoint(words(full))


def _begins(shown: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Whether some words are those with which a name begins, or one is a further first name."""
    short = len(shown) == 1 and any(_short(shown[0], word) for word in (name[0], *name[1:-1]))
    return short or (bool(shown) and shown == name[: len(shown)])


def _stems(word: str) -> set[str]:
    """Under what a word is looked up: what it has in common with those that are like it."""
    found = {word[:STEM], word[:1] + ".", *ROOTS.get(word, ())}
    return found if word.isascii() else found | {word[-2:]}


def _written(full: str) -> tuple[tuple[str, ...], ...]:
    """The words of a name, in each of its spellings."""
    return tuple(dict.fromkeys(map(words, spellings(full))))


def _names(member: Member, classes: Set[str]) -> tuple[str, ...]:
    """The full name of a member, those that People had before, and those by what is in brackets.

    A class in brackets only tells two of one name apart.
    """
    every = (member.name, *member.former_names)
    inside = (name for name in every if classes.isdisjoint(bracketed(name)))
    names = (*map(full_name, every), *(other for name in inside for other in by_brackets(name)))
    return tuple(dict.fromkeys(filter(None, names)))


def _all_written(fulls: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(dict.fromkeys(written for full in fulls for written in _written(full)))


def _joined(shown: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The names that "and" joins."""
    groups = groupby(shown, lambda word: word in _AND)
    return [tuple(part) for is_and, part in groups if not is_and]


def _why(shown: Iterable[tuple[str, ...]], names: Iterable[tuple[str, ...]]) -> str | None:
    """Why one of the names that somebody shows may be one spelling of a member's."""
    reasons = (_reason(*pair) for pair in product(shown, names))
    return next(filter(None, reasons), None)


def _reason(shown: tuple[str, ...], name: tuple[str, ...]) -> str | None:
    """Why the words of a name may be those of a member's name."""
    if not shown or not name:
        return None
    if shown == name:
        return "the same words"
    if sorted(shown) == sorted(name):
        return "the same words in another order"
    if len(name) > 1 and set(name) <= set(shown):
        return "the whole name is in it"
    if len(shown) > 1 and set(shown) <= set(name):
        return "it is a part of the name"
    if len(shown) == 1:
        return _one_word(shown[0], name)
    both = _first_and_last(shown, name) or _first_and_last(shown[::-1], name)
    return both or _several(shown, name)


def _one_word(word: str, name: tuple[str, ...]) -> str | None:
    if word == name[0]:
        return "the same first name"
    if len(name) > 1 and word in (name[-1], name[-1] + "s"):
        return "the same family name"
    if _short(word, name[0]):
        return "a short form of the first name"
    if len(name) > 1 and word == name[0][:1] + name[-1][:1]:
        return "the initials"
    if any(word == further or _short(word, further) for further in name[1:-1]):
        return "a further first name"
    if min(len(word), len(name[0])) > SHORTEST and OSA.distance(word, name[0]) == 1:
        return "the first name but for one letter"
    return "the name is in it" if _is_unspaced(word, name) else None


def _is_unspaced(word: str, name: tuple[str, ...]) -> bool:
    """Whether one name is the end of the other, in a script without spaces."""
    whole = "".join(name)
    apart = not word.isascii() and not whole.isascii() and word != whole
    return apart and len(word) > 1 and (whole.endswith(word) or word.startswith(whole))


def _first_and_last(shown: tuple[str, ...], name: tuple[str, ...]) -> str | None:
    if len(name) < 2:
        return "the same first name" if shown[0] == name[0] else None
    last = OSA.distance(shown[-1], name[-1]) <= (len(name[-1]) >= SHORTEST)
    if same := _same_first(shown[0], name[0]):
        if last:
            return f"{same} and the family name"
        if shown[-1] in {word[:1] for word in name[1:]} or shown[-1] in name[1:]:
            return f"{same} and the initial" if len(shown[-1]) == 1 else f"{same} and a name"
    if shown[0] in name[1:-1] and shown[-1] in {word[:1] for word in name[2:]}:
        return "a further first name and the initial"
    if shown[0] == name[0][:1] and (last or shown[1:] == (name[-1][:1],)):
        return "the initial and the family name" if last else "the initials"
    return None


def _same_first(shown: str, name: str) -> str | None:
    """Why one first name may be another, where a family name or an initial stands beside it."""
    if shown == name:
        return "the first name"
    if _short(shown, name):
        return "a short form of the first name"
    wrong = min(len(shown), len(name)) >= SHORTEST and OSA.distance(shown, name) == 1
    return "the first name but for one letter" if wrong else None


def _several(shown: tuple[str, ...], name: tuple[str, ...]) -> str | None:
    """ "The Lees", "Lee family", "Ann & Bob Lee", "Ann and Bob"."""
    others = [word for word in shown if word not in _FAMILY and word not in _AND]
    if len(others) == len(shown):
        return None
    if len(name) > 1 and not {name[-1], name[-1] + "s"}.isdisjoint(others):
        return "the same family name"
    return "the same first name" if name[0] in others else None


def _short(one: str, other: str) -> bool:
    """Whether one first name is a short form of the other, or both are of a third."""
    low, high = sorted((one, other), key=len)
    prefix = len(low) >= STEM and high.startswith(low)
    return prefix or bool(set(ROOTS.get(one, (one,))) & set(ROOTS.get(other, (other,))))
