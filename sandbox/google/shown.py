"""One cell as the page shows it: text, style, note, link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from . import cells
from .errors import ApiError
from .spreadsheet import Cell

SAFE_LINKS = ("http://", "https://", "mailto:")


@dataclass
class ShownCell:
    """`kind` is that of the value: string, number, bool, formula or empty."""

    at: str
    text: str
    style: str
    kind: str
    note: str
    link: str
    rows: int
    columns: int
    filtered: bool
    left: int | None


def kind(value: dict[str, Any]) -> str:
    return next(iter(value), "empty").removesuffix("Value")


def link(cell: Cell) -> str:
    """An address a page may link to; `javascript:` and the like stay text."""
    link = cell.get("userEnteredFormat", {}).get("textFormat", {}).get("link", {}).get("uri", "")
    return link if link.lower().startswith(SAFE_LINKS) else ""


def text(cell: Cell) -> str:
    """As Sheets would show it; a number whose pattern the sandbox does not know stays plain."""
    try:
        return cells.displayed(cell)
    except ApiError:
        return str(cells.entered(cell))
