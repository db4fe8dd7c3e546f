"""Dates as people type them: Sheets' serial numbers, and texts that mean one day only."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from datetime import date, timedelta
from functools import cache
from itertools import product
from typing import Literal

from include.roster.grid import Cell, CellUnreadable, read_text

EPOCH = date(1899, 12, 30)
"""Day 0 of Sheets' serial numbers."""

FIRST, LAST = date(1950, 1, 1), date(2100, 1, 1)
"""Outside of these a number is no date: 2026 would be a day of 1905."""

LANGUAGES = (
    "en de fr es it pt nl sv da nb fi pl cs sk hu ro hr sl tr ru uk el bg id vi af sw et lv lt"
)

_BIG_TO_SMALL = re.compile(r"(\d{4})\s*[-/.年년]\s*(\d{1,2})\s*[-/.月월]\s*(\d{1,2})\s*[.日일]?")
_SMALL_TO_BIG = re.compile(r"(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*[-/.]\s*(\d{4})\.?")
_WIDTHS: tuple[Literal["wide", "abbreviated"], ...] = ("wide", "abbreviated")
_CONTEXTS: tuple[Literal["format", "stand-alone"], ...] = ("format", "stand-alone")
_BETWEEN = "of de del di du le den der the am on st nd rd th er ten"


def read_date(cell: Cell) -> date | None:
    """Return the day that a cell names, None if it is blank. Raises CellUnreadable."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _of_serial(cell)
    text = unicodedata.normalize("NFKC", read_text(cell))
    text = re.sub(r"[T ]\d{1,2}:\d\d.*$", "", text)  # a time of day
    return _of_text(text.casefold()) if text else None


def day(moment: date, beside: date | None = None) -> str:
    """Return a date as a person says it: "30 Nov", with the year if it is not that of `beside`."""
    year = f" {moment.year}" if beside is None or beside.year != moment.year else ""
    return f"{moment.day} {moment:%b}{year}"


def _of_serial(number: float) -> date:
    first, last = (FIRST - EPOCH).days, (LAST - EPOCH).days
    if not first <= number <= last:
        raise CellUnreadable(f"is the number {number:.15g}, not a date. {_write(2026, 11, 30)}")
    return EPOCH + timedelta(days=int(number))


def _of_text(text: str) -> date:
    if found := _BIG_TO_SMALL.fullmatch(text):
        year, month, number = map(int, found.groups())
        return _possible(text, {(year, month, number)})
    if found := _SMALL_TO_BIG.fullmatch(text):
        first, second, year = (int(found[group]) for group in (1, 3, 4))
        orders = {(year, second, first)}
        if found[2] != ".":  # with dots the day is first everywhere
            orders.add((year, first, second))
        return _possible(text, orders)
    return _of_its_weekday(text, _possible(text, set(_in_words(text))))


def _of_its_weekday(text: str, found: date) -> date:
    """The day, if no other day of the week stands beside it. Raises CellUnreadable."""
    names = set(_words(text)) - set(_BETWEEN.split()) - _months().keys()
    if any(found.weekday() not in _days().get(name, range(7)) for name in names):
        raise CellUnreadable(f"“{text[:40]}” is a {found:%A}. {_write_day(found)}")
    return found


def _possible(text: str, readings: set[tuple[int, int, int]]) -> date:
    """The one reading that is a day. Raises CellUnreadable if there is none, or more than one."""
    days = sorted({found for reading in readings if (found := _day(*reading))})
    if len(days) > 1:
        both = " or ".join(f"{day_.day} {day_:%B}" for day_ in days)
        raise CellUnreadable(f"“{text}” may be {both}. {_write_day(days[0])}")
    if not days:
        raise CellUnreadable(f"“{text[:40]}” is not a date. {_write(2026, 11, 30)}")
    return days[0]


def _in_words(text: str) -> list[tuple[int, int, int]]:
    """The readings of "Sunday, 1st November 2026", in any order and language we know."""
    words = re.findall(r"\d+|[^\W\d_]+", text)
    numbers = [int(word) for word in words if word.isdecimal()]
    names = [word for word in words if not word.isdecimal()]
    months = [_months()[name] for name in names if name in _months()]
    others = [name for name in names if name not in _months()]
    known = all(name in _days() or name in _BETWEEN.split() for name in others)
    years = [number for number in numbers if number > 31]
    days = [number for number in numbers if number <= 31]
    if not known or len(months) != 1 or len(years) != 1 or len(days) != 1:
        return []
    return [(years[0], months[0], days[0])]


def _day(year: int, month: int, number: int) -> date | None:
    try:
        found = date(year, month, number)
    except ValueError:
        return None
    return found if FIRST <= found <= LAST else None


def _write_day(found: date) -> str:
    return _write(found.year, found.month, found.day)


def _write(year: int, month: int, number: int) -> str:
    return f"Write it like {date(year, month, number).isoformat()}."


@cache
def _months() -> dict[str, int]:
    """The months by their names; a name of two months in two languages is in none."""
    from babel.dates import get_month_names  # here, as a report needs no names of months

    found: dict[str, set[int]] = defaultdict(set)
    for language in LANGUAGES.split():
        for width, context in product(_WIDTHS, _CONTEXTS):
            for number, name in get_month_names(width, context, language).items():
                for word in _words(name):
                    found[word].add(number)
    return {name: min(numbers) for name, numbers in found.items() if len(numbers) == 1}


@cache
def _days() -> dict[str, set[int]]:
    """The days of the week by their names, Monday is 0; several where languages differ."""
    from babel.dates import get_day_names

    found: dict[str, set[int]] = defaultdict(set)
    for of in product(_WIDTHS, _CONTEXTS, LANGUAGES.split()):
        for number, name in get_day_names(*of).items():
            for word in _words(name):
                found[word].add(number)
    return dict(found)


def _words(name: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", unicodedata.normalize("NFKC", name).casefold())
