"""Who may open a file: the permissions of Drive v3, one person each."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

from .errors import ApiError, invalid_parameter, unsupported

if TYPE_CHECKING:
    from .call import Call
    from .files import File
    from .state import GoogleState

ROLES = ("reader", "writer")
ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


def share(file: File, address: str, role: str) -> dict[str, Any]:
    """Give one person a role; who has one already keeps the stronger."""
    permission_id = str(int(hashlib.sha256(address.casefold().encode()).hexdigest()[:15], 16))
    old = file.permissions.get(permission_id, {}).get("role", "reader")
    file.permissions[permission_id] = {
        "kind": "drive#permission",
        "id": permission_id,
        "type": "user",
        "role": max(role, old, key=ROLES.index),
        "emailAddress": address,
        "deleted": False,
    }
    return file.permissions[permission_id]


def create(call: Call) -> dict[str, Any]:
    """permissions.create for a reader or a writer; Google writes to them unless told not to."""
    body = call.body
    file = call.state.files.for_change(*call.file_asked_for(), call.account)
    if unknown := body.keys() - {"type", "role", "emailAddress"}:
        raise unsupported(f"{', '.join(sorted(unknown))} of a permission")
    if body.get("type") != "user" or body.get("role") not in ROLES:
        raise unsupported("other permissions than those of a user who reads or writes")
    address, mail = body.get("emailAddress", ""), call.query.get("sendNotificationEmail", True)
    if not ADDRESS.fullmatch(address):
        raise invalid_parameter("permission.emailAddress", "The specified emailAddress is invalid.")
    _check_account(call.state, address, mail)
    if mail:
        call.state.google_mails.append(address)
    return share(file, address, body["role"])


def list_all(call: Call) -> dict[str, Any]:
    """permissions.list: all of them on one page."""
    file = call.state.files.for_change(*call.file_asked_for(), call.account)
    return {"kind": "drive#permissionList", "permissions": list(file.permissions.values())}


def delete(call: Call) -> dict[str, Any]:
    file = call.state.files.for_change(*call.file_asked_for(), call.account)
    wanted = call.path["permissionId"]
    if wanted not in file.permissions:
        place = ("permissionId", "parameter")
        raise ApiError(404, f"Permission not found: {wanted}.", reason="notFound", location=place)
    del file.permissions[wanted]
    return {}


def _check_account(state: GoogleState, address: str, mail: bool) -> None:
    if address in state.without_account and not mail:
        raise ApiError(
            400,
            "You are trying to invite an address that has no Google account associated with it. "
            "You must check the box to notify people, to share with this recipient.",
            reason="invalidSharingRequest",
        )
