"""`/_sandbox/google/faults`: faults for a server that runs in another process."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from .errors import ApiError, sheets_body
from .payload import read_json
from .state import GoogleState


def switch_routes(state: GoogleState) -> list[Route]:
    async def faults(request: Request) -> JSONResponse:
        if request.method == "POST":
            return _plan(state, await request.body())
        if request.method == "DELETE":
            state.faults.clear()
        return JSONResponse(state.faults.coming())

    verbs = ["GET", "POST", "DELETE"]
    return [Route("/_sandbox/google/faults", faults, methods=verbs)]


def _plan(state: GoogleState, text: bytes) -> JSONResponse:
    """The body is a Fault: `{"kind": "quota", "method": "drive.files.list", "times": 2}`."""
    try:
        state.faults.add(**read_json(text))
    except (TypeError, ValueError) as error:
        return JSONResponse(sheets_body(ApiError(400, str(error))), 400)
    except ApiError as error:
        return JSONResponse(sheets_body(error), error.code)
    return JSONResponse(state.faults.coming(), 201)
