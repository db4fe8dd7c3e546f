"""One call of an API method: read and checked on the way in, cut to its mask on the way out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from . import masks
from .discovery import Method
from .errors import insufficient_scopes, invalid, invalid_parameter
from .parameters import SYSTEM, read_parameters
from .payload import read_json
from .validation import check_body

if TYPE_CHECKING:
    from starlette.requests import Request

    from .state import GoogleState

DRIVE_FILE = "kind,id,name,mimeType"
DRIVE_PERMISSION = "kind,id,type,role"
DRIVE_DEFAULTS = {
    "drive.files.create": DRIVE_FILE,
    "drive.files.get": DRIVE_FILE,
    "drive.files.update": DRIVE_FILE,
    "drive.files.list": f"kind,incompleteSearch,nextPageToken,files({DRIVE_FILE})",
    "drive.permissions.create": DRIVE_PERMISSION,
    "drive.permissions.list": f"kind,nextPageToken,permissions({DRIVE_PERMISSION})",
}


@dataclass
class Call:
    """What a method gets to work with; an empty mask stands for the whole reply.

    `account` is the address of the person who calls, or None for the service account.
    """

    state: GoogleState
    method: Method
    path: dict[str, str]
    query: dict[str, Any]
    body: Any
    mask: masks.Mask
    base_url: str
    account: str | None

    def file_asked_for(self) -> tuple[str, bool]:
        return self.path["fileId"], self.query.get("supportsAllDrives", False)

    def cut(self, reply: dict[str, Any]) -> dict[str, Any]:
        return masks.project(self.mask, reply)


async def read(request: Request, state: GoogleState, method: Method) -> Call:
    """The call of `method` in an HTTP request; 400 for whatever does not fit its description.

    403 if the token was given out for other scopes.
    """
    token = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not method.scopes & state.scopes.get(token, method.scopes):
        raise insufficient_scopes()
    query = read_parameters(method, request.query_params.multi_items())
    mask = _mask(method, query)
    return Call(
        state=state,
        method=method,
        path=request.path_params,
        query={name: value for name, value in query.items() if name not in SYSTEM},
        body=_body(method, await request.body()),
        mask=mask,
        base_url=state.people_url or str(request.base_url).rstrip("/"),
        account=state.tokens.get(token),
    )


def _body(method: Method, text: bytes) -> Any:
    if method.request is None:
        if text:
            raise invalid("Request body is not allowed here.")
        return None
    body = read_json(text) if text else {}
    check_body(method.api, method.request, body)
    return body


def _mask(method: Method, query: dict[str, Any]) -> masks.Mask:
    text = query.get("fields", DRIVE_DEFAULTS.get(method.id))
    if not text or method.response is None:
        return {}
    try:
        return masks.parse(text, method.api, method.response)
    except masks.MaskError as unknown:
        raise _bad_fields(method.api, str(unknown)) from None


def _bad_fields(api: str, path: str) -> Exception:
    if api == "drive":
        return invalid_parameter("fields", f"Invalid field selection {path}", "invalidParameter")
    text = f"Error expanding 'fields' parameter. Cannot find matching fields for path '{path}'."
    return invalid("Request contains an invalid argument.", (path, text))
