"""Conditional formats: which rule holds for a cell."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

NUMBERS: dict[str, Callable[..., bool]] = {
    "NUMBER_GREATER": operator.gt,
    "NUMBER_GREATER_THAN_EQ": operator.ge,
    "NUMBER_LESS": operator.lt,
    "NUMBER_LESS_THAN_EQ": operator.le,
    "NUMBER_EQ": operator.eq,
    "NUMBER_NOT_EQ": operator.ne,
    "NUMBER_BETWEEN": lambda value, low, high: low <= value <= high,
    "NUMBER_NOT_BETWEEN": lambda value, low, high: not low <= value <= high,
}
TEXTS: dict[str, Callable[[str, str], bool]] = {
    "TEXT_CONTAINS": lambda text, wanted: wanted in text,
    "TEXT_NOT_CONTAINS": lambda text, wanted: wanted not in text,
    "TEXT_STARTS_WITH": str.startswith,
    "TEXT_ENDS_WITH": str.endswith,
    "TEXT_EQ": operator.eq,
}


def is_drawn(rule: dict[str, Any]) -> bool:
    """Whether the page can work the rule out: not gradients, and no custom formulas."""
    kind = rule.get("booleanRule", {}).get("condition", {}).get("type")
    if kind in ("BLANK", "NOT_BLANK"):
        return True
    return (kind in NUMBERS or kind in TEXTS) and _values(rule) is not None


def holds(rule: dict[str, Any], value: Any) -> bool:
    """Whether a drawn rule holds for a cell's value; an empty cell has the value ""."""
    kind = rule["booleanRule"]["condition"]["type"]
    if kind in ("BLANK", "NOT_BLANK"):
        return (value == "") == (kind == "BLANK")
    if kind in NUMBERS:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        return number and NUMBERS[kind](value, *_values(rule) or [])
    wanted = str((_values(rule) or [""])[0])
    return isinstance(value, str) and TEXTS[kind](value.casefold(), wanted.casefold())


def _values(rule: dict[str, Any]) -> list[Any] | None:
    """The values to compare with; None when one of them is more than a number or a text."""
    condition = rule["booleanRule"]["condition"]
    texts = [value.get("userEnteredValue", "=") for value in condition.get("values", [])]
    if any(text.startswith("=") for text in texts):
        return None
    if condition["type"] in TEXTS:
        return texts
    try:
        return [float(text) for text in texts]
    except ValueError:
        return None
