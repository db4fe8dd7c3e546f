"""The request about the spreadsheet itself."""

from __future__ import annotations

import re
from typing import Any
from zoneinfo import available_timezones

from ..errors import EditError, unsupported
from ..masks import merge
from ..spreadsheet import Spreadsheet
from .update import read_mask

FIELDS = {"title", "locale", "timeZone"}


def update_spreadsheet_properties(book: Spreadsheet, body: dict[str, Any]) -> dict[str, Any]:
    mask, given = read_mask(body, "SpreadsheetProperties"), body.get("properties", {})
    if not mask.keys() <= FIELDS:
        raise unsupported(f"the fields {', '.join(mask.keys() - FIELDS)} here")
    changed = merge(mask, book.properties, given)
    if not changed.get("title"):
        raise EditError("The spreadsheet name cannot be empty.")
    if changed.get("timeZone") not in available_timezones():
        raise EditError(f"Invalid time zone: {changed.get('timeZone')}")
    if not re.fullmatch(r"[a-z]{2,3}(_[A-Z]{2})?", changed.get("locale", "")):
        raise EditError(f"Unsupported locale: {changed.get('locale')}")
    book.properties = changed
    return {}
