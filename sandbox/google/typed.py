"""What a text becomes that a person types: number, date, yes or no, formula, or text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from .numberformat import EPOCH
from .spreadsheet import Cell

FORMULA = re.compile(r"[=+].+|-[^\s\d].*", re.DOTALL)
ISO = re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})")
TIME = re.compile(r"(?P<hours>\d{1,2}):(?P<minutes>\d{2})(?::(?P<seconds>\d{2}))?")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DAY = r"(?P<d>\d{1,2})\.?"
NAME = r"(?P<name>[a-z]{3,9})\.?"
WORDS = (
    re.compile(rf"{DAY}\s+{NAME}(?:\s+(?P<y>\d{{4}}))?", re.IGNORECASE),
    re.compile(rf"{NAME}\s+{DAY}(?:,?\s+(?P<y>\d{{4}}))?", re.IGNORECASE),
)
MONTH_NAMES = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)


@dataclass(frozen=True)
class Locale:
    """How a country writes dates and numbers; `order` is that of a short date's parts."""

    order: str
    separators: str
    pattern: str
    decimal: str = "."
    thousands: str = ","


LOCALES = {
    "en_US": Locale("mdy", "/-", "m/d/yyyy"),
    "en_GB": Locale("dmy", "/-", "dd/mm/yyyy"),
    "de_DE": Locale("dmy", ".", "dd.mm.yyyy", ",", "."),
    "fr_FR": Locale("dmy", "/", "dd/mm/yyyy", ",", " "),
    "sv_SE": Locale("ymd", "-", "yyyy-mm-dd", ",", " "),
}


def typed(text: str, locale: str, old: Cell) -> Cell:
    """The value and, where typing sets one, the number format of a cell that was `old`.

    A formula has no value yet: the sandbox does not calculate.
    """
    if not text:
        return {}
    pattern = old.get("userEnteredFormat", {}).get("numberFormat", {}).get("pattern")
    if pattern == "@" or text.startswith("'"):
        return _text(text.removeprefix("'") if pattern != "@" else text)
    bare = text.strip()
    if bare.upper() in ("TRUE", "FALSE"):
        return {"userEnteredValue": {"boolValue": bare.upper() == "TRUE"}}
    number = _number(bare, LOCALES[locale]) or _moment(bare, LOCALES[locale])
    if number:
        return _formatted(*number, keep=bool(pattern))
    if FORMULA.fullmatch(text):
        return {"userEnteredValue": {"formulaValue": "=" + text.removeprefix("=")}}
    return _text(text)


def _text(text: str) -> Cell:
    return {"userEnteredValue": {"stringValue": text}}


def _formatted(value: float, kind: str, pattern: str, *, keep: bool) -> Cell:
    cell: Cell = {"userEnteredValue": {"numberValue": value}}
    if kind and not keep:
        cell["userEnteredFormat"] = {"numberFormat": {"type": kind, "pattern": pattern}}
    return cell


def _number(text: str, locale: Locale) -> tuple[float, str, str] | None:
    thousands, decimal = re.escape(locale.thousands), re.escape(locale.decimal)
    whole = rf"\d{{1,3}}(?:{thousands}\d{{3}})+|\d+"
    found = re.fullmatch(rf"([+-]?)({whole})?(?:{decimal}(\d*))?(\s?%)?", text, re.ASCII)
    if not found or not (found[2] or found[3]):
        return None
    digits = re.sub(r"\D", "", found[2] or "0")
    value = float(f"{found[1]}{digits}.{found[3] or 0}")
    if found[4]:
        return value / 100, "PERCENT", "0.00%" if found[3] else "0%"
    return (int(value) if value.is_integer() else value), "", ""


def _moment(text: str, locale: Locale) -> tuple[float, str, str] | None:
    """A date, a time, or a date and a time, as a serial number; none for one that never was."""
    if clock := TIME.fullmatch(text):
        seconds = _seconds(clock)
        return None if seconds is None else (seconds / 86400, "TIME", "hh:mm:ss")
    day, _, rest = text.rpartition(" ")
    clock = TIME.fullmatch(rest) if day else None
    date = _date(day if clock else text, locale)
    if date is None:
        return None
    serial, pattern = date
    if not clock:
        return serial, "DATE", pattern
    seconds = _seconds(clock)
    if seconds is None:
        return None
    return serial + seconds / 86400, "DATE_TIME", f"{pattern} hh:mm:ss"


def _seconds(clock: re.Match[str]) -> int | None:
    hours, minutes, seconds = (int(clock[name] or 0) for name in ("hours", "minutes", "seconds"))
    if hours > 23 or minutes > 59 or seconds > 59:
        return None
    return hours * 3600 + minutes * 60 + seconds


def _date(text: str, locale: Locale) -> tuple[int, str] | None:
    if found := ISO.fullmatch(text):
        return _serial(found["y"], found["m"], found["d"], "yyyy-mm-dd")
    for words in WORDS:
        if found := words.fullmatch(text):
            month = _month(found["name"].lower())
            pattern = "d mmm yyyy" if found["y"] else "d mmm"
            return _serial(found["y"], month, found["d"], pattern) if month else None
    return _short_date(text, locale)


def _short_date(text: str, locale: Locale) -> tuple[int, str] | None:
    """In the order of the country; the year may be missing or have two digits."""
    parts = re.split(rf"[{re.escape(locale.separators)}]", text.rstrip("."))
    if not 2 <= len(parts) <= 3 or not all(re.fullmatch(r"\d{1,4}", p, re.ASCII) for p in parts):
        return None
    order = locale.order if len(parts) == 3 else locale.order.replace("y", "")
    named: dict[str, Any] = dict(zip(order, parts, strict=True))
    year = named.get("y")
    if year and len(year) <= 2:
        year = str(2000 + int(year))
    pattern = locale.pattern if year else locale.pattern.replace("yyyy", "").strip("/.-")
    return _serial(year, named["m"], named["d"], pattern)


def _month(name: str) -> str | None:
    """English names, whole or of three letters."""
    known = name in MONTHS or name in MONTH_NAMES
    return str(MONTHS.index(name[:3]) + 1) if known else None


def _serial(year: str | None, month: str, day: str, pattern: str) -> tuple[int, str] | None:
    """Without a year it is this one, as in Sheets."""
    try:
        moment = datetime(int(year or datetime.now(UTC).year), int(month), int(day))  # noqa: DTZ001
    except ValueError:
        return None
    return (moment - EPOCH).days, pattern
