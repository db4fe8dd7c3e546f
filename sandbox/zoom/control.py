"""/_sandbox/faults: let a person make Zoom misbehave."""

from __future__ import annotations

import json

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.zoom.state import ZoomState

_PATH = "/_sandbox/faults"


def control_routes(state: ZoomState) -> list[BaseRoute]:
    """POST a fault (the fields of `Fault` as JSON; 400 for any other), GET the list, DELETE all."""

    async def add(request: Request) -> Response:
        try:
            state.faults.add(**json.loads(await request.body()))
        except (TypeError, ValueError) as error:
            return JSONResponse({"error": str(error)}, 400)
        return JSONResponse({"faults": state.faults.list()}, 201)

    async def show(request: Request) -> Response:
        return JSONResponse({"faults": state.faults.list()})

    async def clear(request: Request) -> Response:
        state.faults.clear()
        return Response(status_code=204)

    return [
        Route(_PATH, add, methods=["POST"]),
        Route(_PATH, show, methods=["GET"]),
        Route(_PATH, clear, methods=["DELETE"]),
    ]
