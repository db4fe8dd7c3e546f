"""Conditions of conditional formats: what of them is understood, and for which cells they hold."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from .a1 import column_index, column_name
from .cells import effective
from .errors import EditError, unsupported
from .moving import Change, position
from .spreadsheet import Resource, Sheet

Value = str | float | bool | None
Place = tuple[int, int]
Look = Callable[[int, int], Value]
Holds = Callable[[int, int, Value], bool]

REF = r"(?P<fixed_column>\$?)(?P<column>[A-Z]{1,3})(?P<fixed_row>\$?)(?P<row>[1-9]\d*)"
TOKEN = re.compile(
    rf'\s*(?:(?P<text>"(?:[^"]|"")*")|(?P<ref>{REF})(?![\w(])|(?P<number>-?\d+(?:\.\d+)?)'
    r"|(?P<word>[A-Z]+)|(?P<sign><>|<=|>=|[=<>(),]))\s*"
)
SIGNS: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda one, other: one == other,
    "<>": lambda one, other: one != other,
    "<": lambda one, other: one < other,
    ">": lambda one, other: one > other,
    "<=": lambda one, other: one <= other,
    ">=": lambda one, other: one >= other,
}
WITH_VALUE = {"TEXT_EQ", "TEXT_STARTS_WITH", "CUSTOM_FORMULA"}
WITHOUT = {"BLANK", "NOT_BLANK"}


def check(condition: Resource) -> None:
    """400 for a condition that Google refuses, 501 for one that the sandbox does not know."""
    kind, values = condition.get("type"), condition.get("values", [])
    if kind not in WITH_VALUE | WITHOUT:
        raise unsupported(f"the condition {kind}")
    if len(values) != (kind in WITH_VALUE) or any("userEnteredValue" not in v for v in values):
        raise EditError(f"Wrong number of values for a condition of the type {kind}.")
    if kind == "CUSTOM_FORMULA":
        formula = values[0]["userEnteredValue"]
        if not formula.startswith("="):
            raise EditError(f"Invalid formula: {formula}")
        Formula(formula).holds(lambda row, column: None, (0, 0))
    elif values and values[0]["userEnteredValue"].startswith(("=", "+")):
        raise unsupported("a formula as the value of a condition")


def predicate(condition: Resource, sheet: Sheet, first: Place) -> Holds:
    """Whether a condition holds for the cell (row, column) that has a value.

    `first` is the cell at which the ranges of its rule begin.
    """
    kind = condition["type"]
    if kind in WITHOUT:
        return lambda row, column, value: (value in (None, "")) == (kind == "BLANK")
    wanted = condition["values"][0]["userEnteredValue"]
    if kind == "CUSTOM_FORMULA":
        formula = Formula(wanted)
        return lambda row, column, value: bool(
            formula.holds(
                lambda r, c: effective(sheet.cell(r, c)), (row - first[0], column - first[1])
            )
        )
    text = wanted.casefold()
    if kind == "TEXT_EQ":
        return lambda row, column, value: _text(value) == text
    return lambda row, column, value: _text(value).startswith(text)


def _text(value: Value) -> str:
    return "" if value is None else str(value).casefold()


def moved_rule(rule: Resource, change: Change) -> Resource:
    """A rule whose formula follows rows and columns."""
    condition = rule["booleanRule"]["condition"]
    if condition["type"] != "CUSTOM_FORMULA":
        return rule
    formula = re.sub(
        rf'"(?:[^"]|"")*"|{REF}(?![\w(])',
        lambda found: _moved(found, change) if found["column"] else found[0],
        condition["values"][0]["userEnteredValue"],
    )
    moved = condition | {"values": [{"userEnteredValue": formula}]}
    return rule | {"booleanRule": rule["booleanRule"] | {"condition": moved}}


def _moved(found: re.Match[str], change: Change) -> str:
    row, column = int(found["row"]) - 1, column_index(found["column"])
    line = position(change, row if change.dimension == "ROWS" else column)
    if line is None:
        return found[0]  # its range goes as well, or the rule stays as it is
    row, column = (line, column) if change.dimension == "ROWS" else (row, line)
    return f"{found['fixed_column']}{column_name(column)}{found['fixed_row']}{row + 1}"


class Formula:
    """`=$C4="A"`, comparisons, ISBLANK, NOT, AND and OR: what a book colours its letters by."""

    def __init__(self, text: str) -> None:
        self.text, self.tokens = text, _tokens(text)

    def holds(self, look: Look, away: Place) -> Value:
        """Its value where the cells it names are read by `look`, moved by rows and columns."""
        self._look, self._away, self._left = look, away, list(self.tokens)
        value = self._comparison()
        if self._left:
            raise self._unknown()
        return value

    def _comparison(self) -> Value:
        value = self._value()
        if self._left and (compare := SIGNS.get(self._left[0]["sign"] or "")):
            self._left.pop(0)
            one, other = _alike(value, self._value())
            return compare(one, other)
        return value

    def _value(self) -> Value:
        token = self._left.pop(0) if self._left else None
        if token is None or token["sign"]:
            raise self._unknown()
        if token["word"]:
            return self._call(token["word"])
        if token["text"]:
            return token["text"][1:-1].replace('""', '"')
        return float(token["number"]) if token["number"] else self._cell(token)

    def _cell(self, token: re.Match[str]) -> Value:
        row, column = int(token["row"]) - 1, column_index(token["column"])
        row += 0 if token["fixed_row"] else self._away[0]
        return self._look(row, column + (0 if token["fixed_column"] else self._away[1]))

    def _call(self, name: str) -> Value:
        if name in ("TRUE", "FALSE"):
            return name == "TRUE"
        given = self._arguments()
        if name in ("AND", "OR"):
            return (all if name == "AND" else any)(bool(one) for one in given)
        if len(given) != 1 or name not in ("NOT", "ISBLANK"):
            raise self._unknown()
        return not given[0] if name == "NOT" else given[0] is None

    def _arguments(self) -> list[Value]:
        self._expect("(")
        given = [self._comparison()]
        while self._left and self._left[0]["sign"] == ",":
            self._left.pop(0)
            given.append(self._comparison())
        self._expect(")")
        return given

    def _expect(self, sign: str) -> None:
        if not self._left or self._left.pop(0)["sign"] != sign:
            raise self._unknown()

    def _unknown(self) -> Exception:
        return _unknown(self.text)


@lru_cache(maxsize=256)
def _tokens(formula: str) -> tuple[re.Match[str], ...]:
    found, place = [], 1
    while place < len(formula):
        token = TOKEN.match(formula, place)
        if not token:
            raise _unknown(formula)
        found.append(token)
        place = token.end()
    return tuple(found)


def _unknown(formula: str) -> Exception:
    return unsupported(f"the formula {formula} in a condition")


def _alike(one: Value, other: Value) -> tuple[Any, Any]:
    """Sheets compares texts without their case; a text is greater than any number."""
    ranks = [
        (2, v) if isinstance(v, bool) else (1, v.casefold()) if isinstance(v, str) else (0, v)
        for v in (_empty(one, other), _empty(other, one))
    ]
    return ranks[0], ranks[1]


def _empty(value: Value, beside: Value) -> Value:
    """An empty cell counts as the empty text, zero or FALSE that it is compared with."""
    if value is not None:
        return value
    return type(beside)() if beside is not None else 0
