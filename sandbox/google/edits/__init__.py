"""spreadsheets.batchUpdate: the requests it takes, applied all together or not at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..errors import EditError, invalid, unsupported
from ..spreadsheet import Spreadsheet
from . import (
    cells,
    charts,
    conditional,
    dimensions,
    metadata,
    properties,
    protection,
    replacing,
    sheets,
    validations,
)

Edit = Callable[[Spreadsheet, dict[str, Any]], dict[str, Any]]
EDITS: dict[str, Edit] = {
    "addChart": charts.add,
    "addConditionalFormatRule": conditional.add,
    "addProtectedRange": protection.add,
    "addSheet": sheets.add_sheet,
    "appendDimension": dimensions.append_dimension,
    "clearBasicFilter": properties.clear_basic_filter,
    "createDeveloperMetadata": metadata.create,
    "deleteConditionalFormatRule": conditional.delete,
    "deleteDeveloperMetadata": metadata.delete,
    "deleteDimension": dimensions.delete_dimension,
    "deleteEmbeddedObject": charts.delete,
    "deleteProtectedRange": protection.delete,
    "deleteSheet": sheets.delete_sheet,
    "findReplace": replacing.find_replace,
    "insertDimension": dimensions.insert_dimension,
    "pasteData": replacing.paste_data,
    "repeatCell": cells.repeat_cell,
    "setBasicFilter": properties.set_basic_filter,
    "setDataValidation": validations.set_data_validation,
    "updateCells": cells.update_cells,
    "updateChartSpec": charts.update_spec,
    "updateConditionalFormatRule": conditional.update,
    "updateDeveloperMetadata": metadata.update,
    "updateDimensionProperties": dimensions.update_dimension_properties,
    "updateProtectedRange": protection.update,
    "updateSheetProperties": sheets.update_sheet_properties,
    "updateSpreadsheetProperties": properties.update_spreadsheet_properties,
}


def apply(edited: Spreadsheet, requests: list[dict[str, Any]]) -> list[Any]:
    """Change a spreadsheet, a copy as a rule (`GoogleState.changing`); one reply per request.

    Raises ApiError 400, naming the request, for the first that is wrong.
    """
    if not requests:
        raise invalid("Must specify at least one request.")
    return [_apply_one(edited, index, request) for index, request in enumerate(requests)]


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
