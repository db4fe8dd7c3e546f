"""Requests about conditional formats, which have no id but their place in the list."""

from __future__ import annotations

from typing import Any

from ..cells import check_colors
from ..conditions import check
from ..errors import EditError, unsupported
from ..spreadsheet import Resource, Sheet, Spreadsheet

Body = dict[str, Any]
TEXT = {"bold", "italic", "strikethrough", "foregroundColorStyle"}


def add(book: Spreadsheet, body: Body) -> Body:
    sheet, rule = _checked(book, body.get("rule", {}))
    index = body.get("index", 0)
    if not 0 <= index <= len(sheet.conditional_formats):
        raise EditError(f"Invalid index: {index}")
    sheet.conditional_formats.insert(index, rule)
    return {}


def update(book: Spreadsheet, body: Body) -> Body:
    if "newIndex" in body or "rule" not in body:
        raise unsupported("the moving of a conditional format")
    sheet, rule = _checked(book, body["rule"])
    index = body.get("index", 0)
    old = _at(sheet, index)
    sheet.conditional_formats[index] = rule
    return {"newRule": rule, "newIndex": index, "oldRule": old, "oldIndex": index}


def delete(book: Spreadsheet, body: Body) -> Body:
    sheet, index = book.sheet(body.get("sheetId", 0)), body.get("index", 0)
    rule = _at(sheet, index)
    del sheet.conditional_formats[index]
    return {"rule": rule}


def _at(sheet: Sheet, index: int) -> Resource:
    if not 0 <= index < len(sheet.conditional_formats):
        raise EditError(f"No conditional format on sheet: {sheet.id} at index: {index}")
    return sheet.conditional_formats[index]


def _checked(book: Spreadsheet, rule: Body) -> tuple[Sheet, Resource]:
    """The sheet of a rule, and the rule with the bounds of its ranges spelt out."""
    if rule.keys() - {"ranges", "booleanRule"}:
        raise unsupported("colour scales")
    if not rule.get("ranges"):
        raise EditError("At least one range must be specified.")
    boolean = rule.get("booleanRule", {})
    check(boolean.get("condition", {}))
    _check_format(boolean.get("format", {}))
    if len({area.get("sheetId", 0) for area in rule["ranges"]}) > 1:
        raise EditError("All ranges must be on the same sheet.")
    located = [book.located(area) for area in rule["ranges"]]
    sheet = located[0][0]
    return sheet, rule | {"ranges": [sheet.grid_range(block) for _, block in located]}


def _check_format(given: Body) -> None:
    """A conditional format has bold, italic, strikethrough and colours, says the API."""
    others = given.keys() - {"backgroundColorStyle", "textFormat"}
    others |= given.get("textFormat", {}).keys() - TEXT
    check_colors(given)
    check_colors(given.get("textFormat", {}))
    if others or not given:
        raise EditError(f"Invalid conditional format: {', '.join(sorted(others)) or 'it is empty'}")
