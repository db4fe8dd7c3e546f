"""Google's connection: its questions, and whether Google accepts the answers."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from googleapiclient.http import HttpRequest
from pydantic import TypeAdapter, ValidationError

from google_workspace.calls import send
from google_workspace.errors import GoogleNotFound
from google_workspace.hooks import DriveHook, SheetsHook
from google_workspace.refusals import google_errors
from include.meeting.fields import Address
from include.setup.asking import ask, say
from include.setup.key_file import Key, key_in, newest_key
from include.setup.saved import Fields

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
