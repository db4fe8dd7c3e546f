"""The `fields` of an update request: what it may name, and what it changes."""

from __future__ import annotations

from typing import Any

from .. import masks
from ..discovery import schema
from ..errors import EditError, unsupported

NO_FIELDS = "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)"


def read_mask(body: dict[str, Any], message: str) -> masks.Mask:
    """The mask of an update of `message`; `*` is spelt out."""
    if not body.get("fields"):
        raise EditError(NO_FIELDS)
    try:
        mask = masks.parse(body["fields"], "sheets", message)
    except masks.MaskError as unknown:
        raise EditError(f"Invalid field: {unknown}") from None
    if "*" in mask:
        return {name: {} for name in schema("sheets", message)["properties"]}
    return mask


def only(mask: masks.Mask, given: dict[str, Any], known: set[str]) -> None:
    """501 when a request sets something the sandbox does not keep."""
    for path in masks.leaves(mask):
        if path not in known and _holds(given, path.split(".")):
            raise unsupported(f"the field {path} here")


def _holds(given: Any, path: list[str]) -> bool:
    for name in path:
        if not isinstance(given, dict) or name not in given:
            return False
        given = given[name]
    return True
