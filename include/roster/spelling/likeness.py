"""Whether one name may be another, word by word, and why."""

from __future__ import annotations

from collections.abc import Iterable, Set
from itertools import groupby, product

from rapidfuzz.distance import OSA

from include.roster.spelling.names import words
from include.roster.spelling.nicknames import ROOTS

SHORTEST = 4
"""Letters of a name in which one may be wrong."""

STEM = 3
"""Letters that a short form has of the long one: Ann and Annie, Sam and Samuel."""

FAMILY = frozenset(
    ["family", "familie", "famille", "familia", "famiglia", "fam", "the", "ehepaar", "eheleute"]
)

_AND = frozenset(["and", "und", "et", "y", "e", "og", "en", "och"])

PERHAPS_AND = frozenset(["u"])
"""What is "and" in "Ann u. Tim", and an initial in "Ben U. Young"."""


def says_several(full: str) -> bool:
    """Tell whether a full name speaks of several people: "Ann & Tim Lee", "Lee family"."""
    return not (FAMILY | _AND).isdisjoint(words(full))


def begins(shown: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Whether some words are those with which a name begins, or one is a further first name."""
    short = len(shown) == 1 and any(_short(shown[0], word) for word in (name[0], *name[1:-1]))
    return short or (bool(shown) and shown == name[: len(shown)])


def joined(shown: tuple[str, ...], by: Set[str] = _AND) -> list[tuple[str, ...]]:
    """The names that "and" joins, or another such word."""
    groups = groupby(shown, lambda word: word in by)
    return [tuple(part) for is_and, part in groups if not is_and]


def why(shown: Iterable[tuple[str, ...]], names: Iterable[tuple[str, ...]]) -> str | None:
    """Why one of the names that somebody shows may be one spelling of a member's."""
    reasons = (_reason(*pair) for pair in product(shown, names))
    return next(filter(None, reasons), None)


def _reason(shown: tuple[str, ...], name: tuple[str, ...]) -> str | None:
    """Why the words of a name may be those of a member's name."""
    if not shown or not name:
        return None
    if all(len(word) == 1 for word in shown):
        shown = ("".join(shown),)
    if shown == name:
        return "the same words"
    if sorted(shown) == sorted(name):
        return "the same words in another order"
    if len(name) > 1 and set(name) <= set(shown):
        return "the whole name is in it"
    if len(shown) > 1 and set(shown) <= set(name):
        return "it is a part of the name"
    if _is_spaced_otherwise(shown, name):
        return "the same letters"
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
    if len(name) > 1 and word in (name[0][:1] + name[-1][:1], _initials(name[:-1])):
        return "the initials"
    if len(name) > 1 and word in (name[0][:1] + name[-1], name[0] + name[-1][:1]):
        return "an initial and a name"
    if any(word == further or _short(word, further) for further in name[1:-1]):
        return "a further first name"
    if min(len(word), len(name[0])) > SHORTEST and OSA.distance(word, name[0]) == 1:
        return "the first name but for one letter"
    return "the name is in it" if _is_unspaced(word, name) else None


def _initials(first_names: tuple[str, ...]) -> str:
    """ "jp" of Jean-Pierre; of one first name nothing."""
    return "".join(word[:1] for word in first_names) if len(first_names) > 1 else ""


def _is_spaced_otherwise(shown: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Whether two names differ in spaces and in which comes first: Minjun Kim, Kim Min-jun."""
    turned = {"".join((*name[at:], *name[:at])) for at in range(len(name))}
    return len(name) > 1 and "".join(shown) in turned


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
    if last and shown[0] == _initials(name[:-1]):
        return "the initials and the family name"
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
    others = [word for word in shown if word not in FAMILY and word not in _AND]
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
