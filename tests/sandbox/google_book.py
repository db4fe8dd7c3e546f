"""The sandbox's Google through the official clients, and requests to change a spreadsheet."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest
from googleapiclient.errors import HttpError

from sandbox.google import GoogleState
from sandbox.google.files import SPREADSHEET
from sandbox.google.seed import REPORTS_FOLDER
from sandbox.google.spreadsheet import Sheet

DRIVES = {"supportsAllDrives": True}
SEARCH = {**DRIVES, "includeItemsFromAllDrives": True, "corpora": "allDrives"}


@dataclass
class Google:
    """What it holds, and clients of its spreadsheets and files."""

    url: str
    state: GoogleState
    spreadsheets: Any
    files: Any

    def create(self, name: str, **body: Any) -> str:
        body = {"name": name, "mimeType": SPREADSHEET, "parents": [REPORTS_FOLDER], **body}
        return self.files.create(body=body, fields="id", **DRIVES).execute()["id"]

    def found(self, q: str) -> list[str]:
        page = self.files.list(q=q, fields="files(name)", **SEARCH).execute()
        return [file["name"] for file in page["files"]]

    def batch(self, spreadsheet: str, *requests: dict[str, Any]) -> Any:
        """The call that changes a spreadsheet, not yet carried out."""
        return self.spreadsheets.batchUpdate(
            spreadsheetId=spreadsheet, body={"requests": list(requests)}
        )


class Book:
    """A new spreadsheet of the sandbox: one sheet, id 0, 1000 x 26."""

    def __init__(self, google: Google) -> None:
        self.google = google
        self.id = google.state.add_spreadsheet("Report")

    @property
    def sheet(self) -> Sheet:
        return self.google.state.spreadsheets[self.id].sheets[0]

    def batch(self, *requests: dict[str, Any]) -> list[dict[str, Any]]:
        return self.google.batch(self.id, *requests).execute()["replies"]

    def refusal(self, *requests: dict[str, Any]) -> str:
        """Status and message; nothing if the requests are carried out."""
        try:
            self.batch(*requests)
        except HttpError as refused:
            return f"{refused.status_code} {json.loads(refused.content)['error']['message']}"
        return ""

    def get(self, fields: str | None = None) -> dict[str, Any]:
        return self.google.spreadsheets.get(spreadsheetId=self.id, fields=fields).execute()

    def seen(self, range_: str) -> list[list[str]]:
        return self.google.state.read_cells(self.id, range_)


def refused(request: Any) -> dict[str, Any]:
    """The error of Drive's that refuses a call: its code, and the first of its `errors`."""
    with pytest.raises(HttpError) as error:
        request.execute()
    body = json.loads(error.value.content)["error"]
    assert body["code"] == error.value.status_code
    return {"code": body["code"], **body["errors"][0]}


def text(value: str) -> dict[str, Any]:
    return {"userEnteredValue": {"stringValue": value}}


def area(top: int, bottom: int, left: int, right: int) -> dict[str, int]:
    rows = {"startRowIndex": top, "endRowIndex": bottom}
    return rows | {"startColumnIndex": left, "endColumnIndex": right}


def cells(fields: str, *row: dict[str, Any], **place: Any) -> dict[str, Any]:
    """A request that writes one row of cells, from A1 on if no place is given."""
    place = place or {"start": {"rowIndex": 0, "columnIndex": 0}}
    return {"updateCells": {"rows": [{"values": list(row)}], "fields": fields, **place}}


def texts(rows: list[list[str]], **place: Any) -> dict[str, Any]:
    """A request that writes texts, from A1 on if no place is given."""
    place = place or {"start": {"rowIndex": 0, "columnIndex": 0}}
    data = [{"values": [text(value) for value in row]} for row in rows]
    return {"updateCells": {"rows": data, "fields": "userEnteredValue", **place}}


def add_sheet(**properties: Any) -> dict[str, Any]:
    return {"addSheet": {"properties": properties}}


def update_sheet(fields: str, **properties: Any) -> dict[str, Any]:
    return {"updateSheetProperties": {"properties": properties, "fields": fields}}
