"""The methods of Drive v3 that the sandbox answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .errors import ApiError, invalid_parameter, storage_quota_exceeded, unsupported
from .files import FOLDER, SPREADSHEET, File

if TYPE_CHECKING:
    from .call import Call

WRITABLE = {"name", "mimeType", "parents", "properties", "appProperties", "description"}
UPDATABLE = {"name", "properties", "appProperties", "description", "trashed"}
PROPERTY_BYTES = 124


def create(call: Call) -> dict[str, Any]:
    """files.create without media: a folder or an empty spreadsheet, in a shared drive only."""
    body = call.body
    _check_fields(body, WRITABLE)
    if body.get("mimeType") not in (FOLDER, SPREADSHEET):
        raise unsupported("files other than folders and spreadsheets")
    _check_parent(call, body.get("parents", []))
    file = call.state.files.add(
        body.get("name", "Untitled"),
        body["mimeType"],
        body["parents"],
        description=body.get("description", ""),
        properties=_properties({}, body.get("properties", {})),
        app_properties=_properties({}, body.get("appProperties", {})),
    )
    if file.mime_type == SPREADSHEET:
        call.state.start_spreadsheet(file)
    return file.resource(call.base_url)


def get(call: Call) -> dict[str, Any]:
    return call.state.files.visible(*_asked(call)).resource(call.base_url)


def update(call: Call) -> dict[str, Any]:
    file = call.state.files.for_change(*_asked(call))
    if "parents" in call.body:
        raise ApiError(
            403,
            "The parents field is not directly writable in update requests. Use the addParents and "
            "removeParents parameters instead.",
            reason="fieldNotWritable",
        )
    _check_fields(call.body, UPDATABLE)
    _move(call, file)
    changed = {name: value for name, value in call.body.items() if "roperties" not in name}
    vars(file).update(changed)
    file.properties = _properties(file.properties, call.body.get("properties", {}))
    file.app_properties = _properties(file.app_properties, call.body.get("appProperties", {}))
    file.modified_time = call.state.files.now()
    call.state.files.mark_trashed()
    if "name" in changed and file.mime_type == SPREADSHEET:
        call.state.spreadsheets[file.id].properties["title"] = file.name
    return file.resource(call.base_url)


def _asked(call: Call) -> tuple[str, bool]:
    return call.path["fileId"], call.query.get("supportsAllDrives", False)


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


def _properties(known: dict[str, str], given: dict[str, str | None]) -> dict[str, str]:
    merged = {name: value for name, value in (known | given).items() if value is not None}
    if any(len(f"{name}{value}".encode()) > PROPERTY_BYTES for name, value in merged.items()):
        raise invalid_parameter("properties", f"A property has more than {PROPERTY_BYTES} bytes.")
    return merged


def _move(call: Call, file: File) -> None:
    added = [parent for parent in call.query.get("addParents", "").split(",") if parent]
    removed = call.query.get("removeParents", "").split(",")
    parents = [parent for parent in file.parents if parent not in removed] + added
    if parents == file.parents:
        return
    _check_parent(call, parents)
    file.parents = parents
    file.drive_id = call.state.files[parents[0]].drive_id
