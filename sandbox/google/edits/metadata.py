"""Requests about developer metadata: on the spreadsheet, a sheet, a row or a column."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..errors import EditError, unsupported
from ..spreadsheet import Spreadsheet, free_id
from .update import check_known, read_mask

Body = dict[str, Any]
STRATEGY = "locationMatchingStrategy"
LINES = {"ROWS": ("ROW", "rowCount"), "COLUMNS": ("COLUMN", "columnCount")}
LOOKUP = {
    *("metadataId", "metadataKey", "metadataValue", "locationType"),
    *("metadataLocation", "locationMatchingStrategy"),
}


def create(book: Spreadsheet, body: Body) -> Body:
    given = body.get("developerMetadata", {})
    taken = {item["metadataId"] for holder in _holders(book) for item in holder}
    own = free_id(given.get("metadataId"), taken, "Developer metadata", "metadataId")
    return {"developerMetadata": _place(book, given | {"metadataId": own})}


def update(book: Spreadsheet, body: Body) -> Body:
    check_known(read_mask(body, "DeveloperMetadata"), {"metadataValue"})
    value = {"metadataValue": body.get("developerMetadata", {}).get("metadataValue", "")}
    found = [item for wanted in body.get("dataFilters", []) for item in _remove(book, wanted)]
    if not found:
        raise EditError("No developer metadata matches the filters.")
    return {"developerMetadata": [_place(book, item | value) for item in found]}


def delete(book: Spreadsheet, body: Body) -> Body:
    return {"deletedDeveloperMetadata": _remove(book, body.get("dataFilter", {}))}


def _place(book: Spreadsheet, given: Body) -> Body:
    """Put the metadata where its location says, which is spelt out as replies have it."""
    if not given.get("metadataKey"):
        raise EditError("The metadata key must be set.")
    if given.get("visibility") not in ("DOCUMENT", "PROJECT"):
        raise EditError("The metadata visibility must be set.")
    location = _location(book, given.get("location", {}))
    holder = book.developer_metadata
    if "spreadsheet" not in location:
        sheet_id = location.get("dimensionRange", location).get("sheetId", 0)
        holder = book.sheet(sheet_id).developer_metadata
    placed = given | {"location": location}
    holder.append(placed)
    return placed


def _location(book: Spreadsheet, given: Body) -> Body:
    """`locationType` is output: what a client sends there is worked out anew."""
    if bool(given.get("spreadsheet")) + ("sheetId" in given) + ("dimensionRange" in given) != 1:
        raise EditError("Exactly one location must be set.")
    if "dimensionRange" in given:
        return _line(book, given["dimensionRange"])
    if given.get("spreadsheet"):
        return {"locationType": "SPREADSHEET", "spreadsheet": True}
    return {"locationType": "SHEET", "sheetId": given["sheetId"]}


def _line(book: Spreadsheet, given: Body) -> Body:
    """One row or one column of the grid."""
    dimension, start = given.get("dimension"), given.get("startIndex", 0)
    if dimension not in LINES:
        raise EditError("No dimension specified.")
    if given.get("endIndex") != start + 1:
        raise EditError("The dimensionRange must represent a single row or column.")
    sheet = book.sheet(given.get("sheetId", 0))
    kind, count = LINES[dimension]
    if not 0 <= start < sheet.grid[count]:
        raise EditError(f"The {kind.lower()} {start} is outside the grid.")
    place = {"sheetId": sheet.id, "dimension": dimension, "startIndex": start}
    return {"locationType": kind, "dimensionRange": place | {"endIndex": start + 1}}


def _remove(book: Spreadsheet, data_filter: Body) -> list[Body]:
    lookup = data_filter.get("developerMetadataLookup")
    if not lookup:
        raise unsupported("this way of finding developer metadata")
    _check_lookup(lookup)
    found = []
    for holder in _holders(book):
        taken = [item for item in holder if _fits(lookup, item)]
        holder[:] = [item for item in holder if item not in taken]
        found += taken
    return found


def _fits(lookup: Body, item: Body) -> bool:
    """The place, too, if the lookup has one: a line that has moved is not found there any more."""
    place = dict(item["location"])
    known = item | {"locationType": place.pop("locationType"), "metadataLocation": place}
    wanted = {name: value for name, value in lookup.items() if name != STRATEGY}
    return all(known.get(name) == value for name, value in wanted.items())


def _check_lookup(lookup: Body) -> None:
    if lookup.keys() - LOOKUP:
        raise unsupported("this way of finding developer metadata")
    if STRATEGY in lookup and "metadataLocation" not in lookup:
        raise EditError("If a location matching strategy is set, a location must be set, too.")
    if "metadataLocation" not in lookup:
        return
    if lookup.get(STRATEGY) != "EXACT_LOCATION":
        raise unsupported("finding developer metadata near a place")
    if "locationType" in lookup:
        raise EditError("The location type must not be set together with an exact location.")


def _holders(book: Spreadsheet) -> Iterator[list[Body]]:
    yield book.developer_metadata
    for sheet in book.sheets:
        yield sheet.developer_metadata
