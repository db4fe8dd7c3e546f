"""Files and folders of Drive, as the service account that calls sees them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from .errors import file_not_found, insufficient_permissions

FOLDER = "application/vnd.google-apps.folder"
SPREADSHEET = "application/vnd.google-apps.spreadsheet"


@dataclass
class File:
    """One item; `drive_id` is set for those in a shared drive."""

    id: str
    name: str
    mime_type: str
    parents: list[str]
    created_time: str
    modified_time: str
    drive_id: str | None = None
    shared: bool = True  # with the caller; a file that is not does not exist for it
    editable: bool = True  # by the caller; a file that is not may only be read
    properties: dict[str, str] = field(default_factory=dict)
    permissions: dict[str, dict[str, Any]] = field(default_factory=dict)  # of people, by their id
    trashed: bool = False
    is_trashed: bool = False  # itself or through a folder above it
    hidden_lists: int = 0  # how many searches will still miss it

    def readable_by(self, account: str | None) -> bool:
        """`account` is the address of a person who signed in; the calling service has none."""
        return self.shared if account is None else bool(self._roles(account))

    def writable_by(self, account: str | None) -> bool:
        return self.editable if account is None else "writer" in self._roles(account)

    def _roles(self, account: str) -> set[str]:
        permissions = self.permissions.values()
        return {p["role"] for p in permissions if p["emailAddress"].lower() == account.lower()}

    def resource(self, base_url: str) -> dict[str, Any]:
        """A File resource; its link leads to the sandbox's page."""
        known = {
            "properties": self.properties,
            "driveId": self.drive_id,
            "parents": self.parents,
        }
        return {
            "kind": "drive#file",
            "id": self.id,
            "name": self.name,
            "mimeType": self.mime_type,
            "trashed": self.is_trashed,
            "explicitlyTrashed": self.trashed,
            "createdTime": self.created_time,
            "modifiedTime": self.modified_time,
            "capabilities": {"canAddChildren": self.editable and self.mime_type == FOLDER},
            "webViewLink": self._link(base_url),
        } | {name: value for name, value in known.items() if value}

    def _link(self, base_url: str) -> str:
        if self.mime_type == SPREADSHEET:
            return f"{base_url}/spreadsheets/d/{self.id}/edit"
        return f"{base_url}/spreadsheets#{self.id}"


class Files:
    """Everything in Drive, by id."""

    def __init__(self) -> None:
        self._by_id: dict[str, File] = {}
        self._last = datetime.now(UTC)

    def __iter__(self) -> Any:
        return iter(self._by_id.values())

    def __getitem__(self, file_id: str) -> File:
        return self._by_id[file_id]

    def add(self, name: str, mime_type: str, parents: list[str], **known: Any) -> File:
        """A new item; it lies in the shared drive that its parent lies in."""
        now, file_id = self.now(), known.pop("id", None) or new_file_id()
        parent = self._by_id.get(parents[0]) if parents else None
        known.setdefault("drive_id", parent and parent.drive_id)
        self._by_id[file_id] = File(file_id, name, mime_type, parents, now, now, **known)
        self.mark_trashed()
        return self._by_id[file_id]

    def visible(self, file_id: str, all_drives: bool, account: str | None = None) -> File:
        """The file, or 404: also for what is not shared, and in a shared drive without the flag."""
        file = self._by_id.get(file_id)
        if file is None or not file.readable_by(account) or (file.drive_id and not all_drives):
            raise file_not_found(file_id)
        return file

    def for_change(self, file_id: str, all_drives: bool, account: str | None = None) -> File:
        """The same for a call that changes the file or what is in it: 403 for a mere reader."""
        file = self.visible(file_id, all_drives, account)
        if not file.writable_by(account):
            raise insufficient_permissions()
        return file

    def mark_trashed(self) -> None:
        """A folder in the trash takes along what is in it."""
        for file in self:
            file.is_trashed = any(above.trashed for above in self._with_parents(file))

    def _with_parents(self, file: File) -> list[File]:
        above = [self._by_id[parent] for parent in file.parents if parent in self._by_id]
        return [file, *(higher for parent in above for higher in self._with_parents(parent))]

    def now(self) -> str:
        """RFC 3339 with milliseconds, each later than the last, so that orders are certain."""
        self._last = max(datetime.now(UTC), self._last + timedelta(milliseconds=1))
        return self._last.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def new_file_id() -> str:
    return "1" + secrets.token_urlsafe(32)[:43].replace("-", "x")
