"""Reading Google's refusals: what each means for the person who set this up.

Google's own text is not repeated where it could quote a cell: cells hold names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException

from google.auth.exceptions import GoogleAuthError, RefreshError, TransportError
from googleapiclient.errors import HttpError
from httplib2 import HttpLib2Error

from google_workspace.errors import GoogleError, GoogleNameTaken, GoogleRefused, GoogleUnavailable

OWNERS = (
    "A service account owns no storage, so somebody else must own the file. Use one of these: "
    "(1) `spreadsheet:` in the meetings file: make a spreadsheet yourself and share it with the "
    "service account as editor; (2) `folder:` inside a shared drive of which the service account "
    "is a content manager; (3) `folder:` of a Workspace user, with domain-wide delegation and that "
    "user's address as `subject` in the Google connection's extra. The README shows each."
)


@contextmanager
def google_errors() -> Iterator[None]:
    """Turn what the Google client raises into errors that say what to do."""
    try:
        yield
    except HttpError as error:
        raise explain(error) from None
    except RefreshError as error:
        raise _no_token(error) from None
    except (TransportError, HttpLib2Error, HTTPException, OSError) as error:
        raise GoogleUnavailable(
            f"Google did not answer properly ({type(error).__name__}). If it goes on, check "
            "that the workers reach Google."
        ) from None
    except GoogleAuthError as error:
        raise GoogleRefused(
            f"The Google connection's credentials cannot be used ({type(error).__name__}). Check "
            "its key file or key text."
        ) from None


def _no_token(error: RefreshError) -> GoogleError:
    if error.retryable:
        return GoogleUnavailable(
            "Google's token service has a fault of its own; it usually passes."
        )
    return GoogleRefused(
        "Google refused the service account's key. Make a new key (console.cloud.google.com > "
        "IAM > Service accounts > Keys) and put it into the Google connection; with `subject`, "
        "check that domain-wide delegation lists this account with exactly these scopes."
    )


def explain(error: HttpError) -> GoogleError:
    """Return the error that an answer of Google means."""
    status, text = error.status_code, f"{error.reason} {error.error_details}"
    said = f"(Google answered {status} {_marks(text)})".replace(" )", ")")
    if status == 429 or status >= 500 or "imitExceeded" in text or "RATE_LIMIT" in text:
        return GoogleUnavailable(f"Google is busy or its quota per minute is used up. {said}")
    if status == 400 and "already exists" in text:
        return GoogleNameTaken(f"Another run has just made this tab. {said}")
    return GoogleRefused(f"{_mend(status, text)} {said}")


def _mend(status: int, text: str) -> str:
    if "storageQuotaExceeded" in text or "storage quota" in text:
        return f"Google lets this account own no new file. {OWNERS}"
    if "SERVICE_DISABLED" in text or "has not been used in project" in text:
        return (
            "An API is not enabled in the service account's Google Cloud project. Enable 'Google "
            "Sheets API' and, for `folder:`, 'Google Drive API' at console.cloud.google.com > APIs "
            "& Services > Library, wait a few minutes, then clear this task."
        )
    if "insufficient authentication scopes" in text:
        return (
            "The Google connection asks for too few scopes. Put "
            "https://www.googleapis.com/auth/spreadsheets (and, for `folder:`, "
            "https://www.googleapis.com/auth/drive) into its field 'Scopes'."
        )
    return _mend_by_status(status)


def _mend_by_status(status: int) -> str:
    if status == 403:
        return (
            "The spreadsheet is not shared with the service account. Open it in Google Sheets, "
            "press Share and add the account's address (it ends in gserviceaccount.com) as Editor; "
            "with `folder:`, do so with the folder."
        )
    if status == 404:
        return (
            "Google finds no such spreadsheet. Check `spreadsheet:` in the meetings file: it is "
            "the part of the address between /d/ and /edit."
        )
    if status == 401:
        return "Google does not accept the login. Check the key in the Google connection."
    return "Google refused the report's form, which a retry will not mend: report it as a bug."


def _marks(text: str) -> str:
    """Keep the parts of Google's text that cannot hold a cell's content."""
    known = r"\b(?:requests\[\d+\]\.\w+|[A-Z]+(?:_[A-Z]+)+|\w+(?:Exceeded|notFound|forbidden))\b"
    return " ".join(dict.fromkeys(re.findall(known, text)))
