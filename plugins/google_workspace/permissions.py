"""The permissions of a Drive file: who may open it, asked, granted and revoked."""

from __future__ import annotations

from contextlib import suppress

from google_workspace.calls import send
from google_workspace.errors import GoogleNotFound
from google_workspace.hooks import DriveHook


class Permissions:
    """The permissions of Drive's files: each call of Google's client, sent by `send`."""

    def __init__(self, hook: DriveHook) -> None:
        self._hook, self._calls = hook, hook.get_conn().permissions()

    def by_address(self, file_id: str) -> dict[str, str]:
        """Return who may open the file: ids of permissions by e-mail address, in small letters."""
        request = self._calls.list(
            fileId=file_id,
            supportsAllDrives=True,
            fields="nextPageToken,permissions(id,type,role,emailAddress)",
            pageSize=100,
        )
        found: dict[str, str] = {}
        while request is not None:
            page = send(request, self._hook.num_retries)
            for permission in page["permissions"]:
                if address := permission.get("emailAddress"):
                    found[address.casefold()] = permission["id"]
            request = self._calls.list_next(request, page)
        return found

    def grant(self, file_id: str, address: str) -> str:
        """Let somebody read it, without a mail of Google's; returns the permission's id."""
        request = self._calls.create(
            fileId=file_id,
            body={"type": "user", "role": "reader", "emailAddress": address},
            sendNotificationEmail=False,
            supportsAllDrives=True,
            fields="id",
        )
        return str(send(request, self._hook.num_retries)["id"])

    def revoke(self, file_id: str, permission_id: str) -> None:
        """Delete a permission, if it is still there."""
        request = self._calls.delete(
            fileId=file_id, permissionId=permission_id, supportsAllDrives=True
        )
        with suppress(GoogleNotFound):
            send(request, self._hook.num_retries)
