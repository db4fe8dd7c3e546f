"""Every method of both APIs as an HTTP route; those not implemented answer 501."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from . import drive, permissions, search, sheets
from .call import Call, read
from .discovery import Method, methods
from .errors import ApiError, drive_body, sheets_body, unsupported
from .faults import Fault, refusal
from .state import GoogleState

Answer = Callable[[Call], dict[str, Any]]
ALL_DRIVES = {"supportsAllDrives"}
SEARCH = {"q", "pageSize", "pageToken", "corpora", "includeItemsFromAllDrives"}
# The answer to each method, and the query parameters that it heeds.
ANSWERS: dict[str, tuple[Answer, set[str]]] = {
    "sheets.spreadsheets.get": (sheets.get, {"ranges"}),
    "sheets.spreadsheets.getByDataFilter": (sheets.get_by_data_filter, set()),
    "sheets.spreadsheets.batchUpdate": (sheets.batch_update, set()),
    "drive.files.create": (drive.create, ALL_DRIVES),
    "drive.files.get": (drive.get, ALL_DRIVES),
    "drive.files.update": (drive.update, ALL_DRIVES),
    "drive.permissions.create": (permissions.create, ALL_DRIVES | {"sendNotificationEmail"}),
    "drive.permissions.delete": (permissions.delete, ALL_DRIVES),
    "drive.permissions.list": (permissions.list_all, ALL_DRIVES | {"pageSize"}),
    "drive.files.list": (search.list_files, SEARCH | ALL_DRIVES),
}


def api_routes(state: GoogleState) -> list[Route]:
    return [
        Route(method.path, Endpoint(state, method).respond, methods=[method.verb])
        for api in ("sheets", "drive")
        for method in methods(api)
    ]


class Endpoint:
    """One method of one API."""

    def __init__(self, state: GoogleState, method: Method) -> None:
        self.state, self.method = state, method

    async def respond(self, request: Request) -> Response:
        await asyncio.sleep(self.state.latency)
        named = request.path_params
        file = named.get("spreadsheetId") or named.get("fileId")
        fault = self.state.faults.take(self.method.id, file)
        if fault and fault.kind == "hang-up":
            return await self._hang_up(request)
        if fault and fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        response = await self._answered(request, fault)
        if fault and fault.kind == "lost-reply":
            return await self._hang_up(request)
        self.state.record(self.method.id, response.status_code)
        return response

    async def _answered(self, request: Request, fault: Fault | None) -> Response:
        try:
            with _collector_paused():
                return await self._answer(request, fault)
        except ApiError as error:
            body = (drive_body if self.method.api == "drive" else sheets_body)(error)
            return JSONResponse(body, error.code)

    async def _answer(self, request: Request, fault: Fault | None) -> Response:
        refused = refusal(fault, self.method.api) if fault else None
        if refused:
            raise refused
        if fault and fault.kind == "answer":
            return JSONResponse(fault.body)
        self.state.spend_quota(self.method.api, self.method.writes)
        if self.method.id not in ANSWERS:
            raise unsupported(self.method.id)
        answer, heeded = ANSWERS[self.method.id]
        call = await read(request, self.state, self.method)
        if unknown := call.query.keys() - heeded:
            raise unsupported(f"the parameters {', '.join(sorted(unknown))} of {self.method.id}")
        if meanwhile := self.state.before.pop(self.method.id, None):
            meanwhile()
        reply = answer(call)
        if self.method.response is None:
            return Response(status_code=204)
        if fault and fault.kind == "search-lag":
            self.state.files[reply["id"]].hidden_lists = fault.lists
        if fault and fault.kind == "garbage":
            return PlainTextResponse("<html>Please sign in</html>")
        return JSONResponse(call.cut(reply))

    async def _hang_up(self, request: Request) -> Response:
        """Close the connection without a reply; uvicorn's request cycle holds the transport."""
        self.state.record(self.method.id, 0)
        await request.body()  # what is not read makes a reset of the end, now and then
        request.receive.__self__.transport.close()
        while (await request.receive())["type"] != "http.disconnect":
            pass
        return Response()


@contextmanager
def _collector_paused() -> Iterator[None]:
    """A body of a million small objects, none of them garbage yet, takes half the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
