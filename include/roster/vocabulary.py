"""The words and letters that people choose from, and what each letter counts as."""

from __future__ import annotations

VISITOR = "a visitor"
NOT_A_PERSON = "not a person"
ADD_TO_PEOPLE = "add to People"

ALWAYS = "always"
THIS_SESSION = "this session"

EVERYBODY = "everybody"

ALL = frozenset({EVERYBODY, "everyone", "all"})
"""What means everybody, where it is the name of no member and of no class."""

NOT_MET = "–"

LETTERS = ("P", "L", "E", "LE", "S", "R", "X", NOT_MET, "?", "A")
"""The vocabulary of the Register."""

CAME = frozenset({"P", "L", "E", "LE", "R"})

COUNTABLE = CAME | {"S", "A"}
"""What "9 of 11" is of; X, – and ? are in neither number."""

_DASHES = dict.fromkeys("-‐‑‒—―−", NOT_MET)


def letter_of(text: str) -> str | None:
    """The letter that somebody typed, whatever its case or dash; None if it is none."""
    letter = text.strip().upper()
    letter = _DASHES.get(letter, letter)
    return letter if letter in LETTERS else None
