"""How Sheets shows a number, under the patterns that reports use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from .errors import unsupported

EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a serial number is wall time without a zone
DECIMALS = re.compile(r"0\.(0+)")
DATE_TIME = "yyyy-mm-dd hh:mm:ss"


def shown(number: float, number_format: Mapping[str, str]) -> str:
    """`number` under a NumberFormat; 501 for patterns the sandbox does not know."""
    pattern = number_format.get("pattern", "")
    if pattern == "@" or not number_format:
        return general(number)
    if pattern == DATE_TIME:
        return _moment(number)
    found = DECIMALS.fullmatch(pattern)
    if not found:
        raise unsupported(f"the number format {pattern!r}")
    return str(Decimal(repr(number)).quantize(Decimal(1).scaleb(-len(found[1])), ROUND_HALF_UP))


def general(number: float) -> str:
    """A number without a format: as many as ten digits, without trailing zeros."""
    return format(Decimal(format(number, ".10g")).normalize(), "f")


def _moment(number: float) -> str:
    seconds = int(Decimal(repr(number * 86400)).quantize(Decimal(1), ROUND_HALF_UP))
    return str(EPOCH + timedelta(seconds=seconds))
