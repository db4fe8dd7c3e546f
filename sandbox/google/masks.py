"""Field masks: which part of a resource a client asks for, or changes.

A mask is a tree of names; an empty branch means everything below it. Read are dots and parentheses
(Google APIs: "Partial response", FieldMask); slashes, `*` and snake_case are refused.
"""

from __future__ import annotations

import re
from typing import Any

from .discovery import Schema, schema
from .errors import unsupported

Mask = dict[str, Any]
TOKEN = re.compile(r"\s*([A-Za-z][A-Za-z0-9]*|[(),.])\s*")
OTHERS = set("*/_")


class MaskError(Exception):
    """The mask does not parse, or names a field that the schema does not have."""


def parse(text: str, api: str, message: str) -> Mask:
    """The tree of `text`, all of whose names are fields of schema `message`."""
    if OTHERS & set(text):
        raise unsupported(f"masks with slashes, * and snake_case, such as {text}")
    tokens = _tokens(text)
    mask = _selection(tokens)
    if tokens:
        raise MaskError(text)
    _check(mask, api, {"$ref": message}, ())
    return mask


def project(mask: Mask, value: Any) -> Any:
    """Only what the mask asks for; what is not there stays absent."""
    if not mask or not isinstance(value, dict | list):
        return value
    if isinstance(value, list):
        return [project(mask, item) for item in value]
    return {name: project(mask[name], item) for name, item in value.items() if name in mask}


def merge(mask: Mask, target: Any, source: Any) -> Any:
    """`target` with the masked fields of `source`; those that `source` lacks are removed."""
    merged = dict(target)
    for name, below in mask.items():
        value = source.get(name)
        if below:
            value = merge(below, target.get(name) or {}, value or {}) or None
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = value
    return merged


def leaves(mask: Mask, prefix: str = "") -> list[str]:
    """The dotted paths of a mask."""
    return [
        path
        for name, below in mask.items()
        for path in (leaves(below, f"{prefix}{name}.") if below else [f"{prefix}{name}"])
    ]


def _tokens(text: str) -> list[str]:
    tokens, position = [], 0
    while position < len(text):
        found = TOKEN.match(text, position)
        if not found:
            raise MaskError(text)
        tokens.append(found[1])
        position = found.end()
    return tokens


def _selection(tokens: list[str]) -> Mask:
    mask: Mask = {}
    while True:
        _path(tokens, mask)
        if not tokens or tokens[0] != ",":
            return mask
        tokens.pop(0)


def _path(tokens: list[str], mask: Mask) -> None:
    if not tokens or tokens[0] in "(),.":
        raise MaskError("a field name is missing")
    name = tokens.pop(0)
    whole = mask.get(name) == {}
    below: Mask = {}
    if tokens and tokens[0] == ".":
        tokens.pop(0)
        _path(tokens, below)
    elif tokens and tokens[0] == "(":
        below = _group(tokens)
    mask[name] = {} if whole or not below else _united(mask.get(name, {}), below)


def _group(tokens: list[str]) -> Mask:
    tokens.pop(0)
    below = _selection(tokens)
    if not tokens or tokens.pop(0) != ")":
        raise MaskError("a parenthesis is not closed")
    return below


def _united(one: Mask, other: Mask) -> Mask:
    """Both branches; an empty one is everything and swallows the other."""
    both = dict(one)
    for name, below in other.items():
        known = both.get(name)
        both[name] = below if known is None else known and below and _united(known, below)
    return both


def _check(mask: Mask, api: str, found: Schema, path: tuple[str, ...]) -> None:
    fields = _fields(api, found)
    for name, below in mask.items():
        here = (*path, name)
        if fields is not None and name not in fields:
            raise MaskError(".".join(here))
        if below:
            _check(below, api, (fields or {}).get(name, {}), here)


def _fields(api: str, found: Schema) -> dict[str, Schema] | None:
    """The fields below a schema; None for maps, which may hold any name."""
    while found.get("type") == "array":
        found = found["items"]
    if "additionalProperties" in found:
        return None
    return (schema(api, found["$ref"]) if "$ref" in found else found).get("properties", {})
