"""What is wrong with a text that is no YAML, in plain words."""

from __future__ import annotations

import re
from typing import Any

NOT_CLOSED = "a quote {0} is opened and not closed in the same line. Close it."

TEXT_AFTER = "text after the closing quote or bracket. Put the whole text in quotes."

NO_CHARACTER = "an escape with a backslash that is no character. Type the character itself."

COLUMN = "this line begins in another column than those above it. Begin them all in one column."

COMMA = "a {0} without its {1}, or a comma is missing."

BAD_BEGINNINGS = {
    "found character that cannot start any token": "problem",
    "did not find expected node content": "problem",
    "block sequence entries are not allowed": "problem",
    "mapping keys are not allowed": "problem",
    "while scanning an alias": "context",
    "while scanning an anchor": "context",
    "while parsing a tag": "context",
    "while scanning a tag": "context",
    "while scanning a directive": "context",
    "while scanning a block scalar": "context",
}
"""Words of libyaml for a text that begins with one of YAML's signs, and which mark it stands at."""


class Slip(Exception):
    """Something in a file that cannot be read.

    :param line: from 1; None if it is the whole file.
    :param field: the field's name, if it has got one.
    """

    def __init__(self, what: str, line: int | None = None, field: str | None = None) -> None:
        super().__init__(what)
        self.what, self.line, self.field = what, line, field


def cannot_begin(sign: str, line: int) -> Slip:
    """Return the mistake of a text that begins with a sign that means something in YAML."""
    return Slip(f"a text cannot begin with {sign}. Put the whole text in quotes.", line)


def explain(error: Any, text: str, last: Any) -> Slip:
    """Return what is wrong, where.

    :param error: a ``yaml.MarkedYAMLError`` of libyaml.
    :param last: the last event before it.
    """
    lines = [*text.splitlines(), ""]  # an error may be found after the last line
    at, begun = error.problem_mark, error.context_mark or error.problem_mark
    said = f"{error.context}: {error.problem}"
    if "\t" in lines[at.line]:
        return Slip("a tab; use spaces.", at.line + 1)
    for words, mark in BAD_BEGINNINGS.items():
        if words in said:
            place = at if mark == "problem" else begun
            return cannot_begin(lines[place.line][place.column : place.column + 1], place.line + 1)
    return _structure(error, lines, last)


def _structure(error: Any, lines: list[str], last: Any) -> Slip:
    """Return what is wrong with quotes, brackets, colons or columns."""
    said, at, begun = error.problem, error.problem_mark, error.context_mark
    if "found unexpected end of stream" in said:
        return Slip(NOT_CLOSED.format(lines[begun.line][begun.column]), begun.line + 1)
    if "unknown escape character" in said:
        return Slip("a backslash within double quotes. Use single quotes.", at.line + 1)
    if "invalid Unicode character escape" in said or "hexdecimal" in said:  # libyaml spells it so
        return Slip(NO_CHARACTER, at.line + 1)
    if "expected ',' or" in said:
        brackets = "[]" if "']'" in said else "{}"
        return Slip(COMMA.format(*brackets), begun.line + 1)
    if "found unexpected ':'" in said:
        return without_colon(":", at.line + 1)
    if "could not find expected ':'" in said:
        return without_colon(lines[begun.line], begun.line + 1)
    if "mapping values are not allowed" in said:
        return _colon_too_many(lines, at, last)
    if "did not find expected" in said:
        return _out_of_place(lines, at)
    return Slip(f"cannot be read as YAML from here: {error.problem}.", at.line + 1)


def without_colon(text: str, line: int) -> Slip:
    """Return the mistake of a line that names no field."""
    what = "a space is missing after the" if ":" in text else "there is no"
    return Slip(f"{what} colon. Write `field: value`.", line)


def _colon_too_many(lines: list[str], at: Any, last: Any) -> Slip:
    """A colon is one too many in its line, or its line has run into the one before."""
    begun = last.start_mark.line if last else at.line
    if begun == at.line:
        return Slip("a second colon. Put the text that has one in quotes.", at.line + 1)
    if re.search(r":(\s|$)", lines[begun]):
        return Slip(COLUMN, at.line + 1)
    return without_colon(lines[begun], begun + 1)


def _out_of_place(lines: list[str], at: Any) -> Slip:
    """Something stands where the next field is expected."""
    rest = lines[at.line][at.column :]
    if lines[at.line][: at.column].strip():
        return Slip(TEXT_AFTER, at.line + 1)
    if rest.startswith("- "):
        return Slip("an item of a list, but its field has a value already.", at.line + 1)
    if rest[:1] in set("]},:"):
        return cannot_begin(rest[:1], at.line + 1)
    return Slip(COLUMN, at.line + 1)
