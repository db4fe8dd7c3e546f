"""How Sheets shows a number: the common patterns of "Date and number formats" in its API guide."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from .errors import unsupported

EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a serial number is wall time without a zone
DEFAULTS = {
    "NUMBER": "#,##0.00",
    "PERCENT": "0.00%",
    "DATE": "m/d/yyyy",
    "TIME": "h:mm:ss am/pm",
    "DATE_TIME": "m/d/yyyy h:mm:ss",
}
NUMBER = re.compile(
    r'(?P<before>"[^"]*"|[$€£])?(?P<whole>[#0,]*[#0])(?P<part>\.[0#]+)?(?P<after>%|"[^"]*")?'
)
TIME_PART = re.compile(
    r'\[h+\]|\[m+\]|\[s+\]|y+|m+|d+|h+|s+|am/pm|a/p|"[^"]*"|\\.|.', re.IGNORECASE
)


def shown(number: float, number_format: Mapping[str, str]) -> str:
    """`number` under a NumberFormat; 501 for patterns the sandbox does not know."""
    kind = number_format.get("type", "")
    pattern = number_format.get("pattern") or DEFAULTS.get(kind, "")
    if not pattern or pattern == "@" or kind == "TEXT":
        return general(number)
    if kind in ("DATE", "TIME", "DATE_TIME"):
        return _moment(number, pattern)
    found = NUMBER.fullmatch(pattern)
    if not found:
        raise unsupported(f"the number format {pattern!r}")
    return _decimal(number, found)


def general(number: float) -> str:
    """A number without a format: as many as ten digits, without trailing zeros."""
    return format(Decimal(format(number, ".10g")).normalize(), "f")


def _decimal(number: float, pattern: re.Match[str]) -> str:
    part = (pattern["part"] or "")[1:]
    value = Decimal(repr(number)) * (100 if pattern["after"] == "%" else 1)
    value = value.quantize(Decimal(1).scaleb(-len(part)), ROUND_HALF_UP)
    text = format(abs(value), ",f" if "," in pattern["whole"] else "f")
    whole, _, fraction = text.partition(".")
    fraction = fraction[: part.count("0")] + fraction[part.count("0") :].rstrip("0")
    width = pattern["whole"].replace(",", "").count("0")
    body = (whole.zfill(width) if whole != "0" or width else "") + (f".{fraction}" if part else "")
    ends = [(pattern[name] or "").strip('"') for name in ("before", "after")]
    return f"{'-' if value < 0 else ''}{ends[0]}{body}{ends[1]}"


def _moment(number: float, pattern: str) -> str:
    seconds = int(Decimal(repr(number * 86400)).quantize(Decimal(1), ROUND_HALF_UP))
    moment = EPOCH + timedelta(seconds=seconds)
    parts = TIME_PART.findall(pattern)
    half_day = any(part.lower() in ("am/pm", "a/p") for part in parts)
    letters = [part[0].lower() if part[0] != "[" else part[1].lower() for part in parts]
    return "".join(
        _elapsed(part, seconds)
        if part.startswith("[")
        else _part(part, moment, half_day, _is_minute(letters, index))
        for index, part in enumerate(parts)
    )


def _elapsed(part: str, seconds: int) -> str:
    size = {"h": 3600, "m": 60, "s": 1}[part[1].lower()]
    return f"{'-' if seconds < 0 else ''}{abs(seconds) // size:0{len(part) - 2}d}"


def _is_minute(letters: list[str], index: int) -> bool:
    """`m` means minutes when hours come before it or seconds after it."""
    before = [letter for letter in letters[:index] if letter in "ymdhs"]
    after = [letter for letter in letters[index + 1 :] if letter in "ymdhs"]
    return letters[index] == "m" and (before[-1:] == ["h"] or after[:1] == ["s"])


def _part(part: str, moment: datetime, half_day: bool, minute: bool) -> str:
    letter, size = part[0].lower(), len(part)
    if part.lower() in ("am/pm", "a/p"):
        return "AM" if moment.hour < 12 else "PM"
    if letter not in "ymdhs":
        return part.strip('"').removeprefix("\\")
    if letter in "md" and not minute and size > 2:
        return moment.strftime(
            {("m", 3): "%b", ("d", 3): "%a", ("d", 4): "%A"}.get((letter, size), "%B")
        )
    if letter == "y":
        return f"{moment:%Y}" if size > 2 else f"{moment:%y}"
    hour = (moment.hour % 12 or 12) if half_day else moment.hour
    values = {"m": moment.minute if minute else moment.month, "d": moment.day, "h": hour}
    return f"{values.get(letter, moment.second):0{min(size, 2)}d}"
