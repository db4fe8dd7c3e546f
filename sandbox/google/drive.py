"""The methods of Drive v3 that the sandbox answers, but for the search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .errors import invalid_parameter, storage_quota_exceeded, unsupported
from .files import FOLDER, SPREADSHEET

if TYPE_CHECKING:
    from .call import Call

PROPERTY_BYTES = 124


def create(call: Call) -> dict[str, Any]:
    """files.create without media: an empty spreadsheet, in a shared drive only."""
    body = call.body
    if call.account:
        raise unsupported("the making of files by people")
    _check_fields(body, {"name", "mimeType", "parents", "properties"})
    if body.get("mimeType") != SPREADSHEET:
        raise unsupported("the making of files other than spreadsheets")
    _check_parent(call, body.get("parents", []))
    _check_properties(body.get("properties", {}))
    file = call.state.files.add(
        body.get("name", "Untitled"),
        SPREADSHEET,
        body["parents"],
        properties=body.get("properties", {}),
    )
    call.state.start_spreadsheet(file)
    return file.resource(call.base_url)


def get(call: Call) -> dict[str, Any]:
    file = call.state.files.visible(*call.file_asked_for(), call.account)
    return file.resource(call.base_url)


def update(call: Call) -> dict[str, Any]:
    """files.update: into the trash, or out of it."""
    file = call.state.files.for_change(*call.file_asked_for(), call.account)
    _check_fields(call.body, {"trashed"})
    file.trashed = call.body.get("trashed", file.trashed)
    file.modified_time = call.state.files.now()
    call.state.files.mark_trashed()
    return file.resource(call.base_url)


def _check_fields(body: dict[str, Any], known: set[str]) -> None:
    if unknown := body.keys() - known:
        raise unsupported(f"writing {', '.join(sorted(unknown))} of a file")


def _check_parent(call: Call, parents: list[str]) -> None:
    if len(parents) > 1:
        raise invalid_parameter("parents", "A file cannot have more than one parent.")
    if not parents or parents == ["root"]:
        raise storage_quota_exceeded()
    parent = call.state.files.for_change(parents[0], call.query.get("supportsAllDrives", False))
    if parent.mime_type != FOLDER:
        raise invalid_parameter(
            "parents", "The specified parent is not a folder.", "parentNotAFolder"
        )
    if parent.drive_id is None:
        raise storage_quota_exceeded()


def _check_properties(given: dict[str, str]) -> None:
    if any(len(f"{name}{value}".encode()) > PROPERTY_BYTES for name, value in given.items()):
        raise invalid_parameter("properties", f"A property has more than {PROPERTY_BYTES} bytes.")
