"""What each kind of fault does to a request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Receive, Scope, Send

from sandbox.zoom.endpoints import Endpoint
from sandbox.zoom.errors import (
    Refusal,
    invalid_page_token,
    invalid_token,
    missing_scopes,
    no_report,
    refusal,
    too_old,
    unpaid,
    webinar,
)
from sandbox.zoom.faults import Fault, Kind
from sandbox.zoom.limits import daily_limit, per_second_limit, user_daily_limit
from sandbox.zoom.state import ACCOUNT_ID, ZoomState

Body = dict[str, Any]


class CutResponse(JSONResponse):
    """Announces its whole length, sends half, and lets the server close the connection."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        start = {"type": "http.response.start", "status": self.status_code}
        await send(start | {"headers": self.raw_headers})
        half = self.body[: len(self.body) // 2]
        await send({"type": "http.response.body", "body": half, "more_body": True})


def refuse(fault: Fault | None, state: ZoomState, endpoint: Endpoint | None, meeting: str) -> None:
    """Raise the Refusal of a fault that is one; `endpoint` None is the token endpoint."""
    if fault is None:
        return
    if fault.kind is Kind.REVOKED_TOKEN:
        state.tokens.revoke_all()
    label = endpoint.label if endpoint else "LIGHT"
    scopes = endpoint.scopes if endpoint else ()
    if found := _refusal(fault, state, label, scopes, meeting):
        raise found


def _refusal(
    fault: Fault, state: ZoomState, label: str, scopes: tuple[str, ...], meeting: str
) -> Refusal | None:
    match fault.kind:
        case Kind.SERVER_ERROR:
            return refusal(fault.status, fault.status, "Internal server error.")
        case Kind.PER_SECOND_LIMIT:
            return per_second_limit(label, state.limits.per_second[label])
        case Kind.DAILY_LIMIT:
            return daily_limit(label, state.clock(), state.limits.daily[label] or 0)
        case Kind.USER_DAILY_LIMIT:
            return user_daily_limit(label)
        case Kind.NOT_READY:
            return no_report(meeting)
        case Kind.STALE_PAGE_TOKEN:
            return invalid_page_token()
        case Kind.REVOKED_TOKEN:
            return invalid_token()
        case Kind.MISSING_SCOPE:
            return missing_scopes(scopes)
        case Kind.UNPAID:
            return unpaid(ACCOUNT_ID)
        case Kind.TOO_OLD:
            return too_old()
        case Kind.WEBINAR:
            return webinar()
    return None


def reshape(fault: Fault | None, body: Body, query: Mapping[str, str]) -> Body:
    """The body as a fault in its rows or page token leaves it."""
    match fault and fault.kind:
        case Kind.ZERO_DURATIONS:
            rows = [row | {"duration": 0} for row in body["participants"]]
            return body | {"participants": rows}
        case Kind.REPEATED_PAGE_TOKEN:
            return body | {"next_page_token": query["next_page_token"]}
        case Kind.EMPTY:
            return body | {"participants": [], "total_records": 0, "next_page_token": ""}
        case Kind.CUT_SHORT:
            return body | {"participants": body["participants"][:-1], "next_page_token": ""}
    return body


def respond(fault: Fault | None, body: Body) -> Response:
    """The body as a response, or what a fault in the transport makes of it."""
    match fault and fault.kind:
        case Kind.HTML:
            return HTMLResponse("<html><body>Zoom is under maintenance.</body></html>")
        case Kind.BROKEN_BODY:
            return CutResponse(body)
    return JSONResponse(body)
