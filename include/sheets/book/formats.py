"""The formats of the book: who types where, which letter is which, which row is a heading."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from include.roster.table import CLASS, COUNT, HEADING, NOTICE, PERSON, TITLE, Column
from include.sheets import requests as ask
from include.sheets.book.layout import Style
from include.sheets.requests import Format, Request

WHITE = ask.colour(1, 1, 1)
YELLOW = ask.colour(1, 0.95, 0.7)
GREY = ask.colour(0.91, 0.91, 0.91)
GREEN = ask.colour(0.85, 0.92, 0.88)
BLACK = ask.colour(0, 0, 0)
PALE = ask.colour(0.42, 0.42, 0.42)
RED = ask.colour(0.72, 0.08, 0.08)
BLUE = ask.colour(0.07, 0.33, 0.6)

LETTERS: tuple[tuple[str, Format], ...] = (
    ("A", {"backgroundColorStyle": ask.colour(0.97, 0.8, 0.78), "textFormat": {"bold": True}}),
    ("?", {"backgroundColorStyle": ask.colour(1, 0.93, 0.68), "textFormat": {"bold": True}}),
    ("S", {"backgroundColorStyle": ask.colour(1, 0.87, 0.72)}),
    ("P", {"backgroundColorStyle": ask.colour(0.83, 0.93, 0.85)}),
    ("R", {"backgroundColorStyle": ask.colour(0.83, 0.93, 0.85)}),
    ("L", {"backgroundColorStyle": ask.colour(0.91, 0.95, 0.8)}),
    ("E", {"backgroundColorStyle": ask.colour(0.91, 0.95, 0.8)}),
    ("LE", {"backgroundColorStyle": ask.colour(0.91, 0.95, 0.8)}),
    ("X", {"backgroundColorStyle": ask.colour(0.86, 0.89, 0.96)}),
    ("–", {"textFormat": {"foregroundColorStyle": PALE}}),
)
"""Of each letter. The letter itself says what the colour says."""

ROWS: dict[str, Format] = {
    "class": {
        "textFormat": {"bold": True, "italic": False, "foregroundColorStyle": BLACK},
        "backgroundColorStyle": GREEN,
    },
    "came": {
        "textFormat": {"bold": False, "italic": True, "foregroundColorStyle": PALE},
        "backgroundColorStyle": WHITE,
    },
}
ROWS["visitors"] = ROWS["came"]
PLAIN: Format = {
    "textFormat": {"bold": False, "italic": False, "foregroundColorStyle": BLACK},
    "backgroundColorStyle": WHITE,
}
ROW_FIELDS = (
    "textFormat.bold,textFormat.italic,textFormat.foregroundColorStyle,backgroundColorStyle"
)

WEEK: dict[str, dict[str, Any]] = {
    TITLE: {"bold": True, "fontSize": 14},
    COUNT: {"fontSize": 10, "foregroundColorStyle": PALE},
    NOTICE: {"fontSize": 10, "foregroundColorStyle": RED},
    CLASS: {"bold": True, "fontSize": 11},
    HEADING: {"bold": True, "fontSize": 12, "foregroundColorStyle": BLUE},
    PERSON: {"fontSize": 11},
}
"""Of the lines of This week, by their kind."""


def heading_format(column: Column) -> Format:
    """Return that of a heading: yellow where people type, grey where the pipeline does."""
    text: dict[str, Any] = {"bold": True, "fontSize": 10, "foregroundColorStyle": BLACK}
    if column.link:
        text |= {"link": {"uri": column.link}, "foregroundColorStyle": BLUE}
    return {
        "textFormat": text,
        "backgroundColorStyle": YELLOW if column.people else GREY,
        "horizontalAlignment": "LEFT",
        "verticalAlignment": "MIDDLE",
        "wrapStrategy": "WRAP",
    }


def help_format(column: Column) -> Format:
    """Return that of the sentence below a heading."""
    return {
        "textFormat": {"italic": True, "fontSize": 8, "foregroundColorStyle": PALE},
        "backgroundColorStyle": YELLOW if column.people else GREY,
        "horizontalAlignment": "LEFT",
        "verticalAlignment": "TOP",
        "wrapStrategy": "WRAP",
    }


def data_format(style: Style) -> Format:
    """Return that of the cells of a column."""
    return {
        "numberFormat": dict(style.number_format),
        "horizontalAlignment": style.align,
        "verticalAlignment": "TOP",
        "wrapStrategy": "WRAP",
    }


def letter_rules(sheet_id: int, start: int, end: int) -> Iterator[Request]:
    """Colour the letters.

    The range begins with the column before the first session: only what is inserted inside a
    range makes it grow.
    """
    for index, (letter, shown) in enumerate(LETTERS):
        condition = {"type": "TEXT_EQ", "values": [{"userEnteredValue": letter}]}
        rule = {
            "ranges": [ask.whole_columns(sheet_id, (start, end))],
            "booleanRule": {"condition": condition, "format": shown},
        }
        yield {"addConditionalFormatRule": {"rule": rule, "index": index}}
