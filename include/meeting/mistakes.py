"""A sentence for each mistake in a meeting's file: where it is, what is there, what to write."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from include.meeting.text import Place

RENAMED = {"number": "meeting_id", "tell": "notify"}
"""Fields of earlier versions, and their names now."""

EITHER = "give either `folder: <name>` or `spreadsheet: <address>`."

NO_SPACE = f"a space is missing after the colon: {EITHER}"

ADDRESSES = "must be a list of e-mail addresses, such as [office@example.org]."

MAX_QUOTED = 60
"""Characters of a value that are quoted."""


def place(file: str, line: int | None = None, field: str | None = None) -> str:
    """Return where a mistake is: ``choir.yaml, line 4, field `timezone`:``."""
    # What is no name may hold somebody's address.
    named = field and re.fullmatch(r"[A-Za-z_][A-Za-z0-9_ -]{0,30}", field)
    parts = [file]
    if line:
        parts.append(f"line {line}")
    if named:
        parts.append(f"field `{field}`")
    where = ", ".join(parts)
    return f"{where}:" if line or named else where


def sentences(
    file: str, error: ValidationError, lines: Mapping[Place, int], fields: Iterable[str]
) -> Iterator[str]:
    """Yield a sentence for the first mistake of each field.

    :param lines: where each value stands in the file.
    :param fields: those that a file may have.
    """
    seen = set()
    for mistake in error.errors(include_url=False):
        top = mistake["loc"][0]
        if top not in seen:
            names = [part for part in mistake["loc"] if isinstance(part, str)]
            where = place(file, _line(mistake["loc"], lines), names[-1])
            yield f"{where} {_fix(mistake, fields)}"
        seen.add(top)


def _line(path: Place, lines: Mapping[Place, int]) -> int | None:
    """Return the line of a value, or of the nearest that it is part of."""
    found = (lines.get(path[:length]) for length in range(len(path), 0, -1))
    return next(filter(None, found), None)


def _fix(mistake: Any, fields: Iterable[str]) -> str:
    field, kind, value = mistake["loc"][0], mistake["type"], mistake["input"]
    if kind == "missing":
        return "is missing. Add it."
    if kind == "extra_forbidden":
        return _no_such_field(field, fields)
    if value is None:
        return "is empty. Fill it in."
    if field == "notify":  # not quoted: an address stays out of the logs
        return ADDRESSES
    if kind.startswith("union_tag"):
        return NO_SPACE if re.match(r"(folder|spreadsheet):\S", str(value)) else EITHER
    return f"{_quoted(value)}{_advice(mistake)}."


def _no_such_field(field: str, fields: Iterable[str]) -> str:
    if field in RENAMED:
        return f"is called `{RENAMED[field]}` now. Rename it."
    return f"there is no such field. The fields are: {', '.join(fields)}."


def _quoted(value: Any) -> str:
    """Return a text as it is there; an address stays out of the logs."""
    if not isinstance(value, str) or re.search(r"\w@", value):
        return ""
    rest = "..." if len(value) > MAX_QUOTED else ""
    return f"{value[:MAX_QUOTED]!r}{rest}: "


def _advice(mistake: Any) -> str:
    if mistake["type"] == "string_type":
        return "must be one text, without brackets and without fields of its own"
    if mistake["type"] == "string_too_long":
        return f"use {mistake['ctx']['max_length']} characters at most"
    return str(mistake["msg"]).removeprefix("Value error, ")
