"""The `fields` of an update request: what it changes."""

from __future__ import annotations

from typing import Any

from .. import masks
from ..errors import EditError, unsupported

NO_FIELDS = "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)"


def read_mask(body: dict[str, Any], message: str) -> masks.Mask:
    """The mask of an update of `message`."""
    if not body.get("fields"):
        raise EditError(NO_FIELDS)
    try:
        return masks.parse(body["fields"], "sheets", message)
    except masks.MaskError as unknown:
        raise EditError(f"Invalid field: {unknown}") from None


def check_known(mask: masks.Mask, known: set[str]) -> None:
    """501 for fields that the sandbox does not keep."""
    if unknown := set(masks.leaves(mask)) - known:
        raise unsupported(f"the fields {', '.join(sorted(unknown))} here")
