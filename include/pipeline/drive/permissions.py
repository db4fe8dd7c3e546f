"""Who may open a file of Drive's: asked, given and taken away."""

from __future__ import annotations

from contextlib import suppress

from google_workspace.calls import send
from google_workspace.errors import GoogleNotFound
from google_workspace.hooks import DriveHook


class Permissions:
    """Who may open a file of Drive's."""

    def __init__(self, hook: DriveHook) -> None:
        self._hook, self._calls = hook, hook.get_conn().permissions()

    def of(self, file_id: str) -> dict[str, str]:
        """Return the people who may open it: address, and id of the permission."""
        request = self._calls.list(
            fileId=file_id,
            supportsAllDrives=True,
            fields="nextPageToken,permissions(id,type,role,emailAddress)",
            pageSize=100,
        )
        found: dict[str, str] = {}
        while request is not None:
            reply = send(request, self._hook.num_retries)
            for one in reply["permissions"]:
                if address := one.get("emailAddress"):
                    found[address.casefold()] = one["id"]
            request = self._calls.list_next(request, reply)
        return found

    def give(self, file_id: str, address: str) -> str:
        """Let somebody read it, without a mail of Google's; returns the permission's id."""
        request = self._calls.create(
            fileId=file_id,
            body={"type": "user", "role": "reader", "emailAddress": address},
            sendNotificationEmail=False,
            supportsAllDrives=True,
            fields="id",
        )
        return str(send(request, self._hook.num_retries)["id"])

    def take(self, file_id: str, permission_id: str) -> None:
        """Take a permission away, if it is still there."""
        request = self._calls.delete(
            fileId=file_id, permissionId=permission_id, supportsAllDrives=True
        )
        with suppress(GoogleNotFound):
            send(request, self._hook.num_retries)
