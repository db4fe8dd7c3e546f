"""spreadsheets.batchUpdate: the requests it takes, applied all together or not at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..errors import EditError, invalid, unsupported
from ..spreadsheet import Spreadsheet
from . import cells, dimensions, metadata, properties, sheets

Edit = Callable[[Spreadsheet, dict[str, Any]], dict[str, Any]]
EDITS: dict[str, Edit] = {
    "addSheet": sheets.add_sheet,
    "clearBasicFilter": properties.clear_basic_filter,
    "createDeveloperMetadata": metadata.create,
    "deleteDeveloperMetadata": metadata.delete,
    "deleteDimension": dimensions.delete_dimension,
    "deleteSheet": sheets.delete_sheet,
    "insertDimension": dimensions.insert_dimension,
    "moveDimension": dimensions.move_dimension,
    "repeatCell": cells.repeat_cell,
    "setBasicFilter": properties.set_basic_filter,
    "updateCells": cells.update_cells,
    "updateDeveloperMetadata": metadata.update,
    "updateDimensionProperties": properties.update_dimension_properties,
    "updateSheetProperties": sheets.update_sheet_properties,
    "updateSpreadsheetProperties": properties.update_spreadsheet_properties,
}


def apply(
    spreadsheet: Spreadsheet, requests: list[dict[str, Any]]
) -> tuple[Spreadsheet, list[Any]]:
    """An edited copy and one reply per request; the original stays as it was.

    Raises ApiError 400, naming the request, for the first that is wrong.
    """
    if not requests:
        raise invalid("Must specify at least one request.")
    edited = spreadsheet.copy()
    replies = [_apply_one(edited, index, request) for index, request in enumerate(requests)]
    return edited, replies


def _apply_one(edited: Spreadsheet, index: int, request: dict[str, Any]) -> dict[str, Any]:
    if not request:
        raise invalid(f"Invalid requests[{index}]: No request set.")
    ((name, body),) = request.items()
    if name not in EDITS:
        raise unsupported(f"the request {name}")
    try:
        reply = EDITS[name](edited, body)
    except EditError as refusal:
        raise invalid(f"Invalid requests[{index}].{name}: {refusal}") from None
    return {name: reply} if reply else {}
