"""The search language of files.list (Drive API guide "Search query terms and operators")."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from .errors import invalid_parameter

if TYPE_CHECKING:
    from .files import File

Predicate = Callable[["File"], bool]
TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
    r"|(?P<word>[A-Za-z]+)|(?P<sign>!=|<=|>=|[=<>(){}]))\s*"
)
COMPARE = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
TIMES = {"createdTime": "created_time", "modifiedTime": "modified_time"}


def parse(text: str) -> Predicate:
    """A test of a file; 400 `Invalid Value`, location `q`, for what does not parse."""
    reader = _Reader(_tokens(text))
    found = reader.either()
    if reader.tokens:
        raise _refused()
    return found


def _refused() -> Exception:
    return invalid_parameter("q")


def _tokens(text: str) -> list[tuple[str, str]]:
    tokens, position = [], 0
    while position < len(text):
        found = TOKEN.match(text, position)
        if not found:
            raise _refused()
        kind = found.lastgroup or ""
        value = found[kind]
        tokens.append((kind, re.sub(r"\\(.)", r"\1", value[1:-1]) if kind == "text" else value))
        position = found.end()
    return tokens


class _Reader:
    """Reads the tokens from the left: `or` binds looser than `and`, `not` tightest."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens = tokens

    def either(self) -> Predicate:
        terms = [self.both()]
        while self._skip("or"):
            terms.append(self.both())
        return lambda file: any(term(file) for term in terms)

    def both(self) -> Predicate:
        terms = [self.term()]
        while self._skip("and"):
            terms.append(self.term())
        return lambda file: all(term(file) for term in terms)

    def term(self) -> Predicate:
        if self._skip("not"):
            negated = self.term()
            return lambda file: not negated(file)
        if self._skip("("):
            inner = self.either()
            self._expect(")")
            return inner
        kind, value = self._next()
        return self._member(value) if kind == "text" else self._comparison(value)

    def _member(self, parent: str) -> Predicate:
        self._expect("in")
        self._expect("parents")
        return lambda file: parent in file.parents

    def _comparison(self, field: str) -> Predicate:
        if field in ("properties", "appProperties"):
            return self._property("app_properties" if field == "appProperties" else field)
        sign = self._next()[1]
        if field == "trashed" and sign in ("=", "!="):
            return self._trashed(sign)
        if field in TIMES and sign in COMPARE:
            return _compared(TIMES[field], sign, self._text())
        if field == "name" and sign == "contains":
            return _contains(self._text())
        if field in ("name", "mimeType") and sign in ("=", "!="):
            return _compared({"mimeType": "mime_type"}.get(field, field), sign, self._text())
        raise _refused()

    def _trashed(self, sign: str) -> Predicate:
        kind, value = self._next()
        if kind != "word" or value not in ("true", "false"):
            raise _refused()
        return lambda file: file.is_trashed == ((value == "true") == (sign == "="))

    def _property(self, attribute: str) -> Predicate:
        for word in ("has", "{", "key", "="):
            self._expect(word)
        key = self._text()
        for word in ("and", "value", "="):
            self._expect(word)
        value = self._text()
        self._expect("}")
        return lambda file: getattr(file, attribute).get(key) == value

    def _next(self) -> tuple[str, str]:
        if not self.tokens:
            raise _refused()
        return self.tokens.pop(0)

    def _skip(self, word: str) -> bool:
        if self.tokens and self.tokens[0][0] != "text" and self.tokens[0][1] == word:
            self.tokens.pop(0)
            return True
        return False

    def _expect(self, word: str) -> None:
        if not self._skip(word):
            raise _refused()

    def _text(self) -> str:
        kind, value = self._next()
        if kind != "text":
            raise _refused()
        return value


def _compared(attribute: str, sign: str, value: str) -> Predicate:
    return lambda file: COMPARE[sign](getattr(file, attribute), value)


def _contains(text: str) -> Predicate:
    """`contains` on a name finds beginnings of its words only."""
    wanted = re.compile(rf"(?<!\w){re.escape(text)}", re.IGNORECASE)
    return lambda file: wanted.search(file.name) is not None
