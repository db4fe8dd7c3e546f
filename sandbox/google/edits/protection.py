"""Requests about protected ranges, of the kind that warns who types there."""

from __future__ import annotations

from typing import Any

from ..errors import EditError, unsupported
from ..masks import merge
from ..spreadsheet import Resource, Sheet, Spreadsheet, free_id
from .update import check_known, read_mask

Body = dict[str, Any]
FIELDS = {"range", "description", "unprotectedRanges"}
OWN = {"protectedRangeId", "requestingUserCanEdit"}


def add(book: Spreadsheet, body: Body) -> Body:
    given = body.get("protectedRange", {})
    taken = {one["protectedRangeId"] for sheet in book.sheets for one in sheet.protected_ranges}
    chosen = given.get("protectedRangeId")
    range_id = free_id(chosen, taken, "A protected range", "protectedRangeId")
    own = {"protectedRangeId": range_id, "requestingUserCanEdit": True}
    return {"protectedRange": _place(book, given | own)}


def update(book: Spreadsheet, body: Body) -> Body:
    given = body.get("protectedRange", {})
    mask = read_mask(body, "ProtectedRange")
    check_known(mask, FIELDS)
    sheet, old = _found(book, given.get("protectedRangeId"))
    sheet.protected_ranges.remove(old)
    _place(book, merge(mask, old, given))
    return {}


def delete(book: Spreadsheet, body: Body) -> Body:
    sheet, old = _found(book, body.get("protectedRangeId"))
    sheet.protected_ranges.remove(old)
    return {}


def _place(book: Spreadsheet, given: Body) -> Resource:
    """A range with only a sheetId is the whole sheet, and stays so when that grows."""
    if unknown := given.keys() - FIELDS - {*OWN, "warningOnly"}:
        raise unsupported(f"{', '.join(sorted(unknown))} of a protected range")
    if not given.get("warningOnly"):
        raise unsupported("a protection that does more than warn")
    if "range" not in given:
        raise EditError("A protected range must have a range.")
    sheet, _ = book.located(given["range"])
    open_ = [sheet.grid_range(book.located(area)[1]) for area in given.get("unprotectedRanges", [])]
    if open_ and given["range"].keys() - {"sheetId"}:
        raise EditError("Unprotected ranges are only supported on protected sheets.")
    placed = given | ({"unprotectedRanges": open_} if open_ else {})
    sheet.protected_ranges.append(placed)
    return placed


def _found(book: Spreadsheet, wanted: int | None) -> tuple[Sheet, Resource]:
    for sheet in book.sheets:
        for one in sheet.protected_ranges:
            if one["protectedRangeId"] == wanted:
                return sheet, one
    raise EditError(f"No protected range with id: {wanted}")
