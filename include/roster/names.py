"""Names as they are compared: the full name of somebody, and whether two names may be one's.

`full_name` is the exact match of the matching; everything in `likeness` only suggests.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from include.attendance.devices import is_generic
from include.attendance.participants import name_key

_PRONOUN = r"(?:she|her|hers|he|him|his|they|them|theirs|ze|zir|hir|xe|xem|it|its|any|all)"
_PRONOUNS = re.compile(rf"[\s,|·–—-]*\b{_PRONOUN}(?:\s*[/|]\s*{_PRONOUN})+(?:\s+pronouns)?\s*$")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}|<[^<>]*>|【[^【】]*】|「[^「」]*」")
_DEVICE_BEHIND = re.compile(r"^(.+?)(?:\s+[-–—|/·:]+\s*|\s*[–—|/·:]+\s*|\s*,\s*)([^-–—|/·:,]+)$")


@cache
def full_name(name: str) -> str:
    """What a full name is compared by; "" for one that says nobody.

    Folded as in counting, without text in brackets, pronouns at the end, a device behind a dash;
    "Last, First" in the order in which it is said.
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
    shorter = _BRACKETS.sub(" ", text)
    return " ".join(shorter.split()) if shorter == text else _without_brackets(shorter)


def _without_device(text: str) -> str:
    found = _DEVICE_BEHIND.match(text)
    if found and is_generic(found[2]):
        return _PRONOUNS.sub("", found[1])
    return text


def plain(text: str) -> str:
    """Letters without their accents."""
    split = unicodedata.normalize("NFD", text)
    return "".join(one for one in split if not unicodedata.combining(one))


_OF = frozenset(["de", "d", "di", "do", "da", "von", "van", "of", "av", "af"])


@cache
def bracketed(name: str) -> tuple[str, ...]:
    """The full names in brackets: "iPad (Ann Lee)". They only suggest."""
    inside = (full_name(one[1:-1]) for one in _BRACKETS.findall(name_key(name) or ""))
    return tuple(filter(None, inside))


@cache
def words(full: str) -> tuple[str, ...]:
    """The words of a full name without accents, "'s" and the device of somebody's device."""
    text = re.sub(r"['’]s?\b", "", plain(full).replace("ß", "ss"))
    text = re.sub(r"[&+/]", " and ", text)
    found: list[str] = re.findall(r"[^\W_]+", text)
    number = len(found)
    while len(found) > 1 and is_generic(found[-1]):
        found.pop()
    while len(found) > 1 and (is_generic(found[0]) or (found[0] in _OF and len(found) < number)):
        found.pop(0)
    return tuple(found)


def proper_name(name: str) -> str:
    """A name as Zoom shows it, fit for People: without brackets, pronouns or a device."""
    text = _without_brackets(" ".join(name.split()))
    text = re.sub(_PRONOUNS.pattern, "", text, flags=re.IGNORECASE)
    return _without_device(text).strip(" ,-–—|·") or name
