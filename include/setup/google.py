"""Google's connection: its key file, its questions, and whether Google accepts the answers."""

from __future__ import annotations

import json
import shlex
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from googleapiclient.http import HttpRequest
from pydantic import TypeAdapter, ValidationError

from google_workspace.calls import send
from google_workspace.errors import GoogleNotFound
from google_workspace.hooks import DriveHook, SheetsHook
from google_workspace.http_errors import google_errors
from include.meeting.fields import Address
from include.setup.asking import ask, say
from include.setup.saved import Fields

FIELDS = ("client_email", "private_key", "token_uri")

ANOTHER = (
    "Make one at console.cloud.google.com > IAM & Admin > Service Accounts > your account > Keys > "
    "Add key, of type JSON."
)


@dataclass(frozen=True)
class Key:
    """A key file's content.

    :param address: the service account's.
    :param client_id: the service account's, for domain-wide delegation.
    :param text: the whole file, which is secret.
    """

    address: str
    client_id: str
    text: str


def key_in(answer: str) -> Key:
    """Read the key file whose path was typed, or dragged into the terminal; raises ValueError."""
    path = path_of(answer)
    try:
        text = path.read_text(encoding="utf-8-sig")
        content = json.loads(text)
    except OSError as error:
        raise ValueError(f"{path} cannot be read: {error.strerror}.") from None
    except (ValueError, RecursionError):
        raise ValueError(f"{path} is not JSON, so it is no key file. {ANOTHER}") from None
    _check(path, content)
    return Key(content["client_email"], content.get("client_id", "in the key file"), text)


def _check(path: Path, content: Any) -> None:
    if not isinstance(content, dict) or content.get("type") != "service_account":
        raise ValueError(f"{path} is not the key file of a service account. {ANOTHER}")
    texts = {name for name, value in content.items() if value and isinstance(value, str)}
    if missing := [name for name in FIELDS if name not in texts]:
        raise ValueError(f"{path} is not whole: it lacks {', '.join(missing)}. {ANOTHER}")


def newest_key(folder: Path) -> str:
    """Return the path of the newest key file in a folder; empty if there is none."""
    with suppress(OSError):
        files = sorted(folder.glob("*.json"), key=lambda file: -file.stat().st_mtime)
        return next((str(file) for file in files if _is_key_file(file)), "")
    return ""


def _is_key_file(file: Path) -> bool:
    try:
        return bool(key_in(str(file)))
    except ValueError:
        return False


def path_of(answer: str) -> Path:
    """Return the path that is meant.

    Terminals put a dragged file into quotes, or a backslash before its blanks, or make an address
    of it. Raises ValueError for an empty answer.
    """
    if not answer:
        raise ValueError("This is needed.")
    with suppress(ValueError):  # an apostrophe in a path that was typed
        words = shlex.split(answer)
        answer = words[0] if len(words) == 1 else answer
    if answer.startswith("file://"):
        answer = unquote(answer.removeprefix("file://").removeprefix("localhost"))
    try:
        return Path(answer).expanduser()
    except RuntimeError:
        raise ValueError(f"There is no user of the name in {answer}.") from None


CONNECTION = SheetsHook.default_conn_name

INTRODUCTION = """\
GOOGLE
The pipeline writes as a service account: docs/connecting-google.md says how to make one, and its
key file. Type where that file is, or drag it into this window. Its content is saved: afterwards put
the file away, or delete it."""

SHARE = """\
  It is the key of {address}
  Share your spreadsheet with this address, as Editor (way B: the shared drive, as Content manager).
"""

WAYS = """\
Where shall the reports go?
  A  into a spreadsheet of your own, a tab for each session
     (sheets for the leaders of classes need a second scope: docs/connecting-google.md)
  B  into a folder of a shared drive, a spreadsheet for each session
  C  into a folder of a Workspace user's Drive, a spreadsheet for each session"""

DELEGATE = """\
  In the Workspace admin console, under Security > API controls > Domain-wide delegation, there must
  be the client id {client_id} with exactly these scopes:
  {scopes}"""

SHEETS = "https://www.googleapis.com/auth/spreadsheets"
DRIVE = "https://www.googleapis.com/auth/drive"

KEPT = ("sheets_api_endpoint", "drive_api_endpoint")
"""Extras of a connection that is replaced, which are not asked for here."""

RETRIES = 7
"""Google's quotas are per minute."""

TIME_LIMIT = 120
"""Seconds: somebody waits at the terminal."""

NOTHING = "0" * 44


def asked(before: Fields) -> Fields:
    """Ask for the values and return the connection; addresses that it had before are kept."""
    extra = before.get("extra", {})
    key = ask("Key file", key_in, newest_key(Path.home() / "Downloads"))
    say(SHARE.format(address=key.address))
    kept = {name: extra[name] for name in KEPT if extra.get(name)}
    given = {"keyfile_dict": key.text, "num_retries": RETRIES}
    return {"conn_type": SheetsHook.conn_type, "extra": kept | given | _access(key)}


def _access(key: Key) -> Fields:
    """Return the scopes, and as which user to act, if as any."""
    say(WAYS)
    way = ask("A, B or C", _way, "A")
    scopes = SHEETS if way == "A" else f"{SHEETS},{DRIVE}"
    if way != "C":
        return {"scope": scopes}
    say(DELEGATE.format(client_id=key.client_id, scopes=scopes))
    return {"scope": scopes, "subject": ask("That user's e-mail address", _address)}


def _way(answer: str) -> str:
    if answer.upper() not in {"A", "B", "C"}:
        raise ValueError("Please type A, B or C.")
    return answer.upper()


def _address(answer: str) -> str:
    try:
        return TypeAdapter(Address).validate_python(answer)
    except ValidationError:
        raise ValueError("Use one e-mail address, such as office@example.org.") from None


def tried() -> str:
    """Log in and ask each API that is needed; returns a sentence. Raises GoogleError."""
    with google_errors():
        sheets = SheetsHook()
        _ask(sheets.get_conn().spreadsheets().get(spreadsheetId=NOTHING))
        if DRIVE in sheets.scopes:
            _ask(DriveHook().get_conn().files().get(fileId=NOTHING, fields="id"))
    return "Google accepts the key."


def _ask(request: HttpRequest) -> None:
    """Ask for what does not exist: with login, API and scopes in order, Google says so."""
    with suppress(GoogleNotFound):
        send(request, 1, TIME_LIMIT)
