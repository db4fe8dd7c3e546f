"""Reading Zoom's answers: the JSON of a good one, the meaning of a bad one."""

from __future__ import annotations

import re
from typing import Any

import requests

from zoom_provider.errors import (
    ZoomAnswerCutShort,
    ZoomBadCredentials,
    ZoomBadRequest,
    ZoomError,
    ZoomMissingScope,
    ZoomPlanLacksReports,
    ZoomReportTooOld,
    ZoomUnavailable,
    ZoomWebinar,
)
from zoom_provider.limits import limit_reached

Body = dict[str, Any]

_DEAD_LOGIN = ("Account does not enabled REST API", "Invalid api key or secret")
"""What some accounts say, under code 200, to a retired JWT app and to another kind of app."""


class ZoomTokenRejected(ZoomBadCredentials):
    """HTTP 401, code 124: worth one fresh token."""


class ZoomNotFound(ZoomError):
    """HTTP 404, code 3001: whoever asked knows what that means."""


class ZoomPageTokenExpired(ZoomError):
    """HTTP 400, code 300: page tokens live 15 minutes; the listing starts again at page one."""


def read(answer: requests.Response) -> Body:
    """Return the JSON object of a good answer; raise the error that a bad one means."""
    body = _json_object(answer)
    if answer.ok:
        return body
    raise _error(answer, body)


def field(body: Body, name: str, kind: type) -> Any:
    """Return a field that an answer is no use without; ZoomAnswerCutShort if it lacks it."""
    value = body.get(name)
    if isinstance(value, kind) and not isinstance(value, bool):
        return value
    raise ZoomAnswerCutShort(
        f"Zoom's answer lacks a usable {name!r}. Nothing is taken from half an answer."
    )


def rows(body: Body, name: str) -> list[Body]:
    """Return a list of JSON objects that an answer is no use without; raises ZoomAnswerCutShort."""
    found: list[Body] = field(body, name, list)
    if all(isinstance(row, dict) for row in found):
        return found
    raise ZoomAnswerCutShort(f"Zoom's answer holds something else than rows in {name!r}.")


def _json_object(answer: requests.Response) -> Body:
    try:
        body = answer.json()
    except (ValueError, RecursionError):  # no JSON, or a number or a depth beyond Python's limits
        body = None
    if isinstance(body, dict):
        return body
    if not answer.ok:
        return {}
    raise ZoomUnavailable(f"Zoom answered something that is not JSON. {_trace(answer)}")


def _error(answer: requests.Response, body: Body) -> ZoomError:
    # Some services send the code as text.
    code, message = str(body.get("code", "")), str(body.get("message", ""))
    said = f"(Zoom answered {answer.status_code}, code {code or 'none'}. {_trace(answer)})"
    if answer.status_code == 429:
        return limit_reached(answer.headers, message, said)
    if answer.status_code in (408, 425) or answer.status_code >= 500:  # timed out, too early
        return ZoomUnavailable(f"Zoom has a fault of its own; it usually passes. {said}")
    if "does not contain scopes" in message:
        return _missing_scope(message, said)
    if answer.status_code == 404 and code == "3001":
        return ZoomNotFound(f"Zoom has no such meeting or report. {said}")
    return _refusal(answer.status_code, code, message, said)


def _refusal(status: int, code: str, message: str, said: str) -> ZoomError:
    if status == 401 or code == "124" or message.startswith(_DEAD_LOGIN):
        return ZoomTokenRejected(f"Zoom rejects the login. {said}")
    if code == "200":
        return ZoomPlanLacksReports(
            "Zoom does not let this app read reports. It needs a Pro plan or higher, a licensed "
            "host, and for the app's creator a role with 'Usage reports: view' "
            f"(Zoom admin > User Management > Roles). {said}"
        )
    if code == "300" and "page token" in message:
        return ZoomPageTokenExpired(f"A page token ran out. {said}")
    if code == "12702":
        return ZoomReportTooOld(f"Zoom keeps reports for one year; this one is older. {said}")
    if code == "3000" or (code == "300" and "webinar" in message.lower()):
        return ZoomWebinar(f"This number belongs to a webinar; only meetings are supported. {said}")
    return ZoomBadRequest(f"Zoom refused the request; another try changes nothing. {said}")


def _missing_scope(message: str, said: str) -> ZoomMissingScope:
    scopes = tuple(re.findall(r"[\w:]+:\w[\w:]*", message.partition("scopes:")[2]))
    wanted = scopes[0] if len(scopes) == 1 else f"one of {', '.join(scopes) or 'those it names'}"
    return ZoomMissingScope(
        f"Zoom refused the token: add scope {wanted} to the app (marketplace.zoom.us > Manage > "
        f"your app > Scopes) and wait a few minutes. {said}",
        scopes,
    )


def _trace(answer: requests.Response) -> str:
    return f"Zoom's tracking id: {answer.headers.get('x-zm-trackingid', 'none')}"
