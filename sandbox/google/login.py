"""The token service. It refuses a key that it does not know, as Google does a dead one.

Nobody needs a key here: who wants to get in without uses anonymous credentials.
"""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import parse_qs

import jwt
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from .state import GoogleState

METHOD = "oauth2.token"
"""Its name where faults are planned; any fault is a 503."""

LIFETIME = 3600

AUDIENCE = "https://oauth2.googleapis.com/token"
"""Google's client writes it into every assertion, wherever it sends it."""


def login_routes(state: GoogleState) -> list[Route]:
    async def token(request: Request) -> JSONResponse:
        if state.faults.take(METHOD, None):
            return JSONResponse({"error": "internal_failure"}, 503)
        form = parse_qs((await request.body()).decode())
        if (asked := _signed(form.get("assertion", [""])[0], state.public_keys)) is not None:
            token = secrets.token_urlsafe()
            state.scopes[token] = frozenset(asked.get("scope", "").split())
            granted = {"access_token": token, "token_type": "Bearer"}
            return JSONResponse(granted | {"expires_in": LIFETIME})
        refused = {"error": "invalid_grant", "error_description": "Invalid JWT Signature."}
        return JSONResponse(refused, 400)

    return [Route("/oauth2/token", token, methods=["POST"])]


def _signed(assertion: str, public_keys: dict[str, str]) -> dict[str, Any] | None:
    """What a known service account asks for; None if none of them has signed it."""
    try:
        issuer = jwt.decode(assertion, options={"verify_signature": False})["iss"]
        return jwt.decode(assertion, public_keys[issuer], algorithms=["RS256"], audience=AUDIENCE)
    except (jwt.InvalidTokenError, KeyError):
        return None
