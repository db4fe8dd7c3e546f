"""POST /oauth/token: Server-to-Server OAuth."""

from __future__ import annotations

import base64
import re
from typing import Any
from urllib.parse import parse_qs

from starlette.requests import Request

from sandbox.zoom.errors import oauth_refusal
from sandbox.zoom.state import ACCOUNT_ID, CLIENT_ID, CLIENT_SECRET, ZoomState
from sandbox.zoom.tokens import LIFETIME

_FORM = "application/x-www-form-urlencoded"
_BASIC = "Basic " + base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()


async def token(state: ZoomState, request: Request) -> dict[str, Any]:
    """The body of a granted token. Refusal 400 with Zoom's reason for anything else.

    Parameters belong in the form body: newer accounts refuse them in the query string.
    """
    form = parse_qs((await request.body()).decode("utf-8", "replace"))
    media_type = request.headers.get("content-type", "").partition(";")[0]
    if request.headers.get("authorization") != _BASIC:
        raise oauth_refusal("invalid_client", "Invalid client_id or client_secret")
    if (
        request.url.query
        or media_type != _FORM
        or form.get("grant_type") != ["account_credentials"]
    ):
        raise oauth_refusal("unsupported_grant_type", "unsupported grant type")
    if not re.fullmatch(rf"{ACCOUNT_ID}(-\d+)?", "".join(form.get("account_id", ()))):
        raise oauth_refusal("invalid_request", "Bad Request")
    return {
        "access_token": state.tokens.issue(state.scopes, state.clock()),
        "token_type": "bearer",
        "expires_in": LIFETIME,
        "scope": " ".join(sorted(state.scopes)),
        "api_url": str(request.base_url).rstrip("/"),
    }
