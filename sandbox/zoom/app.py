"""The stand-in as an ASGI application: /oauth/token, everything under /v2, and /_sandbox/faults."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.zoom.control import control_routes
from sandbox.zoom.effects import refuse, respond
from sandbox.zoom.endpoints import find
from sandbox.zoom.errors import Refusal, unrecognized
from sandbox.zoom.faults import Fault, Faults, Kind
from sandbox.zoom.gate import answer
from sandbox.zoom.oauth import token
from sandbox.zoom.paths import segments
from sandbox.zoom.state import RequestRecord, ZoomState
from sandbox.zoom.world import World

_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

LOOK = 0.05
"""Seconds between two looks whether an answer is still to be held."""

Handler = Callable[[Request], Awaitable[Response]]


def create_app(world: World, *, plan: str = "pro", latency: float = 0.0) -> Starlette:
    """A Zoom account on `plan` (free or pro); its `ZoomState` is ``app.state.zoom``.

    `latency` is how long every answer takes, seconds.
    """
    state = ZoomState(world, plan, latency)
    app = Starlette(routes=routes(state))
    app.state.zoom = state
    return app


def routes(state: ZoomState) -> list[BaseRoute]:
    """Routes to stand at the root of an application, alone or beside others."""
    api = _api(state)
    return [
        Route("/oauth/token", _oauth(state), methods=["POST"]),
        Route("/v2", api, methods=_METHODS),
        Route("/v2/{path:path}", api, methods=_METHODS),
        *control_routes(state),
    ]


def _api(state: ZoomState) -> Handler:
    async def api(request: Request) -> Response:
        arrival, label, name = time.monotonic(), "", "unrecognized"
        try:
            if request.method != "GET":
                raise unrecognized()
            endpoint, meeting = find(segments(request.scope["raw_path"]))
            label, name = endpoint.label, endpoint.name
            paged = bool(request.query_params.get("next_page_token"))
            fault = state.faults.take(name, meeting, paged)
            body, headers = answer(state, request, endpoint, meeting, fault, arrival)
            response = await _delivered(state, fault, body, headers)
        except Refusal as no:
            response = JSONResponse(no.body, no.status, no.headers)
        return await _logged(state, response, arrival, label, name)

    return api


def _oauth(state: ZoomState) -> Handler:
    async def oauth(request: Request) -> Response:
        arrival, fault = time.monotonic(), state.faults.take("token", "", paged=False)
        try:
            refuse(fault, state, None, "")
            response = await _delivered(state, fault, await token(state, request), {})
        except Refusal as no:
            response = JSONResponse(no.body, no.status, no.headers)
        return await _logged(state, response, arrival, "", "token")

    return oauth


async def _delivered(
    state: ZoomState, fault: Fault | None, body: dict[str, object], headers: dict[str, str]
) -> Response:
    if fault and fault.kind is Kind.SLOW:
        await _hold(state.faults, fault.seconds)
    response = respond(fault, body)
    response.headers.update(headers)
    return response


async def _hold(faults: Faults, seconds: float) -> None:
    until, cleared = time.monotonic() + seconds, faults.cleared
    while faults.cleared == cleared and (left := until - time.monotonic()) > 0:
        await asyncio.sleep(min(left, LOOK))


async def _logged(
    state: ZoomState, response: Response, arrival: float, label: str, endpoint: str
) -> Response:
    response.headers["x-zm-trackingid"] = f"v=2.0;clid=sandbox;rid=WEB_{uuid.uuid4().hex}"
    state.requests.append(RequestRecord(arrival, label, endpoint, response.status_code))
    await asyncio.sleep(state.latency)
    return response
