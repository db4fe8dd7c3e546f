"""One request to the API, in the order Zoom checks: token, rate, scope, plan, parameters."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request

from sandbox.zoom.effects import refuse, reshape
from sandbox.zoom.endpoints import Endpoint
from sandbox.zoom.errors import invalid_field, invalid_token, missing_scopes, unpaid
from sandbox.zoom.faults import Fault, Kind
from sandbox.zoom.state import ACCOUNT_ID, ZoomState
from sandbox.zoom.tokens import check_jwt


def answer(
    state: ZoomState,
    request: Request,
    endpoint: Endpoint,
    meeting: str,
    fault: Fault | None,
    arrival: float,
) -> tuple[dict[str, Any], dict[str, str]]:
    """The body and the rate limit headers. Raises Refusal."""
    refuse(fault, state, endpoint, meeting)
    scopes = _scopes(state, request, endpoint)
    headers = state.limits.admit(endpoint.label, arrival, state.clock())
    if scopes.isdisjoint(endpoint.scopes):
        raise missing_scopes(endpoint.scopes)
    if endpoint.paid and state.plan == "free":
        raise unpaid(ACCOUNT_ID)
    query = dict(request.query_params)
    for parameter in query:
        if parameter not in endpoint.query:  # Zoom ignores these; a typo should not pass here
            raise invalid_field(parameter)
    body = endpoint.answer(state, meeting, query)
    if fault and fault.kind is Kind.REPEATED_PAGE:
        first = {name: value for name, value in query.items() if name != "next_page_token"}
        rows = endpoint.answer(state, meeting, first)["participants"]
        return body | {"participants": rows[: len(body["participants"])]}, headers
    return reshape(fault, body, query), headers


def _scopes(state: ZoomState, request: Request, endpoint: Endpoint) -> frozenset[str]:
    # Since February 2023 Zoom takes tokens from the header only.
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme != "Bearer" or "access_token" in request.query_params:
        raise invalid_token()
    if state.jwt_alive and token.count(".") == 2:
        check_jwt(token)
        return frozenset(endpoint.scopes)
    return state.tokens.scopes(token, state.clock())
