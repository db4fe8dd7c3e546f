"""Reading Zoom's answers: the JSON of a good one, the meaning of a bad one."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import requests

from zoom_provider.errors import (
    ZoomBadCredentials,
    ZoomError,
    ZoomLimitReached,
    ZoomMissingScope,
    ZoomPlanLacksReports,
    ZoomRefused,
    ZoomUnavailable,
    ZoomUnknownMeeting,
)

Body = dict[str, Any]


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


def _json_object(answer: requests.Response) -> Body:
    try:
        body = answer.json()
    except requests.JSONDecodeError:
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
        return _limit(answer, message, said)
    if answer.status_code >= 500:
        return ZoomUnavailable(f"Zoom has a fault of its own; it usually passes. {said}")
    if "does not contain scopes" in message:
        return _missing_scope(message, said)
    if answer.status_code == 404 and code == "3001":
        return ZoomNotFound(f"Zoom has no such meeting or report. {said}")
    return _refusal(answer.status_code, code, message, said)


def _refusal(status: int, code: str, message: str, said: str) -> ZoomError:
    if status == 401 or code == "124":
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
        return ZoomUnknownMeeting(f"Zoom keeps reports for one year; this one is older. {said}")
    if code == "3000" or (code == "300" and "webinar" in message.lower()):
        return ZoomUnknownMeeting(
            "This number belongs to a webinar; only meetings are supported. Put a meeting's "
            f"number into the meetings file. {said}"
        )
    return ZoomRefused(f"Zoom refused the request, which a retry will not mend. {said}")


def _missing_scope(message: str, said: str) -> ZoomMissingScope:
    scopes = re.findall(r"[\w:]+:\w[\w:]*", message.partition("scopes:")[2])
    wanted = scopes[0] if len(scopes) == 1 else f"one of {', '.join(scopes) or 'those it names'}"
    return ZoomMissingScope(
        f"Zoom refused the token: add scope {wanted} to the app (marketplace.zoom.us > Manage > "
        f"your app > Scopes), wait a few minutes, then clear this task. {said}"
    )


def _limit(answer: requests.Response, message: str, said: str) -> ZoomError:
    retry_at = _retry_after(answer.headers.get("Retry-After"))
    kind = answer.headers.get("X-RateLimit-Type", "")
    if retry_at is None and (kind.lower().startswith("daily") or "daily" in message.lower()):
        retry_at = _next_midnight_utc()
    if retry_at is None:
        return ZoomUnavailable(f"Zoom's per-second limit is reached. {said}")
    return ZoomLimitReached(
        f"Zoom takes no more calls of this kind until {retry_at:%Y-%m-%d %H:%M} UTC, the daily "
        "limit of the account's plan. The task tries again then by itself; other apps on the "
        f"same Zoom account count, too. {said}",
        retry_at,
    )


def _retry_after(value: str | None) -> datetime | None:
    """Read a Retry-After header: Zoom's ISO instant, an HTTP date, or seconds."""
    if not value:
        return None
    now = datetime.now(UTC)
    if value.strip().isdigit():
        return now + timedelta(seconds=int(value))
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            instant = parse(value)
        except ValueError:
            continue
        return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    return _next_midnight_utc()


def _next_midnight_utc() -> datetime:
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    return tomorrow.replace(hour=0, minute=0, second=0, microsecond=0)


def _trace(answer: requests.Response) -> str:
    return f"Zoom's tracking id: {answer.headers.get('x-zm-trackingid', 'none')}"
