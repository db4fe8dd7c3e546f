"""A spreadsheet of the sandbox, reached through the official client, and requests to change it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from googleapiclient.errors import HttpError


class Book:
    """A new spreadsheet of the sandbox: one sheet, id 0, 1000 x 26."""

    def __init__(self, client: Any, state: Any) -> None:
        self.client, self.state = client.spreadsheets(), state
        self.id = state.add_spreadsheet("Report")

    def batch(self, *requests: dict[str, Any]) -> list[dict[str, Any]]:
        body = {"requests": list(requests)}
        return self.client.batchUpdate(spreadsheetId=self.id, body=body).execute()["replies"]

    def refusal(self, *requests: dict[str, Any]) -> str:
        with pytest.raises(HttpError) as refused:
            self.batch(*requests)
        return json.loads(refused.value.content)["error"]["message"]

    def get(self, fields: str | None = None, **query: Any) -> dict[str, Any]:
        return self.client.get(spreadsheetId=self.id, fields=fields, **query).execute()

    def seen(self, range_: str) -> list[list[str]]:
        return self.state.read_cells(self.id, range_)


def text(value: str) -> dict[str, Any]:
    return {"userEnteredValue": {"stringValue": value}}


def area(top: int, bottom: int, left: int, right: int) -> dict[str, int]:
    rows = {"startRowIndex": top, "endRowIndex": bottom}
    return rows | {"startColumnIndex": left, "endColumnIndex": right}


def write(rows: list[list[str]], fields: str = "userEnteredValue", **place: Any) -> dict[str, Any]:
    data = [{"values": [text(value) for value in row]} for row in rows]
    return {"updateCells": {"rows": data, "fields": fields, **place}}


def add_sheet(**properties: Any) -> dict[str, Any]:
    return {"addSheet": {"properties": properties}}


def update_sheet(fields: str, **properties: Any) -> dict[str, Any]:
    return {"updateSheetProperties": {"properties": properties, "fields": fields}}


START = {"start": {"rowIndex": 0, "columnIndex": 0}}
