"""Zoom's refusals, in Zoom's words and shape."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Refusal(Exception):
    """A request Zoom would not serve: HTTP status, JSON body, extra headers."""

    def __init__(
        self, status: int, body: dict[str, Any], headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(status, body)
        self.status = status
        self.body = body
        self.headers = dict(headers or {})


def refusal(status: int, code: int, message: str, **more: Any) -> Refusal:
    """A refusal with the API's error body, ``{"code": ..., "message": ...}``."""
    return Refusal(status, {"code": code, "message": message, **more})


def oauth_refusal(error: str, reason: str) -> Refusal:
    """A refusal with the token endpoint's own body, ``{"reason": ..., "error": ...}``."""
    return Refusal(400, {"reason": reason, "error": error})


def unrecognized() -> Refusal:
    return refusal(404, 2300, "This API endpoint is not recognized.")


def invalid_token() -> Refusal:
    return refusal(401, 124, "Invalid access token.")


def expired_token() -> Refusal:
    return refusal(401, 124, "Access token is expired.")


def missing_scopes(scopes: tuple[str, ...]) -> Refusal:
    named = ", ".join(scopes)
    return refusal(400, 4711, f"Invalid access token, does not contain scopes:[{named}].")


def unpaid(account_id: str) -> Refusal:
    return refusal(400, 200, f"Only available for paid account: {account_id}.")


def invalid_field(field: str) -> Refusal:
    errors = [{"field": field, "message": "Invalid field."}]
    return refusal(400, 300, "Validation Failed.", errors=errors)


def invalid_page_token() -> Refusal:
    return refusal(400, 300, "The next page token is invalid or expired.")


def no_meeting(reference: str) -> Refusal:
    return refusal(404, 3001, f"Meeting does not exist: {reference}.")


def no_report(reference: str) -> Refusal:
    return refusal(404, 3001, f"Meeting {reference} not found or has expired.")


def too_old() -> Refusal:
    return refusal(400, 12702, "Can not access meeting a year ago.")


def webinar() -> Refusal:
    return refusal(400, 3000, "Cannot access webinar info.")
