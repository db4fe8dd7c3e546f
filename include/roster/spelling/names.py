"""Names as they are compared: the full name of somebody, and whether two names may be one's.

`full_name` is the exact match of `matching`; what `similar_names` finds is never applied.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Set
from functools import cache

from include.attendance.names import is_generic, name_key
from include.roster.spelling.nicknames import ROOTS

_PRONOUN = r"(?:she|her|hers|he|him|his|they|them|theirs|ze|zir|hir|xe|xem|it|its|any|all)"
_PRONOUNS = re.compile(rf"[\s,|·–—-]*\b{_PRONOUN}(?:\s*[/|]\s*{_PRONOUN})+(?:\s+pronouns)?\s*$")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}|<[^<>]*>|【[^【】]*】|「[^「」]*」")
_BOT = re.compile(
    r"\b(?:otter|fireflies|fathom|tl;?dv|read\W?ai|meetgeek|note\W?takers?|meeting notes|"
    r"ai companion)\b"
)
_DEVICE_BEHIND = re.compile(r"^(.+?)(?:\s+[-–—|/·:]+\s*|\s*[–—|/·:]+\s*|\s*,\s*)([^-–—|/·:,]+)$")


@cache
def full_name(name: str) -> str:
    """What a full name is compared by; "" for one that says nobody.

    Folded as in counting, without text in brackets, pronouns at the end, a device behind a dash;
    "Last, First" in the order in which it is said. A note taker in brackets stays: "Ann Lee
    (Otter.ai)" is not Ann Lee.
    """
    text = name_key(name) or ""
    if is_generic(text):
        return ""
    text = _without_brackets(text)
    text = _PRONOUNS.sub("", text)
    text = _without_device(text)
    last, comma, first = text.partition(",")
    if comma and "," not in first and last.strip() and first.strip():
        text = f"{first} {last}"
    text = " ".join(text.strip(" ,-–—|·").split())
    return "" if not text or is_generic(text) else text


def _without_brackets(text: str) -> str:
    shorter = _BRACKETS.sub(
        lambda match: match[0] if _BOT.search(match[0].casefold()) else " ", text
    )
    return " ".join(shorter.split()) if shorter == text else _without_brackets(shorter)


def _without_device(text: str) -> str:
    found = _DEVICE_BEHIND.match(text)
    if found and is_generic(found[2]):
        return _PRONOUNS.sub("", found[1])
    return text


_STROKES = str.maketrans(
    dict(zip("łøđðı", "loddi", strict=True)) | {"ß": "ss", "æ": "ae", "œ": "oe"}
)
_CYRILLIC = dict(zip("абвгґдеєзиіклмнопрстуфы", "abvggdeeziiklmnoprstufy", strict=True))
_CYRILLIC |= {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu"}
_CYRILLIC |= {"я": "ya", "э": "e", "ъ": "", "ь": ""}
_GREEK = dict(zip("αβγδεζηικλμνξοπρσςτυφω", "avgdeziiklmnxoprsstyfo", strict=True))
_GREEK |= {"θ": "th", "χ": "ch", "ψ": "ps"}
_LATIN = str.maketrans(_CYRILLIC | _GREEK)
_WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})


def plain(text: str) -> str:
    """Letters without their accents and strokes; Cyrillic and Greek ones in Latin."""
    split = unicodedata.normalize("NFD", text)
    bare = "".join(sign for sign in split if not unicodedata.combining(sign))
    return bare.translate(_STROKES).translate(_LATIN)


@cache
def spellings(full: str) -> tuple[str, ...]:
    """A full name as it is, and as it is written without a key for its umlauts."""
    return tuple(dict.fromkeys((full, full.translate(_WRITTEN_OUT))))


_OF = frozenset(["de", "d", "di", "do", "da", "von", "van", "of", "av", "af"])


@cache
def bracketed(name: str) -> tuple[str, ...]:
    """The full names in brackets: "iPad (Ann Lee)". They only suggest."""
    inside = (full_name(text[1:-1]) for text in _BRACKETS.findall(name_key(name) or ""))
    return tuple(filter(None, inside))


@cache
def by_brackets(name: str) -> tuple[str, ...]:
    """What somebody may be called by what stands in brackets in their name. It only suggests.

    "Wei (Grace) Wang" is Grace Wang, too, and "Ann Roy (née Lee)" Ann Lee.
    """
    inside, (first, *others) = bracketed(name), full_name(name).split() or [""]
    last = (" ".join((first, *others[:-1], each.split()[-1])) for each in inside)
    instead = (" ".join((each, *others)) for each in inside if " " not in each)
    return (*instead, *last, *(each for each in inside if " " in each or not others))


@cache
def listed(name: str) -> tuple[str, ...]:
    """The full names that commas divide, if there are several: "Ann, Robert"."""
    text = _PRONOUNS.sub("", _without_brackets(name_key(name) or ""))
    parts = [full_name(part) for part in text.split(",")]
    return tuple(filter(None, parts)) if len(parts) > 1 else ()


_TITLES = frozenset(
    ["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "rev", "fr", "pastor", "father", "mother"]
).union(["sister", "sis", "brother", "bro", "auntie", "aunt", "uncle"])

_ROLES = """
frau herr hr fräulein madame mme mlle monsieur mr sra sr srta senora senor signora signor
schwester bruder br soeur frere hermana hermano sorella fratello pfarrer pfarrerin pfr pastorin
oma opa omi opi grandma grandpa granny gran abuela abuelo nonna nonno mamie papi babushka
mama mamma mum mummy mom mommy maman mutti papa dad daddy vati tante onkel tio tata
leader leaders leiter leiterin host cohost teacher lehrer lehrerin coach elder deacon admin
handy fire home smartphone telefon telefono portable rechner
"""
_BESIDE_NAMES = _TITLES.union(_ROLES.split())


def without_roles(shown: tuple[str, ...], classes: Set[str]) -> tuple[str, ...]:
    """Words somebody shows but for titles, roles, things and classes: "Oma Ann", "Youth - Ann".

    :param classes: the words of the classes' names.
    """
    return tuple(word for word in shown if word not in _BESIDE_NAMES and word not in classes)


@cache
def every_word(name: str) -> tuple[str, ...]:
    """All words of a name without accents, also those of a device."""
    return tuple(re.findall(r"[^\W_]+", plain(name_key(name) or "")))


@cache
def words(full: str) -> tuple[str, ...]:
    """The words of a full name without accents, titles, "'s" and somebody's device."""
    text = re.sub(r"['’]s?\b", "", plain(full))
    text = re.sub(r"[&+/;、]", " and ", text)
    every = _with_and(re.findall(r"[^\W_]+", text))
    found = every[: next((at for at in range(1, len(every)) if _is_device(every[at:])), None)]
    size = next((at for at in range(len(found) - 1, 0, -1) if is_generic(" ".join(found[:at]))), 0)
    found = found[size:]
    while len(found) > 1 and (found[0] in _TITLES or (found[0] in _OF and len(found) < len(every))):
        found.pop(0)
    return tuple(found)


def _with_and(of: list[str]) -> list[str]:
    """Words with "u" as "and" between first names or titles: not in "Ben U. Young"."""
    beside = [word in ROOTS or word in _BESIDE_NAMES for word in of]
    between = [False, *map(all, zip(beside, beside[2:], strict=False)), False]
    return [
        "and" if word == "u" and joins else word for word, joins in zip(of, between, strict=False)
    ]


def _is_device(of: list[str]) -> bool:
    """Whether words are a device's, also without its maker: "Ann's S21 Ultra"."""
    text = " ".join(of)
    return is_generic(text) or (bool(re.search(r"\d", text)) and is_generic(f"galaxy {text}"))


def proper_name(name: str) -> str:
    """A name as Zoom shows it, fit for People: without brackets, pronouns or a device."""
    text = _without_brackets(" ".join(name.split()))
    text = re.sub(_PRONOUNS.pattern, "", text, flags=re.IGNORECASE)
    return _without_device(text).strip(" ,-–—|·") or name
