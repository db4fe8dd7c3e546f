"""Requests about what lies on ranges: the filter, banding, protection, conditional formats."""

from __future__ import annotations

from typing import Any

from .. import colors
from ..errors import EditError, unsupported
from ..masks import merge
from ..spreadsheet import Sheet, Spreadsheet, new_id
from .update import read_mask

Body = dict[str, Any]
BANDS = ("banded_ranges", "bandedRangeId", "banded range")
PROTECTIONS = ("protected_ranges", "protectedRangeId", "protected range")
PROTECTION_FIELDS = {"protectedRangeId", "range", "description", "warningOnly", "editors"}


def set_basic_filter(book: Spreadsheet, body: Body) -> Body:
    """One a sheet; a second replaces it. It is read back with explicit bounds."""
    given = body.get("filter", {})
    if given.keys() - {"range"}:
        raise unsupported("criteria and sorting of a filter")
    sheet, block = book.located(given.get("range", {}))
    sheet.basic_filter = {"range": sheet.grid_range(block)}
    return {}


def clear_basic_filter(book: Spreadsheet, body: Body) -> Body:
    book.sheet(body.get("sheetId", 0)).basic_filter = None
    return {}


def add_banding(book: Spreadsheet, body: Body) -> Body:
    return {"bandedRange": _add(book, BANDS, _banding(book, body.get("bandedRange", {})))}


def update_banding(book: Spreadsheet, body: Body) -> Body:
    band = _update(book, BANDS, body, "bandedRange", "BandedRange")
    _add(book, BANDS, _banding(book, band))
    return {}


def delete_banding(book: Spreadsheet, body: Body) -> Body:
    _take(book, BANDS, body.get("bandedRangeId", 0))
    return {}


def add_protected_range(book: Spreadsheet, body: Body) -> Body:
    given = _protection(book, body.get("protectedRange", {}))
    return {"protectedRange": _add(book, PROTECTIONS, given)}


def update_protected_range(book: Spreadsheet, body: Body) -> Body:
    changed = _update(book, PROTECTIONS, body, "protectedRange", "ProtectedRange")
    _add(book, PROTECTIONS, _protection(book, changed))
    return {}


def delete_protected_range(book: Spreadsheet, body: Body) -> Body:
    _take(book, PROTECTIONS, body.get("protectedRangeId", 0))
    return {}


def add_conditional_format_rule(book: Spreadsheet, body: Body) -> Body:
    rule = body.get("rule", {})
    located = [book.located(given) for given in rule.get("ranges", [])]
    if len({sheet.id for sheet, _ in located}) != 1:
        raise EditError("The ranges of a rule must be on one sheet.")
    if ("booleanRule" in rule) == ("gradientRule" in rule):
        raise EditError("Exactly one of 'booleanRule' and 'gradientRule' must be set.")
    rules = located[0][0].conditional_formats
    index = body.get("index", 0)
    if not 0 <= index <= len(rules):
        raise EditError(f"No conditional format on sheet at index: {index}")
    ranges = [sheet.grid_range(block) for sheet, block in located]
    rules.insert(index, colors.completed(rule) | {"ranges": ranges})
    return {}


def delete_conditional_format_rule(book: Spreadsheet, body: Body) -> Body:
    sheet, index = book.sheet(body.get("sheetId", 0)), body.get("index", 0)
    if not 0 <= index < len(sheet.conditional_formats):
        raise EditError(f"No conditional format on sheet: {sheet.id} at index: {index}")
    return {"rule": sheet.conditional_formats.pop(index)}


def _banding(book: Spreadsheet, given: Body) -> Body:
    sheet, block = book.located(given.get("range", {}))
    if "columnProperties" in given or not given.get("rowProperties"):
        raise unsupported("banding of columns")
    others = [sheet.resolve(other["range"]) for other in sheet.banded_ranges]
    if any(block.overlaps(other) for other in others):
        raise EditError(
            "You cannot add alternating background colors to a range that already has them."
        )
    return colors.completed(given) | {"range": sheet.grid_range(block)}


def _protection(book: Spreadsheet, given: Body) -> Body:
    if given.keys() - PROTECTION_FIELDS - {"requestingUserCanEdit"}:
        raise unsupported("protection other than of a range")
    sheet, _ = book.located(given.get("range", {}))
    kept = {name: value for name, value in given.items() if value and name != "editors"}
    bounds = {name: value for name, value in given["range"].items() if name != "sheetId"}
    place = ({"sheetId": sheet.id} if sheet.id else {}) | bounds
    editors = {} if given.get("warningOnly") else {"editors": given.get("editors", {})}
    return kept | {"range": place, "requestingUserCanEdit": True} | editors


def _add(book: Spreadsheet, kind: tuple[str, str, str], item: Body) -> Body:
    """Put the item on its sheet under the id it chose, or a new one."""
    attribute, id_name, noun = kind
    taken = {other[id_name] for sheet in book.sheets for other in getattr(sheet, attribute)}
    item_id = item.get(id_name) or new_id(taken)
    if item_id in taken:
        raise EditError(f"A {noun} with id {item_id} already exists.")
    added = {id_name: item_id} | item
    getattr(book.sheet(item["range"].get("sheetId", 0)), attribute).append(added)
    return added


def _update(
    book: Spreadsheet, kind: tuple[str, str, str], body: Body, name: str, schema: str
) -> Body:
    given = body.get(name, {})
    mask = read_mask(body, schema)
    taken = _take(book, kind, given.get(kind[1], 0))
    return merge(mask, taken, given) | {kind[1]: taken[kind[1]]}


def _take(book: Spreadsheet, kind: tuple[str, str, str], item_id: int) -> Body:
    attribute, id_name, noun = kind
    sheet, item = _find(book, attribute, id_name, item_id)
    if sheet is None:
        raise EditError(f"No {noun} with id: {item_id}")
    getattr(sheet, attribute).remove(item)
    return item


def _find(book: Spreadsheet, name: str, id_name: str, item_id: int) -> tuple[Sheet | None, Body]:
    for sheet in book.sheets:
        for item in getattr(sheet, name):
            if item[id_name] == item_id:
                return sheet, item
    return None, {}
