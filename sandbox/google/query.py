"""The search language of files.list (Drive API guide "Search query terms and operators").

Understood are terms joined by `and`: a name, a kind, the trash, a property.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from .errors import invalid_parameter, unsupported

if TYPE_CHECKING:
    from .files import File

Predicate = Callable[["File"], bool]
TEXT = r"'((?:[^'\\]|\\.)*)'"
TERM = re.compile(
    r"(?:^|\s+and\s+)"
    rf"(?:name\s*=\s*{TEXT}|mimeType\s*=\s*{TEXT}|trashed\s*=\s*(true|false)"
    rf"|properties has {{\s*key\s*=\s*{TEXT} and value\s*=\s*{TEXT}\s*}})"
)
QUOTES_CLOSED = re.compile(rf"(?:[^']|{TEXT})*")


def parse(text: str) -> Predicate:
    """A test of a file; 400 `Invalid Value`, location `q`, for quotes that do not close."""
    if not QUOTES_CLOSED.fullmatch(text):
        raise invalid_parameter("q")
    terms, position = [], 0
    while position < len(text):
        found = TERM.match(text, position)
        if not found:
            raise unsupported(f"the search {text}")
        terms.append(_term(found))
        position = found.end()
    return lambda file: all(term(file) for term in terms)


def _term(found: re.Match[str]) -> Predicate:
    trashed = found[3]
    name, kind, key, value = (part and _plain(part) for part in found.group(1, 2, 4, 5))
    if name is not None:
        return lambda file: file.name == name
    if kind is not None:
        return lambda file: file.mime_type == kind
    if trashed is not None:
        return lambda file: file.is_trashed == (trashed == "true")
    return lambda file: file.properties.get(key) == value


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)
