"""Query parameters, read by the types that the discovery documents give them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from .discovery import Method, Schema, document
from .errors import invalid

TYPES = {"boolean": "TYPE_BOOL", "integer": "TYPE_INT32", "string": "TYPE_STRING"}
SYSTEM = ("alt", "fields", "key", "prettyPrint", "quotaUser", "$.xgafv")


def read_parameters(method: Method, given: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The parameters as Python values; others are refused."""
    known = _known(method)
    read: dict[str, Any] = {}
    for name, text in given:
        if name not in known:
            raise _unknown(name)
        value = _read(name, known[name], text)
        read[name] = [*read.get(name, []), value] if known[name].get("repeated") else value
    return read


def _known(method: Method) -> Mapping[str, Schema]:
    system = document(method.api)["parameters"]
    own = {name: p for name, p in method.parameters.items() if p.get("location") == "query"}
    return own | {name: system[name] for name in SYSTEM}


def _read(name: str, schema: Schema, text: str) -> str | int | bool:
    kind = schema["type"]
    refused = invalid(f"Invalid value at '{name}' ({TYPES[kind]}), \"{text}\"")
    if text not in schema.get("enum", [text]):
        raise refused
    if kind == "boolean":
        return _boolean(text, refused)
    return _integer(schema, text, refused) if kind == "integer" else text


def _boolean(text: str, refused: Exception) -> bool:
    if text not in ("true", "false"):
        raise refused
    return text == "true"


def _integer(schema: Schema, text: str, refused: Exception) -> int:
    low, high = int(schema.get("minimum", -(2**31))), int(schema.get("maximum", 2**31 - 1))
    if not re.fullmatch(r"-?\d{1,10}", text, re.ASCII) or not low <= int(text) <= high:
        raise refused
    return int(text)


def _unknown(name: str) -> Exception:
    return invalid(
        f'Invalid JSON payload received. Unknown name "{name}": Cannot bind query parameter. '
        f"Field '{name}' could not be found in request message."
    )
