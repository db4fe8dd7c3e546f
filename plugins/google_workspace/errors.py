"""What can go wrong with Google, sorted by what to do about it.

GoogleError
├── GoogleRefused           another try changes nothing: a person must act
│   ├── GoogleBadKey        the key or login of the connection
│   ├── GoogleFewScopes     the connection asks for too few scopes
│   ├── GoogleApiDisabled   an API is switched off in the account's project
│   ├── GoogleNoStorage     the account may own no file
│   ├── GoogleNotShared     the file is not shared with the account (403)
│   ├── GoogleNotFound      there is no such file (404)
│   ├── GoogleTabsChanged   tabs, rows or columns have come or gone since they were read
│   ├── GoogleCannotHold    a limit, a protection, a policy, another kind of file
│   └── GoogleBadRequest    the request itself is wrong
└── GoogleUnavailable       try again soon

Every message says what happened and what to do at Google or in the Airflow connection.
"""

from __future__ import annotations


class GoogleError(Exception):
    """Google refused a request, or did not answer."""


class GoogleRefused(GoogleError):
    """Another try changes nothing: a person must act first."""


class GoogleBadKey(GoogleRefused):
    """The connection's key cannot be read or used, or Google does not accept it."""


class GoogleFewScopes(GoogleRefused):
    """The token of the connection lacks the scope that the call needs."""


class GoogleApiDisabled(GoogleRefused):
    """Sheets or Drive API is not enabled in the service account's Google Cloud project."""


class GoogleNoStorage(GoogleRefused):
    """The account has no storage: as a rule, a service account cannot own files."""


class GoogleNotShared(GoogleRefused):
    """The account may not read, or may not change, what the call is about."""


class GoogleNotFound(GoogleRefused):
    """There is nothing with this id."""


class GoogleTabsChanged(GoogleRefused):
    """Somebody else has changed what a batch is built on, and nothing was written: read again."""


class GoogleCannotHold(GoogleRefused):
    """The spreadsheet, the drive or its domain does not take what is to be written."""


class GoogleBadRequest(GoogleRefused):
    """Google does not take the request as it was put: a fault of the caller's."""


class GoogleUnavailable(GoogleError):
    """Server error, quota per minute, lost connection or time limit: try again soon."""
