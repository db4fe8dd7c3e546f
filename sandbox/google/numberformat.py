"""How Sheets shows a number, under the patterns that reports and books use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from .errors import unsupported

EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a serial number is wall time without a zone
NUMBER = re.compile(r"(?P<thousands>#,##)?0(?:\.(?P<decimals>0+))?(?P<percent>%)?")
DATE_PART = re.compile(
    r"(?P<name>y{2,4}|m{1,4}|d{1,4}|h{1,2}|s{1,2})|\"(?P<text>[^\"]*)\"|[-/.:, ]"
)


def shown(number: float, number_format: Mapping[str, str] | None) -> str:
    """`number` under a NumberFormat; 501 for patterns the sandbox does not know."""
    pattern = number_format.get("pattern", "") if number_format else "@"
    if pattern == "@":
        return general(number)
    if found := NUMBER.fullmatch(pattern):
        return _decimal(number, found)
    if parts := _date_parts(pattern):
        moment = EPOCH + timedelta(seconds=_rounded(number * 86400, 0))
        return "".join(_date_part(part, place, parts, moment) for place, part in enumerate(parts))
    raise unsupported(f"the number format {pattern!r}")


def general(number: float) -> str:
    """A number without a format: as many as ten digits, without trailing zeros."""
    return format(Decimal(format(number, ".10g")).normalize(), "f")


def _decimal(number: float, found: re.Match[str]) -> str:
    percent = found["percent"] or ""
    value = Decimal(repr(number)) * (100 if percent else 1)
    rounded = value.quantize(Decimal(1).scaleb(-len(found["decimals"] or "")), ROUND_HALF_UP)
    return format(rounded, ",f" if found["thousands"] else "f") + percent


def _rounded(number: float, decimals: int) -> int:
    return int(Decimal(repr(number)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def _date_parts(pattern: str) -> list[re.Match[str]]:
    """The parts of a pattern of dates and times; none if it is another."""
    parts = list(DATE_PART.finditer(pattern))
    whole = "".join(part[0] for part in parts) == pattern
    return parts if whole and any(part["name"] for part in parts) else []


def _date_part(
    part: re.Match[str], place: int, parts: list[re.Match[str]], moment: datetime
) -> str:
    name = part["name"]
    if not name:
        return part[0] if part["text"] is None else part["text"]
    if name in ("m", "mm") and _is_minute(place, parts):
        return f"{moment.minute:0{len(name)}}"
    words = {
        "yy": f"{moment:%y}",
        "yyyy": f"{moment.year:04}",
        "mmm": f"{moment:%b}",
        "mmmm": f"{moment:%B}",
        "ddd": f"{moment:%a}",
        "dddd": f"{moment:%A}",
    }
    numbers = {"m": moment.month, "d": moment.day, "h": moment.hour, "s": moment.second}
    return words.get(name) or f"{numbers[name[0]]:0{len(name)}}"


def _is_minute(place: int, parts: list[re.Match[str]]) -> bool:
    """After hours or before seconds an m is no month."""
    before = [part["name"][0] for part in parts[:place] if part["name"]]
    after = [part["name"][0] for part in parts[place + 1 :] if part["name"]]
    return before[-1:] == ["h"] or after[:1] == ["s"]
