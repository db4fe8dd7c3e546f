"""Zoom's HTTP responses: the JSON of a good one, the error that a bad one means."""

from __future__ import annotations

import re
from typing import Any

import requests

from zoom_provider.errors import (
    ZoomAnswerCutShort,
    ZoomBadCredentials,
    ZoomBadRequest,
    ZoomError,
    ZoomHostGone,
    ZoomMissingScope,
    ZoomPlanLacksReports,
    ZoomReportTooOld,
    ZoomUnavailable,
    ZoomWebinar,
)
from zoom_provider.limits import limit_reached

ResponseBody = dict[str, Any]

_DEAD_LOGIN = ("Account does not enabled REST API", "Invalid api key or secret")
"""What some accounts say, under code 200, to a retired JWT app and to another kind of app."""


class ZoomTokenRejected(ZoomBadCredentials):
    """HTTP 401, code 124: worth one fresh token."""


class ZoomNotFound(ZoomError):
    """HTTP 404, code 3001: the caller knows what that means."""


class ZoomPageTokenExpired(ZoomError):
    """HTTP 400, code 300: page tokens live 15 minutes; the listing starts again at page one."""


def parse_response(response: requests.Response) -> ResponseBody:
    """Return the JSON object of a good response; raise the error that a bad one means."""
    body = _json_object(response)
    if response.ok:
        return body
    raise _error(response, body)


def field(body: ResponseBody, name: str, kind: type) -> Any:
    """Return a field without which a body is of no use; raises ZoomAnswerCutShort."""
    value = body.get(name)
    if isinstance(value, kind) and not isinstance(value, bool):
        return value
    raise ZoomAnswerCutShort(
        f"Zoom's answer lacks a usable {name!r}. Nothing is taken from half an answer."
    )


def rows(body: ResponseBody, name: str) -> list[ResponseBody]:
    """Return the list of JSON objects in such a field; raises ZoomAnswerCutShort."""
    found: list[ResponseBody] = field(body, name, list)
    if all(isinstance(row, dict) for row in found):
        return found
    raise ZoomAnswerCutShort(f"Zoom's answer holds something else than rows in {name!r}.")


def _json_object(response: requests.Response) -> ResponseBody:
    try:
        body = response.json()
    except (ValueError, RecursionError):  # no JSON, or a number or a depth beyond Python's limits
        body = None
    if isinstance(body, dict):
        return body
    if not response.ok:
        return {}
    raise ZoomUnavailable(f"Zoom answered something that is not JSON. {_trace(response)}")


def _error(response: requests.Response, body: ResponseBody) -> ZoomError:
    # Some services send the code as text.
    code, message = str(body.get("code", "")), str(body.get("message", ""))
    response_text = (
        f"(Zoom answered {response.status_code}, code {code or 'none'}. {_trace(response)})"
    )
    if response.status_code == 429:
        return limit_reached(response.headers, message, response_text)
    if response.status_code in (408, 425) or response.status_code >= 500:  # timed out, too early
        return ZoomUnavailable(f"Zoom has a fault of its own; it usually passes. {response_text}")
    if "does not contain scopes" in message:
        return _missing_scope(message, response_text)
    if response.status_code == 404 and code == "3001":
        return ZoomNotFound(f"Zoom has no such meeting or report. {response_text}")
    return _refusal(response.status_code, code, message, response_text)


def _refusal(status: int, code: str, message: str, response_text: str) -> ZoomError:
    if status == 401 or code == "124" or message.startswith(_DEAD_LOGIN):
        return ZoomTokenRejected(f"Zoom rejects the login. {response_text}")
    if code == "200":
        return ZoomPlanLacksReports(
            "Zoom does not let this app read reports. It needs a Pro plan or higher, a licensed "
            "host, and for the app's creator a role with 'Usage reports: view' "
            f"(Zoom admin > User Management > Roles). {response_text}"
        )
    if code == "300" and "page token" in message:
        return ZoomPageTokenExpired(f"A page token ran out. {response_text}")
    if code == "12702":
        return ZoomReportTooOld(
            f"Zoom keeps reports for one year; this one is older. {response_text}"
        )
    if code == "3000" or (code == "300" and "webinar" in message.lower()):
        return ZoomWebinar(
            f"This number belongs to a webinar; only meetings are supported. {response_text}"
        )
    if code in ("1001", "1010"):
        return ZoomHostGone(
            "Zoom no longer has the meeting's host in this account: without them it hands out no "
            f"report. Let whoever administers Zoom look the host up. {response_text}"
        )
    return ZoomBadRequest(f"Zoom refused the request; another try changes nothing. {response_text}")


def _missing_scope(message: str, response_text: str) -> ZoomMissingScope:
    scopes = tuple(re.findall(r"[\w:]+:\w[\w:]*", message.partition("scopes:")[2]))
    wanted = scopes[0] if len(scopes) == 1 else f"one of {', '.join(scopes) or 'those it names'}"
    return ZoomMissingScope(
        f"Zoom refused the token: add scope {wanted} to the app (marketplace.zoom.us > Manage > "
        f"your app > Scopes) and wait a few minutes. {response_text}",
        scopes,
    )


def _trace(response: requests.Response) -> str:
    return f"Zoom's tracking id: {response.headers.get('x-zm-trackingid', 'none')}"
