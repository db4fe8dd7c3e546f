"""What the Google client raises, and what it means for the person who set the connection up.

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

from google_workspace import errors
from google_workspace.errors import GoogleError, GoogleRefused, GoogleUnavailable

_Kind = type[GoogleRefused]


@contextmanager
def google_errors() -> Iterator[None]:
    """Turn what the Google client raises into a GoogleError that says what to do."""
    try:
        yield
    except HttpError as error:
        raise explain(error) from None
    except RefreshError as error:
        raise _no_token(error) from None
    except (TransportError, HttpLib2Error, HTTPException, OSError) as error:
        raise GoogleUnavailable(
            f"Google did not answer properly ({type(error).__name__}). If it goes on, check "
            "that this machine reaches Google."
        ) from None
    except GoogleAuthError as error:
        raise errors.GoogleBadKey(
            f"The Google connection's credentials cannot be used ({type(error).__name__}). Check "
            "its key file or key text."
        ) from None


def _no_token(error: RefreshError) -> GoogleError:
    if error.retryable:
        return GoogleUnavailable(
            "Google's token service has a fault of its own; it usually passes."
        )
    text = str(error)
    kind, what_to_do = _first_match(_TOKEN, text) or _NEW_KEY
    return kind(what_to_do)


def _first_match(table: tuple[tuple[str, _Kind, str], ...], text: str) -> tuple[_Kind, str] | None:
    matches = ((kind, do) for pattern, kind, do in table if re.search(pattern, text))
    return next(matches, None)


def explain(error: HttpError) -> GoogleError:
    """Return the error that an HTTP error of Google's means."""
    status, text = error.status_code, f"{error.reason} {error.error_details}"
    response_text = f"(Google answered {status} {_safe_words(text)})".replace(" )", ")")
    if known := _first_match(_KNOWN, text):
        kind, what_to_do = known
        return kind(f"{what_to_do} {response_text}")
    if status in _RETRYABLE or status >= 500 or re.search("imitExceeded|RATE_LIMIT", text):
        return GoogleUnavailable(
            f"Google is busy or its quota per minute is used up. {response_text}"
        )
    kind, what_to_do = _refusal(status, text)
    return kind(f"{what_to_do} {response_text}")


def _refusal(status: int, text: str) -> tuple[_Kind, str]:
    if "SERVICE_DISABLED" in text or "has not been used in project" in text:
        return errors.GoogleApiDisabled, _enable(text)
    if "insufficient authentication scopes" in text:
        return errors.GoogleFewScopes, f"The Google connection asks for too few scopes. {_SCOPES}"
    return _REFUSED.get(status, _BAD_REQUEST)


def _enable(text: str) -> str:
    named = re.search(r"Google \w+ API", text)
    return (
        "An API is not enabled in the service account's Google Cloud project. Enable "
        f"'{named[0] if named else 'Google Sheets API'}' at console.cloud.google.com > APIs & "
        "Services > Library, and wait a few minutes."
    )


_SCOPES = (
    "Put https://www.googleapis.com/auth/spreadsheets (Sheets) and "
    "https://www.googleapis.com/auth/drive (Drive) into its field 'Scopes'."
)

_TOKEN: tuple[tuple[str, _Kind, str], ...] = (
    (
        "iat and exp|short-lived token",
        errors.GoogleBadKey,
        "Google says that this machine's clock is wrong. Set it by the network's time (NTP). "
        "The key itself is fine.",
    ),
    (
        "unauthorized_client|access_denied|Invalid email or User ID",
        errors.GoogleBadKey,
        "Google does not let the service account act as the `subject` of the Google connection. "
        "Check that address, and that the Workspace domain lists the account's client ID with "
        "exactly the scopes of the connection (admin.google.com > Security > API controls > "
        "Domain-wide delegation). The key itself is fine.",
    ),
    (
        "account not found|disabled_client",
        errors.GoogleBadKey,
        "Google says that the service account of the Google connection was deleted or disabled. "
        "Enable it, or make another (console.cloud.google.com > IAM > Service accounts), share "
        "the spreadsheet or folder with it, and put its key into the connection.",
    ),
    (
        "invalid_scope",
        errors.GoogleFewScopes,
        f"Google does not know a scope of the Google connection. {_SCOPES} The key itself is fine.",
    ),
)
"""What the token service is known to say: the text, the error, and what to do."""

_NEW_KEY: tuple[_Kind, str] = (
    errors.GoogleBadKey,
    "Google refused the service account's key. Make a new key (console.cloud.google.com > "
    "IAM > Service accounts > Keys) and put it into the Google connection; with `subject`, "
    "check that domain-wide delegation lists this account with exactly these scopes.",
)

_RETRYABLE = (408, 409, 425, 429)
"""HTTP statuses: timed out, in conflict with another request, too early, too many."""

_KNOWN: tuple[tuple[str, _Kind, str], ...] = (
    (
        # The last is of a request that asks whether rows and columns are where they were.
        "already exists|No (?:grid|sheet) with id|exceeds grid limits|updateDeveloperMetadata",
        errors.GoogleTabsChanged,
        "Tabs, rows or columns have come or gone while the spreadsheet was being written: "
        "somebody, or another run, is at work in it.",
    ),
    (
        "Service Accounts do not have storage quota",
        errors.GoogleNoStorage,
        "Google lets this account own no new file.",
    ),
    (
        "storageQuotaExceeded|[Ss]torage quota",
        errors.GoogleNoStorage,
        "Google lets this account own no new file: it owns no storage, or its Drive is full. Free "
        "some space if it is a person's.",
    ),
    (
        r"FileLimitExceeded|numChildren\w*LimitExceeded",
        errors.GoogleCannotHold,
        "The drive or its folder holds as many files as it may. Move old ones to another.",
    ),
    (
        "number of cells in the workbook above the limit",
        errors.GoogleCannotHold,
        "The spreadsheet holds as many cells as it may (10 million). Delete tabs or empty rows, or "
        "use a new spreadsheet.",
    ),
    (
        "protected (?:cell|sheet|range)",
        errors.GoogleCannotHold,
        "Somebody has protected cells of the report. Take the protection away, or let the service "
        "account edit them (Data > Protect sheets and ranges).",
    ),
    (
        "not supported for this document",
        errors.GoogleCannotHold,
        "The file is no Google spreadsheet but, say, one of Excel's. Open it and choose File > "
        "Save as Google Sheets, then use the new file's address.",
    ),
    (
        "domainPolicy|disabled Drive apps",
        errors.GoogleCannotHold,
        "The Workspace domain does not let apps into Drive. Its administrator can allow it.",
    ),
)
"""What is known by its text: the text, the error, and what to do."""

_REFUSED: dict[int, tuple[_Kind, str]] = {
    401: (
        errors.GoogleBadKey,
        "Google does not accept the login. Check the key in the Google connection.",
    ),
    403: (
        errors.GoogleNotShared,
        "The spreadsheet or folder is not shared with the service account. Open it in Google "
        "Sheets or Drive, press Share and add the account's address (it ends in "
        "gserviceaccount.com) as Editor.",
    ),
    404: (
        errors.GoogleNotFound,
        "Google finds no such spreadsheet. Check its id: the part of the address between /d/ and "
        "/edit.",
    ),
}
_BAD_REQUEST = (
    errors.GoogleBadRequest,
    "Google does not take the request in this form; another try changes nothing.",
)


def _safe_words(text: str) -> str:
    """Keep the parts of Google's text that cannot hold a cell's content."""
    known = r"\b(?:requests\[\d+\]\.\w+|[A-Z]+(?:_[A-Z]+)+|\w+(?:Exceeded|notFound|forbidden))\b"
    return " ".join(dict.fromkeys(re.findall(known, text)))
