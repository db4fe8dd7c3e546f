"""A small book, made through the API: a register with drop-downs, boxes, colours and a chart."""

from __future__ import annotations

from typing import Any

from tests.sandbox.google_book import Book, add_sheet, area, text, texts

MEMBERS, TOTALS = 21, 22
GREEN = {"rgbColor": {"red": 0.72, "green": 0.88, "blue": 0.8}}
RED = {"rgbColor": {"red": 0.96, "green": 0.78, "blue": 0.76}}
GREY = {"rgbColor": {"red": 0.93, "green": 0.93, "blue": 0.93}}
NAMES = ["Ann Lee", "Ben Okoro", "Cleo Marsh", "Dov Adler"]
LETTERS = [["P", "P", "A"], ["A", "A", "A"], ["?", "L", "P"], ["P", "X", "P"]]
HEAD = ["Name", "15 Nov", "8 Nov", "1 Nov", "Who is it?", "Private", "id"]
COUNTS = [["Week", "Children", "Youth"], ["1 Nov", 9, 12], ["8 Nov", 11, 10], ["15 Nov", 8, 14]]


def small_book(book: Book) -> None:
    """Fill the first sheet, and two more with the members and the numbers."""
    rows = [HEAD, *([name, *row] for name, row in zip(NAMES, LETTERS, strict=True))]
    members = {"start": {"sheetId": MEMBERS, "rowIndex": 0, "columnIndex": 0}}
    book.batch(
        add_sheet(sheetId=MEMBERS, title="People"),
        add_sheet(sheetId=TOTALS, title="Totals", hidden=True),
        texts([[""], ["Register. A letter typed over another is a correction."], [], *rows]),
        texts([["Member"], *([name] for name in NAMES)], **members),
        _numbers(),
        *_looks(),
        validation(area(4, 20, 4, 5), "ONE_OF_RANGE", "=People!$A$2:$A"),
        validation(area(4, 20, 5, 6), "BOOLEAN"),
        *(colour(letter, style) for letter, style in (("P", GREEN), ("A", RED))),
        protect(area(4, 20, 0, 1)),
        {"addChart": {"chart": chart()}},
    )


def validation(where: dict[str, int], kind: str, *values: str, **more: Any) -> dict[str, Any]:
    condition = {"type": kind, "values": [{"userEnteredValue": value} for value in values]}
    return {"setDataValidation": {"range": where, "rule": {"condition": condition, **more}}}


def colour(letter: str, style: dict[str, Any], **where: int) -> dict[str, Any]:
    condition = {"type": "TEXT_EQ", "values": [{"userEnteredValue": letter}]}
    rule = {"condition": condition, "format": {"backgroundColorStyle": style}}
    ranges = [{**area(4, 20, 1, 4), **where}]
    return {"addConditionalFormatRule": {"rule": {"ranges": ranges, "booleanRule": rule}}}


def protect(where: dict[str, int], **more: Any) -> dict[str, Any]:
    return {"addProtectedRange": {"protectedRange": {"range": where, "warningOnly": True, **more}}}


def chart() -> dict[str, Any]:
    def source(column: int) -> dict[str, Any]:
        where = {"sheetId": TOTALS, **area(0, len(COUNTS), column, column + 1)}
        return {"sourceRange": {"sources": [where]}}

    spec = {
        "chartType": "COLUMN",
        "stackedType": "STACKED",
        "headerCount": 1,
        "legendPosition": "BOTTOM_LEGEND",
        "axis": [{"position": "LEFT_AXIS", "title": "People"}],
        "domains": [{"domain": source(0)}],
        "series": [{"series": source(1)}, {"series": source(2)}],
    }
    anchor = {"anchorCell": {"rowIndex": 10, "columnIndex": 1}}
    title = {"title": "Who came, by class", "basicChart": spec}
    return {"chartId": 7, "spec": title, "position": {"overlayPosition": anchor}}


def _numbers() -> dict[str, Any]:
    rows = [
        [text(c) if isinstance(c, str) else {"userEnteredValue": {"numberValue": c}} for c in row]
        for row in COUNTS
    ]
    start = {"sheetId": TOTALS, "rowIndex": 0, "columnIndex": 0}
    data = [{"values": row} for row in rows]
    return {"updateCells": {"start": start, "rows": data, "fields": "userEnteredValue"}}


def _looks() -> list[dict[str, Any]]:
    look = {"backgroundColorStyle": GREY, "textFormat": {"bold": True}, "wrapStrategy": "WRAP"}
    fields = ",".join(f"userEnteredFormat.{name}" for name in look)
    link = {"link": {"uri": f"#gid={MEMBERS}"}}
    date = {**text("15 Nov"), "textFormatRuns": [{"format": link}]}
    start = {"rowIndex": 3, "columnIndex": 1}
    grid = {"frozenRowCount": 4, "frozenColumnCount": 1, "hideGridlines": True}
    return [
        {"repeatCell": {"range": area(3, 4, 0, 7), "cell": _format(look), "fields": fields}},
        {
            "updateCells": {
                "start": start,
                "rows": [{"values": [date]}],
                "fields": "userEnteredValue,textFormatRuns",
            }
        },
        _note(4, 1, "Joined at 19:31"),
        {
            "updateSheetProperties": {
                "properties": {"title": "Register", "gridProperties": grid},
                "fields": "title,gridProperties(frozenRowCount,frozenColumnCount,hideGridlines)",
            }
        },
        _columns(0, 1, "pixelSize", pixelSize=130),
        _columns(1, 4, "pixelSize", pixelSize=52),
        _columns(6, 7, "hiddenByUser", hiddenByUser=True),
    ]


def _format(look: dict[str, Any]) -> dict[str, Any]:
    return {"userEnteredFormat": look}


def _note(row: int, column: int, said: str) -> dict[str, Any]:
    start = {"rowIndex": row, "columnIndex": column}
    return {
        "updateCells": {"start": start, "rows": [{"values": [{"note": said}]}], "fields": "note"}
    }


def _columns(start: int, end: int, fields: str, **properties: Any) -> dict[str, Any]:
    where = {"sheetId": 0, "dimension": "COLUMNS", "startIndex": start, "endIndex": end}
    body = {"range": where, "properties": properties, "fields": fields}
    return {"updateDimensionProperties": body}
