"""A spreadsheet in a Drive folder: found by its key, made if there is none.

Drive allows any number of files of one name, finds new ones only after a while, and a request to
make one can be carried out twice (the HTTP client repeats it when a connection breaks off). So each
file carries a key; the oldest with the key is used, and what was made beside it goes.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from google_workspace.batches import reading_response
from google_workspace.calls import send
from google_workspace.errors import GoogleNotFound, GoogleRefused, GoogleUnavailable
from google_workspace.hooks import DriveHook
from include.pipeline.failures import OWNERS

log = logging.getLogger(__name__)

PROPERTY_KEY = "zoom_attendance"
"""Of the Drive property that holds a file's key."""

FOLDER_TYPE = "application/vnd.google-apps.folder"
SPREADSHEET_TYPE = "application/vnd.google-apps.spreadsheet"

SEARCH_TRIES = 10
SEARCH_PAUSE = 2.0
"""Seconds between searches for a new file, SEARCH_TRIES times: Drive's search lags behind."""

TWINS_APART = timedelta(minutes=10)

File = dict[str, Any]


def keyed_file(hook: DriveHook, folder: str, keys: Sequence[str], title: str) -> str:
    """Return the id of the spreadsheet with the first key that has one, wherever it was moved.

    :param folder: name of the folder in which it is made, with the first key, if there is none.
    :param keys: texts of any length; the file carries a digest.
    """
    with reading_response():
        found = _found_or_made(hook, folder, _digests(keys), title)
        oldest, *others = found
        twins = [other["id"] for other in others if _is_twin(other, oldest)]
        kept = str(oldest["id"])
    for twin in twins:
        _bin(hook, twin)
    return kept


def files_with(hook: DriveHook, keys: Sequence[str], but: str) -> list[str]:
    """Return the ids of the spreadsheets with these keys, but for those with the key of one."""
    with reading_response():
        files = (_find_files(hook, digest) for digest in _digests(keys))
        ids = [[str(file["id"]) for file in found] for found in files]
    return [one for found in ids if but not in found for one in found]


def _digests(keys: Sequence[str]) -> list[str]:
    return [hashlib.sha256(key.encode()).hexdigest()[:40] for key in keys]


@contextmanager
def sheets_may_lag(*, in_folder: bool) -> Iterator[None]:
    """Turn GoogleNotFound into GoogleUnavailable for a file that Drive has just found or made.

    Sheets sometimes comes to know of it later.
    """
    try:
        yield
    except GoogleNotFound:
        if not in_folder:
            raise
        raise GoogleUnavailable("Google Drive has the file, Google Sheets not yet.") from None


def _found_or_made(hook: DriveHook, folder: str, keys: list[str], title: str) -> list[File]:
    found = next((files for key in keys if (files := _find_files(hook, key))), None)
    return found or _make(hook, folder_id_named(hook, folder), keys[0], title)


def _find_files(hook: DriveHook, key: str) -> list[File]:
    # `properties`, not `appProperties`: those are invisible after a change of cloud project.
    has_key = f"properties has {{ key='{PROPERTY_KEY}' and value='{key}' }}"
    return _search(hook, f"{has_key} and mimeType = '{SPREADSHEET_TYPE}'")


def folder_id_named(hook: DriveHook, name: str) -> str:
    """Return the id of the one folder of this name. Raises GoogleRefused for none or several."""
    found = _search(hook, f"name = '{_quoted(name)}' and mimeType = '{FOLDER_TYPE}'")
    if not found:
        raise GoogleRefused(
            f"Google Drive shows the service account no folder named {name!r}. Make it in a shared "
            "drive, share it with the account's address (it ends in gserviceaccount.com) as "
            f"content manager. {OWNERS}"
        )
    if len(found) > 1:
        raise GoogleRefused(
            f"Google Drive shows the service account {len(found)} folders named {name!r}. Rename "
            "all but one, or share only one with the account."
        )
    return str(found[0]["id"])


def _search(hook: DriveHook, query: str) -> list[File]:
    """Return id, name and createdTime of the files, oldest first."""
    files = hook.get_conn().files()
    request = files.list(
        q=f"{query} and trashed = false",
        fields="nextPageToken,incompleteSearch,files(id,name,createdTime)",
        pageSize=100,
        corpora="allDrives",
        supportsAllDrives=True,
        includeItemsFromAllDrives=True,
    )
    found: list[File] = []
    while request is not None:
        reply = send(request, hook.num_retries)
        if reply.get("incompleteSearch"):
            # Acting on half an answer could make a second report.
            raise GoogleUnavailable("Google Drive searched only some drives, and not all of them.")
        found += reply["files"]
        request = files.list_next(request, reply)
    return sorted(found, key=lambda file: (file["createdTime"], file["id"]))


def _make(hook: DriveHook, folder_id: str, key: str, title: str) -> list[File]:
    """Make the file; returns it and its twins, oldest first."""
    metadata = {
        "name": title,
        "mimeType": SPREADSHEET_TYPE,
        "parents": [folder_id],
        "properties": {PROPERTY_KEY: key},
    }
    create = hook.get_conn().files().create
    made = send(create(body=metadata, fields="id,name", supportsAllDrives=True), num_retries=0)
    return _wait_for(hook, key, made)


def _wait_for(hook: DriveHook, key: str, made: File) -> list[File]:
    """Return all files with the key once the search shows the new one, and so its twins."""
    for _ in range(SEARCH_TRIES):
        found = _find_files(hook, key)
        if any(file["id"] == made["id"] for file in found):
            return found
        time.sleep(SEARCH_PAUSE)
    return [made]


def _is_twin(other: File, oldest: File) -> bool:
    """Tell a file made twice by one request from a copy that a person made later."""
    made, first = (datetime.fromisoformat(file["createdTime"]) for file in (other, oldest))
    return other["name"] == oldest["name"] and made - first < TWINS_APART


def _bin(hook: DriveHook, file_id: str) -> None:
    log.info("Moving spreadsheet %s to the bin: it was made twice.", file_id)
    update = hook.get_conn().files().update
    trash = update(fileId=file_id, body={"trashed": True}, fields="id", supportsAllDrives=True)
    send(trash, hook.num_retries)


def _quoted(name: str) -> str:
    return name.replace("\\", "\\\\").replace("'", "\\'")
