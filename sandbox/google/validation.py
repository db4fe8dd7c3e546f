"""Checks of request bodies against the schemas of the discovery documents.

Each schema is compiled once into nested functions, so that a body of 300,000 cells is checked about
as fast as its JSON is read. Where an offence lies is put together only when there is one.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from typing import Any

from .discovery import Schema, schema
from .errors import invalid
from .offence import OffenceError, snake_case, wrong_value

Check = Callable[[Any], None]
# The documents do not say which messages are unions, of which at most one member may be set.
UNIONS = {"Request", "ExtendedValue", "ColorStyle", "DataFilter"}
WHOLE = {"string": "TYPE_STRING", "boolean": "TYPE_BOOL", "integer": "TYPE_INT32"}
PYTHON = {"string": str, "boolean": bool, "integer": int}


def check_body(api: str, name: str, body: Any) -> None:
    """Refuse a body that does not fit schema `name`, with Google's message and details."""
    try:
        _message(api, name)(body)
    except OffenceError as offence:
        text = offence.text.replace("{at}", f" at '{offence.place}'" if offence.place else "", 1)
        raise invalid(text, (offence.place, text)) from None


@cache
def _message(api: str, name: str) -> Check:
    return _object(api, name, schema(api, name))


def _compiled(api: str, found: Schema) -> Check:
    if "$ref" in found:
        return _message(api, found["$ref"])
    if found["type"] == "array":
        return _list(_compiled(api, found["items"]))
    if "additionalProperties" in found:
        return _map(_compiled(api, found["additionalProperties"]))
    if found["type"] == "object":
        return _object(api, "Object", found)
    if "enum" in found:
        return _enum(frozenset(found["enum"]))
    return _scalar(found)


def _object(api: str, name: str, found: Schema) -> Check:
    fields: dict[str, Check] = {}
    union = name in UNIONS

    def check(value: Any) -> None:
        if type(value) is not dict:
            raise wrong_value(name, value)
        if union and len(value) > 1:
            raise OffenceError(f"Invalid value{{at}}: only one of {', '.join(value)} may be set.")
        for key, item in value.items():
            member = fields.get(key)
            if member is None:
                member = fields[key] = _field(api, found, key)
            try:
                member(item)
            except OffenceError as offence:
                raise offence.inside(snake_case(key)) from None

    return check


def _field(api: str, found: Schema, key: str) -> Check:
    property_ = found.get("properties", {}).get(key)
    if property_ is None:
        text = f'Unknown name "{key}"{{at}}: Cannot find field.'
        raise OffenceError(f"Invalid JSON payload received. {text}")
    if api == "sheets" and property_.get("readOnly"):  # Drive's marks writable fields, too
        raise OffenceError(f"Invalid value{{at}}: {key} is output only.")
    return _compiled(api, property_)


def _list(item: Check) -> Check:
    def check(value: Any) -> None:
        if type(value) is not list:
            raise wrong_value("google.protobuf.ListValue", value)
        index = 0
        try:
            for index, element in enumerate(value):  # noqa: B007
                item(element)
        except OffenceError as offence:
            raise offence.inside(f"[{index}]") from None

    return check


def _map(item: Check) -> Check:
    def check(value: Any) -> None:
        if type(value) is not dict:
            raise wrong_value("Map", value)
        for element in value.values():
            item(element)

    return check


def _enum(names: frozenset[str]) -> Check:
    def check(value: Any) -> None:
        if type(value) is not str or value not in names:
            raise wrong_value("TYPE_ENUM", value)

    return check


def _scalar(found: Schema) -> Check:
    kind = found["type"]
    return _number if kind == "number" else _exact(PYTHON[kind], WHOLE[kind])


def _exact(wanted: type, name: str) -> Check:
    def check(value: Any) -> None:
        if type(value) is not wanted or (wanted is int and not -(2**31) <= value < 2**31):
            raise wrong_value(name, value)

    return check


def _number(value: Any) -> None:
    if type(value) not in (int, float) or not math.isfinite(value):
        raise wrong_value("TYPE_DOUBLE", value)
