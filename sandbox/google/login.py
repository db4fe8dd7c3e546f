"""The token service. It knows no service account: it refuses every key as Google does a dead one.

Who wants to get in uses anonymous credentials.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from .state import GoogleState

METHOD = "oauth2.token"
"""Its name where faults are planned; any fault is a 503."""


def login_routes(state: GoogleState) -> list[Route]:
    async def token(request: Request) -> JSONResponse:
        if state.faults.take(METHOD, None):
            return JSONResponse({"error": "internal_failure"}, 503)
        refused = {"error": "invalid_grant", "error_description": "Invalid JWT Signature."}
        return JSONResponse(refused, 400)

    return [Route("/oauth2/token", token, methods=["POST"])]
