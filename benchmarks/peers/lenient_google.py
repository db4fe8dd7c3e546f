"""What gspread asks of Google beyond the stand-in, answered before it.

It writes values with ``values.update``, which the stand-in does not have, writes field masks with a
slash, and says ``includeGridData=false`` and ``"sheetType": "GRID"``, which is what Google takes
without. None of that changes what is written, and the bytes are counted before.
"""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from benchmarks.wire import App, Message, Receive, Send
from sandbox.google import GoogleState, a1
from sandbox.google.cells import put

UNDERSTOOD = {b"gridProperties/": b"gridProperties.", b'"sheetType": "GRID", ': b""}


def values_route(state: GoogleState) -> Route:
    """``spreadsheets.values.update``: texts and numbers as they are, row by row."""

    async def update(request: Request) -> JSONResponse:
        file_id, (title, area) = request.path_params["file"], a1.read(request.path_params["range"])
        rows = (await request.json())["values"]
        with state.changing(file_id) as edited:
            sheet = edited.titled(title)
            top, left = area.get("startRowIndex", 0), area.get("startColumnIndex", 0)
            for row, values in enumerate(rows, top):
                for column, value in enumerate(values, left):
                    put(sheet, row, column, _cell(value))
        state.record("sheets.spreadsheets.values.update", 200)
        return JSONResponse({"spreadsheetId": file_id, "updatedRows": len(rows)})

    return Route("/v4/spreadsheets/{file}/values/{range}", update, methods=["PUT"])


def _cell(value: Any) -> dict[str, Any]:
    kind = "stringValue" if isinstance(value, str) else "numberValue"
    return {"userEnteredValue": {kind: value}, "effectiveValue": {kind: value}}


class Lenient:
    """An ASGI app that makes of gspread's requests such as the stand-in understands."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Hand one request on."""

        async def understood() -> Message:
            message = await receive()
            if b"Properties" in message.get("body", b"")[:200]:
                for said, meant in UNDERSTOOD.items():
                    message["body"] = message["body"].replace(said, meant)
            return message

        query = scope.get("query_string", b"").replace(b"includeGridData=false", b"")
        await self._app({**scope, "query_string": query}, understood, send)
