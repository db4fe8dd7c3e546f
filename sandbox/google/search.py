"""files.list of Drive v3: searching all drives, a page at a time."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from . import query
from .errors import invalid_parameter, unsupported

if TYPE_CHECKING:
    from .call import Call
    from .files import File


def list_files(call: Call) -> dict[str, Any]:
    """The caller's files; what is in the trash is found like everything else."""
    _check_corpus(call.query)
    found = [file for file in _searched(call) if not _lags(file)]
    start, size = _page(call), call.query.get("pageSize", 100)
    page = found[start : start + size]
    more = len(found) > start + size
    return ({"nextPageToken": _token(call, start + size)} if more else {}) | {
        "kind": "drive#fileList",
        "incompleteSearch": False,
        "files": [file.resource(call.base_url) for file in page],
    }


def _check_corpus(given: dict[str, Any]) -> None:
    """Items of shared drives take part only when both flags ask for them."""
    if given.get("corpora") != "allDrives":
        raise unsupported("searches but those with corpora=allDrives")
    if not (given.get("supportsAllDrives") and given.get("includeItemsFromAllDrives")):
        raise invalid_parameter("includeItemsFromAllDrives")


def _searched(call: Call) -> list[File]:
    """What fits, as the caller sees it; a shared drive is not an item of itself."""
    wanted = query.parse(call.query.get("q", ""))
    seen = (
        file
        for file in call.state.files
        if file.readable_by(call.account) and file.id != file.drive_id
    )
    return [file for file in seen if wanted(file)]


def _lags(file: File) -> bool:
    file.hidden_lists -= 1
    return file.hidden_lists >= 0


def _page(call: Call) -> int:
    if "pageToken" not in call.query:
        return 0
    start = call.query["pageToken"].partition("~")[0]
    if not start.isdigit() or call.query["pageToken"] != _token(call, int(start)):
        raise invalid_parameter("pageToken")
    return int(start)


def _token(call: Call, start: int) -> str:
    """It belongs to one search: with another q it is refused."""
    search = call.query.get("q", "")
    return f"{start}~{hashlib.sha256(search.encode()).hexdigest()[:16]}"
