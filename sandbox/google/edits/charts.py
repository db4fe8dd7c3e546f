"""Requests about charts: columns, bars and lines over ranges of cells."""

from __future__ import annotations

from typing import Any

from ..cells import check_colors
from ..errors import ApiError, EditError, unsupported
from ..spreadsheet import Resource, Sheet, Spreadsheet, free_id

Body = dict[str, Any]
SPEC = {"title", "subtitle", "altText", "basicChart"}
BASIC = {
    *("chartType", "stackedType", "legendPosition", "headerCount"),
    *("axis", "domains", "series"),
}
OVERLAY = {"anchorCell", "offsetXPixels", "offsetYPixels", "widthPixels", "heightPixels"}
SIZE = {"widthPixels": 600, "heightPixels": 371}


def add(book: Spreadsheet, body: Body) -> Body:
    given = body.get("chart", {})
    taken = {chart["chartId"] for sheet in book.sheets for chart in sheet.charts}
    chart_id = free_id(given.get("chartId"), taken, "A chart", "chartId")
    if given.keys() - {"chartId", "spec", "position"}:
        raise unsupported("the border of a chart")
    sheet, position = _position(book, given.get("position", {}))
    spec = _checked(book, given.get("spec", {}))
    chart = {"chartId": chart_id, "spec": spec, "position": position}
    sheet.charts.append(chart)
    return {"chart": chart}


def update_spec(book: Spreadsheet, body: Body) -> Body:
    """It has no mask: what the new one does not say is gone."""
    sheet, chart = _found(book, body.get("chartId"))
    place = sheet.charts.index(chart)
    sheet.charts[place] = chart | {"spec": _checked(book, body.get("spec", {}))}
    return {}


def delete(book: Spreadsheet, body: Body) -> Body:
    sheet, chart = _found(book, body.get("objectId"))
    sheet.charts.remove(chart)
    return {}


def _found(book: Spreadsheet, wanted: int | None) -> tuple[Sheet, Resource]:
    for sheet in book.sheets:
        for chart in sheet.charts:
            if chart["chartId"] == wanted:
                return sheet, chart
    raise EditError(f"No chart with id: {wanted}")


def _position(book: Spreadsheet, given: Body) -> tuple[Sheet, Resource]:
    overlay = given.get("overlayPosition")
    if given.keys() - {"overlayPosition"}:
        raise unsupported("a chart on a sheet of its own")
    if not overlay:
        raise EditError("The chart must have a position.")
    if overlay.keys() - OVERLAY:
        raise unsupported("this position of a chart")
    anchor = overlay.get("anchorCell", {})
    sheet = book.sheet(anchor.get("sheetId", 0))
    if not sheet.block.covers(anchor.get("rowIndex", 0), anchor.get("columnIndex", 0)):
        raise EditError("The anchor cell of the chart is outside the grid.")
    return sheet, {"overlayPosition": SIZE | overlay}


def _checked(book: Spreadsheet, spec: Body) -> Resource:
    _check_part(spec, SPEC)
    if "basicChart" not in spec:
        raise EditError("The chart must have a kind.")
    chart = spec["basicChart"]
    _check_part(chart, BASIC)
    for axis in chart.get("axis", []):
        _check_part(axis, {"position", "title"})
    if chart.get("chartType") != "COLUMN":
        raise unsupported(f"a chart of the type {chart.get('chartType')}")
    if not chart.get("domains") or not chart.get("series"):
        raise ApiError(500, "Internal error encountered.")
    if len(chart["domains"]) > 1:
        raise unsupported("a chart with several domains")
    lengths = {_length(book, one, "domain") for one in chart["domains"]}
    if len(lengths | {_length(book, one, "series") for one in chart["series"]}) > 1:
        raise EditError("The domain and the series of a chart must have the same length.")
    return spec


def _check_part(part: Body, known: set[str]) -> None:
    if unknown := part.keys() - known:
        raise unsupported(f"{', '.join(sorted(unknown))} of a chart")


def _length(book: Spreadsheet, part: Body, name: str) -> int:
    """How many cells one part has; each of its ranges is a piece of a row or of a column."""
    _check_part(part, {name, "targetAxis", "colorStyle"})
    _check_part(part.get(name, {}), {"sourceRange"})
    check_colors(part)
    if part.get("targetAxis", "LEFT_AXIS") != "LEFT_AXIS":
        raise unsupported("a second axis of a chart")
    sources = part.get(name, {}).get("sourceRange", {}).get("sources", [])
    if not sources:
        raise EditError("A chart needs a source range for its domain and each series.")
    length = 0
    for area in sources:
        if len(area.keys() - {"sheetId"}) < 4:
            raise EditError("All bounds of a chart's source must be given.")
        _, block = book.located(area)
        rows, columns = block.bottom - block.top, block.right - block.left
        if min(rows, columns) > 1:
            raise EditError("A chart's source must have one row or one column.")
        length += max(rows, columns)
    return length
