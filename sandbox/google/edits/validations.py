"""setDataValidation: drop-downs and tick boxes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..a1 import Block, read_reference
from ..errors import EditError, unsupported
from ..spreadsheet import Resource, Sheet, Spreadsheet

Body = dict[str, Any]
RULE = {"condition", "inputMessage", "strict", "showCustomUi"}


def set_data_validation(book: Spreadsheet, body: Body) -> Body:
    """The rule takes the place of those of its cells; without one they have none."""
    if unknown := body.keys() - {"range", "rule"}:
        raise unsupported(", ".join(sorted(unknown)))
    sheet, block = book.located(body.get("range", {}))
    entry = _entry(book, body["rule"]) if body.get("rule") else None
    sheet.validations = [
        one | {"range": sheet.grid_range(left)}
        for one in sheet.validations
        for left in _without(sheet, one["range"], block)
    ]
    if entry:
        sheet.validations.append({"range": sheet.grid_range(block)} | entry)
    return {}


def _entry(book: Spreadsheet, rule: Body) -> Resource:
    if unknown := rule.keys() - RULE:
        raise unsupported(f"{', '.join(sorted(unknown))} of a validation")
    condition = rule.get("condition", {})
    kind, values = condition.get("type"), condition.get("values", [])
    if kind not in ("ONE_OF_RANGE", "ONE_OF_LIST", "BOOLEAN"):
        raise unsupported(f"a validation of the type {kind}")
    if any("userEnteredValue" not in value for value in values):
        raise unsupported("relative dates as values of a validation")
    if kind == "BOOLEAN" and values:
        raise unsupported("other values of a tick box than TRUE and FALSE")
    if kind == "ONE_OF_LIST" and not values:
        raise EditError("ONE_OF_LIST requires at least one value.")
    texts = [value["userEnteredValue"] for value in values]
    return {"rule": rule, "source": _source(book, texts) if kind == "ONE_OF_RANGE" else None}


def _source(book: Spreadsheet, texts: list[str]) -> Resource:
    """The range that a rule takes its values from, by the id of its sheet."""
    if len(texts) != 1:
        raise EditError("ONE_OF_RANGE requires exactly one value.")
    try:
        title, area = read_reference(texts[0])
    except ValueError:
        raise EditError(f"Invalid data validation range: {texts[0]}") from None
    sheet = book.titled(title)
    if sheet is None:
        raise EditError(f"Unable to parse range: {texts[0]}")
    return {"sheetId": sheet.id} | area


def _without(sheet: Sheet, area: Resource, gone: Block) -> Iterator[Block]:
    """What is left of a range when a block is taken out of it: up to four blocks."""
    whole = sheet.clipped(area)
    top, bottom = max(whole.top, gone.top), min(whole.bottom, gone.bottom)
    left, right = max(whole.left, gone.left), min(whole.right, gone.right)
    if top >= bottom or left >= right:
        yield whole
        return
    parts = (
        Block(whole.top, top, whole.left, whole.right),
        Block(bottom, whole.bottom, whole.left, whole.right),
        Block(top, bottom, whole.left, left),
        Block(top, bottom, right, whole.right),
    )
    yield from (part for part in parts if part.top < part.bottom and part.left < part.right)
