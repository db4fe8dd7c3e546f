"""The external calls of a run, by the names that the tables give them."""

from __future__ import annotations

import json

from benchmarks.faults.proxy import Call

ZOOM = (
    "token",
    "meeting",
    "instances",
    "details",
    "page 1",
    "page 2",
    "last page",
    "part 2",
)
DRIVE = ("Drive find", "Drive folder", "Drive create", "Drive find again")
SHEETS = ("Sheets read", "Sheets look", "Sheets write")
GOOGLE_TOKEN = "token of Google"
OF_THE_BOOK = (GOOGLE_TOKEN, *SHEETS)
OF_A_FILE = (GOOGLE_TOKEN, *DRIVE, "Sheets read", "Sheets write")
"""What Google is asked for a report with a file of its own: a new file has no cells to look at."""
FIRST_PAGES = {"0": "page 1", "1": "part 2"}


def place_of(call: Call, known: dict[str, str]) -> str:
    """Name the place of a call.

    :param known: what earlier calls have told: which instance is which, whether a file was made.
    """
    path, method = call.path, call.method
    if path == "/oauth/token":
        return "token"
    if path == "/oauth2/token":
        return GOOGLE_TOKEN
    if path.startswith("/v2/meetings/"):
        return "meeting"
    if path.endswith("/instances"):
        return "instances"
    if path.startswith("/v2/past_meetings/"):
        return "details"
    if path.endswith("/participants"):
        return _page(call, known)
    if path.startswith("/drive/"):
        return _of_drive(call, known)
    if path.endswith(":getByDataFilter"):
        return "Sheets look"
    return "Sheets write" if method == "POST" else "Sheets read"


def _page(call: Call, known: dict[str, str]) -> str:
    instance = known.setdefault(call.path, str(sum("participants" in path for path in known)))
    token = call.query.get("next_page_token")
    if not token:
        return FIRST_PAGES[instance]
    # Each token is another one, and a page is asked for again: the rows tell which it is.
    offset = call.forward().json().get("participants", [{}])
    return "last page" if len(offset) < 300 else "page 2"


def _of_drive(call: Call, known: dict[str, str]) -> str:
    if call.method == "POST":
        known["created"] = json.loads(call.body)["name"]
        return "Drive create"
    if call.method == "PATCH":
        return "Drive bin"
    if "mimeType = 'application/vnd.google-apps.folder'" in call.query.get("q", ""):
        return "Drive folder"
    return "Drive find again" if "created" in known else "Drive find"
