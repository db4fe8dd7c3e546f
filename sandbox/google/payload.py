"""JSON as Google reads it."""

from __future__ import annotations

import json
from typing import Any

from .errors import invalid


def read_json(text: bytes) -> Any:
    """The value of a JSON text; 400 for what is not JSON, bare NaN and Infinity included."""
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except ValueError as error:
        raise invalid(f"Invalid JSON payload received. {error}") from None


def _refuse_constant(name: str) -> None:
    raise ValueError(f"Unexpected token. {name}")
