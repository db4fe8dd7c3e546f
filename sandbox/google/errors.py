"""Google's refusals, and the two envelopes they come in.

Sheets answers `{"error": {code, message, status[, details]}}`; Drive adds `errors[]` with
the reason that clients look at (Drive API guide "Resolve errors").
"""

from __future__ import annotations

from typing import Any

STATUSES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    501: "UNIMPLEMENTED",
    503: "UNAVAILABLE",
}
DRIVE_REASONS = {
    400: "invalid",
    401: "authError",
    403: "insufficientFilePermissions",
    404: "notFound",
    429: "rateLimitExceeded",
    500: "internalError",
    501: "notImplemented",
    503: "backendError",
}
STORAGE_QUOTA = (
    "Service Accounts do not have storage quota. Leverage shared drives "
    "(https://developers.google.com/workspace/drive/api/guides/about-shareddrives), or use OAuth "
    "delegation (http://support.google.com/a/answer/7281227) instead."
)


class ApiError(Exception):
    """A request that is refused, before it is put into the envelope of the API that refuses it."""

    def __init__(
        self,
        code: int,
        message: str,
        *,
        reason: str | None = None,
        domain: str = "global",
        location: tuple[str, str] | None = None,
        details: tuple[dict[str, Any], ...] = (),
    ) -> None:
        super().__init__(message)
        self.code, self.message, self.details = code, message, details
        self.reason, self.domain, self.location = reason, domain, location


class EditError(Exception):
    """One request of a batchUpdate cannot be applied; the batch adds which one."""


def invalid(message: str, *violations: tuple[str, str]) -> ApiError:
    """400, with BadRequest details for each (field, description)."""
    fields = [{"field": f, "description": d} if f else {"description": d} for f, d in violations]
    detail = {"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": fields}
    return ApiError(400, message, details=(detail,) if fields else ())


def insufficient_scopes() -> ApiError:
    """403: the token was given out for other scopes."""
    return ApiError(
        403,
        "Request had insufficient authentication scopes.",
        reason="insufficientPermissions",
        details=(error_info("ACCESS_TOKEN_SCOPE_INSUFFICIENT", {}),),
    )


def error_info(reason: str, metadata: dict[str, str]) -> dict[str, Any]:
    kind = "type.googleapis.com/google.rpc.ErrorInfo"
    return {"@type": kind, "reason": reason, "domain": "googleapis.com", "metadata": metadata}


def unsupported(what: str) -> ApiError:
    """501: Google would know this, the sandbox does not, and it does not pretend."""
    return ApiError(501, f"The sandbox does not implement {what}.")


def permission_denied() -> ApiError:
    return ApiError(403, "The caller does not have permission", reason="forbidden")


def insufficient_permissions() -> ApiError:
    text = "The user does not have sufficient permissions for this file."
    return ApiError(403, text, reason="insufficientFilePermissions")


def not_found() -> ApiError:
    return ApiError(404, "Requested entity was not found.")


def file_not_found(file_id: str) -> ApiError:
    return ApiError(404, f"File not found: {file_id}.", location=("fileId", "parameter"))


def invalid_parameter(
    name: str, message: str = "Invalid Value", reason: str = "invalid"
) -> ApiError:
    return ApiError(400, message, reason=reason, location=(name, "parameter"))


def storage_quota_exceeded() -> ApiError:
    return ApiError(403, STORAGE_QUOTA, reason="storageQuotaExceeded", domain="usageLimits")


def sheets_body(error: ApiError) -> dict[str, Any]:
    """The reply of the Sheets API."""
    body = {"code": error.code, "message": error.message, "status": _status(error.code)}
    return {"error": body | ({"details": list(error.details)} if error.details else {})}


def drive_body(error: ApiError) -> dict[str, Any]:
    """The reply of the Drive API."""
    reason = error.reason or DRIVE_REASONS.get(error.code, "unknown")
    item = {"message": error.message, "domain": error.domain, "reason": reason}
    if error.location:
        item |= {"location": error.location[0], "locationType": error.location[1]}
    body: dict[str, Any] = {"code": error.code, "message": error.message, "errors": [item]}
    if error.details:
        body |= {"status": _status(error.code), "details": list(error.details)}
    return {"error": body}


def _status(code: int) -> str:
    return STATUSES.get(code, "UNKNOWN")
