"""files.list of Drive v3: searching, ordering, paging."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from . import query
from .errors import invalid_parameter, unsupported

if TYPE_CHECKING:
    from .call import Call
    from .files import File

ORDERS = {"createdTime": "created_time", "modifiedTime": "modified_time", "name": "name"}


def list_files(call: Call) -> dict[str, Any]:
    """files.list, a page at a time; what is in the trash is found like everything else."""
    found = [file for file in _searched(call) if not _lags(file)]
    for order in reversed(_orders(call.query.get("orderBy"))):
        name, _, direction = order.partition(" ")
        found.sort(key=lambda file: getattr(file, ORDERS[name]), reverse=direction == "desc")
    start, size = _page(call), call.query.get("pageSize", 100)
    page = found[start : start + size]
    more = len(found) > start + size
    return ({"nextPageToken": _token(call, start + size)} if more else {}) | {
        "kind": "drive#fileList",
        "incompleteSearch": False,
        "files": [file.resource(call.base_url) for file in page],
    }


def _searched(call: Call) -> list[File]:
    wanted = query.parse(call.query["q"]) if call.query.get("q") else lambda file: True
    return [file for file in call.state.files if _in_corpus(call.query, file) and wanted(file)]


def _in_corpus(given: dict[str, Any], file: File) -> bool:
    """Items of shared drives take part only when both flags ask for them."""
    corpora, drive_id = given.get("corpora", "user"), given.get("driveId")
    if corpora not in ("user", "drive", "allDrives"):
        raise unsupported(f"corpora={corpora}")
    if (corpora == "drive") != (drive_id is not None):
        raise invalid_parameter("driveId")
    both = given.get("supportsAllDrives", False), given.get("includeItemsFromAllDrives", False)
    if both == (False, True) or (corpora != "user" and both != (True, True)):
        raise invalid_parameter("includeItemsFromAllDrives")
    if file.id == file.drive_id or not file.shared:  # a shared drive is not an item of itself
        return False
    return file.drive_id == drive_id if drive_id else file.drive_id is None or all(both)


def _lags(file: File) -> bool:
    file.hidden_lists -= 1
    return file.hidden_lists >= 0


def _orders(text: str | None) -> list[str]:
    orders = [order.strip() for order in text.split(",")] if text else []
    if any(order.removesuffix(" desc") not in ORDERS for order in orders):
        raise unsupported(f"orderBy={text}")
    return orders


def _page(call: Call) -> int:
    if "pageToken" not in call.query:
        return 0
    start = call.query["pageToken"].partition("~")[0]
    if not start.isdigit() or call.query["pageToken"] != _token(call, int(start)):
        raise invalid_parameter("pageToken")
    return int(start)


def _token(call: Call, start: int) -> str:
    """It belongs to one search: with another q or order it is refused."""
    search = repr([call.query.get(name) for name in ("q", "orderBy", "corpora", "driveId")])
    return f"{start}~{hashlib.sha256(search.encode()).hexdigest()[:16]}"
