"""Texts that people read: one line, in which every character shows."""

from __future__ import annotations

import unicodedata

JOINERS = "\u200c\u200d"
"""They show by what they join: Persian words, an emoji of a family."""

FILLERS = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters and signs to Unicode, and blanks to the eye."""


def one_line(text: str) -> str:
    """Return the text; raises ValueError with the first character that does not show."""
    for place, sign in enumerate(text, 1):
        if not _shows(sign) and sign not in JOINERS:
            raise ValueError(
                f"use one line of text in which everything shows: character {place} is "
                f"{_named(sign)}. Remove it, or type a plain space there"
            )
    if not any(unicodedata.category(sign)[0] in "LNPS" for sign in text):
        raise ValueError("nothing of it shows. Write a text")
    return text


def _shows(sign: str) -> bool:
    return sign.isprintable() and sign not in FILLERS


def _named(sign: str) -> str:
    """Name a character as Unicode does: ``U+00A0 (no-break space)``."""
    name = unicodedata.name(sign, "").lower()
    return f"U+{ord(sign):04X} ({name})" if name else f"U+{ord(sign):04X}"
