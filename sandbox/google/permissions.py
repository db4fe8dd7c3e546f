"""permissions.create and permissions.list of Drive v3."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from .errors import ApiError, invalid_parameter, unsupported

if TYPE_CHECKING:
    from .call import Call

ROLES = {"reader", "commenter", "writer", "fileOrganizer", "organizer"}
ADDRESS = {"user": "emailAddress", "group": "emailAddress", "domain": "domain"}
KNOWN = {"type", "role", "emailAddress", "domain", "allowFileDiscovery"}


def create(call: Call) -> dict[str, Any]:
    """The same person again is the same permission, with the newer role; a mail goes out again."""
    file = call.state.files.for_change(*_asked(call))
    permission = _permission(call.body)
    mails = call.query.get("sendNotificationEmail")
    person = permission["type"] in ("user", "group")
    if mails is not None and not person:
        raise invalid_parameter("sendNotificationEmail")
    known = [other for other in file.permissions if other["id"] != permission["id"]]
    file.permissions = [*known, permission]
    if person and mails is not False:
        message = call.query.get("emailMessage", "")
        call.state.mails.append((permission["emailAddress"], file.id, message))
    return permission


def list_permissions(call: Call) -> dict[str, Any]:
    return {"kind": "drive#permissionList", "permissions": _permissions(call)}


def _permissions(call: Call) -> list[dict[str, Any]]:
    return call.state.files.visible(*_asked(call)).permissions


def _asked(call: Call) -> tuple[str, bool]:
    return call.path["fileId"], call.query.get("supportsAllDrives", False)


def _permission(body: dict[str, Any]) -> dict[str, Any]:
    if unknown := body.keys() - KNOWN:
        raise unsupported(f"writing {', '.join(sorted(unknown))} of a permission")
    kind, role = body.get("type"), body.get("role")
    if kind not in {*ADDRESS, "anyone"}:
        raise invalid_parameter(
            "permission.type", "The permission type field is required.", "required"
        )
    if role not in ROLES:
        raise invalid_parameter(
            "permission.role", "The permission role field is required.", "required"
        )
    address = body.get(ADDRESS.get(kind, ""), "")
    if kind != "anyone" and not address:
        text = (
            "The specified emailAddress is invalid or not applicable for the given permission type."
        )
        raise ApiError(400, text, reason="invalid", location=("permission.emailAddress", "other"))
    return {"kind": "drive#permission", "id": _id(kind, address), **body}


def _id(kind: str, address: str) -> str:
    if kind == "anyone":
        return "anyoneWithLink"
    return str(int(hashlib.sha256(f"{kind}:{address.casefold()}".encode()).hexdigest()[:16], 16))
